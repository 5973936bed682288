"""Excerpts with carets, and lines that nothing can take for more than words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kliping.check.reporting.display import LONGEST, marked, shortened, told
from kliping.plain import is_unshown, plain
from kliping.records import Excerpt

MARKED = {
    "words": ("di Pasar Lama, Rimbia", 3, 13, "di Pasar Lama, Rimbia", "   ^^^^^^^^^^"),
    "wide characters": ("新しい Rimbia", 0, 3, "新しい Rimbia", "^^^^^^"),
    "after wide characters": ("新しい Rimbia", 4, 7, "新しい Rimbia", "       ^^^"),
    "after a combining mark": ("cafe\u0301 Rimbia", 6, 12, "cafe\u0301 Rimbia", "     ^^^^^^"),
    "a combining mark alone": ("cafe\u0301 Rimbia", 4, 5, "cafe\u0301 Rimbia", "   ^"),
    "after a family": ("👩‍👩‍👧 Rimbia", 6, 9, "👩‍👩‍👧 Rimbia", "   ^^^"),
    "after a flag": ("🇮🇩 Rimbia", 3, 6, "🇮🇩 Rimbia", "   ^^^"),
    "a sign shown as an emoji": ("☀\ufe0f!", 2, 3, "☀\ufe0f!", "  ^"),
    "an escape": ("a\x1b[2Jb", 5, 6, "a<U+001B>[2Jb", "            ^"),
    "a space that does not break": ("Pasar\u00a0Lama", 5, 6, "Pasar<U+00A0>Lama", "     ^^^^^^^^"),
    "a mark of byte order": ("\ufeffPasar", 0, 1, "<U+FEFF>Pasar", "^^^^^^^^"),
    "a line's end": ("a\nb", 1, 2, "a↵b", " ^"),
    "half a pair": ("a\ud800b", 2, 3, "a<U+D800>b", "         ^"),
    "something missing": ("Pasar Lama", 5, 5, "Pasar Lama", "     ^"),
    "something missing at the end": ("Pasar", 5, 5, "Pasar", "     ^"),
    "something missing where nothing is": ("", 0, 0, "", "^"),
    "the middle of many words": (
        "x" * 300 + "Lama" + "y" * 300,
        300,
        304,
        f"…{'x' * 40}Lama{'y' * 56}…",
        " " * 41 + "^^^^",
    ),
}


@pytest.mark.parametrize(("text", "start", "end", "words", "carets"), MARKED.values(), ids=MARKED)
def test_carets_stand_under_what_is_meant(text: str, start: int, end: int, words: str, carets: str) -> None:
    assert marked(Excerpt(text=text, start=start, end=end)) == (words, carets)


@given(st.text(st.characters(), max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_every_excerpt_has_a_caret_and_nothing_that_a_terminal_obeys(text: str, start: int, end: int) -> None:
    start, end = sorted((min(start, len(text)), min(end, len(text))))
    words, carets = marked(Excerpt(text=text, start=start, end=end))

    assert "^" in carets
    assert told(words) == words or words.lstrip().startswith("::") or "##[" in words


COMMANDS = {
    "a command": ("::stop-commands::x", "<U+003A>:stop-commands::x"),
    "a command after spaces": ("  ::add-mask::x", "  <U+003A>:add-mask::x"),
    "a command of the older kind, anywhere": ("a ##[group]b", "a #<U+0023>[group]b"),
    "colons in a line": ("a::b", "a::b"),
    "a heading": ("## [a]", "## [a]"),
    "an escape": ("\x1b]0;x\x07", "<U+001B>]0;x<U+0007>"),
    "a turn of the reading direction": ("\u202etxt", "<U+202E>txt"),
}


@pytest.mark.parametrize(("text", "expected"), COMMANDS.values(), ids=COMMANDS)
def test_a_line_is_no_command(text: str, expected: str) -> None:
    assert told(text) == expected


def test_a_long_sentence_keeps_its_beginning_and_what_to_do() -> None:
    sentence = f"'{'x' * 2000}' is no label; mend the line"

    assert len(shortened(sentence)) == LONGEST + len("… (1,425 characters left out) …")
    assert shortened(sentence).startswith("'xxx")
    assert shortened(sentence).endswith("xx' is no label; mend the line")
    assert "… (1,429 characters left out) …" in shortened(sentence)
    assert shortened("x" * LONGEST) == "x" * LONGEST


@given(st.text())
def test_what_a_terminal_can_print_is_left_alone(text: str) -> None:
    expected = "".join(f"<U+{ord(char):04X}>" if is_unshown(char) else char for char in text)

    assert plain(text) == expected

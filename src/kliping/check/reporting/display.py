"""Words as a terminal shows them: carets mark a part, and what nobody would see is told by its code."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

import regex

from kliping.plain import is_unshown, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kliping.records import Excerpt

__all__ = ["marked", "shortened", "told", "visible"]

COLUMNS = 100
"""The widest that an excerpt is shown."""

BEFORE = 40
"""Of these, the most before what is marked."""

LONGEST = 600
"""The longest that a sentence is told, in characters: a finding may quote a value of any size."""

_ENDING = 200
"""Of these, what is kept of the end, where a sentence says what to do."""

_JOINERS = frozenset("\u200c\u200d")
_EMOJI_STYLE = "\ufe0f"
_INVISIBLE = frozenset({"Cf", "Zs", "Zl", "Zp"})
"""Categories of what has no ink; joiners and the space itself are shown as they are."""

_SHOWN = {"\n": "↵"}
"""How an excerpt shows what every text has."""

_COMMAND = re.compile(r"^(\s*):(?=:)|##(?=\[)")
"""How a line begins that GitHub's runner takes for a command of the workflow, and what it takes for one anywhere."""


def told(text: str) -> str:
    """A line as it can be printed anywhere: nothing in it moves a cursor, nor is a command to what runs a workflow."""
    return _COMMAND.sub(lambda found: f"{found[0][:-1]}<U+{ord(found[0][-1]):04X}>", plain(text))


def visible(text: str) -> str:
    """A text with codes for all that nobody would see in it, invisible marks and wider spaces included."""
    return "".join(f"<U+{ord(char):04X}>" if _is_hidden(char) else char for char in text)


def shortened(text: str) -> str:
    """A sentence without its middle where it is longer than anybody reads."""
    if len(text) <= LONGEST:
        return text
    left_out = len(text) - LONGEST
    return f"{text[: LONGEST - _ENDING]}… ({left_out:,} characters left out) …{text[-_ENDING:]}"


class _Cell(NamedTuple):
    """What a reader takes for one character: how it is shown, how many columns wide, and whether it is marked."""

    text: str
    width: int
    is_marked: bool


def marked(excerpt: Excerpt) -> tuple[str, str]:
    """Two lines of a terminal: some words, and carets under those that are meant.

    Long ones are cut around what is marked. A part of a grapheme cluster marks the whole of it (UAX #29); where
    something is missing, a single caret stands below what follows.
    """
    cells = list(_cells(excerpt))
    first = next((at for at, cell in enumerate(cells) if cell.is_marked), len(cells))
    start, stop = _window(cells, first)
    words = "".join(cell.text for cell in cells[start:stop])
    carets = "".join((" ", "^")[cell.is_marked] * cell.width for cell in cells[start:stop])
    if first == len(cells):
        carets += "^"
    if start > 0:
        words, carets = f"…{words}", f" {carets}"
    return words + ("…" if stop < len(cells) else ""), carets.rstrip()


def _cells(excerpt: Excerpt) -> Iterator[_Cell]:
    at, start, end = 0, excerpt.start, excerpt.end
    for cluster in regex.findall(r"\X", excerpt.text):
        parts = [cluster] if cluster.isprintable() or not any(map(_is_hidden, cluster)) else list(cluster)
        for part in parts:
            after = at + len(part)
            is_marked = at <= start < after if start == end else at < end and start < after
            text = _SHOWN.get(part) or (visible(part) if len(part) == 1 else part)
            yield _Cell(text, _width(text), is_marked)
            at = after


def _is_hidden(char: str) -> bool:
    """Whether nobody would see a character, or a terminal would obey it."""
    if char in _JOINERS or char == " ":
        return False
    return is_unshown(char) or unicodedata.category(char) in _INVISIBLE


def _width(text: str) -> int:
    """The columns of a grapheme cluster, two at most (Unicode Standard Annex #11), or of a code in its place."""
    if text.isascii():
        return len(text)
    if _EMOJI_STYLE in text:
        return 2
    return max(1, min(2, sum(map(_columns, text))))


def _columns(char: str) -> int:
    if unicodedata.category(char) in {"Mn", "Me", "Mc", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1


def _window(cells: Sequence[_Cell], first: int) -> tuple[int, int]:
    """From where to where cells are shown, so that what is marked is seen."""
    start, before = first, 0
    while start > 0 and before + cells[start - 1].width <= BEFORE:
        start -= 1
        before += cells[start].width
    stop, columns = first, before
    while stop < len(cells) and columns + cells[stop].width <= COLUMNS:
        columns += cells[stop].width
        stop += 1
    return start, stop

"""Structure rules: which line is title, subtitle, heading, list item or caption; the rest are paragraphs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kliping.normaliser.dateline import split_dateline
from kliping.normaliser.lines import PROSE, Claim, Line, Role, Segment, ends_sentence, is_prose
from kliping.normaliser.pictures import credited, picture_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kliping.normaliser.packs import Words

__all__ = ["captions", "dateline", "headings", "items", "marked", "numbered", "paragraphs", "subtitle", "title"]

LONGEST_TITLE = 200
LONGEST_SUBTITLE = 200
LONGEST_HEADING = 100
LONGEST_NUMBERED_HEADING = 150
LONGEST_CAPTION = 300

_NUMBER = re.compile(r"(\d{1,2})[.)]\s+\S")
_DASHES = frozenset("-–—")


def title(lines: Sequence[Line], words: Words) -> Iterator[Claim]:  # noqa: ARG001 — every rule is asked alike
    """The first line of a dump, if it is short, is no list item and does not end with a full stop."""
    if not lines or any(line.kind == "title" for line in lines):
        return
    first = lines[0]
    stopped = first.text.endswith(".") and not first.text.endswith("..")
    if (
        first.kind is None
        and not first.segments
        and not first.mark
        and not stopped
        and len(first.text) <= LONGEST_TITLE
    ):
        yield 0, (Segment("title", first.text),)


def marked(lines: Sequence[Line], words: Words) -> Iterator[Claim]:  # noqa: ARG001 — every rule is asked alike
    """What the source itself marks as title or subtitle, or quotes with `>`."""
    for index, line in enumerate(lines):
        if line.kind in {"title", "subtitle"} and not line.segments:
            yield index, (_block(line.kind, line.text),)
        elif line.mark == ">" and not line.segments:
            yield index, (_block("quote", line.text),)


def items(lines: Sequence[Line], words: Words) -> Iterator[Claim]:  # noqa: ARG001 — every rule is asked alike
    """Bulleted lines. A single line after a dash may be direct speech; two or more in a row are a list."""
    for index, line in enumerate(lines):
        if line.segments or not line.mark:
            continue
        beside = [other for other in lines[max(index - 1, 0) : index + 2] if other is not line]
        if line.mark not in _DASHES or any(other.mark == line.mark for other in beside):
            yield index, (_block("list_item", line.text),)


def numbered(lines: Sequence[Line], words: Words) -> Iterator[Claim]:  # noqa: ARG001 — every rule is asked alike
    """`1. Heading` alone before a paragraph; two or more in a row, counting up, are the items of a list."""
    numbers = [None if line.segments or line.kind else _number(line) for line in lines]
    for index, number in enumerate(numbers):
        if number is None:
            continue
        counts_up = (index > 0 and numbers[index - 1] == number - 1) or numbers[index + 1 : index + 2] == [number + 1]
        text = lines[index].text
        is_heading = not counts_up and len(text) <= LONGEST_NUMBERED_HEADING and not text.endswith((".", ";", ",", ":"))
        yield index, (_block("heading" if is_heading else "list_item", text),)


def captions(lines: Sequence[Line], words: Words) -> Iterator[Claim]:
    """`What is seen. (Medium/Name)` right below the title, the subtitle or a heading, with a paragraph to follow."""
    for index, line in enumerate(lines):
        if (
            line.segments
            or line.kind
            or line.mark
            or len(line.text) > LONGEST_CAPTION
            or not _is_below_head(lines, index)
        ):
            continue
        if credited(line.text, words) and any(is_prose(after) for after in lines[index + 1 :]):
            yield index, picture_words(line.text, words)


def subtitle(lines: Sequence[Line], words: Words) -> Iterator[Claim]:  # noqa: ARG001 — every rule is asked alike
    """The line right below a dump's title, if it is short, does not end like a sentence, and a paragraph follows."""
    if len(lines) < 3 or lines[0].role != "title" or any(line.kind for line in lines):
        return
    line, after = lines[1], [line for line in lines[2:] if not line.segments]
    if line.segments or line.mark or len(line.text) > LONGEST_SUBTITLE or ends_sentence(line.text):
        return
    if after and is_prose(after[0]):
        yield 1, (_block("subtitle", line.text),)


def headings(lines: Sequence[Line], words: Words) -> Iterator[Claim]:  # noqa: ARG001 — every rule is asked alike
    """A short line without an end between two paragraphs."""
    kept = [(index, line) for index, line in enumerate(lines) if not line.segments or line.role in _TEXT]
    for (_, before), (index, line), (_, after) in zip(kept, kept[1:], kept[2:], strict=False):
        if line.segments or line.kind or line.mark or len(line.text) > LONGEST_HEADING or ends_sentence(line.text):
            continue
        if line.text[0].isupper() and is_prose(before) and is_prose(after):
            yield index, (_block("heading", line.text),)


def dateline(lines: Sequence[Line], words: Words) -> Iterator[Claim]:
    """Place, agency and date before the first sentence of the first paragraph."""
    for index, line in enumerate(lines):
        if not line.segments and line.kind in {None, "paragraph"} and len(line.text) >= PROSE:
            pieces = split_dateline(line.text, words) if not line.mark else ()
            if pieces:
                yield index, pieces
            return


def paragraphs(lines: Sequence[Line], words: Words) -> Iterator[Claim]:  # noqa: ARG001 — every rule is asked alike
    """Everything else is the article's, of the kind that the source marks, or a paragraph."""
    for index, line in enumerate(lines):
        if not line.segments:
            yield index, (_block(line.kind or "paragraph", line.whole),)


def _is_below_head(lines: Sequence[Line], index: int) -> bool:
    """Right below the title or a heading, or one line on, where a subtitle may stand between."""
    above = [line.role for line in lines[max(index - 2, 0) : index]]
    between = index == 2 and lines[1].role is None and not is_prose(lines[1])
    return above[-1:] in (["title"], ["subtitle"], ["heading"]) or (between and above[0] == "title")


_TEXT = frozenset({"paragraph", "quote", "list_item", "heading"})


def _block(role: Role, text: str) -> Segment:
    return Segment(role, text)


def _number(line: Line) -> int | None:
    found = None if line.mark else _NUMBER.match(line.text)
    return int(found[1]) if found else None

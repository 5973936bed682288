"""Structure rules: which line is title, subtitle, heading, list item or caption; the rest are paragraphs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kliping.normaliser.lines import PROSE, Claim, Line, Lines, Segment, ends_sentence, is_prose
from kliping.normaliser.rules.dateline import split_dateline
from kliping.normaliser.rules.pictures import credited, picture_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kliping.normaliser.rules.packs import Words

__all__ = ["captions", "dateline", "headings", "items", "marked", "numbered", "paragraphs", "subtitle", "title"]

_NUMBER = re.compile(r"(\d{1,2})[.)]\s+\S")
_DASHES = frozenset("-–—")
_TEXT = frozenset({None, "paragraph", "quote", "list_item", "heading"})
_HEADS = frozenset({"title", "subtitle", "heading"})
_BRACKETS = (")", "]")


def title(lines: Lines, words: Words) -> Iterator[Claim]:
    """The first line of a dump, if it is short, is no list item and does not end with a full stop."""
    if not lines or "title" in lines.openings:
        return
    first = lines[0]
    stopped = first.text.endswith(".") and not first.text.endswith("..")
    if first.kind or first.mark or stopped or len(first.text) > words.limits.longest_title:
        return
    yield 0, (Segment("title", first.text),)


def marked(lines: Lines, words: Words) -> Iterator[Claim]:  # noqa: ARG001 — every rule is asked alike
    """What the source itself marks as title or subtitle, or quotes with `>`."""
    for index, line in lines.opening("title", "subtitle", "mark"):
        if line.kind == "title" or line.kind == "subtitle":  # noqa: PLR1714 — so that the type is known
            yield index, (Segment(line.kind, line.text),)
        elif line.mark == ">":
            yield index, (Segment("quote", line.text),)


def items(lines: Lines, words: Words) -> Iterator[Claim]:  # noqa: ARG001 — every rule is asked alike
    """Bulleted lines. A single line after a dash may be direct speech; two or more in a row are a list."""
    for index, line in lines.opening("mark"):
        beside = (*lines[max(index - 1, 0) : index], *lines[index + 1 : index + 2])
        if line.mark not in _DASHES or any(other.mark == line.mark for other in beside):
            yield index, (Segment("list_item", line.text),)


def numbered(lines: Lines, words: Words) -> Iterator[Claim]:
    """`1. Heading` alone before a paragraph; two or more in a row, counting up, are the items of a list."""
    numbers = dict(_numbers(lines))
    for index, number in numbers.items():
        counts_up = numbers.get(index - 1) == number - 1 or numbers.get(index + 1) == number + 1
        text = lines[index].text
        is_short = len(text) <= words.limits.longest_numbered_heading
        is_heading = not counts_up and is_short and not text.endswith((".", ";", ",", ":"))
        yield index, (Segment("heading" if is_heading else "list_item", text),)


def captions(lines: Lines, words: Words) -> Iterator[Claim]:
    """`What is seen. (Medium/Name)` right below the title, the subtitle or a heading, with a paragraph to follow."""
    for index, line in lines.open:
        if not line.text.rstrip(". ").endswith(_BRACKETS) or line.kind or line.mark:
            continue
        if len(line.text) > words.limits.longest_caption_below_head or not _is_below_head(lines, index):
            continue
        if index + 1 < lines.body[1] and credited(line.text, words):
            yield index, picture_words(line.text, words)


def subtitle(lines: Lines, words: Words) -> Iterator[Claim]:
    """The line right below a dump's title, if it is short, does not end like a sentence, and a paragraph follows."""
    if len(lines) < 3 or lines[0].role != "title" or any(line.kind for line in lines):
        return
    line = lines[1]
    if line.segments or line.mark or len(line.text) > words.limits.longest_subtitle or ends_sentence(line.text):
        return
    after = next((line for index, line in lines.open if index > 1), None)
    if after and is_prose(after):
        yield 1, (Segment("subtitle", line.text),)


def headings(lines: Lines, words: Words) -> Iterator[Claim]:
    """A short line without an end between two paragraphs."""
    for index, line in lines.open:
        if len(line.text) > words.limits.longest_heading or line.kind or line.mark or not line.text[:1].isupper():
            continue
        if ends_sentence(line.text):
            continue
        before = next((lines[at] for at in range(index - 1, -1, -1) if lines[at].role in _TEXT), None)
        after = next((lines[at] for at in range(index + 1, len(lines)) if lines[at].role in _TEXT), None)
        if before and after and is_prose(before) and is_prose(after):
            yield index, (Segment("heading", line.text),)


def dateline(lines: Lines, words: Words) -> Iterator[Claim]:
    """Place, agency and date before the first sentence of the first paragraph."""
    for index, line in lines.open:
        if line.kind in {None, "paragraph"} and len(line.text) >= PROSE:
            pieces = split_dateline(line.text, words) if not line.mark else ()
            if pieces:
                yield index, pieces
            return


def paragraphs(lines: Lines, words: Words) -> Iterator[Claim]:  # noqa: ARG001 — every rule is asked alike
    """Everything else is the article's, of the kind that the source marks, or a paragraph."""
    for index, line in lines.open:
        yield index, (Segment(line.kind or "paragraph", line.whole),)


def _numbers(lines: Lines) -> Iterator[tuple[int, int]]:
    """The open lines that begin with a number and a stop or a bracket, with it."""
    for index, line in lines.opening("digit"):
        found = None if line.kind or line.mark else _NUMBER.match(line.text)
        if found:
            yield index, int(found[1])


def _is_below_head(lines: Lines, index: int) -> bool:
    """Right below the title or a heading, or one line on, where a subtitle may stand between."""
    above: list[Line] = list(lines[max(index - 2, 0) : index])
    if above and above[-1].role in _HEADS:
        return True
    return index == 2 and above[0].role == "title" and above[1].role is None and not is_prose(above[1])

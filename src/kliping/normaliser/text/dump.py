"""The reader of text dumps: cleaned text to lines, a paragraph, heading or list item each."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from kliping.normaliser.lines import Line
from kliping.normaliser.text.cleaning import has_words

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["read_dump"]

Placed: TypeAlias = tuple[int, str]
"""A line and its first code point."""

_MARK = re.compile(r"([•‣▪▫◦●○■□►▸·∙*]|[-–—](?= )|>)\s*(?=\S)")
_ITEM = re.compile(r"[•‣▪▫◦●○■□►▸·∙*>]|[-–—] |\d{1,2}[.)] ")
_LABEL = re.compile(r"[^\W\d_][\w ]{1,20}: ")

NARROWEST, WIDEST = 40, 120
"""Hard-wrapped text has lines of some width between these, in code points."""


def read_dump(text: str) -> tuple[Line, ...]:
    """The lines of a cleaned text; hard-wrapped paragraphs are joined, lines without any word are left out."""
    stanzas = list(_stanzas(text))
    width = _wrapped_at(stanzas)
    if width:
        stanzas = [list(_joined(stanza, width)) for stanza in stanzas]
    lines = [_line(start, line) for stanza in stanzas for start, line in stanza]
    return tuple([line for line in lines if line.text[:1].isalnum() or has_words(line.text)])


def _stanzas(text: str) -> Iterator[list[Placed]]:
    """The runs of lines between empty ones."""
    stanza: list[Placed] = []
    start = 0
    for line in text.split("\n"):
        if line:
            stanza.append((start, line))
        elif stanza:
            yield stanza
            stanza = []
        start += len(line) + 1
    if stanza:
        yield stanza


def _wrapped_at(stanzas: list[list[Placed]]) -> int | None:
    """The width at which the text was wrapped by a machine, or None.

    It was, where in some run of three lines or more each next word would not have fitted on the line before it, and no
    line of such a run is wider.
    """
    full = [[line for _, line in stanza] for stanza in stanzas if len(stanza) >= 3]
    if not full:
        return None
    width = max(len(line) for lines in full for line in lines)
    if not NARROWEST <= width <= WIDEST:
        return None
    wrapped = any(all(_runs_on(line, following, width) for line, following in pairwise(lines)) for lines in full)
    return width if wrapped else None


def _runs_on(line: str, following: str, width: int) -> bool:
    """Whether the following line continues a wrapped one."""
    return (
        len(line) + 1 + len(following.split(" ", 1)[0]) > width
        and not _ITEM.match(following)
        and not _LABEL.match(following)
    )


def _joined(stanza: list[Placed], width: int) -> Iterator[Placed]:
    start, last = stanza[0]
    pieces = [last]
    for here, line in stanza[1:]:
        if _runs_on(last, line, width):
            pieces.append(line)
        else:
            yield start, " ".join(pieces)
            start, pieces = here, [line]
        last = line
    yield start, " ".join(pieces)


def _line(start: int, text: str) -> Line:
    mark = None if text[0].isalnum() else _MARK.match(text)
    if not mark:
        return Line(text, start=start)
    return Line(text[mark.end() :], mark=mark[1], start=start)

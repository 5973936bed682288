"""Where a mention may begin and end, and what offsets that miss their words may have counted.

A border is where a mention may begin or end: between two user-perceived characters (extended grapheme clusters,
Unicode Standard Annex 29), and not inside a word. A word is a run of letters and digits with the marks on them; scripts
written without spaces (Han, kana, Thai, Lao, Khmer, Myanmar) have a border at every cluster. Unlike a token of a
release, a word ends at an apostrophe or a hyphen: in `Haldane’s`, the name is `Haldane`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Piece", "counted_in", "is_torn", "pieces"]

_LETTER = r"(?=[[\p{L}\p{N}]--[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]])\X"
_PIECE = regex.compile(rf"(?:{_LETTER})+|\X", regex.V1)
_CLUSTER = regex.compile(r"\X")

_NEAR = 64
"""Code points around a place that are looked at to see whether it lies inside a cluster; real ones are far shorter."""


class Piece(NamedTuple):
    """What lies between two borders; `start` and `end` are code points of the text, half open."""

    start: int
    end: int
    text: str


def pieces(text: str) -> Iterator[Piece]:
    """A text cut at every border: together they are the text, white space included."""
    for found in _PIECE.finditer(text):
        yield Piece(found.start(), found.end(), found.group())


def is_torn(text: str, start: int, end: int) -> bool:
    """Whether a span, in code points, begins or ends inside a character that people see as one."""
    return any(_inside_cluster(text, at) for at in (start, end))


def _inside_cluster(text: str, at: int) -> bool:
    if not 0 < at < len(text):
        return False
    begin = max(text.rfind(" ", 0, at), text.rfind("\n", 0, at), at - _NEAR, 0)
    return any(one.start() < at < one.end() for one in _CLUSTER.finditer(text, begin, min(at + _NEAR, len(text))))


def counted_in(text: str, start: int, end: int, surface: str) -> str | None:
    """What offsets that miss their words in code points seem to have counted instead, or None."""
    for unit, encoding, width in (("UTF-16 units", "utf-16-le", 2), ("UTF-8 bytes", "utf-8", 1)):
        if text.encode(encoding)[start * width : end * width] == surface.encode(encoding, "replace"):
            return unit
    return None

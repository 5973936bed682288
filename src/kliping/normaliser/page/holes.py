"""Headings and list items between an article's paragraphs, in the same element: they are the article's as well.

A short list or a heading tells little of itself, so that its probability may be low; where it stands tells more.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from kliping.normaliser.page.categories import CATEGORIES, bit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kliping.normaliser.page.segments import Block, Element, Segments

__all__ = ["filled"]

MOST = 12
"""Blocks between two of the article's, at most; longer runs are something else."""
LINKED = 0.35
"""A block with a larger share of linked characters leads elsewhere."""

_INSIDE = ("h2", "h3", "h4", "h5", "h6", "li")
_ELSEWHERE = frozenset({"aside", "figure", "figcaption", "form", "nav", "footer", "table"})
_OWN = frozenset({"body", "post", "title", "lead", "quote", "list", "meta", "notice", "table", "media", "live"})
_ALIEN = sum(bit(name) for name in CATEGORIES if name not in _OWN)
"""Categories of what is beside an article's text."""


def filled(segments: Segments, chosen: Sequence[int]) -> tuple[int, ...]:
    """The chosen blocks, and the headings and list items between two of them.

    One of the two stands right in the element that holds both.

    Args:
        segments: the page.
        chosen: the places of the article's blocks, in order.
    """
    between = (place for before, after in pairwise(chosen) for place in _between(segments, before, after))
    return tuple(sorted({*chosen, *between}))


def _between(segments: Segments, before: int, after: int) -> Iterator[int]:
    if not 1 < after - before <= MOST + 1:
        return
    holder = _holder(segments, before, after)
    if holder not in {_parent(segments, before), _parent(segments, after)}:
        return
    places = [place for place in range(before + 1, after) if not _is_hidden(segments, place)]
    if all(_belongs(segments, segments.blocks[place], holder) for place in places):
        yield from places


def _parent(segments: Segments, place: int) -> int:
    """The element around the one that holds a block, by its number."""
    return segments.elements[segments.blocks[place].element].parent


def _holder(segments: Segments, before: int, after: int) -> int:
    """The innermost element that holds two blocks, apart from their own, by its number: parents come first."""
    one, other = _parent(segments, before), _parent(segments, after)
    while one != other:
        if one > other:
            one = segments.elements[one].parent
        else:
            other = segments.elements[other].parent
    return one


def _is_hidden(segments: Segments, place: int) -> bool:
    return segments.elements[segments.blocks[place].element].hidden


def _belongs(segments: Segments, block: Block, holder: int) -> bool:
    """Whether a block is a heading or a list item of the article's own, below what holds the paragraphs."""
    inside = list(_up_to(segments, block.element, holder))
    if not inside or inside[-1].parent != holder or block.link > LINKED * len(block.text):
        return False
    tags = {element.tag for element in inside}
    bits = block.inline
    for element in inside:
        bits |= element.bits
    return not bits & _ALIEN and tags.isdisjoint(_ELSEWHERE) and not tags.isdisjoint(_INSIDE)


def _up_to(segments: Segments, number: int, holder: int) -> Iterator[Element]:
    """The elements around a block, from the nearest out to those below the holder."""
    while number > holder:
        yield segments.elements[number]
        number = segments.elements[number].parent

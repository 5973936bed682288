"""What no statistics need: containers that are certainly no part of an article, and go before anything is counted."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

import numpy as np

from kliping.normaliser.page.categories import HIDDEN, bit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from kliping.normaliser.page.segments import Block, Element, Segments

__all__ = ["JUNK", "Junk", "kept_blocks"]


@dataclass(frozen=True, slots=True)
class Junk:
    """Elements of these tags or categories go where they hold less than a share of the good text that is left."""

    name: str
    tags: frozenset[str]
    bits: int
    below: float

    def fits(self, element: Element) -> bool:
        """Whether an element is such a container. A paragraph or heading is none, whatever it is called."""
        if element.tag in self.tags:
            return True
        is_leaf = element.tag in _LEAVES and not (element.tag == "li" and self.name == "comments")
        return bool(element.bits & self.bits) and not is_leaf


JUNK = (
    Junk("consent", frozenset(), bit("consent"), 1.0),
    Junk("comments", frozenset(), bit("comment"), 1.0),
    Junk("hidden", frozenset(), HIDDEN, 0.5),
    Junk("navigation", frozenset({"nav", "footer"}), 0, 0.33),
    Junk("modal", frozenset(), bit("modal"), 0.33),
    Junk("form", frozenset({"form"}), 0, 0.33),
    Junk("aside", frozenset({"aside"}), 0, 0.6),
    Junk("related", frozenset(), bit("related") | bit("newsletter"), 0.33),
)

_TAGS = frozenset().union(*(junk.tags for junk in JUNK))
_BITS = reduce(or_, (junk.bits for junk in JUNK))
_LEAVES = frozenset(
    {"p", "h1", "h2", "h3", "h4", "h5", "h6", "body", "html", "main", "article", "li", "td", "tr", "tbody", "span"}
)
LEFT = 200
"""Code points of good text that must be left, or the rule is not believed."""
ALIKE = 3
"""So many elements with the same tags and classes up to the root are a list."""
LONGEST_TEASER = 8
"""Blocks of a teaser, at most."""
TEASED = 0.7
"""The share of a list's elements that are teasers, at least, and of a page's good text in a list, at most."""


def kept_blocks(segments: Segments, good: NDArray[np.float64], title: int) -> NDArray[np.bool_]:
    """Whether each block is kept; `good` is its length where it is prose, `title` the place of the title."""
    kept = np.ones(len(good), bool)
    for first, end in _teasers(segments, good, title):
        kept[first:end] = False
    suspects = [element for element in segments.elements if element.first < element.end and _is_suspect(element)]
    for junk in JUNK:
        for first, end in _removed(junk, suspects, good * kept, title):
            kept[first:end] = False
    return kept


def _is_suspect(element: Element) -> bool:
    """Whether any rule may fit an element: few do, and each rule looks at those alone."""
    return element.tag in _TAGS or element.bits & _BITS != 0


def _removed(
    junk: Junk, suspects: Sequence[Element], good: NDArray[np.float64], title: int
) -> Iterator[tuple[int, int]]:
    """The ranges of blocks that a rule takes: the outermost containers that fit and do not hold too much."""
    until = np.concatenate([[0.0], np.cumsum(good)]).tolist()
    left, reached = until[-1], 0
    for element in suspects:
        first, end = element.first, element.end
        if end <= reached or first <= title < end or not junk.fits(element):
            continue
        inside = until[end] - until[first]
        if (left and inside >= junk.below * left) or (inside and left - inside < LEFT):
            continue
        left, reached = left - inside, end
        yield first, end


def _teasers(segments: Segments, good: NDArray[np.float64], title: int) -> Iterator[tuple[int, int]]:
    """The ranges of blocks of lists of teasers, where enough good text is left."""
    until = np.concatenate([[0.0], np.cumsum(good)]).tolist()
    for alike in _lists(segments.elements):
        if any(element.first <= title < element.end for element in alike):
            continue
        inside = sum(until[element.end] - until[element.first] for element in alike)
        is_believed = until[-1] - inside >= max(LEFT, (1 - TEASED) * until[-1])
        if is_believed and _is_teasing(alike, segments, title):
            yield from ((element.first, element.end) for element in alike)


def _lists(elements: Sequence[Element]) -> Iterator[list[Element]]:
    """The elements that hold blocks and are alike, where there are enough of them."""
    lists: dict[int, list[Element]] = {}
    for element in elements:
        if element.first < element.end:
            lists.setdefault(element.path, []).append(element)
    return (alike for alike in lists.values() if len(alike) >= ALIKE)


def _is_teasing(alike: Sequence[Element], segments: Segments, title: int) -> bool:
    """Whether most of some elements are teasers: a linked title and what it says, each a block, or both one block.

    A single block that begins with a link is a list's item in many an article, unless one of them links the page's own
    title: then it is a list of articles.
    """
    blocks = segments.blocks
    firsts = [blocks[element.first] for element in alike]
    own = blocks[title].text if title >= 0 else ""
    if own and any(first.leads and first.text.startswith(own) for first in firsts):
        return sum(first.leads for first in firsts) >= TEASED * len(alike)
    teasers = sum(
        2 <= element.end - element.first <= LONGEST_TEASER
        and any(_is_link(block) for block in blocks[element.first : element.end])
        for element in alike
    )
    return teasers >= TEASED * len(alike)


def _is_link(block: Block) -> bool:
    return block.link > 0.8 * len(block.text)

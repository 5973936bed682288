"""How the blocks of a page lie: what is counted once and used by all features."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from kliping.normaliser.page.anchors import title_place
from kliping.normaliser.page.categories import bit
from kliping.normaliser.page.junk import kept_blocks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from kliping.normaliser.page.segments import Block, Element, Segments

__all__ = ["INSIDE", "LEVELS", "Floats", "Layout", "Places", "lay_out", "running", "summed"]

Floats: TypeAlias = "NDArray[np.float64]"
Places: TypeAlias = "NDArray[np.intp]"

GOOD_LENGTH = 60
"""Code points of a block that reads like prose, at least."""
GOOD_ROW = 15
"""Code points of a row of a table of data that is worth as much, at least."""
GOOD_LINKS = 0.35
"""The share of linked text of a block that reads like prose is lower."""
LEVELS = ("own", "parent", "grand", "great", "fifth")
"""The elements around a block that are looked at, from its own outwards."""
CORE = 0.5
"""The core is the innermost element that holds this share of the good text."""

INSIDE = (
    "article", "main", "aside", "figure", "blockquote", "table", "ul", "form", "header", "footer", "nav", "section",
    "figcaption",
)  # fmt: skip
"""Elements whose insides are told apart; `ul` stands for all lists."""
_BITS = {tag: 1 << number for number, tag in enumerate(INSIDE)}
_BITS |= {"ol": _BITS["ul"], "dl": _BITS["ul"]}
_UNLIKELY = _BITS["nav"] | _BITS["footer"] | _BITS["form"]


@dataclass(frozen=True, slots=True)
class Layout:
    """The blocks of a page that are not junk, and the elements that hold them, as columns.

    Attributes:
        blocks: the blocks; `which` are their places in the page, `title` the place of the title among them, or -1.
        length: code points of each block; `link` the share of them that is linked; `good` the length of good blocks.
        around: for each of `LEVELS`, the element around each block.
        elements, parent, path, bits: the elements, and of each its parent, path and categories.
        first, end: of each element the range of the blocks below it.
        inside: of each element the tags of `INSIDE` around it, as bits.
        article: of each element the number of the `article` that it is in, counted from 1, or 0.
        branch: of each element the child of the core that it is or is in; 0 outside the core, as the root is no branch.
        up, down: of each element, the steps from the title up to what holds both, and from there down to it.
    """

    blocks: Sequence[Block]
    which: Places
    title: int
    length: Floats
    link: Floats
    good: Floats
    around: tuple[Places, ...]
    elements: Sequence[Element]
    parent: Places
    path: Places
    bits: NDArray[np.int64]
    first: Places
    end: Places
    inside: NDArray[np.int64]
    article: Places
    branch: Places
    up: Places
    down: Places

    def within(self, tag: str) -> NDArray[np.bool_]:
        """Whether each block is in an element of a tag of `INSIDE`."""
        found: NDArray[np.bool_] = self.inside[self.around[0]] & _BITS[tag] > 0
        return found

    def below(self, values: Floats) -> Floats:
        """The sum of the blocks' values below each element."""
        sums = running(values)
        total: Floats = sums[self.end] - sums[self.first]
        return total


def running(values: Floats) -> Floats:
    """The sums of all values before each place, and of all."""
    return np.concatenate([[0.0], np.cumsum(values)])


def summed(group: Places, values: Floats) -> Floats:
    """For each block the sum of the values of its group."""
    sums: Floats = np.bincount(group, values).astype(np.float64)[group]
    return sums


def lay_out(segments: Segments, titles: tuple[str, ...]) -> Layout:
    """Leave the junk out and lay out the rest."""
    title = title_place(segments, titles)
    length = np.array([len(block.text) for block in segments.blocks], float)
    link = np.minimum(1.0, np.array([block.link for block in segments.blocks], float) / np.maximum(length, 1))
    is_row = np.array([segments.elements[block.element].tag == "tr" for block in segments.blocks], bool)
    prose = np.where((length >= np.where(is_row, GOOD_ROW, GOOD_LENGTH)) & (link < GOOD_LINKS), length, 0.0)
    which = np.flatnonzero(kept_blocks(segments, prose, title))
    elements = segments.elements
    parent = np.array([max(element.parent, 0) for element in elements])
    first = np.searchsorted(which, np.array([element.first for element in elements]))
    end = np.searchsorted(which, np.array([element.end for element in elements]))
    own = np.array([segments.blocks[place].element for place in which], np.intp)
    inside = _inherited_bits(elements)
    good = np.where(_is_unlikely(segments, which, inside[own]), 0.0, prose[which])
    sums = running(good)
    core = int(np.flatnonzero(sums[end] - sums[first] >= CORE * sums[-1])[-1]) if len(which) else 0
    up, down = _steps(elements, segments.blocks[title].element if title >= 0 else 0)
    return Layout(
        blocks=[segments.blocks[place] for place in which],
        which=which,
        title=int(np.searchsorted(which, title)) if title >= 0 else -1,
        length=length[which],
        link=link[which],
        good=good,
        around=_outwards(own, parent),
        elements=elements,
        parent=parent,
        path=np.array([element.path for element in elements]),
        bits=np.array([element.bits for element in elements], np.int64),
        first=first,
        end=end,
        inside=inside,
        article=_articles(elements),
        branch=_branches(elements, core),
        up=up,
        down=down,
    )


def _outwards(own: Places, parent: Places) -> tuple[Places, ...]:
    levels = [own]
    for _ in LEVELS[1:]:
        levels.append(parent[levels[-1]])
    return tuple(levels)


def _is_unlikely(segments: Segments, which: Places, inside: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether each block is hidden, a comment's, or in an element that seldom holds an article."""
    unwanted = bit("comment") | bit("consent")
    elements = [segments.elements[segments.blocks[place].element] for place in which]
    unlikely: NDArray[np.bool_] = np.array(
        [element.hidden or bool((element.above | element.bits) & unwanted) for element in elements], bool
    )
    return unlikely | (inside & _UNLIKELY > 0)


def _inherited_bits(elements: Sequence[Element]) -> NDArray[np.int64]:
    found: list[int] = []
    for element in elements:
        found.append((found[element.parent] if element.parent >= 0 else 0) | _BITS.get(element.tag, 0))
    return np.array(found, np.int64)


def _articles(elements: Sequence[Element]) -> Places:
    found: list[int] = []
    count = 0
    for element in elements:
        count += element.tag == "article"
        found.append(count if element.tag == "article" else found[element.parent] if element.parent >= 0 else 0)
    return np.array(found)


def _branches(elements: Sequence[Element], core: int) -> Places:
    found: list[int] = []
    for place, element in enumerate(elements):
        found.append(place if element.parent == core else found[element.parent] if element.parent >= 0 else 0)
    return np.array(found)


def _steps(elements: Sequence[Element], title: int) -> tuple[Places, Places]:
    """The steps up from an element to what holds it and each other one, and from there down to the other one."""
    chain: dict[int, int] = {}
    place = title
    while place >= 0:
        chain[place] = len(chain)
        place = elements[place].parent
    up: list[int] = []
    down: list[int] = []
    for place, element in enumerate(elements):
        up.append(chain[place] if place in chain else up[element.parent])
        down.append(0 if place in chain else down[element.parent] + 1)
    return np.array(up), np.array(down)

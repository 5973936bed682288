"""What no statistics need: containers that are certainly no part of an article, and go before anything is counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kliping.normaliser.page.categories import HIDDEN, bit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from kliping.normaliser.page.segments import Element, Segments

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
    Junk("aside", frozenset({"aside"}), 0, 0.33),
    Junk("related", frozenset(), bit("related") | bit("newsletter"), 0.33),
)

_LEAVES = frozenset(
    {"p", "h1", "h2", "h3", "h4", "h5", "h6", "body", "html", "main", "article", "li", "td", "tr", "tbody", "span"}
)
LEFT = 200
"""Code points of good text that must be left, or the rule is not believed."""


def kept_blocks(segments: Segments, good: NDArray[np.float64], title: int) -> NDArray[np.bool_]:
    """Whether each block is kept. `good` is a block's length where it reads like prose; `title` is the title's place."""
    kept = np.ones(len(good), bool)
    for junk in JUNK:
        for first, end in _removed(junk, segments, good * kept, title):
            kept[first:end] = False
    return kept


def _removed(junk: Junk, segments: Segments, good: NDArray[np.float64], title: int) -> Iterator[tuple[int, int]]:
    """The ranges of blocks that a rule takes: the outermost containers that fit and do not hold too much."""
    until = np.concatenate([[0.0], np.cumsum(good)]).tolist()
    left, reached = until[-1], 0
    for element in segments.elements:
        first, end = element.first, element.end
        if first >= end or end <= reached or first <= title < end or not junk.fits(element):
            continue
        inside = until[end] - until[first]
        if left and inside >= junk.below * left or inside and left - inside < LEFT:
            continue
        left, reached = left - inside, end
        yield first, end

"""What no statistics need: containers that are certainly no part of an article, and go before anything is counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kliping.normaliser.page.categories import HIDDEN, bit

if TYPE_CHECKING:
    from kliping.normaliser.page.segments import Segments

__all__ = ["kept_blocks"]


@dataclass(frozen=True, slots=True)
class Junk:
    """Elements of these tags or categories go where they hold less than a share of the good text that is left."""

    name: str
    tags: frozenset[str]
    bits: int
    below: float


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
_LEFT = 200
"""Code points of good text that must be left, or the rule is not believed."""


def kept_blocks(segments: Segments, good: np.ndarray, title: int) -> np.ndarray:
    """Whether each block is kept. `good` is each block's length where it reads like prose; `title` is the title's place."""
    kept = np.ones(len(good), bool)
    left = good.copy()
    for junk in JUNK:
        for number, element in enumerate(segments.elements):
            first, end = element.first, element.end
            if first >= end or first <= title < end or not kept[first:end].any():
                continue
            matches = element.tag in junk.tags or (
                element.bits & junk.bits
                and (element.tag not in _LEAVES or (element.tag == "li" and junk.name == "comments"))
            )
            if not matches:
                continue
            total, inside = left.sum(), left[first:end].sum()
            if total and inside >= junk.below * total:
                continue
            if inside and total - inside < _LEFT:
                continue
            kept[first:end] = False
            left[first:end] = 0
    return kept

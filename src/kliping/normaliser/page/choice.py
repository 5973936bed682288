"""Which blocks of a page are the article: the blocks whose choice promises the highest F1."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kliping.normaliser.page.anchors import Anchors
from kliping.normaliser.page.features import measure
from kliping.normaliser.page.model import shipped_model

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kliping.normaliser.page.segments import Segments

__all__ = ["Anchors", "Choice", "choose", "decide"]

LOWEST, HIGHEST = 0.4, 0.6
"""The probability from which on a block is taken lies between these."""
STATED_SHARE = 0.35
"""Where the choice has less than this share of what JSON-LD states as the body, the page's own text is not shown."""
STATED_LENGTH = 250
"""Code points that a stated body needs to be taken instead."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The blocks of a page that are its article.

    Attributes:
        blocks: their places in `Segments.blocks`, in order; the title's is not among them.
        confidence: the F1 that is expected of the choice, from 0 to 1.
        title: the place of the block that shows the title, or None.
        stated: whether JSON-LD's `articleBody` is to be taken instead: the page shows less than a third of it.
    """

    blocks: tuple[int, ...] = ()
    confidence: float = 0.0
    title: int | None = None
    stated: bool = False


def choose(segments: Segments, anchors: Anchors) -> Choice:
    """The article's blocks of a page; no block where the page has none."""
    if not segments.blocks:
        return Choice(stated=len(anchors.body) >= STATED_LENGTH)
    measured = measure(segments, anchors)
    layout = measured.layout
    taken, confidence = decide(shipped_model().chances(measured), layout.length)
    title = int(layout.which[layout.title]) if layout.title >= 0 else None
    blocks = tuple(int(place) for place in layout.which[taken] if place != title)
    shown = sum(len(segments.blocks[place].text) for place in blocks)
    stated = len(anchors.body) >= STATED_LENGTH and shown < STATED_SHARE * len(anchors.body)
    return Choice(blocks, confidence, title, stated)


def decide(chances: NDArray[np.float64], lengths: NDArray[np.float64]) -> tuple[NDArray[np.bool_], float]:
    """Which blocks to take, by their probability and length, and the F1 to expect: the cut where that is highest.

    The expected F1 of a set is twice its expected true length, over its length and the whole expected true length
    (Lewis 1995, Evaluating and optimizing autonomous text classification systems). At least one block is taken.
    """
    if not len(chances):
        return np.zeros(0, bool), 0.0
    true = chances * lengths
    cuts = np.unique(np.clip(chances, LOWEST, HIGHEST))
    best, cut = max((_expected(true, lengths, chances >= one), -one) for one in cuts)
    taken = chances >= min(-cut, chances.max())
    return taken, best or _expected(true, lengths, taken)


def _expected(true: NDArray[np.float64], lengths: NDArray[np.float64], taken: NDArray[np.bool_]) -> float:
    return float(2 * true[taken].sum() / max(lengths[taken].sum() + true.sum(), 1e-9))

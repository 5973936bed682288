"""What a first look at all blocks tells of each: how likely its neighbours, its containers and its like are the article.

The features of the second look (stacking: Wolpert 1992; over neighbours: Cohen & Carvalho, IJCAI 2005). A block's own
length is left out of the sums that it is compared with.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kliping.normaliser.page.features import FAR, NEAR, shifted, since, window
from kliping.normaliser.page.layout import running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kliping.normaliser.page.layout import Floats, Layout, Places

__all__ = ["CONTEXTS", "context"]

SURE = 0.6
"""A block is surely the article's from this probability on."""
CONTEXTS: tuple[int, ...] = (5, 10)
"""So many blocks to both sides are summed up."""


def context(layout: Layout, chances: Floats) -> Iterator[tuple[str, Floats]]:
    """The features that follow from each block's probability."""
    count = len(chances)
    true = layout.length * chances
    total = max(true.sum(), 1.0)
    yield "chance", np.log((chances + 1e-4) / (1 - chances + 1e-4))
    for number, around in enumerate(layout.around):
        yield from _shares(f"level{number}", layout.below(true)[around], layout.below(layout.length)[around], layout, chances)
    path = layout.path[layout.around[0]]
    yield from _shares("path", np.bincount(path, true)[path], np.bincount(path, layout.length)[path], layout, chances)
    for step in NEAR:
        yield f"chance{step:+d}", shifted(chances, step)
    true_before, before = running(true), running(layout.length)
    for width in CONTEXTS:
        low, high = window(count, width)
        yield f"chance_around{width}", _without(true_before[high] - true_before[low], before[high] - before[low], layout, chances)
    sure = np.flatnonzero(chances > SURE)
    yield "sure_before", since(sure, count)
    yield "sure_after", since(count - 1 - sure[::-1], count)[::-1]
    yield "true_before", true_before[:-1] / total
    yield "true_after", 1 - true_before[1:] / total
    yield "true_total", np.full(count, np.log1p(total))
    yield "true_share", np.full(count, total / max(layout.length.sum(), 1.0))


def _shares(name: str, true: Floats, length: Floats, layout: Layout, chances: Floats) -> Iterator[tuple[str, Floats]]:
    """Of a set of blocks that each block is in: the mean probability of the others, and the share of all true text."""
    yield f"chance_{name}", _without(true, length, layout, chances)
    yield f"true_{name}", true / max((layout.length * chances).sum(), 1.0)


def _without(true: Floats, length: Floats, layout: Layout, chances: Floats) -> Floats:
    """The mean probability of a set without the block itself; the block's own, where it is alone."""
    others = length - layout.length
    mean: Floats = np.where(others > 0, (true - layout.length * chances) / np.maximum(others, 1), chances)
    return mean

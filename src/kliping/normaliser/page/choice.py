"""Which blocks of a page are the article: the blocks whose choice promises the highest F1."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kliping.normaliser.page.anchors import Anchors
from kliping.normaliser.page.features import measure
from kliping.normaliser.page.layout import lay_out
from kliping.normaliser.page.trees import shipped_trees

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kliping.normaliser.page.features import Measured
    from kliping.normaliser.page.layout import Floats
    from kliping.normaliser.page.segments import Segments
    from kliping.normaliser.page.trees import Trees

__all__ = ["Anchors", "Choice", "chances", "choose", "decide"]

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
        confidence: the share of the chosen text that is expected to be the article's, from 0 to 1.
        title: the place of the block that shows the title, or None.
        stated: whether JSON-LD's `articleBody` is to be taken instead: the page shows less than a third of it.
    """

    blocks: tuple[int, ...] = ()
    confidence: float = 0.0
    title: int | None = None
    stated: bool = False


def choose(segments: Segments, anchors: Anchors, trees: Trees | None = None) -> Choice:
    """The article's blocks of a page; no block where nothing but junk is on it. None takes the trees that ship."""
    layout = lay_out(segments, anchors.titles)
    if not layout.blocks:
        return Choice(stated=len(anchors.body) >= STATED_LENGTH)
    taken, confidence = decide(chances(measure(layout, anchors), trees or shipped_trees()), layout.length)
    blocks = tuple(layout.which[taken].tolist())
    shown = sum(len(segments.blocks[place].text) for place in blocks)
    stated = len(anchors.body) >= STATED_LENGTH and shown < STATED_SHARE * len(anchors.body)
    return Choice(blocks, confidence, int(layout.which[layout.title]) if layout.title >= 0 else None, stated)


def chances(measured: Measured, trees: Trees) -> Floats:
    """How likely each measured block is the article's body, from 0 to 1; a title or a caption is not."""
    layout = measured.layout
    found = trees.probabilities(measured.rows)
    found[layout.within("figcaption")] = 0.0
    if layout.title >= 0:
        found[layout.title] = 0.0
    return found


def decide(likely: Floats, lengths: Floats) -> tuple[NDArray[np.bool_], float]:
    """Which blocks to take, by probability and length, and how sure that is: the cut with the highest expected F1.

    The expected F1 of a set is twice its expected true length, over its length and the whole expected true length
    (Lewis 1995, Evaluating and optimizing autonomous text classification systems). At least one block is taken, if any
    is possible. How sure it is, is the share of the taken text that is expected to be true: of pages that were held
    out, it told the F1 better than the expected F1 did.
    """
    ranked = np.argsort(-likely, kind="stable")
    true, length = np.cumsum((likely * lengths)[ranked]), np.cumsum(lengths[ranked])
    fewest, most = max(1, int((likely >= HIGHEST).sum())), max(1, int((likely >= LOWEST).sum()))
    expected = 2 * true / np.maximum(length + true[-1], 1e-9)
    number = fewest + int(np.argmax(expected[fewest - 1 : most]))
    taken = np.zeros(len(likely), bool)
    taken[ranked[:number]] = True
    return taken & (likely > 0), float(true[number - 1] / max(length[number - 1], 1))

"""Pages as sites would write them that name less: what a model must not lean on is taken away while it learns.

The second version of each page in training: without class names, or with `div` for the elements that say what they
hold, or without what the page states. By chance, but always the same for the same page.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kliping.normaliser.page.anchors import Anchors
from kliping.normaliser.page.categories import HIDDEN
from kliping.normaliser.page.segments import Segments

if TYPE_CHECKING:
    from random import Random

    from kliping.normaliser.page.segments import Element

__all__ = ["plainer_anchors", "plainer_segments"]

NAMELESS = 0.6
"""Of so many pages the class names, ids and roles are taken away."""
UNTOLD = 0.5
"""Of so many pages the elements that say what they hold become `div`; of so many what they state is taken away."""

_TELLING = frozenset({"article", "main", "section", "aside", "nav", "header", "footer"})


def plainer_segments(segments: Segments, chance: Random) -> Segments:
    """A page's blocks in elements that tell less of themselves; what is hidden stays hidden."""
    nameless, untold = chance.random() < NAMELESS, chance.random() < UNTOLD
    paths: dict[tuple[int, str, int], int] = {}
    elements: list[Element] = []
    for element in segments.elements:
        above = elements[element.parent] if element.parent >= 0 else None
        tag = "div" if untold and element.tag in _TELLING else element.tag
        key = (above.path if above else 0, tag, 0 if nameless else element.path)
        elements.append(
            replace(
                element,
                tag=tag,
                bits=element.bits & HIDDEN if nameless else element.bits,
                above=above.above | above.bits if above else 0,
                path=paths.setdefault(key, len(paths) + 1),
            )
        )
    return Segments(elements, [replace(block, inline=0) for block in segments.blocks] if nameless else segments.blocks)


def plainer_anchors(anchors: Anchors, chance: Random) -> Anchors:
    """What a page states, or the first title alone."""
    return Anchors(anchors.titles[:1]) if chance.random() < UNTOLD else anchors

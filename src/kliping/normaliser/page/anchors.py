"""What a page states that its body can be found by, and where its title stands among its blocks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kliping.normaliser.text.overlap import jaccard

if TYPE_CHECKING:
    from kliping.normaliser.page.segments import Block, Element, Segments

__all__ = ["HEADINGS", "Anchors", "likenesses", "title_place", "words"]

HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
APART = 3
"""A text is not compared with one that is so many times as long."""
BELIEVED = 0.3
"""A block is the title from this score on: the share of common words, and what its element speaks for."""
TITLES = 6
"""So many of the stated titles are looked for."""
LESSER = 0.6
"""What likeness to another title than the first one is worth: some of them are the site's name."""

_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")


@dataclass(frozen=True, slots=True)
class Anchors:
    """What the page states that its body can be found by: titles, description, and JSON-LD's articleBody."""

    titles: tuple[str, ...] = ()
    description: str = ""
    body: str = ""


def words(text: str) -> list[str]:
    """The words of a text in lower case; of scripts without spaces, their letters."""
    return _WORD.findall(text.lower())


def likenesses(texts: list[str], target: str) -> list[float]:
    """The share of words that each text has in common with a target (Jaccard); 0 where their lengths differ a lot."""
    wanted = set(words(target))
    low, high = len(target) // APART, APART * len(target)
    return [jaccard(set(words(text)), wanted) if low <= len(text) <= high else 0.0 for text in texts]


def title_place(segments: Segments, titles: tuple[str, ...]) -> int:
    """The place of the block that is likest to a stated title, the first above all, and a heading; -1 where none is."""
    sought = titles[:TITLES]
    targets = [(set(words(title)), LESSER if place else 1.0) for place, title in enumerate(sought)]
    low, high = min(map(len, sought), default=0) // APART, APART * max(map(len, sought), default=0)
    best, at = BELIEVED, -1
    for place, block in enumerate(segments.blocks):
        tag = segments.elements[block.element].tag
        if tag not in HEADINGS and not low <= len(block.text) <= high:
            continue
        favour = _favour(block, segments.elements[block.element])
        if favour + 1.0 > best:
            own = set(words(block.text))
            score = favour + max((weight * jaccard(own, target) for target, weight in targets), default=0.0)
            if score > best:
                best, at = score, place
    return at


def _favour(block: Block, element: Element) -> float:
    """What speaks for a block's being the title, its words apart."""
    favour = 0.4 if element.tag == "h1" else 0.1 if element.tag in HEADINGS else 0.0
    if element.hidden:
        favour -= 0.5
    if block.link > 0.8 * len(block.text) and element.tag != "h1":
        favour -= 0.3
    return favour

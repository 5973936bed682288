"""What is measured of each block of a page, for the model that tells the article from the rest.

No words of any language: lengths, links, punctuation, structure, repetition, and the distance to the title. Each family
of features is a function from a layout to columns.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kliping.normaliser.page.anchors import HEADINGS, Anchors, likenesses, words
from kliping.normaliser.page.categories import CATEGORIES, bit
from kliping.normaliser.page.layout import INSIDE, LEVELS, Layout, running, summed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kliping.normaliser.page.layout import Floats, Places

__all__ = ["FAMILIES", "Measured", "measure"]

NEAR = (-3, -2, -1, 1, 2, 3)
"""The neighbours of a block that are looked at."""
FAR = 50
"""Distances in blocks are counted up to this one."""
RUN = 4
"""Words of a run that a block shares with what the page states as its body."""

_END = re.compile(r"[.!?…。！？।][\"'”’»)\]」』]*$")
_TAGS = ("p", "li", "div", "tr")


@dataclass(frozen=True, slots=True)
class Measured:
    """A row of features for each block that is not junk, and how those blocks lie."""

    columns: tuple[str, ...]
    rows: Floats
    layout: Layout


def measure(layout: Layout, anchors: Anchors) -> Measured:
    """The features of a page's blocks, at least one, in the order of `FAMILIES`."""
    found = {name: column for family in FAMILIES for name, column in family(layout, anchors)}
    return Measured(tuple(found), np.column_stack(list(found.values())), layout)


def text(layout: Layout, _: Anchors) -> Iterator[tuple[str, Floats]]:
    """Of the text alone: how long, how much of it a link or bold, how it ends."""
    blocks, length = layout.blocks, np.maximum(layout.length, 1)
    yield "length", np.log1p(layout.length)
    yield "link", layout.link
    yield "leads", np.array([block.leads for block in blocks], float)
    yield "bold", np.array([block.bold for block in blocks], float) / length
    yield "italic", np.array([block.italic for block in blocks], float) / length
    yield "breaks", np.array([block.breaks for block in blocks], float)
    yield "end", _ends(layout)
    yield "colon", np.array([block.text.endswith((":", "：")) for block in blocks], float)
    yield "stops", np.array([block.text.count(". ") + block.text.count("。") for block in blocks], float)
    yield "commas", np.array([block.text.count(",") + block.text.count("、") for block in blocks], float) / length
    yield "good", (layout.good > 0).astype(float)


def _ends(layout: Layout) -> Floats:
    """Whether each block ends as a sentence does."""
    return np.array([bool(_END.search(block.text[-8:])) for block in layout.blocks], float)


def tags(layout: Layout, _: Anchors) -> Iterator[tuple[str, Floats]]:
    """The block's own element, and those it is in."""
    own = layout.around[0]
    names = [layout.elements[place].tag for place in own]
    yield "heading", _headings(layout)
    for tag in _TAGS:
        yield f"is_{tag}", np.array([name == tag for name in names], float)
    for tag in INSIDE:
        yield f"in_{tag}", layout.within(tag).astype(float)
    yield "hidden", np.array([layout.elements[place].hidden for place in own], float)
    yield "depth", np.array([layout.elements[place].depth for place in own], float)


def _headings(layout: Layout) -> Floats:
    """The level of each block that is a heading, 0 of others."""
    return np.array([HEADINGS.get(layout.elements[place].tag, 0) for place in layout.around[0]], float)


def names(layout: Layout, _: Anchors) -> Iterator[tuple[str, Floats]]:
    """What the block's own element and inline elements are called."""
    own = layout.bits[layout.around[0]] | np.array([block.inline for block in layout.blocks], np.int64)
    for name in CATEGORIES:
        yield f"own_{name}", (own & bit(name) > 0).astype(float)


def containers(layout: Layout, _: Anchors) -> Iterator[tuple[str, Floats]]:
    """Of the elements around a block: their share of the good text, density, links, and whether they repeat."""
    total = max(layout.good.sum(), 1.0)
    good, length = layout.below(layout.good), np.maximum(layout.below(layout.length), 1)
    links = layout.below(layout.length * layout.link) / length
    heads = _headings(layout) > 0
    linked = layout.below((heads & (layout.link > 0.6)).astype(float))
    plain = layout.below((heads & (layout.link <= 0.6)).astype(float))
    repeats = np.bincount(layout.path)[layout.path]
    cards = _cards(layout, repeats)
    for level, around in zip(LEVELS, layout.around, strict=True):
        yield f"mass_{level}", (good / total)[around]
        yield f"links_{level}", links[around]
        yield f"density_{level}", (good / length)[around]
        yield f"repeats_{level}", np.log1p(repeats[around])
        yield f"cards_{level}", cards[around]
        if level != "own":
            yield f"linked_heads_{level}", np.minimum(linked[around], 5)
            yield f"plain_heads_{level}", np.minimum(plain[around], 5)
    for level, around in zip(LEVELS[:2], layout.around, strict=False):
        yield f"size_{level}", np.log1p((layout.end - layout.first)[around])


def _cards(layout: Layout, repeats: Places) -> Floats:
    """For each element that is one of three alike or more, the share of them that begin with a link, as teasers do."""
    starts = np.zeros(len(layout.elements))
    filled = layout.end > layout.first
    starts[filled] = (layout.link > 0.6)[layout.first[filled]]
    count = np.bincount(layout.path, filled.astype(float))
    share = np.bincount(layout.path, starts) / np.maximum(count, 1)
    cards: Floats = np.where(repeats >= 3, share[layout.path], -1.0)
    return cards


def branches(layout: Layout, _: Anchors) -> Iterator[tuple[str, Floats]]:
    """Of the part of the core that a block is in: its share of the good text, links, and where it lies."""
    total = max(layout.good.sum(), 1.0)
    good, length = layout.below(layout.good), np.maximum(layout.below(layout.length), 1)
    branch = layout.branch[layout.around[0]]
    within = branch > 0
    main = int(np.argmax(np.where(np.isin(np.arange(len(good)), branch[within]), good, -1.0))) if within.any() else 0
    yield "branch_known", within.astype(float)
    yield "branch_mass", np.where(within, (good / total)[branch], -1.0)
    yield "branch_density", np.where(within, (good / length)[branch], -1.0)
    yield "branch_links", np.where(within, (layout.below(layout.length * layout.link) / length)[branch], -1.0)
    yield (
        "branch_side",
        np.where(within, np.sign(branch - main), np.where(np.arange(len(branch)) < layout.first[main], -2, 2)),
    )


def groups(layout: Layout, _: Anchors) -> Iterator[tuple[str, Floats]]:
    """Of all blocks with the same tags and classes up to the root, and of all with the same tag at the same depth."""
    own = layout.around[0]
    kinds: dict[tuple[str, int], int] = {}
    elements = [layout.elements[place] for place in own]
    kind = np.array([kinds.setdefault((element.tag, element.depth), len(kinds)) for element in elements], np.intp)
    for label, group in (("path", layout.path[own]), ("kind", kind)):
        yield from _group(label, group, layout)


def _group(label: str, group: Places, layout: Layout) -> Iterator[tuple[str, Floats]]:
    number = summed(group, np.ones(len(group)))
    size = np.maximum(summed(group, layout.length), 1)
    yield f"{label}_share", summed(group, layout.good) / max(layout.good.sum(), 1.0)
    yield f"{label}_number", np.log1p(number)
    yield f"{label}_links", summed(group, layout.length * layout.link) / size
    yield f"{label}_ends", summed(group, _ends(layout)) / number
    yield f"{label}_mean", np.log1p(size / number)


def articles(layout: Layout, _: Anchors) -> Iterator[tuple[str, Floats]]:
    """Which of the page's `article` elements a block is in, and its share of the good text."""
    article = layout.article[layout.around[0]]
    share = summed(article, layout.good) / max(layout.good.sum(), 1.0)
    yield "articles", np.full(len(article), min(float(layout.article.max()), 20.0))
    yield "article_share", np.where(article > 0, share, -1.0)
    yield "article_number", np.minimum(article, 20).astype(float)
    yield (
        "title_article",
        (article == article[layout.title]) * 1.0 if layout.title >= 0 else np.full(len(article), -1.0),
    )


def place(layout: Layout, _: Anchors) -> Iterator[tuple[str, Floats]]:
    """Where a block lies: in the page, in the good text, in its parent."""
    count, total = len(layout.blocks), max(layout.good.sum(), 1.0)
    sums = running(layout.good)
    parent = layout.around[1]
    yield "place", np.arange(count) / count
    yield "text_before", sums[:-1] / total
    yield "blocks", np.full(count, np.log1p(count))
    yield "total", np.full(count, np.log1p(total))
    yield "before_in_parent", (sums[:-1] - sums[layout.first[parent]]) / total
    yield "after_in_parent", (sums[layout.end[parent]] - sums[1:]) / total


def title(layout: Layout, anchors: Anchors) -> Iterator[tuple[str, Floats]]:
    """How far a block is from the title: in blocks, in good text, in steps through the tree; and how alike they are."""
    count, at = len(layout.blocks), layout.title
    texts = [block.text for block in layout.blocks]
    if at < 0:
        for name in ("blocks", "text", "up", "down"):
            yield f"title_{name}", np.full(count, -60.0)
    else:
        sums = running(layout.good)
        yield "title_blocks", np.clip(np.arange(count) - at, -FAR, 4 * FAR).astype(float)
        yield "title_text", (sums[:-1] - sums[at]) / max(sums[-1], 1.0)
        yield "title_up", layout.up[layout.around[0]].astype(float)
        yield "title_down", layout.down[layout.around[0]].astype(float)
    yield "title_overlap", np.array(likenesses(texts, anchors.titles[0] if anchors.titles else ""))
    yield "described", np.full(count, float(bool(anchors.description)))
    yield "description", np.array(likenesses(texts, anchors.description))


def stated(layout: Layout, anchors: Anchors) -> Iterator[tuple[str, Floats]]:
    """How much of a block stands in the body that the page states."""
    known = words(anchors.body)
    runs = set(zip(*(known[start:] for start in range(RUN)), strict=False))
    yield "stated_size", np.full(len(layout.blocks), np.log1p(len(anchors.body)))
    if runs:
        yield "stated", np.array([_share(words(block.text), runs) for block in layout.blocks])
    else:
        yield "stated", np.full(len(layout.blocks), -1.0)


def _share(found: list[str], runs: set[tuple[str, ...]]) -> float:
    own = list(zip(*(found[start:] for start in range(RUN)), strict=False))
    return sum(run in runs for run in own) / len(own) if own else 0.5


def repetition(layout: Layout, _: Anchors) -> Iterator[tuple[str, Floats]]:
    """How often a block's text stands on the page, and stood before it."""
    totals = Counter(block.text for block in layout.blocks)
    seen: Counter[str] = Counter()
    again = []
    for block in layout.blocks:
        again.append(seen[block.text])
        seen[block.text] += 1
    yield "again", np.minimum(np.array(again, float), 3)
    yield "copies", np.minimum(np.array([totals[block.text] for block in layout.blocks], float), 4)


def neighbours(layout: Layout, _: Anchors) -> Iterator[tuple[str, Floats]]:
    """What the blocks before and after are like."""
    path, parent = layout.path[layout.around[0]].astype(float), layout.around[1].astype(float)
    columns: dict[str, Floats] = {
        "length": np.log1p(layout.length), "link": layout.link, "end": _ends(layout), "heading": _headings(layout),
    }  # fmt: skip
    for step in NEAR:
        for name, column in columns.items():
            yield f"{name}{step:+d}", shifted(column, step)
        yield f"same_path{step:+d}", (shifted(path, step) == path) * 1.0
        yield f"same_parent{step:+d}", (shifted(parent, step) == parent) * 1.0
    low, high = window(len(path), 5)
    length = running(layout.length)
    around = np.maximum(length[high] - length[low], 1)
    good, link = running(layout.good), running(layout.length * layout.link)
    yield "around", (good[high] - good[low]) / around
    yield "links_around", (link[high] - link[low]) / around


def sections(layout: Layout, _: Anchors) -> Iterator[tuple[str, Floats]]:
    """The heading that a block stands under, and how far it is from the blocks of the path with most good text."""
    count = len(layout.blocks)
    heads = np.flatnonzero(_headings(layout) > 0)
    before = np.searchsorted(heads, np.arange(count), side="right") - 1
    over = heads[np.maximum(before, 0)] if len(heads) else np.zeros(count, np.intp)
    under = before >= 0
    yield "section_level", np.where(under, _headings(layout)[over], 0.0)
    yield "section_link", np.where(under, layout.link[over], -1.0)
    yield "section_blocks", np.where(under, np.minimum(np.arange(count) - over, FAR), -1.0)
    path = layout.path[layout.around[0]]
    main = np.flatnonzero((path == np.argmax(np.bincount(path, layout.good))) & (layout.good > 0))
    yield "main_before", since(main, count)
    yield "main_after", since(count - 1 - main[::-1], count)[::-1]


def since(places: Places, count: int) -> Floats:
    """How many blocks ago the last of some places was, at most `FAR`; `FAR` where there was none."""
    last = np.searchsorted(places, np.arange(count), side="right") - 1
    if not len(places):
        return np.full(count, float(FAR))
    return np.where(last >= 0, np.minimum(np.arange(count) - places[np.maximum(last, 0)], FAR), FAR).astype(float)


def shifted(values: Floats, step: int, fill: float = -1.0) -> Floats:
    """Each block's value of the block that is some steps further on."""
    moved = np.full(len(values), fill)
    if abs(step) < len(values):
        target, source = (slice(-step), slice(step, None)) if step > 0 else (slice(-step, None), slice(step))
        moved[target] = values[source]
    return moved


def window(count: int, width: int) -> tuple[Places, Places]:
    """The ranges of blocks that reach some blocks to both sides of each."""
    at = np.arange(count)
    return np.maximum(at - width, 0), np.minimum(at + width + 1, count)


FAMILIES: tuple[Callable[[Layout, Anchors], Iterator[tuple[str, Floats]]], ...] = (
    text, tags, names, containers, branches, groups, articles, place, title, stated, repetition, neighbours, sections,
)  # fmt: skip
"""The families of features."""

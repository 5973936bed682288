"""What is measured of each block of a page, for the model that tells the article from the rest.

No words of any language: lengths, links, punctuation, structure, repetition, and the distance to the title.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kliping.normaliser.page.categories import CATEGORIES, bit
from kliping.normaliser.page.junk import kept_blocks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kliping.normaliser.page.segments import Segments

__all__ = ["Anchors", "features"]

GOOD_LENGTH = 60
GOOD_LINKS = 0.35
_END = re.compile(r"[.!?…。！？।][\"'”’»)\]」』]*$")
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_STATED_WORDS = 400
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_NEAR = (-3, -2, -1, 1, 2, 3)


@dataclass(frozen=True, slots=True)
class Anchors:
    """What the page states that its body can be found by: titles, description, and JSON-LD's articleBody."""

    titles: tuple[str, ...] = ()
    description: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True)
class Measured:
    """What is measured of a page's blocks: a row a block that is not junk, and which blocks those are."""

    columns: tuple[str, ...]
    rows: np.ndarray
    which: np.ndarray
    title: int


def features(segments: Segments, anchors: Anchors) -> Measured:
    """A row a block that is not junk, and which blocks those are; the columns are in the order they are made here."""
    elements = segments.elements
    everything = segments.blocks
    length = np.array([len(b.text) for b in everything], float)
    link = np.minimum(1.0, np.array([b.link for b in everything], float) / np.maximum(length, 1))
    title = _title_place(
        everything,
        elements,
        [_WORD.findall(b.text.lower()) if len(b.text) < 400 else [] for b in everything],
        anchors,
        [elements[b.element].tag for b in everything],
    )
    which = np.where(
        kept_blocks(segments, np.where((length >= GOOD_LENGTH) & (link < GOOD_LINKS), length, 0.0), title)
    )[0]
    blocks = [everything[i] for i in which]
    length, link = length[which], link[which]
    at = int(np.searchsorted(which, title)) if title >= 0 else -1
    n = len(blocks)
    names: dict[str, np.ndarray] = {}
    words = [_WORD.findall(b.text.lower()) for b in blocks]
    count = np.array([len(w) for w in words], float)
    end = np.array([bool(_END.search(b.text)) for b in blocks], float)
    element = np.array([b.element for b in blocks])
    names["length"] = np.log1p(length)
    names["words"] = np.log1p(count)
    names["word_length"] = length / np.maximum(count, 1)
    names["link"] = link
    names["bold"] = np.array([b.bold for b in blocks], float) / np.maximum(length, 1)
    names["italic"] = np.array([b.italic for b in blocks], float) / np.maximum(length, 1)
    names["breaks"] = np.array([b.breaks for b in blocks], float)
    names["end"] = end
    names["commas"] = np.array(
        [b.text.count(",") + b.text.count("，") + b.text.count("、") for b in blocks]
    ) / np.maximum(count, 1)
    names["stops"] = np.array([b.text.count(". ") + b.text.count("。") for b in blocks], float)
    names["digits"] = np.array([sum(map(str.isdigit, b.text[:200])) for b in blocks]) / np.maximum(
        np.minimum(length, 200), 1
    )
    names["upper"] = np.array([sum(map(str.isupper, b.text[:200])) for b in blocks]) / np.maximum(
        np.minimum(length, 200), 1
    )
    names["begins_lower"] = np.array([b.text[:1].islower() for b in blocks], float)
    names["colon"] = np.array([b.text.endswith(":") for b in blocks], float)
    names["heading"] = np.array([_HEADINGS.get(elements[e].tag, 0) for e in element], float)
    tags = [elements[e].tag for e in element]
    for tag in ("p", "li", "div", "tr"):
        names[f"is_{tag}"] = np.array([t == tag for t in tags], float)
    # ancestors
    masks = {
        "article": [],
        "main": [],
        "aside": [],
        "figure": [],
        "blockquote": [],
        "table": [],
        "ul": [],
        "form": [],
        "header": [],
        "footer": [],
        "nav": [],
        "section": [],
        "figcaption": [],
    }
    inside_cache: list[int] = []
    tagbits = {t: 1 << i for i, t in enumerate(masks)}
    for e in elements:
        above = inside_cache[e.parent] if e.parent >= 0 else 0
        tag = "ul" if e.tag in ("ol", "dl") else e.tag
        inside_cache.append(above | tagbits.get(tag, 0))
    inside = np.array(inside_cache)[element]
    for t, b in tagbits.items():
        names[f"in_{t}"] = ((inside & b) > 0).astype(float)
    own = np.array([elements[e].bits for e in element]) | np.array([b.inline for b in blocks])
    parent = np.array([max(elements[e].parent, 0) for e in element])
    grand = np.array([max(elements[p].parent, 0) for p in parent])
    pbits = np.array([elements[p].bits for p in parent])
    gbits = np.array([elements[p].bits for p in grand])
    above = np.array([elements[e].above for e in element])
    for name in CATEGORIES:
        b = bit(name)
        names[f"own_{name}"] = ((own & b) > 0) * 1.0
        names[f"near_{name}"] = (((pbits | gbits) & b) > 0) * 1.0
        names[f"above_{name}"] = ((above & b) > 0) * 1.0
    hidden = np.array([elements[e].hidden for e in element], float)
    names["hidden"] = hidden
    depth = np.array([elements[e].depth for e in element], float)
    names["depth"] = depth
    # good text
    bad = (
        (((above | own) & (bit("comment") | bit("consent"))) > 0)
        | (hidden > 0)
        | ((inside & (tagbits["nav"] | tagbits["footer"] | tagbits["form"])) > 0)
    )
    good = np.where((length >= GOOD_LENGTH) & (link < GOOD_LINKS) & ~bad, length, 0.0)
    total = max(good.sum(), 1.0)
    names["good"] = (good > 0) * 1.0
    cum = np.concatenate([[0.0], np.cumsum(good)])
    cumlen = np.concatenate([[0.0], np.cumsum(length)])
    cumlink = np.concatenate([[0.0], np.cumsum(length * link)])
    cumgood = np.concatenate([[0.0], np.cumsum(good > 0)])
    first = np.searchsorted(which, np.array([e.first for e in elements]))
    last = np.searchsorted(which, np.array([e.end for e in elements]))
    mass = (cum[last] - cum[first]) / total
    chars = cumlen[last] - cumlen[first]
    links = (cumlink[last] - cumlink[first]) / np.maximum(chars, 1)
    density = (cum[last] - cum[first]) / np.maximum(chars, 1)
    paragraphs = cumgood[last] - cumgood[first]
    great = np.array([max(elements[g].parent, 0) for g in grand])
    for label, where in (("own", element), ("parent", parent), ("grand", grand), ("great", great)):
        names[f"mass_{label}"] = mass[where]
        names[f"links_{label}"] = links[where]
        names[f"density_{label}"] = density[where]
        names[f"paragraphs_{label}"] = np.log1p(paragraphs[where])
    epath = np.array([e.path for e in elements])
    repeats = np.bincount(epath)
    heads = np.concatenate([[0.0], np.cumsum((names["heading"] > 0) * (link > 0.6))])
    plain = np.concatenate([[0.0], np.cumsum((names["heading"] > 0) * (link <= 0.6))])
    for label, where in (("own", element), ("parent", parent), ("grand", grand), ("great", great)):
        names[f"repeats_{label}"] = np.log1p(repeats[epath[where]])
        if label != "own":
            names[f"linked_heads_{label}"] = np.minimum(heads[last[where]] - heads[first[where]], 5)
            names[f"plain_heads_{label}"] = np.minimum(plain[last[where]] - plain[first[where]], 5)
    # groups: same class path; same tag and depth
    path = np.array([elements[e].path for e in element])
    kinds: dict[tuple[str, int], int] = {}
    kind = np.array([kinds.setdefault((elements[e].tag, elements[e].depth), len(kinds)) for e in element])
    for label, group in (("path", path), ("kind", kind)):
        size = int(group.max()) + 1
        text = np.bincount(group, good, size)
        number = np.bincount(group, minlength=size)
        linked = np.bincount(group, length * link, size) / np.maximum(np.bincount(group, length, size), 1)
        ends = np.bincount(group, end, size) / np.maximum(number, 1)
        names[f"{label}_share"] = text[group] / total
        names[f"{label}_number"] = np.log1p(number[group])
        names[f"{label}_links"] = linked[group]
        names[f"{label}_ends"] = ends[group]
        names[f"{label}_mean"] = np.log1p((np.bincount(group, length, size) / np.maximum(number, 1))[group])
    # articles on the page: which one the block is in
    arts, inart = 0, []
    for e in elements:
        above_art = inart[e.parent] if e.parent >= 0 else 0
        if e.tag == "article":
            arts += 1
            above_art = arts
        inart.append(above_art)
    art = np.array(inart)[element]
    artmass = np.bincount(art, good, arts + 1)
    names["articles"] = np.full(n, min(arts, 20.0))
    names["article_share"] = np.where(art > 0, artmass[art] / total, -1.0)
    names["article_number"] = np.minimum(art, 20).astype(float)
    names["marks"] = np.array(
        [b.text.count("|") + b.text.count("@") + b.text.count("http") + b.text.count("©") for b in blocks], float
    )
    names["quote"] = np.array([b.text[:1] in "\"“‘«„»'" for b in blocks], float)
    names["dash"] = np.array([b.text[:1] in "-–—•*" for b in blocks], float)
    names["siblings"] = np.log1p((last - first)[parent])
    names["in_own"] = np.log1p((last - first)[element])
    names["after_in_parent"] = (cum[last[parent]] - cum[np.arange(n) + 1]) / total
    names["before_in_parent"] = (cum[:-1] - cum[first[parent]]) / total
    names["question"] = np.array([b.text.endswith("?") for b in blocks], float)
    # position
    place = np.arange(n, dtype=float)
    names["place"] = place / n
    names["text_before"] = cum[:-1] / total
    names["n"] = np.full(n, np.log1p(n))
    names["total"] = np.full(n, np.log1p(total))
    # title
    names["title_known"] = np.full(n, float(at >= 0))
    names["title_blocks"] = np.clip(place - at, -50, 200) if at >= 0 else np.full(n, -60.0)
    names["title_text"] = (cum[:-1] - cum[at]) / total if at >= 0 else np.full(n, -2.0)
    # lowest common ancestor with the title: how much good text is in it, and how far up it lies
    if at >= 0:
        chain: dict[int, int] = {}
        e, step = int(element[at]), 0
        while e >= 0:
            chain[e] = step
            e, step = elements[e].parent, step + 1
        up, shared = [], []
        known: dict[int, tuple[int, int]] = {}
        for e0 in element:
            e, steps = int(e0), 0
            if e not in known:
                while e not in chain:
                    e, steps = elements[e].parent, steps + 1
                known[int(e0)] = (chain[e], steps)
            s, d = known[int(e0)]
            shared.append(s)
            up.append(d)
        names["title_up"] = np.array(shared, float)
        names["title_down"] = np.array(up, float)
    else:
        names["title_up"] = np.full(n, -1.0)
        names["title_down"] = np.full(n, -1.0)
    names["title_article"] = (art == art[at]) * 1.0 if at >= 0 else np.full(n, -1.0)
    names["title_overlap"] = _overlap(words, [w for t in anchors.titles[:2] for w in _WORD.findall(t.lower())])
    names["description"] = _overlap(words, _WORD.findall(anchors.description.lower()))
    # articleBody
    stated = " ".join(_WORD.findall(anchors.body.lower()))
    names["stated_size"] = np.full(n, np.log1p(len(stated)))
    if stated:
        padded = f" {stated} "
        names["stated"] = np.array([_found(w, padded) for w in words])
    else:
        names["stated"] = np.full(n, -1.0)
    # repetition
    seen: dict[str, int] = {}
    again = []
    totals: dict[str, int] = {}
    for b in blocks:
        totals[b.text] = totals.get(b.text, 0) + 1
    for b in blocks:
        again.append(seen.get(b.text, 0))
        seen[b.text] = seen.get(b.text, 0) + 1
    names["again"] = np.minimum(np.array(again, float), 3)
    names["copies"] = np.minimum(np.array([totals[b.text] for b in blocks], float), 4)
    # neighbours
    for step in _NEAR:
        for name in ("length", "link", "end", "heading", "good"):
            names[f"{name}{step:+d}"] = _shifted(names[name], step)
        names[f"same_path{step:+d}"] = (_shifted(path.astype(float), step, -1) == path) * 1.0
        names[f"same_parent{step:+d}"] = (_shifted(parent.astype(float), step, -1) == parent) * 1.0
    for width in (5,):
        lo, hi = np.maximum(np.arange(n) - width, 0), np.minimum(np.arange(n) + width + 1, n)
        names[f"around{width}"] = (cum[hi] - cum[lo]) / np.maximum(cumlen[hi] - cumlen[lo], 1)
        names[f"links_around{width}"] = (cumlink[hi] - cumlink[lo]) / np.maximum(cumlen[hi] - cumlen[lo], 1)
    return Measured(tuple(names), np.column_stack(list(names.values())), which, title)


def _found(words: Sequence[str], padded: str) -> float:
    """The share of a block's words that stand, in runs of four, in a text."""
    if not words:
        return 0.0
    if len(words) <= 4:
        return float(f" {' '.join(words)} " in padded)
    runs = [words[i : i + 4] for i in range(0, min(len(words), 40) - 3, 4)]
    return sum(f" {' '.join(run)} " in padded for run in runs) / len(runs)


def _overlap(words: Sequence[Sequence[str]], wanted: Sequence[str]) -> np.ndarray:
    target = set(wanted)
    if not target:
        return np.full(len(words), -1.0)
    return np.array([len(target.intersection(w)) / max(len(set(w) | target), 1) if w else 0.0 for w in words])


def _title_place(blocks, elements, words, anchors, tags) -> int:  # noqa: ANN001
    best, at = 0.0, -1
    targets = [set(_WORD.findall(t.lower())) for t in anchors.titles]
    for i, (b, w, tag) in enumerate(zip(blocks, words, tags)):
        if not w or len(w) > 60:
            continue
        s = set(w)
        score = max((len(s & t) / len(s | t) for t in targets if t), default=0.0)
        if tag == "h1":
            score += 0.4
        elif tag in _HEADINGS:
            score += 0.1
        if elements[b.element].hidden:
            score -= 0.5
        if b.link > 0.8 * len(b.text) and tag != "h1":
            score -= 0.3
        if score > best and score > 0.3:
            best, at = score, i
    return at


def _shifted(values: np.ndarray, step: int, fill: float = -1.0) -> np.ndarray:
    out = np.full(len(values), fill)
    if abs(step) >= len(values):
        return out
    if step > 0:
        out[:-step] = values[step:]
    else:
        out[-step:] = values[:step]
    return out

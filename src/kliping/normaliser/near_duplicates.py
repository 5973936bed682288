"""Articles that are nearly the same: clusters that must share a split.

Two articles are near-duplicates where the Jaccard similarity of their word 5-grams, lower-cased, is at least
`THRESHOLD` (the resemblance of Broder, 1997, "On the resemblance and containment of documents"). MinHash with
locality-sensitive hashing only proposes pairs; each is confirmed by the exact similarity, so that an estimate never
decides.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import regex

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from kliping.records import Article

__all__ = ["METHOD", "THRESHOLD", "body", "clusters", "grouped", "near_duplicates", "shingles", "similarity"]

SHINGLE_WORDS = 5
THRESHOLD = 0.7
"""Least similarity of near-duplicates. In 300 words it is reached with up to some ten words changed here and there."""

METHOD = f"word {SHINGLE_WORDS}-grams, lower-cased, without the title; exact Jaccard similarity >= {THRESHOLD}"
"""The definition in words, for cards and reports."""

# 42 bands of 3 rows: a pair at the threshold is proposed with a probability of 1 - (1 - 0.7^3)^42, all but 2e-8.
_BANDS, _ROWS, _SEED = 42, 3, 1

_WORD = regex.compile(r"[\p{L}\p{N}\p{M}]+")


def body(article: Article) -> str:
    """The text without its title: two reports under one headline are not one, and one report under two is."""
    kept = [article.text[block.start : block.end] for block in article.blocks if block.type != "title"]
    return "\n\n".join(kept) or article.text


def shingles(text: str) -> frozenset[str]:
    """The word 5-grams of a text, lower-cased; a shorter text is one shingle."""
    words = _WORD.findall(text.lower())
    if len(words) <= SHINGLE_WORDS:
        return frozenset([" ".join(words)])
    return frozenset(" ".join(words[at : at + SHINGLE_WORDS]) for at in range(len(words) - SHINGLE_WORDS + 1))


def similarity(one: Collection[str], other: Collection[str]) -> float:
    """Jaccard similarity of two sets, from 0 to 1."""
    first, second = set(one), set(other)
    return len(first & second) / len(first | second) if first or second else 1.0


def near_duplicates(articles: Callable[[], Iterable[Article]]) -> Iterator[tuple[str, str]]:
    """Pairs of ids of near-duplicate articles, the earlier first, in the articles' order.

    Args:
        articles: gives the articles anew, always in one order. They are read twice, so that only sketches, and the
            shingles of articles in a proposed pair, are held.
    """
    proposed = list(_proposed(articles()))
    wanted = {name for pair in proposed for name in pair}
    held = {article.id: shingles(body(article)) for article in articles() if article.id in wanted}
    for earlier, later in proposed:
        if similarity(held[earlier], held[later]) >= THRESHOLD:
            yield earlier, later


def clusters(ids: Iterable[str], pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Each id with the first id of its cluster, where pairs belong together, and what they belong with."""
    order = {name: place for place, name in enumerate(ids)}
    parent = {name: name for name in order}

    def root(name: str) -> str:
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for one, other in pairs:
        first, second = sorted((root(one), root(other)), key=order.__getitem__)
        parent[second] = first
    return {name: root(name) for name in order}


def _proposed(articles: Iterable[Article]) -> Iterator[tuple[str, str]]:
    from rensa import RMinHash, RMinHashLSH

    ids: list[str] = []
    index = RMinHashLSH(threshold=THRESHOLD, num_perm=_BANDS * _ROWS, num_bands=_BANDS)
    for number, article in enumerate(articles):
        sketch = RMinHash(num_perm=_BANDS * _ROWS, seed=_SEED)
        sketch.update(sorted(shingles(body(article))))
        yield from ((ids[earlier], article.id) for earlier in sorted(index.query(sketch)))
        index.insert(number, sketch)
        ids.append(article.id)


def grouped(cluster_of: dict[str, str]) -> dict[str, tuple[str, ...]]:
    """The members of each cluster, in order."""
    members: defaultdict[str, list[str]] = defaultdict(list)
    for name, cluster in cluster_of.items():
        members[cluster].append(name)
    return {cluster: tuple(names) for cluster, names in members.items()}

"""Articles that are nearly the same: what that means, and how such pairs are found among many.

Two articles are near-duplicates where the Jaccard similarity of their word 5-grams, lower-cased, is at least
`THRESHOLD` (the resemblance of Broder, 1997, "On the resemblance and containment of documents"). MinHash with
locality-sensitive hashing only proposes pairs; each is confirmed by the exact similarity, so that an estimate never
decides.
"""

from __future__ import annotations

import struct
from collections import defaultdict
from typing import TYPE_CHECKING

import regex

from kliping.normaliser.text.overlap import jaccard

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from kliping.records import Article

__all__ = [
    "METHOD",
    "SKETCH_BYTES",
    "THRESHOLD",
    "Clusters",
    "body",
    "clusters",
    "grouped",
    "links",
    "shingles",
    "sketch",
    "sketch_version",
]

SHINGLE_WORDS = 5
THRESHOLD = 0.7
"""Least similarity of near-duplicates. In 300 words it is reached with up to some ten words changed here and there."""

METHOD = f"word {SHINGLE_WORDS}-grams, lower-cased, without the title; exact Jaccard similarity >= {THRESHOLD}"
"""The definition in words, for cards and reports."""

# 42 bands of 3 rows: a pair at the threshold is proposed with a probability of 1 - (1 - 0.7^3)^42, all but 2e-8.
_BANDS, _ROWS, _SEED = 42, 3, 1
_BAND_BYTES = 4 * _ROWS
# Of its 126 values a pair at the threshold has at least 58 in common, with a probability of all but 1e-8.
_LEAST_VALUES = 58

SKETCH_BYTES = _BANDS * _BAND_BYTES
"""Bytes of one sketch."""

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
    return frozenset(map(" ".join, zip(*(words[at:] for at in range(SHINGLE_WORDS)), strict=False)))


def sketch(shingled: Collection[str]) -> bytes:
    """The MinHash of a set, `SKETCH_BYTES` long; alike for the same set, whatever its order."""
    from rensa import RMinHash

    made = RMinHash(num_perm=_BANDS * _ROWS, seed=_SEED)
    made.update(list(shingled))
    return struct.pack(f"<{_BANDS * _ROWS}I", *made.digest())


def sketch_version() -> str:
    """What sketches depend on: two of one version can be compared."""
    from rensa import RMinHash

    return f"rensa {RMinHash.ALGORITHM_VERSION} {_BANDS}x{_ROWS} {_SEED} {SHINGLE_WORDS}"


def links(
    sketches: Sequence[bytes | memoryview],
    fresh: Sequence[bool],
    shingled: Callable[[int], frozenset[str]],
    known: Clusters,
) -> Iterator[tuple[int, int, float]]:
    """Near-duplicates with their similarity, the earlier first: as many pairs as join every cluster.

    Band by band, and joined at once, so that nothing is kept of the many pairs of texts that resemble each other.

    Args:
        sketches: in the articles' order.
        fresh: whether the article at a place is new; those that are not were compared with each other before.
        shingled: the shingles of the article at a place.
        known: the clusters so far, which are joined; two in one cluster are not compared.
    """
    for start in range(0, SKETCH_BYTES, _BAND_BYTES):
        for bucket in _buckets(sketches, start):
            placed: dict[int, list[int]] = {}
            for place in sorted(bucket, key=fresh.__getitem__):
                for root, members in placed.items() if fresh[place] else ():
                    if known.root(root) != known.root(place):
                        others = _to_compare(place, members, start, sketches)
                        for other, found in _near(place, others, shingled):
                            known.join(other, place)
                            yield min(other, place), max(other, place), found
                placed.setdefault(known.root(place), []).append(place)


def _buckets(sketches: Sequence[bytes | memoryview], start: int) -> Iterable[list[int]]:
    """The places whose sketches are the same in one band."""
    buckets: defaultdict[bytes, list[int]] = defaultdict(list)
    for place, one in enumerate(sketches):
        buckets[bytes(one[start : start + _BAND_BYTES])].append(place)
    return buckets.values()


def _to_compare(
    place: int, members: Iterable[int], start: int, sketches: Sequence[bytes | memoryview]
) -> Iterator[int]:
    """The members of a cluster that may be near-duplicates and were not compared in an earlier band."""
    own = sketches[place]
    for other in members:
        if not _met_before(sketches[other], own, start) and _may_be_near(sketches[other], own):
            yield other


def _near(place: int, others: Iterable[int], shingled: Callable[[int], frozenset[str]]) -> Iterator[tuple[int, float]]:
    """The first near-duplicate among others of one cluster, with its similarity, if there is one."""
    for other in others:
        found = jaccard(shingled(other), shingled(place))
        if found >= THRESHOLD:
            yield other, found
            return


def _met_before(one: bytes | memoryview, other: bytes | memoryview, start: int) -> bool:
    """Whether two sketches are the same in a band before the one that starts here: their texts were compared there."""
    return any(one[at : at + _BAND_BYTES] == other[at : at + _BAND_BYTES] for at in range(0, start, _BAND_BYTES))


def _may_be_near(one: bytes | memoryview, other: bytes | memoryview) -> bool:
    """Whether two sketches have as many values in common as those of near-duplicates have."""
    return sum(map(int.__eq__, memoryview(one).cast("I"), memoryview(other).cast("I"))) >= _LEAST_VALUES


class Clusters:
    """Places in clusters, each named by its first (union-find)."""

    def __init__(self, count: int) -> None:
        self._parent = list(range(count))

    def root(self, place: int) -> int:
        """The first of the cluster."""
        while self._parent[place] != place:
            self._parent[place] = self._parent[self._parent[place]]
            place = self._parent[place]
        return place

    def join(self, one: int, other: int) -> None:
        """These two belong together, and what they belong with."""
        first, second = sorted((self.root(one), self.root(other)))
        self._parent[second] = first


def clusters(ids: Iterable[str], pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Each id with the first id of its cluster, where pairs belong together, and what they belong with."""
    order = {name: place for place, name in enumerate(ids)}
    names, joined = list(order), Clusters(len(order))
    for one, other in pairs:
        joined.join(order[one], order[other])
    return {name: names[joined.root(place)] for name, place in order.items()}


def grouped(cluster_of: dict[str, str]) -> dict[str, tuple[str, ...]]:
    """The members of each cluster, in order."""
    members: defaultdict[str, list[str]] = defaultdict(list)
    for name, cluster in cluster_of.items():
        members[cluster].append(name)
    return {cluster: tuple(names) for cluster, names in members.items()}

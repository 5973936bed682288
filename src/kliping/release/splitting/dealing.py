"""Which split new clusters get: each split its share, of all articles and within each stratum.

The clusters stand in a line, the largest first, those of one size by stratum, and within a stratum by a lot of the
seed. Going along the line, each is given to the split whose share is due next: the chairman assignment of Tijdeman
(1980, "The chairman assignment problem", Discrete Mathematics 32), by which no split is ever more than 3/4 of a cluster
from its share of the line so far. As a stratum is a stretch of the line, it is within twice that, however many strata
are small. What a stratum lacks, by earlier runs or larger clusters, is what its smaller clusters are dealt by: the
desired counts of iterative stratification (Sechidis, Tsoumakas & Vlahavas 2011, ECML PKDD), here for whole clusters.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections import Counter
from itertools import accumulate, groupby
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from kliping.release.splitting.names import SPLITS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kliping.records import SplitName
    from kliping.release.splitting.facts import Stratum

__all__ = ["Cluster", "deal"]

Amounts: TypeAlias = list[float]
"""A number a split, in the order of `SPLITS`."""

DUE = 1 / (2 * len(SPLITS) - 2)
"""From this much behind its share a split may be next; at `LATE` it must be (Tijdeman 1980, theorem 1)."""

LATE = 1 - DUE

_SLACK = 1e-9
"""What sums of shares may be off by rounding."""


class Cluster(NamedTuple):
    """Articles that have no split yet and get one together.

    Attributes:
        name: what tells it from others, in whatever order the articles are.
        strata: of each of its articles.
    """

    name: str
    strata: tuple[Stratum, ...]

    @property
    def stratum(self) -> Stratum:
        """The one that most of its articles are in; of several the first by name."""
        return max(sorted(set(self.strata)), key=self.strata.count)


def deal(
    clusters: Iterable[Cluster],
    placed: Iterable[tuple[Stratum, SplitName]],
    shares: Mapping[SplitName, float],
    seed: int,
) -> dict[str, SplitName]:
    """The split of every cluster, by its name; neither their order nor that of `placed` matters.

    Args:
        clusters: to be dealt.
        placed: the articles that have a split already.
        shares: of all articles, by split; they sum to 1.
        seed: of the lots.
    """
    line = sorted(clusters, key=lambda one: (-len(one.strata), one.stratum, _lot(seed, one.name)))
    lacks = _Lacks(line, placed, [shares[split] for split in SPLITS])
    given: dict[str, SplitName] = {}
    left = Counter(dict.fromkeys(lacks.by_stratum, 0))
    for one in line:
        left[one.stratum] += len(one.strata)
    for size, same in groupby(line, key=lambda one: len(one.strata)):
        some = list(same)
        rates = {stratum: lacks.rates(stratum) for stratum, count in left.items() if count}
        explained = [sum(count * rates[stratum][at] for stratum, count in left.items() if count) for at in _PLACES]
        start = [(lack - by_strata) / size for lack, by_strata in zip(lacks.overall, explained, strict=True)]
        for one, at in zip(some, _chosen([rates[one.stratum] for one in some], start), strict=True):
            given[one.name] = SPLITS[at]
            lacks.take(one, at)
            left[one.stratum] -= size
    return given


_PLACES = range(len(SPLITS))


class _Lacks:
    """How many articles each split still lacks of its share, below 0 where it has too many."""

    def __init__(self, line: Sequence[Cluster], placed: Iterable[tuple[Stratum, SplitName]], shares: Amounts) -> None:
        held = Counter(placed)
        totals = Counter(stratum for one in line for stratum in one.strata)
        for (stratum, _), count in held.items():
            totals[stratum] += count
        self.by_stratum: dict[Stratum, Amounts] = {
            stratum: [
                share * totals[stratum] - held[stratum, split] for share, split in zip(shares, SPLITS, strict=True)
            ]
            for stratum in sorted(totals)
        }
        in_all = Counter[str]()
        for (_, split), count in held.items():
            in_all[split] += count
        self.overall: Amounts = [
            share * totals.total() - in_all[split] for share, split in zip(shares, SPLITS, strict=True)
        ]

    def rates(self, stratum: Stratum) -> Amounts:
        """The part of a stratum's next articles that each split is to get; they sum to 1."""
        wanted = [max(0.0, lack) for lack in self.by_stratum[stratum]]
        return [one / sum(wanted) for one in wanted]

    def take(self, cluster: Cluster, at: int) -> None:
        """A cluster went to the split at this place."""
        for stratum in cluster.strata:
            self.by_stratum[stratum][at] -= 1
        self.overall[at] -= len(cluster.strata)


def _chosen(rates: Sequence[Amounts], start: Amounts) -> list[int]:
    """Which split is next, all along a line: of those that are due, the one that will be late first.

    Args:
        rates: what is due to each split at each place of the line; they sum to 1 at each.
        start: what was due before; they sum to 0.
    """
    due = [list(accumulate((one[at] for one in rates), initial=start[at]))[1:] for at in _PLACES]
    given = [0] * len(SPLITS)
    chosen = []
    for place in range(len(rates)):
        behind = [due[at][place] - given[at] for at in _PLACES]
        late = [bisect_right(due[at], given[at] + LATE + _SLACK) for at in _PLACES]
        may = [at for at in _PLACES if behind[at] >= DUE - _SLACK]
        best = min(may, key=lambda at: (late[at], -behind[at]))
        given[best] += 1
        chosen.append(best)
    return chosen


def _lot(seed: int, cluster: str) -> bytes:
    return hashlib.sha256(f"{seed}\n{cluster}".encode()).digest()

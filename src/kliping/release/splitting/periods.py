"""Splits by time: the oldest articles for training, the newest for the test.

A cluster's day is that of its newest article, so that nothing in train is later than the day that train ends with. The
days where train and validation end are read from the splits that are there; only the first run takes them from the
shares.
"""

from __future__ import annotations

from collections import Counter
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from kliping.errors import DataError
from kliping.release.splitting.names import SPLITS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kliping.records import SplitName

__all__ = ["Periods", "periods_by_share", "periods_of"]


class Periods(NamedTuple):
    """The last day of train and of validation, ISO 8601; empty where there is none. The test is what comes after."""

    train_until: str
    validation_until: str

    def split(self, day: str | None) -> SplitName:
        """Where a day belongs. Without a day: in the test, since it could be later than all of train."""
        if day is None:
            return "test"
        if day <= self.train_until:
            return "train"
        return "validation" if day <= self.validation_until else "test"

    def __str__(self) -> str:
        train, validation = self.train_until or "never", self.validation_until or "never"
        return f"train until {train}, validation until {validation}, the test after that"


def periods_by_share(days: Iterable[str], shares: Mapping[SplitName, float]) -> Periods:
    """The days that come nearest to the shares, of as many articles as days are given; a day is not divided."""
    counts = Counter(days)
    ordered = sorted(counts)
    before = list(accumulate((counts[day] for day in ordered), initial=0))
    first = _nearest(before, 0, shares["train"] * before[-1])
    second = _nearest(before, first, (shares["train"] + shares["validation"]) * before[-1])
    return _cut(ordered, first, second)


def periods_of(settled: Iterable[tuple[str, SplitName]]) -> Periods | None:
    """The days that the fewest articles with a split contradict; None where there is no article.

    Some may: a late near-duplicate of an early article is where that is.

    Raises:
        DataError: more contradict them than half of what is not in the largest split: those were not made by time.
    """
    counts = Counter(settled)
    if not counts:
        return None
    ordered = sorted({day for day, _ in counts})
    first, second, wrong = _fewest_wrong(counts, ordered)
    sizes = Counter[str]()
    for (_, split), count in counts.items():
        sizes[split] += count
    if 2 * wrong > counts.total() - max(sizes.values()):
        raise DataError(
            f"corpus/splits.jsonl: its splits are not by time: {wrong} of {counts.total()} articles with a date lie on "
            "the wrong side of any two days; take `by` out of [tool.kliping.splits], or, before a new major version, "
            "remove the file and split anew"
        )
    return _cut(ordered, first, second)


def _fewest_wrong(counts: Counter[tuple[str, SplitName]], days: Sequence[str]) -> tuple[int, int, int]:
    """Before which day train and validation end, as places among the days, and how many articles are elsewhere.

    Elsewhere are validation and test before the first place, train and test from there to the second, and train and
    validation after it. As a sum over days that is a term of the first place and a term of the second.
    """
    train, validation, test = (list(accumulate((counts[day, split] for day in days), initial=0)) for split in SPLITS)
    ends = [(validation[place] - train[place], place) for place in range(len(days) + 1)]
    firsts = accumulate(ends, min)  # the best first place up to each second one
    wrong, first, second = min(
        (least + test[place] - validation[place] + train[-1] + validation[-1], first, place)
        for place, (least, first) in enumerate(firsts)
    )
    return first, second, wrong


def _nearest(before: Sequence[int], start: int, wanted: float) -> int:
    return min(range(start, len(before)), key=lambda place: abs(before[place] - wanted))


def _cut(days: Sequence[str], first: int, second: int) -> Periods:
    return Periods(days[first - 1] if first else "", days[second - 1] if second else "")

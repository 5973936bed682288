"""From the readings of many articles to every measure over some annotators, with intervals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kliping.annotation.agreement.evidence import FAMILIES, evidence
from kliping.annotation.agreement.ratios import alpha, alpha_of_label, f1, ordinal_alpha
from kliping.annotation.agreement.report import (
    Comparison,
    EntityAgreement,
    HolderAgreement,
    LabelAgreement,
    Measure,
    StanceAgreement,
)
from kliping.annotation.agreement.totals import draws, gathered

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from kliping.annotation.agreement.evidence import Evidence, Name
    from kliping.annotation.agreement.ratios import Ratio
    from kliping.annotation.agreement.reading import Reading
    from kliping.annotation.agreement.totals import Statistic, Totals

__all__ = ["Resampling", "Words", "compare"]

_ENDS = (2.5, 97.5)
"""Percentiles: a 95 % interval."""

_LEAST_DEFINED = 0.95
"""The share of the samples in which a measure must be defined for an interval to be given."""

_NO_MARKS = "nobody marked any"
_NO_CLAIMS = "nobody took a side"
_NO_UNITS = "no two annotators answered the same"
_NO_VARIATION = "all values are the same, so agreement cannot be told from chance"


@dataclass(frozen=True, slots=True)
class Words:
    """The scheme's labels and stances, in its order."""

    labels: tuple[str, ...]
    stances: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Resampling:
    """How intervals are made: percentiles of bootstrap samples of the articles (Efron and Tibshirani 1993, 13.3)."""

    samples: int
    seed: int


@dataclass(frozen=True, slots=True)
class _Family:
    """One family's evidence, and its sums as observed and resampled."""

    statistic: Statistic
    observed: Totals
    resampled: Totals

    def measure(self, ratio: Ratio, units: Name, nothing: str = _NO_UNITS, same: str = _NO_VARIATION) -> Measure:
        """A measure with its interval.

        Args:
            ratio: the measure.
            units: the name of the sum that says how many it rests on.
            nothing: why it is not defined where that sum is 0.
            same: why it is not defined elsewhere.
        """
        column = self.statistic.columns.get(units)
        rows = np.zeros(0) if column is None else self.statistic.sums[:, column]
        has = np.flatnonzero(rows)
        value = float(ratio(self.observed)[0])
        number, articles = round(float(rows.sum())), len(has)
        annotators = len(frozenset().union(*(self.statistic.annotators[row] for row in has)))
        if np.isnan(value):
            ends = _Ends(None, None, same if number else nothing)
        else:
            ends = _interval(ratio(self.resampled), articles)
        return Measure(
            value=None if np.isnan(value) else round(value, 6), low=ends.low, high=ends.high,
            units=number, articles=articles, annotators=annotators, reason=ends.reason,
        )  # fmt: skip


class _Ends(NamedTuple):
    low: float | None
    high: float | None
    reason: str | None


def compare(articles: Iterable[Sequence[Reading]], words: Words, resampling: Resampling) -> Comparison:
    """Every measure over some readings.

    Args:
        articles: the readings of each article, one an annotator; articles with a single one are passed over.
        words: the scheme's.
        resampling: of the articles that two annotators or more read.
    """
    together = [readings for readings in articles if len(readings) > 1]
    found = [evidence(readings, words.labels) for readings in together]
    weights = draws(len(together), resampling.samples, resampling.seed)
    families = {family: _family([one[family] for one in found], weights) for family in FAMILIES}
    contradictory = {family: sum(one[family].contradictory for one in found) for family in FAMILIES}
    return Comparison(
        annotators=tuple(sorted({one.annotator for readings in together for one in readings})),
        articles=len(together),
        annotations=sum(map(len, together)),
        entities=_entities(families["spans"], families["tokens"], words.labels),
        declared=_stances(
            families["declared"], families["declared end to end"], words.stances, contradictory["declared"]
        ),
        mentions=_stances(
            families["mentions"], families["mentions end to end"], words.stances, contradictory["mentions"]
        ),
        holders=HolderAgreement(
            who=families["holders"].measure(alpha, "units"),
            kind=families["holder kinds"].measure(alpha, "units"),
            each=families["holders"].measure(f1("exact", "marked"), "claims"),
        ),
    )


def _family(found: Iterable[Evidence], weights: NDArray[np.uint16]) -> _Family:
    statistic = gathered((number, one) for number, one in enumerate(found) if one.sums)
    return _Family(statistic, statistic.observed(), statistic.resampled(weights))


def _entities(spans: _Family, tokens: _Family, labels: Iterable[str]) -> EntityAgreement:
    def counted(name: Name) -> int:
        return round(float(spans.observed[name][0]))

    return EntityAgreement(
        mentions=counted("units"),
        unshown=counted("unshown"),
        widened=counted("widened"),
        exact=spans.measure(f1("exact", "marked"), "units", _NO_MARKS),
        overlap=spans.measure(f1("overlap", "marked"), "units", _NO_MARKS),
        tokens=tokens.measure(alpha, "units"),
        labels=tuple(
            LabelAgreement(
                label=label,
                mentions=counted(("units", label)),
                exact=spans.measure(f1(("exact", label), ("marked", label)), ("units", label), _NO_MARKS),
                overlap=spans.measure(f1(("overlap", label), ("marked", label)), ("units", label), _NO_MARKS),
                tokens=tokens.measure(
                    alpha_of_label(label), "units", same=_NO_VARIATION if counted(("units", label)) else _NO_MARKS
                ),
            )
            for label in labels
        ),
    )


def _stances(given: _Family, end_to_end: _Family, order: Sequence[str], contradictory: int) -> StanceAgreement:
    return StanceAgreement(
        nominal=given.measure(alpha, "units"),
        ordinal=given.measure(ordinal_alpha(order), "units"),
        end_to_end=end_to_end.measure(alpha, "units"),
        claims=end_to_end.measure(f1("exact", "marked"), "claims", _NO_CLAIMS),
        contradictory=contradictory,
    )


def _interval(values: NDArray[np.float64], articles: int) -> _Ends:
    """The interval of a measure that is defined, from its value in each sample; or why there is none."""
    if articles < 2:
        return _Ends(None, None, "no interval: it rests on one article")
    defined = values[~np.isnan(values)]
    if len(defined) < _LEAST_DEFINED * len(values) or not len(defined):
        return _Ends(None, None, f"no interval: not defined in {len(values) - len(defined)} of {len(values)} samples")
    low, high = np.percentile(defined, _ENDS)
    return _Ends(round(float(low), 6), round(float(high), 6), None)

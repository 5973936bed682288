"""The measures, as ratios of sums over articles: F1 and Krippendorff's alpha, of many bootstrap samples at once.

F1 is micro-averaged over the pairs of annotators. Where what is not marked cannot be counted, as with spans, chance
agreement is near none, and F1 between annotators is what kappa comes to (Hripcsak and Rothschild 2005, "Agreement, the
F-measure, and reliability in information retrieval").

Alpha is that of Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", sections C (nominal, any number of
annotators, values missing) and D (ordinal). In his terms, with o_ck a cell of the coincidence matrix, n_c its margin
and n the sum of the margins: alpha = 1 - (n - 1) * sum(o_ck * delta_ck) / sum(n_c * n_k * delta_ck).

A ratio whose denominator is 0 is NaN here: not defined.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from kliping.annotation.agreement.totals import Totals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kliping.annotation.agreement.evidence import Name

__all__ = ["Floats", "Ratio", "alpha", "alpha_of_label", "f1", "ordinal_alpha"]

Floats: TypeAlias = NDArray[np.float64]

Ratio: TypeAlias = Callable[[Totals], Floats]
"""From the sums of each sample to the measure of each sample."""


def f1(matched: Name, marked: Name) -> Ratio:
    """Twice the matched pairs over all that both annotators of each pair marked."""
    return lambda totals: _divided(2 * totals[matched], totals[marked])


def alpha(totals: Totals) -> Floats:
    """Nominal alpha: delta is 1 for any two values that differ."""
    squares = totals.squares + sum(totals[name] ** 2 for name in totals.names("value"))
    return _nominal(totals["values"], totals["agreeing"], squares)


def alpha_of_label(label: str) -> Ratio:
    """Nominal alpha of one value against all others taken as one."""

    def ratio(totals: Totals) -> Floats:
        number, gave, agreeing = totals["values"], totals["value", label], totals["agreeing", label]
        return _nominal(number, number - 2 * (gave - agreeing), gave**2 + (number - gave) ** 2)

    return ratio


def ordinal_alpha(order: Sequence[str]) -> Ratio:
    """Ordinal alpha of values in an order.

    Krippendorff's delta, (n_c / 2 + n_(c+1) + ... + n_k / 2) squared, is the squared distance of the two values' mean
    ranks in the pooled data.
    """

    def ratio(totals: Totals) -> Floats:
        gave = np.stack([totals["value", value] for value in order])
        ranks = np.cumsum(gave, axis=0) - gave / 2
        delta = (ranks[:, None] - ranks[None, :]) ** 2
        found = np.stack([[totals["pair", one, other] for other in order] for one in order])
        observed: Floats = np.einsum("ijs,ijs->s", found, delta)
        expected: Floats = np.einsum("is,js,ijs->s", gave, gave, delta)
        return 1 - _divided((totals["values"] - 1) * observed, expected)

    return ratio


def _nominal(number: Floats, agreeing: Floats, squares: Floats) -> Floats:
    return 1 - _divided((number - 1) * (number - agreeing), number**2 - squares)


def _divided(above: Floats, below: Floats) -> Floats:
    ratio: Floats = np.divide(above, below, out=np.full(below.shape, np.nan), where=below > 0)
    return ratio

"""Alpha and F1 against published examples, and against another library on whatever people may say."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

import krippendorff
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.annotation.agreement.readings import coded, compared, reading

from kliping.annotation.agreement.comparison import Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kliping.annotation.agreement.report import StanceAgreement

Row = str
"""An annotator's values of each unit, a character each; a full stop where there is none."""

# Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", the data of sections A, B and C; D is about C too.
MEG_AND_OWEN: Sequence[Row] = ("0100000010", "1110010000")
BEN_AND_GERRY: Sequence[Row] = ("aabbdcccedda", "babbbccceddd")
FOUR_OBSERVERS: Sequence[Row] = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")

# Hayes and Krippendorff (2007), "Answering the call for a standard reliability measure for coding data", table 1: the
# tone of 40 newspaper articles, by five observers.
NEWS_TONE: Sequence[Row] = (
    "112.001122.01311211000201001111223222221",
    "1130000.21102311121000302102111122222221",
    "203000222100221123001.30.1012202.2232.21",
    ".13....0.10022...31.103021122..122...12.",
    "2..0001.2....3112..0.0..2.0..20.2.2222.1",
)


def sides(rows: Sequence[Row], order: str) -> StanceAgreement:
    table = [[None if value == "." else value for value in row] for row in rows]
    return compared(coded(table), words=Words((), tuple(order))).declared


def test_binary_data_of_two_observers_give_the_published_alpha() -> None:
    assert sides(MEG_AND_OWEN, "01").nominal.value == pytest.approx(0.095, abs=0.0005)


def test_nominal_data_of_two_observers_give_the_published_alpha() -> None:
    assert sides(BEN_AND_GERRY, "abcde").nominal.value == pytest.approx(0.692, abs=0.0005)


def test_four_observers_with_missing_values_give_the_published_alphas() -> None:
    found = sides(FOUR_OBSERVERS, "12345")
    assert found.nominal.value == pytest.approx(0.743, abs=0.0005)
    assert found.ordinal.value == pytest.approx(0.815, abs=0.0005)


def test_the_tone_of_news_gives_the_published_ordinal_alpha() -> None:
    found = sides(NEWS_TONE, "0123").ordinal
    assert found.value == pytest.approx(0.7598, abs=0.00005)
    assert (found.units, found.annotators) == (40, 5)


def test_f1_is_positive_specific_agreement() -> None:
    """Hripcsak and Rothschild (2005): 2a / (2a + b + c), with a marked by both, b and c by one alone."""
    one = reading("one", {"PERSON": [(0, 4), (9, 12), (20, 25)]})
    other = reading("other", {"PERSON": [(0, 4), (9, 12), (30, 31), (40, 41), (50, 51)]})
    assert compared([[one, other]]).entities.exact.value == 2 * 2 / (2 * 2 + 1 + 3)


def test_kappa_comes_to_f1_where_what_nobody_marked_is_large() -> None:
    """Hripcsak and Rothschild (2005) again: chance agreement on a mark is near none in a long text."""
    one = reading("one", {"PERSON": [(0, 1), (1, 2), (2, 3)]}, tags=[1, 1, 1, 0] + [0] * 100_000)
    other = reading("other", {"PERSON": [(0, 1), (1, 2), (3, 4)]}, tags=[1, 1, 0, 1] + [0] * 100_000)
    found = compared([[one, other]]).entities
    assert found.tokens.value == pytest.approx(found.exact.value, abs=0.0001)


def theirs(rows: Sequence[Row], order: str, level: Literal["nominal", "ordinal"]) -> float | None:
    """The library's alpha, or None where it is not defined."""
    numbers = np.array([[math.nan if value == "." else order.index(value) for value in row] for row in rows])
    pairable = numbers[:, (~np.isnan(numbers)).sum(axis=0) > 1]
    if len(np.unique(pairable[~np.isnan(pairable)])) < 2:
        return None
    return float(krippendorff.alpha(numbers, level_of_measurement=level, value_domain=np.arange(float(len(order)))))


TABLES = st.integers(1, 12).flatmap(
    lambda units: st.lists(st.text("abcd.", min_size=units, max_size=units), min_size=2, max_size=5)
)


@settings(deadline=None)
@given(TABLES)
def test_alpha_is_that_of_the_krippendorff_library(rows: list[Row]) -> None:
    found = sides(rows, "abcd")
    for level, measure in (("nominal", found.nominal), ("ordinal", found.ordinal)):
        expected = theirs(rows, "abcd", level)  # type: ignore[arg-type]
        assert measure.value == (None if expected is None else pytest.approx(expected, abs=1e-6))


ARTICLES = st.lists(
    st.integers(1, 6).flatmap(
        lambda tokens: st.lists(st.text("012", min_size=tokens, max_size=tokens), min_size=1, max_size=4)
    ),
    min_size=1,
    max_size=5,
)


@settings(deadline=None)
@given(ARTICLES)
def test_alpha_on_tokens_is_that_of_the_krippendorff_library(articles: list[list[Row]]) -> None:
    """Articles have different annotators; who did not annotate one has no values there."""
    found = compared(
        [
            [reading(str(number), tags=[int(tag) for tag in tags]) for number, tags in enumerate(rows)]
            for rows in articles
        ]
    ).entities
    rows = ["".join(one[number] if number < len(one) else "." * len(one[0]) for one in articles) for number in range(4)]
    expected = theirs(rows, "012", "nominal")
    assert found.tokens.value == (None if expected is None else pytest.approx(expected, abs=1e-6))
    for number, label in enumerate(found.labels, 1):
        binary = [row.translate({ord(tag): "y" if tag == str(number) else "n" for tag in "012"}) for row in rows]
        expected = theirs(binary, "ny", "nominal")
        assert label.tokens.value == (None if expected is None else pytest.approx(expected, abs=1e-6))

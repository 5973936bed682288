"""Intervals from sums are those of computing every sample anew."""

from __future__ import annotations

import krippendorff
import numpy as np
import pytest
from tests.annotation.agreement.readings import AUTHOR, WORDS, at, reading

from kliping.annotation.agreement.comparison import Resampling, compare
from kliping.annotation.agreement.evidence import Evidence
from kliping.annotation.agreement.totals import draws, gathered

SAMPLES = 60
TAGS = (
    ("0012", "0012"),
    ("1102", "1002"),
    ("0010", "0210"),
    ("2201", "2201"),
    ("0000", "0011"),
)
"""The tokens of five articles as two annotators label them."""


def test_each_sample_has_as_many_articles_as_there_are() -> None:
    weights = draws(5, SAMPLES, seed=3)
    assert weights.shape == (5, SAMPLES)
    assert set(weights.sum(axis=0)) == {5}
    assert weights.max() > 1


def test_the_same_seed_draws_the_same_and_another_one_does_not() -> None:
    assert (draws(5, SAMPLES, seed=3) == draws(5, SAMPLES, seed=3)).all()
    assert (draws(5, SAMPLES, seed=3) != draws(5, SAMPLES, seed=4)).any()


def test_any_whole_number_is_a_seed() -> None:
    assert (draws(5, SAMPLES, seed=-1) != draws(5, SAMPLES, seed=1)).any()


def test_no_articles_have_no_draws() -> None:
    assert draws(0, SAMPLES, seed=3).shape == (0, SAMPLES)


def test_many_articles_are_summed_in_parts_to_the_same() -> None:
    evidence = [Evidence({"units": number, ("odd", "x"): number % 2}, frozenset()) for number in range(9000)]
    weights = draws(9000, 1000, seed=3)
    found = gathered(enumerate(evidence)).resampled(weights)
    numbers = np.arange(9000, dtype=np.float64)
    assert found["units"] == pytest.approx(numbers @ weights)
    assert found["odd", "x"] == pytest.approx((numbers % 2) @ weights)
    assert (found["nothing of the kind"] == 0).all()


def test_the_interval_of_alpha_on_tokens_is_that_of_computing_each_sample_anew() -> None:
    articles = [[reading(str(who), tags=[int(tag) for tag in tags]) for who, tags in enumerate(one)] for one in TAGS]
    found = compare(articles, WORDS, Resampling(SAMPLES, seed=3)).entities.tokens
    values = []
    for weights in draws(len(TAGS), SAMPLES, seed=3).T:
        rows = ["".join(tags[who] * times for tags, times in zip(TAGS, weights, strict=True)) for who in (0, 1)]
        numbers = [[float(tag) for tag in row] for row in rows]
        values.append(float(krippendorff.alpha(numbers, level_of_measurement="nominal")))
    assert (found.low, found.high) == pytest.approx(tuple(np.percentile(values, (2.5, 97.5))), abs=1e-6)


def test_the_interval_of_f1_is_that_of_computing_each_sample_anew() -> None:
    marks = [({0}, {0}), ({0, 1}, {1}), ({0, 1, 2}, {3}), ({4}, {4, 5})]
    articles = [
        [reading(str(who), {"PERSON": [(10 * place, 10 * place + 5) for place in one[who]]}) for who in (0, 1)]
        for one in marks
    ]
    found = compare(articles, WORDS, Resampling(SAMPLES, seed=3)).entities.exact
    values = []
    for weights in draws(len(marks), SAMPLES, seed=3).T:
        sample = [one for one, times in zip(marks, weights, strict=True) for _ in range(times)]
        shared = sum(len(mine & theirs) for mine, theirs in sample)
        values.append(2 * shared / sum(len(mine) + len(theirs) for mine, theirs in sample))
    assert (found.low, found.high) == pytest.approx(tuple(np.percentile(values, (2.5, 97.5))), abs=1e-6)


def test_an_article_that_is_drawn_twice_has_its_own_holders_twice() -> None:
    """Holders that are mentions are values of one article alone; drawn twice, each is given twice as often."""
    holders = [("ab", "ab"), ("Ab", "Ab"), ("aAb", "aAA"), ("A", "a"), ("Ab", "bb")]
    articles = [
        [
            reading(
                str(who),
                sides={
                    (at(10 * number, 10 * number + 5), AUTHOR if value == "A" else at(100, 100 + ord(value))): "favor"
                    for number, value in enumerate(one[who])
                },
            )
            for who in (0, 1)
        ]
        for one in holders
    ]
    found = compare(articles, WORDS, Resampling(SAMPLES, seed=3)).holders.who
    names = [
        [[value if value == "A" else f"{value}{at}" for value in row] for row in one] for at, one in enumerate(holders)
    ]
    every = sorted({value for one in names for row in one for value in row})
    values = []
    for weights in draws(len(holders), SAMPLES, seed=3).T:
        rows = [
            [float(every.index(value)) for one, times in zip(names, weights, strict=True) for value in one[who] * times]
            for who in (0, 1)
        ]
        values.append(float(krippendorff.alpha(rows, level_of_measurement="nominal")))
    assert (found.low, found.high) == pytest.approx(tuple(np.percentile(values, (2.5, 97.5))), abs=1e-6)

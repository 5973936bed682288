"""Which mentions are the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kliping.annotation.agreement.matching import match

if TYPE_CHECKING:
    from kliping.annotation.adjudication.ledger import Place

PLACES = st.builds(lambda start, length: (start, start + length), st.integers(0, 12), st.integers(1, 6))
SETS = st.frozensets(PLACES, max_size=6)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({(0, 4)}, {(0, 4)}, (1, 1)),
        ({(0, 4)}, {(0, 3)}, (0, 1)),
        ({(0, 4)}, {(4, 6)}, (0, 0)),
        (set(), {(4, 6)}, (0, 0)),
        ({(0, 9)}, {(0, 4), (5, 9)}, (0, 1)),
        ({(0, 4), (5, 9)}, {(3, 6)}, (0, 1)),
    ],
    ids=["equal", "overlapping", "side by side", "one missing", "one around two", "one across two"],
)
def test_a_mention_is_in_one_pair_at_most(one: set[Place], other: set[Place], expected: tuple[int, int]) -> None:
    assert match(one, other) == expected


def test_an_exact_match_goes_before_two_that_only_overlap() -> None:
    assert match({(0, 10), (0, 2)}, {(0, 10), (8, 10)}) == (1, 1)


def test_the_closest_pair_goes_first_though_more_pairs_could_be_made() -> None:
    """(9, 14) and (9, 13) are one mention; (0, 10) and (13, 15) were each marked by one alone."""
    assert match({(0, 10), (9, 14)}, {(9, 13), (13, 15)}) == (0, 1)


@given(SETS, SETS)
def test_the_order_of_annotators_makes_no_difference(one: frozenset[Place], other: frozenset[Place]) -> None:
    assert match(one, other) == match(other, one)


@given(SETS, SETS)
def test_there_are_at_most_as_many_matches_as_either_marked(one: frozenset[Place], other: frozenset[Place]) -> None:
    exact, overlap = match(one, other)
    assert exact <= overlap <= min(len(one), len(other))


@given(SETS, SETS)
def test_no_two_mentions_that_overlap_are_both_left_alone(one: frozenset[Place], other: frozenset[Place]) -> None:
    touching = any(mine[0] < theirs[1] and theirs[0] < mine[1] for mine in one for theirs in other)
    assert (match(one, other)[1] > 0) == touching


@given(SETS)
def test_equal_annotators_match_in_everything(marks: frozenset[Place]) -> None:
    assert match(marks, marks) == (len(marks), len(marks))

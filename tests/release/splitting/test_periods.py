from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kliping.errors import DataError
from kliping.release.splitting.periods import Periods, periods_by_share, periods_of

if TYPE_CHECKING:
    from kliping.records import SplitName

SHARES: dict[SplitName, float] = {"train": 0.6, "validation": 0.2, "test": 0.2}

days = st.integers(1, 28).map(lambda day: f"2024-02-{day:02}")


def test_the_newest_days_are_for_the_test_and_the_oldest_for_training() -> None:
    periods = periods_by_share([f"2024-08-{day:02}" for day in range(1, 11)], SHARES)
    assert periods == Periods("2024-08-06", "2024-08-08")
    assert [periods.split(day) for day in ("2024-08-06", "2024-08-07", "2024-08-09")] == ["train", "validation", "test"]


def test_a_day_is_not_divided() -> None:
    assert periods_by_share(["2024-08-01"] * 7 + ["2024-08-02"] * 3, SHARES) == Periods("2024-08-01", "2024-08-01")


def test_without_a_day_it_is_the_test_since_it_could_be_later_than_train() -> None:
    assert Periods("2024-08-06", "2024-08-08").split(None) == "test"


def test_a_split_without_a_share_gets_no_day() -> None:
    none: dict[SplitName, float] = {"train": 0.5, "validation": 0.0, "test": 0.5}
    assert periods_by_share([f"2024-08-{day:02}" for day in range(1, 5)], none) == Periods("2024-08-02", "2024-08-02")


def test_the_splits_that_are_there_say_where_periods_end() -> None:
    settled: list[tuple[str, SplitName]] = [
        ("2024-08-01", "train"), ("2024-08-03", "train"), ("2024-08-05", "validation"), ("2024-08-09", "test")
    ]  # fmt: skip
    assert periods_of(settled) == Periods("2024-08-03", "2024-08-05")


def test_a_late_near_duplicate_in_train_does_not_move_where_train_ends() -> None:
    settled: list[tuple[str, SplitName]] = [(f"2024-08-{day:02}", "train") for day in range(1, 8)]
    settled += [("2024-08-08", "validation"), ("2024-08-09", "validation"), ("2024-08-10", "test")]
    assert periods_of([*settled, ("2024-09-30", "train")]) == Periods("2024-08-07", "2024-08-09")


def test_splits_that_were_not_made_by_time_are_refused() -> None:
    settled: list[tuple[str, SplitName]] = [
        ("2024-08-01", "test"), ("2024-08-02", "train"), ("2024-08-03", "train"), ("2024-08-04", "train")
    ]  # fmt: skip
    with pytest.raises(
        DataError, match="its splits are not by time: 1 of 4 articles with a date lie on the wrong side"
    ):
        periods_of(settled)


def test_without_a_split_there_is_no_period() -> None:
    assert periods_of([]) is None


@given(st.lists(days, min_size=1, max_size=60))
def test_periods_are_read_back_from_the_splits_that_they_made(some: list[str]) -> None:
    periods = periods_by_share(some, SHARES)
    assert periods_of((day, periods.split(day)) for day in some) == periods


@given(st.lists(days, min_size=1, max_size=60), st.lists(days, max_size=20))
def test_later_articles_never_move_where_periods_end_into_the_past(some: list[str], later: list[str]) -> None:
    periods = periods_by_share(some, SHARES)
    both = [(day, periods.split(day)) for day in (*some, *later)]
    again = periods_of(both)
    assert again is not None
    assert [(day, again.split(day)) for day, _ in both] == both

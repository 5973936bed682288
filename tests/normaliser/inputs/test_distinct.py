from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kliping.normaliser.inputs.distinct import Distinct


def told(names: list[str]) -> list[str]:
    distinct = Distinct()
    return [distinct.of(name) for name in names]


def test_a_second_one_of_the_same_name_is_numbered() -> None:
    assert told(["a", "b", "a", "a"]) == ["a", "b", "a~2", "a~3"]


def test_a_name_that_looks_numbered_is_left_alone_and_passed_over() -> None:
    assert told(["a~2", "a", "a", "a~2"]) == ["a~2", "a", "a~3", "a~2~2"]


@given(st.lists(st.sampled_from(["", "a", "a~2", "a~3", "a~2~2", "b"])))
def test_all_are_told_apart_and_each_begins_as_it_is_called(names: list[str]) -> None:
    assert len(set(told(names))) == len(names)
    assert all(one.startswith(name) for one, name in zip(told(names), names, strict=True))


def test_a_hundred_thousand_of_one_name_end() -> None:
    assert told([""] * 100_000)[-1] == "~100000"  # looking each up among all before it would take hours

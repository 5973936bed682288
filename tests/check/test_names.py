"""Names that are there twice are found, each with where it is first, and none else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kliping.check.names import Named, Names, divided, repeated
from kliping.check.rules import Place

NAMES = st.lists(st.tuples(st.sampled_from("abcdé"), st.sampled_from(["train", "test"])), max_size=12)


def named(names: list[tuple[str, str]]) -> list[Named]:
    return [Named(Place("splits.jsonl", number), name, side) for number, (name, side) in enumerate(names, 1)]


def test_a_repeated_name_comes_with_its_first_place() -> None:
    found = repeated(lambda: named([("market", "train"), ("ferry", "test"), ("market", "train")]))

    assert found == {"market": Named(Place("splits.jsonl", 1), "market", "train")}


def test_a_name_on_one_side_is_not_divided_however_often_it_is_there() -> None:
    names = named([("market", "train"), ("market", "train"), ("ferry", "train"), ("ferry", "test"), ("ferry", "train")])

    assert divided(lambda: names) == {"ferry": Named(Place("splits.jsonl", 3), "ferry", "train")}


@given(NAMES)
def test_what_is_found_is_what_counting_finds(names: list[tuple[str, str]]) -> None:
    listed = [name for name, _ in names]
    sides = {name: {side for other, side in names if other == name} for name in listed}

    assert set(repeated(lambda: named(names))) == {name for name in listed if listed.count(name) > 1}
    assert set(divided(lambda: named(names))) == {name for name in listed if len(sides[name]) > 1}
    assert all(one.place.line == listed.index(name) + 1 for name, one in repeated(lambda: named(names)).items())


@given(st.sets(st.text(max_size=3)), st.text(max_size=3))
def test_a_name_is_among_names_if_it_was_given(names: set[str], name: str) -> None:
    assert (name in Names(names)) == (name in names)

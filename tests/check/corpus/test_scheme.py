"""Mentions that share words are found as the scheme lets them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kliping.check.corpus.scheme import crossing
from kliping.records import Entity

SPANS = st.tuples(st.integers(0, 12), st.integers(1, 6), st.sampled_from(["PLACE", "PERSON"]))


def entities(spans: list[tuple[int, int, str]]) -> list[Entity]:
    return [
        Entity(id=f"e{number}", start=start, end=start + length, text="x" * length, label=label)
        for number, (start, length, label) in enumerate(spans)
    ]


def is_wrong(one: Entity, other: Entity, *, nested: bool) -> bool:
    """Whether two mentions share words and may not."""
    words = set(range(one.start, one.end)), set(range(other.start, other.end))
    if not words[0] & words[1] or (words[0] == words[1] and one.label == other.label):
        return False
    return not (nested and (words[0] <= words[1] or words[1] <= words[0]))


def test_the_same_mention_twice_is_no_overlap() -> None:
    assert list(crossing(entities([(3, 4, "PLACE"), (3, 4, "PLACE")]), nested=False)) == []


def test_one_inside_another_is_an_overlap_and_does_not_cross() -> None:
    outer, inner = entities([(3, 6, "PLACE"), (4, 2, "PLACE")])
    assert list(crossing([inner, outer], nested=False)) == [(outer, inner)]
    assert list(crossing([inner, outer], nested=True)) == []


@given(spans=st.lists(SPANS, max_size=7), nested=st.booleans())
def test_what_is_found_is_what_comparing_all_pairs_finds(spans: list[tuple[int, int, str]], nested: bool) -> None:
    marked = sorted(entities(spans), key=lambda one: (one.start, -one.end))
    found = list(crossing(marked, nested=nested))

    assert all(is_wrong(one, other, nested=nested) for one, other in found)
    assert [other for _, other in found] == [
        other for at, other in enumerate(marked) if any(is_wrong(one, other, nested=nested) for one in marked[:at])
    ]

"""Each article gets as many people as it should, nobody twice, and no other way of sharing is more even."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, product
from typing import TYPE_CHECKING

from hypothesis import assume, given
from hypothesis import strategies as st

from kliping.annotation.sampling.chance import Chance
from kliping.annotation.sampling.sharing import share_out, unevenness

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

CHANCE = Chance(7, 2)
PEOPLE = ("annotator-a", "annotator-b", "annotator-c", "annotator-d")


def loads(labels: Mapping[str, Iterable[str]], people: Iterable[str]) -> dict[str, int]:
    counted = Counter(person for several in labels.values() for person in several)
    return {person: counted[person] for person in people}


@st.composite
def restricted(draw: st.DrawFn, most: int) -> tuple[dict[str, tuple[str, ...]], int, dict[str, float]]:
    """Articles with the people who read them, an overlap that all of them allow, and shares."""
    overlap = draw(st.integers(1, 3))
    several = st.sets(st.sampled_from(PEOPLE), min_size=overlap).map(lambda one: tuple(sorted(one)))
    read = draw(st.lists(several, max_size=most))
    shares = {person: draw(st.sampled_from([0.5, 1.0, 2.0])) for person in PEOPLE}
    return {f"article-{number}": people for number, people in enumerate(read)}, overlap, shares


@given(restricted(most=30))
def test_each_article_gets_the_overlap_of_people_who_read_it(
    given_: tuple[dict[str, tuple[str, ...]], int, dict[str, float]],
) -> None:
    readers, overlap, shares = given_
    labels = share_out(readers, overlap, shares, CHANCE)
    assert labels.keys() == readers.keys()
    for article, people in labels.items():
        assert len(people) == len(set(people)) == overlap
        assert set(people) <= set(readers[article])
    assert share_out(dict(reversed(readers.items())), overlap, shares, CHANCE) == labels


@given(restricted(most=4))
def test_no_other_way_is_more_even(given_: tuple[dict[str, tuple[str, ...]], int, dict[str, float]]) -> None:
    readers, overlap, shares = given_
    assume(readers)
    ways = product(*(combinations(people, overlap) for people in readers.values()))
    best = min(unevenness(loads(dict(zip(readers, way, strict=True)), PEOPLE), shares) for way in ways)
    got = unevenness(loads(share_out(readers, overlap, shares, CHANCE), PEOPLE), shares)
    assert abs(got - best) < 1e-6


@given(st.integers(0, 60), st.integers(1, 4))
def test_without_restrictions_loads_differ_by_one_at_most(articles: int, overlap: int) -> None:
    readers = {f"article-{number}": PEOPLE for number in range(articles)}
    held = loads(share_out(readers, overlap, dict.fromkeys(PEOPLE, 1.0), CHANCE), PEOPLE)
    assert max(held.values()) - min(held.values()) <= 1


def test_shares_are_proportions_of_the_work() -> None:
    readers = {f"article-{number}": PEOPLE for number in range(100)}
    shares = dict(zip(PEOPLE, [2.0, 1.0, 1.0, 1.0], strict=True))
    assert loads(share_out(readers, 2, shares, CHANCE), PEOPLE) == dict(zip(PEOPLE, [80, 40, 40, 40], strict=True))


def test_who_reads_what_few_read_is_spared_the_rest() -> None:
    readers: dict[str, tuple[str, ...]] = {f"id-{number}": PEOPLE[:2] for number in range(10)}
    readers |= {f"en-{number}": PEOPLE[1:] for number in range(10)}
    held = loads(share_out(readers, 1, dict.fromkeys(PEOPLE, 1.0), CHANCE), PEOPLE)
    assert held == dict.fromkeys(PEOPLE, 5)

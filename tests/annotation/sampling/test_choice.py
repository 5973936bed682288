"""Samples are the same for the same seed, have the size that was asked for, and strata get their share."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from kliping.annotation.sampling.chance import Chance
from kliping.annotation.sampling.choice import Candidate, by_chance, by_score, quotas, stratified

CHANCE = Chance(7, 2)

candidates = st.lists(
    st.builds(
        Candidate,
        id=st.text("abcdef", min_size=3, max_size=6),
        language=st.sampled_from(["id", "en"]),
        source=st.sampled_from(["Kabar Rimbia", "Pos Senar", ""]),
        path=st.none(),
    ),
    unique_by=lambda one: one.id,
    max_size=40,
)


@given(candidates, st.integers(1, 50))
def test_a_sample_is_as_large_as_asked_for_without_anything_twice(found: list[Candidate], size: int) -> None:
    for chosen in (by_chance(found, size, CHANCE), stratified(found, size, CHANCE)):
        assert len(chosen) == len(set(chosen)) == min(size, len(found))
        assert set(chosen) <= set(found)


@given(candidates, st.integers(1, 50), st.randoms())
def test_the_order_of_the_files_makes_no_difference(found: list[Candidate], size: int, order: object) -> None:
    shuffled = sorted(found, key=lambda one: hash((one.id, str(order))))
    assert by_chance(shuffled, size, CHANCE) == by_chance(found, size, CHANCE)
    assert stratified(shuffled, size, CHANCE) == stratified(found, size, CHANCE)


@given(candidates, st.integers(1, 50))
def test_another_article_beside_them_moves_no_articles_past_each_other(found: list[Candidate], size: int) -> None:
    one_more = [*found, Candidate("zz", "id", "", None)]
    kept = [one for one in by_chance(one_more, size + 1, CHANCE) if one.id != "zz"]
    assert kept[: min(size, len(kept))] == by_chance(found, size, CHANCE)[: len(kept)]


def test_another_seed_or_round_gives_another_sample() -> None:
    found = [Candidate(f"a{number}", "id", "", None) for number in range(100)]
    samples = [by_chance(found, 10, Chance(seed, number)) for seed, number in ((7, 2), (8, 2), (7, 3))]
    assert len({tuple(one.id for one in chosen) for chosen in samples}) == 3


@given(
    st.dictionaries(st.tuples(st.sampled_from("ie"), st.text("xyz", max_size=3)), st.integers(1, 30)), st.integers(1)
)
def test_each_stratum_gets_its_exact_share_rounded_down_or_up(sizes: dict[tuple[str, str], int], size: int) -> None:
    total, got = sum(sizes.values()), quotas(sizes, size, CHANCE)
    assert sum(got.values()) == min(size, total)
    for stratum, held in sizes.items():
        exact = min(size, total) * held / total
        assert int(exact) <= got[stratum] <= held
        assert got[stratum] - exact < 1


def test_largest_remainders_get_what_rounding_leaves() -> None:
    sizes = {("id", "a"): 47, ("id", "b"): 16, ("en", "c"): 158, ("en", "d"): 12, ("en", "e"): 61, ("id", "f"): 6}
    got = quotas(sizes, 10, CHANCE)  # the shares are 1.57, 0.53, 5.27, 0.40, 2.03 and 0.20
    assert list(got.values()) == [2, 1, 5, 0, 2, 0]


def test_strata_are_languages_and_sources() -> None:
    found = [Candidate(f"i{n}", "id", "Kabar Rimbia", None) for n in range(60)]
    found += [Candidate(f"e{n}", "en", "Kabar Rimbia", None) for n in range(30)]
    found += [Candidate(f"p{n}", "en", "Pos Senar", None) for n in range(10)]
    chosen = Counter((one.language, one.source) for one in stratified(found, 10, CHANCE))
    assert chosen == {("id", "Kabar Rimbia"): 6, ("en", "Kabar Rimbia"): 3, ("en", "Pos Senar"): 1}


def test_the_highest_scores_come_first_and_chance_decides_between_equals() -> None:
    found = [Candidate(f"a{number}", "id", "", None) for number in range(6)]
    scores = {"a0": 0.5, "a1": 0.9, "a2": 0.5, "a3": 0.5, "a4": 0.1, "a5": 0.5}
    chosen = [one.id for one in by_score(found, scores, 3, CHANCE)]
    equals = [one.id for one in by_chance([one for one in found if scores[one.id] == 0.5], 2, CHANCE)]
    assert chosen == ["a1", *equals]

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from tests.corpora import article

from kliping.normaliser.run.near_duplicates import (
    SKETCH_BYTES,
    THRESHOLD,
    Clusters,
    body,
    clusters,
    grouped,
    links,
    shingles,
    sketch,
)
from kliping.normaliser.text.overlap import jaccard

if TYPE_CHECKING:
    from random import Random

LONG = " ".join(f"kata{number}" for number in range(60))


def test_a_shingle_is_five_words_in_lower_case() -> None:
    assert shingles("Satu dua, TIGA empat lima. Enam") == {"satu dua tiga empat lima", "dua tiga empat lima enam"}


def test_a_short_text_is_one_shingle() -> None:
    assert shingles("Hanya dua") == {"hanya dua"}


def test_the_body_leaves_the_title_out() -> None:
    assert body(article("a", "Judul", "Isi satu.", "Isi dua.")) == "Isi satu.\n\nIsi dua."


def test_an_article_of_a_title_alone_is_compared_by_it() -> None:
    assert body(article("a", "Judul")) == "Judul"


def found(*texts: str, fresh: list[bool] | None = None) -> list[tuple[int, int, float]]:
    sets = [shingles(text) for text in texts]
    sketches = [sketch(one) for one in sets]
    return list(links(sketches, fresh or [True] * len(sets), sets.__getitem__, Clusters(len(sets))))


def test_one_report_with_a_word_more_is_a_near_duplicate() -> None:
    assert found(LONG, "Lain.", f"{LONG} tambahan") == [(0, 2, 56 / 57)]


def test_half_a_report_is_none() -> None:
    assert found(LONG, " ".join(LONG.split()[:30])) == []


def test_a_pair_that_is_joined_already_is_not_compared() -> None:
    assert found(LONG, LONG, LONG) == [(0, 1, 1.0), (0, 2, 1.0)]


def test_two_that_were_compared_before_are_not_compared_again() -> None:
    assert found(LONG, LONG, LONG, fresh=[False, False, True]) == [(0, 2, 1.0), (1, 2, 1.0)]
    assert found(LONG, LONG, LONG, fresh=[True, False, False]) == [(0, 1, 1.0), (0, 2, 1.0)]
    assert found(LONG, LONG, fresh=[False, False]) == []


def asked(sets: list[frozenset[str]]) -> int:
    """How many similarities are looked for."""
    places: list[int] = []

    def shingled(place: int) -> frozenset[str]:
        places.append(place)
        return sets[place]

    assert len(list(links([sketch(one) for one in sets], [True] * len(sets), shingled, Clusters(len(sets))))) >= 1
    return len(places) // 2


def test_texts_of_one_template_are_compared_with_one_another_once_each() -> None:
    sets = [shingles(f"{LONG} nomor {number}") for number in range(200)]
    assert asked(sets) < 2 * len(sets)


def test_two_that_are_not_near_duplicates_are_compared_once_in_all_bands() -> None:
    half = " ".join(LONG.split()[:40])
    assert asked([shingles(text) for text in (LONG, half, LONG)]) == 3


@given(st.lists(st.text(min_size=1), min_size=1, unique=True), st.randoms())
def test_a_sketch_does_not_depend_on_the_order(words: list[str], chance: Random) -> None:
    mixed = list(words)
    chance.shuffle(mixed)
    assert sketch(mixed) == sketch(words)
    assert len(sketch(words)) == SKETCH_BYTES


@given(st.lists(st.sampled_from(["satu dua", "tiga", "empat lima enam", "tujuh"]), min_size=1, max_size=12))
def test_what_is_proposed_and_confirmed_is_what_comparing_all_pairs_gives(pieces: list[str]) -> None:
    texts = [" ".join(pieces[start : start + 6]) for start in range(len(pieces))]
    sets = [shingles(text) for text in texts]
    every = [
        (str(one), str(other))
        for other in range(len(sets))
        for one in range(other)
        if jaccard(sets[one], sets[other]) >= THRESHOLD
    ]
    ids = [str(number) for number in range(len(sets))]
    assert clusters(ids, [(str(one), str(other)) for one, other, _ in found(*texts)]) == clusters(ids, every)


@given(
    st.lists(st.tuples(st.sets(st.integers(0, 59), max_size=6), st.booleans()), min_size=2, max_size=12),
    st.integers(0, 11),
)
def test_what_comes_later_gives_the_clusters_that_all_at_once_give(
    changed: list[tuple[set[int], bool]], earlier: int
) -> None:
    texts = [" ".join("lain" if at in places else f"kata{at}" for at in range(60)) for places, _ in changed]
    sets = [shingles(text) for text in texts]
    sketches, known = [sketch(one) for one in sets], Clusters(len(sets))
    # At first there are some of them, wherever they stand.
    first = [place for place, (_, was_there) in enumerate(changed) if was_there][:earlier]
    before = Clusters(len(first))
    for one, other, _ in links([sketches[at] for at in first], [True] * len(first), lambda at: sets[first[at]], before):
        known.join(first[one], first[other])
    list(links(sketches, [place not in first for place in range(len(sets))], sets.__getitem__, known))
    exact = Clusters(len(sets))
    for other in range(len(sets)):
        for one in range(other):
            if jaccard(sets[one], sets[other]) >= THRESHOLD:
                exact.join(one, other)
    assert [known.root(at) for at in range(len(sets))] == [exact.root(at) for at in range(len(sets))]


def test_a_cluster_is_named_by_its_first_article_and_reaches_through_the_middle() -> None:
    joined = clusters(["a", "b", "c", "d"], [("b", "c"), ("c", "d")])
    assert joined == {"a": "a", "b": "b", "c": "b", "d": "b"}
    assert grouped(joined) == {"a": ("a",), "b": ("b", "c", "d")}


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9))), st.randoms())
def test_the_order_of_pairs_never_changes_the_clusters(pairs: list[tuple[int, int]], chance: Random) -> None:
    named = [(str(one), str(other)) for one, other in pairs]
    mixed = list(named)
    chance.shuffle(mixed)
    ids = [str(number) for number in range(10)]
    assert clusters(ids, named) == clusters(ids, mixed)

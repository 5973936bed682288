from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.corpora import article

from kliping.normaliser.near_duplicates import body, clusters, grouped, near_duplicates, shingles, similarity

LONG = " ".join(f"kata{number}" for number in range(60))


def test_a_shingle_is_five_words_in_lower_case() -> None:
    assert shingles("Satu dua, TIGA empat lima. Enam") == {"satu dua tiga empat lima", "dua tiga empat lima enam"}


def test_a_short_text_is_one_shingle() -> None:
    assert shingles("Hanya dua") == {"hanya dua"}


def test_the_body_leaves_the_title_out() -> None:
    assert body(article("a", "Judul", "Isi satu.", "Isi dua.")) == "Isi satu.\n\nIsi dua."


def test_an_article_of_a_title_alone_is_compared_by_it() -> None:
    assert body(article("a", "Judul")) == "Judul"


def test_similarity_is_that_of_jaccard() -> None:
    assert similarity({"a", "b", "c"}, {"b", "c", "d"}) == 0.5


def test_one_report_under_two_headlines_is_a_near_duplicate() -> None:
    articles = [
        article("a", "Satu judul", LONG),
        article("b", "Judul lain", f"{LONG} tambahan"),
        article("c", "X", "Lain."),
    ]
    assert list(near_duplicates(lambda: articles)) == [("a", "b")]


def test_half_a_report_is_none() -> None:
    half = " ".join(LONG.split()[:30])
    articles = [article("a", "Judul", LONG), article("b", "Judul", half)]
    assert list(near_duplicates(lambda: articles)) == []


def test_a_cluster_is_named_by_its_first_article_and_reaches_through_the_middle() -> None:
    found = clusters(["a", "b", "c", "d"], [("b", "c"), ("c", "d")])
    assert found == {"a": "a", "b": "b", "c": "b", "d": "b"}
    assert grouped(found) == {"a": ("a",), "b": ("b", "c", "d")}


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9))), st.randoms())
def test_the_order_of_pairs_never_changes_the_clusters(pairs: list[tuple[int, int]], chance: object) -> None:
    named = [(str(one), str(other)) for one, other in pairs]
    mixed = list(named)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    ids = [str(number) for number in range(10)]
    assert clusters(ids, named) == clusters(ids, mixed)

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
from tests.corpora import article, write_corpus

from kliping.files import write_shards
from kliping.normaliser.run import resemblance
from kliping.normaliser.run.resemblance import each_near_duplicate, near_duplicates

if TYPE_CHECKING:
    from pathlib import Path

    from kliping.project import Corpus
    from kliping.records import Article

LONG = " ".join(f"kata{number}" for number in range(60))
OTHER = " ".join(f"lain{number}" for number in range(60))


def written(corpus: Corpus, *articles: Article) -> list[tuple[str, str]]:
    write_shards(corpus.corpus / "articles", articles)
    return [(pair.of, pair.id) for pair in near_duplicates(corpus)]


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return write_corpus(
        tmp_path, [article("a", "Satu", LONG), article("b", "Dua", f"{LONG} lagi"), article("c", "X", "Y")]
    )


def test_near_duplicates_are_named_with_their_similarity_and_kept(corpus: Corpus) -> None:
    (pair,) = near_duplicates(corpus)
    assert (pair.id, pair.path, pair.of, pair.of_path, pair.similarity) == ("b", "b.txt", "a", "a.txt", 0.9825)
    assert (corpus.state / resemblance.REPORT).read_text().count("\n") == 1


def test_a_second_look_writes_nothing_and_sketches_nothing(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    first = near_duplicates(corpus)
    before = {path: path.stat().st_mtime_ns for path in corpus.state.iterdir()}
    monkeypatch.delattr(resemblance, "sketch")
    assert near_duplicates(corpus) == first
    assert {path: path.stat().st_mtime_ns for path in corpus.state.iterdir()} == before


def test_a_new_article_is_compared_with_the_earlier_ones(corpus: Corpus) -> None:
    near_duplicates(corpus)
    found = written(corpus, *corpus.articles(), article("d", "Empat", f"tadi {LONG}"), article("e", "Lima", OTHER))
    assert found == [("a", "b"), ("a", "d")]


def test_what_a_gone_article_joined_is_looked_at_again(corpus: Corpus) -> None:
    all_three = [*corpus.articles(), article("d", "Empat", f"{LONG} lagi")]
    assert written(corpus, *all_three) == [("a", "b"), ("a", "d")]
    assert written(corpus, *all_three[1:]) == [("b", "d")]


def test_a_new_article_with_the_very_text_of_an_earlier_one_is_its_near_duplicate(corpus: Corpus) -> None:
    near_duplicates(corpus)
    again = msgspec.structs.replace(next(corpus.articles()), id="a2")
    assert written(corpus, *corpus.articles(), again) == [("a", "b"), ("a", "a2")]
    assert written(corpus, *corpus.articles()) == [("a", "b"), ("a", "a2")]


def test_a_text_under_another_id_keeps_its_near_duplicates(corpus: Corpus) -> None:
    near_duplicates(corpus)
    first, second, third = corpus.articles()
    assert written(corpus, msgspec.structs.replace(first, id="new"), second, third) == [("new", "b")]


def test_a_changed_text_is_compared_anew(corpus: Corpus) -> None:
    near_duplicates(corpus)
    first, _, third = corpus.articles()
    assert written(corpus, first, article("b", "Dua", OTHER), third) == []


def test_a_report_that_was_changed_or_lost_is_made_again(corpus: Corpus) -> None:
    first = near_duplicates(corpus)
    (corpus.state / resemblance.REPORT).write_bytes(b"")
    assert near_duplicates(corpus) == first
    (corpus.state / resemblance.REPORT).unlink()
    assert near_duplicates(corpus) == first


def test_several_processes_find_the_same(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = near_duplicates(corpus)
    for path in corpus.state.iterdir():
        path.unlink()
    monkeypatch.setattr(resemblance, "FEW", 0)
    monkeypatch.setattr("kliping.files.SHARD_LINES", 1)
    write_shards(corpus.corpus / "articles", list(corpus.articles()))
    assert near_duplicates(corpus, workers=2) == alone


def test_where_nothing_is_new_the_report_is_read_and_no_article_is_placed(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = near_duplicates(corpus)
    assert tuple(each_near_duplicate(corpus)) == first
    monkeypatch.delattr(resemblance, "lines_in")
    assert near_duplicates(corpus) == tuple(each_near_duplicate(corpus)) == first


def test_what_is_new_is_among_each_near_duplicate(corpus: Corpus) -> None:
    near_duplicates(corpus)
    write_shards(corpus.corpus / "articles", [*corpus.articles(), article("d", "Empat", f"tadi {LONG}")])
    assert [(pair.of, pair.id) for pair in each_near_duplicate(corpus)] == [("a", "b"), ("a", "d")]


def test_no_article_has_no_near_duplicate(tmp_path: Path) -> None:
    assert near_duplicates(write_corpus(tmp_path, [])) == ()

"""What a check holds at a time does not grow with the articles, but for some bytes each."""

from __future__ import annotations

import tracemalloc
from typing import TYPE_CHECKING

import pytest
from tests.corpora import UNCHECKED, annotation, article, entity, gold, write_corpus

from kliping.check import check_corpus, check_release
from kliping.check.release import leaks
from kliping.contract import load_contract
from kliping.files import write_lines
from kliping.normaliser.run import resemblance
from kliping.records import SourceEntry
from kliping.release import build_release

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kliping.project import Corpus


def words(number: int) -> str:
    """A text that resembles no other."""
    return " ".join(f"Sena Waluyo menolak pemindahan Pasar {number} di Rimbia ke-{one + number}." for one in range(25))


FEW, MANY = 120, 420
HELD = 1_000
"""Bytes that an article may cost; its row in entities alone, as Python values, is thirty times that."""


def corpus_of(root: Path, count: int) -> Corpus:
    """Articles with a source, two annotations and gold each."""
    articles = [article(f"a{number:04}", f"Pasar {number}", words(number)) for number in range(count)]
    marked = {one.id: [entity(one, 1, "Sena Waluyo", "PERSON")] for one in articles}
    who = ("annotator-aa", "annotator-bb")
    sources = [
        SourceEntry(
            id=one.id,
            aliases=(),
            path=f"{one.id}.txt",
            sha256=one.source.sha256,
            media_type="text/plain",
            url=one.url,
            retrieved=None,
            licence=None,
            rights_holder=None,
        )
        for one in articles
    ]
    write_lines(root / "corpus/sources.jsonl", sources)
    return write_corpus(
        root,
        articles[::-1],
        splits={one.id: "test" if number % 2 == 0 else "train" for number, one in enumerate(articles)},
        gold=[gold(one, marked[one.id]) for one in articles],
        annotations=[annotation(one, name, marked[one.id]) for one in articles for name in who],
    )


def peak(run: Callable[[], object]) -> int:
    """The most that Python held during a run, in bytes."""
    tracemalloc.start()
    try:
        run()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.fixture(autouse=True)
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a hundred articles be many: of fewer than some, the words of all are held to find near-duplicates."""
    for module in (resemblance, leaks):
        monkeypatch.setattr(module, "FEW", 100)


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Corpus]:
    return {count: corpus_of(tmp_path_factory.mktemp("corpora") / str(count), count) for count in (FEW, MANY)}


def test_checking_a_corpus_holds_one_article_at_a_time(corpora: dict[int, Corpus]) -> None:
    assert check_corpus(corpora[FEW]) == []

    grown = peak(lambda: check_corpus(corpora[MANY])) - peak(lambda: check_corpus(corpora[FEW]))
    assert grown < (MANY - FEW) * HELD


def test_checking_a_release_holds_one_article_at_a_time(corpora: dict[int, Corpus]) -> None:
    places = {}
    for count, corpus in corpora.items():
        _, places[count] = build_release(corpus, load_contract(corpus.schema), "0.1.0", UNCHECKED)
    assert check_release(places[FEW], load=False) == []

    grown = peak(lambda: check_release(places[MANY], load=False)) - peak(lambda: check_release(places[FEW], load=False))
    assert grown < (MANY - FEW) * HELD

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from tests.corpora import UNCHECKED, annotation, stance, write_corpus
from tests.release.splitting.room import told, with_splits

from kliping.contract import load_contract
from kliping.errors import DataError
from kliping.files import write_shards
from kliping.records import Holder, Target
from kliping.release import build_release
from kliping.release.splitting.leakage import leakage
from kliping.release.splitting.split import split_corpus

if TYPE_CHECKING:
    from pathlib import Path

    from kliping.project import Corpus


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return write_corpus(
        tmp_path,
        [told("a", "s"), told("b", "s", until=95), told("c", "t")],
        splits={"a": "train", "b": "train", "c": "test"},
    )


def test_near_duplicates_in_one_split_are_no_leak(corpus: Corpus) -> None:
    found = leakage(corpus)
    assert (found.near_duplicates, found.pairs, found.threshold) == (2, (), 0.7)
    assert str(found) == (
        "leakage: 0 near-duplicate pairs across splits "
        "(method: word 5-grams, lower-cased, without the title; exact Jaccard similarity >= 0.7)"
    )


def test_a_text_that_was_edited_after_the_split_is_found(corpus: Corpus) -> None:
    leakage(corpus)
    first, second, _ = corpus.articles()
    write_shards(corpus.corpus / "articles", [first, second, told("c", "s", until=98)])
    ((pair, of_split, split),) = leakage(corpus).pairs
    assert ((pair.of, of_split), (pair.id, split)) == (("a", "train"), ("c", "test"))


def test_what_was_found_before_is_found_again_without_it(corpus: Corpus) -> None:
    write_shards(corpus.corpus / "articles", [*list(corpus.articles())[:2], told("c", "s", until=98)])
    first = leakage(corpus)
    shutil.rmtree(corpus.state)
    assert len(first.pairs) == 1
    assert leakage(corpus) == first


def test_a_release_with_a_leak_is_refused_by_each_pair_and_one_without_says_so(corpus: Corpus) -> None:
    contract = load_contract(corpus.schema)
    receipt, folder = build_release(corpus, contract, "0.1.0", UNCHECKED)
    assert receipt.notes[-1].startswith("leakage: 0 near-duplicate pairs across splits (method: word 5-grams")
    card = " ".join((folder / "README.md").read_text().split())
    assert "Leakage: 0 near-duplicate pairs across splits (method: word 5-grams" in card
    assert "2 articles resemble another, and share its split." in card
    first, second, _ = corpus.articles()
    write_shards(corpus.corpus / "articles", [first, second, told("c", "s", until=98)])
    with pytest.raises(DataError) as refused:
        build_release(corpus, contract, "0.2.0", UNCHECKED)
    assert str(refused.value) == (
        "corpus/splits.jsonl: R105 a (train) and c (test) are near-duplicates, similarity 0.9792; decide where their "
        "cluster goes with `kliping split --resolve a=train`, or a=test"
    )
    assert not (corpus.releases / "toy-0.2.0").exists()
    split_corpus(corpus, {"a": "train"})
    assert leakage(corpus).pairs == ()


def test_a_release_with_a_held_out_target_in_train_is_refused(corpus: Corpus) -> None:
    corpus = with_splits(corpus.root, 'held_out = ["MARKET_MOVE"]')
    target = Target(kind="declared", name="MARKET_MOVE")
    made = annotation(next(corpus.articles()), "annotator-aa", (), [stance(1, "none", target, Holder(kind="author"))])
    write_shards(corpus.annotation_folder / "pulled", [made])
    with pytest.raises(DataError, match=r"R106 a is in train and has a stance towards the held-out target MARKET_MOVE"):
        build_release(corpus, load_contract(corpus.schema), "0.1.0", UNCHECKED)
    split_corpus(corpus, {"a": "test"})
    build_release(corpus, load_contract(corpus.schema), "0.1.0", UNCHECKED)

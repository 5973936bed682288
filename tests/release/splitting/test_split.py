from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.corpora import article, write_corpus

from kliping.errors import DataError
from kliping.files import write_shards
from kliping.records import SplitEntry
from kliping.release.splitting.split import assign, split_corpus

if TYPE_CHECKING:
    from pathlib import Path

    from kliping.records import SplitName

SHARES: dict[SplitName, float] = {"train": 0.6, "validation": 0.2, "test": 0.2}


def entry(name: str, split: SplitName, cluster: str | None = None) -> SplitEntry:
    return SplitEntry(id=name, split=split, cluster=cluster or name)


def test_shares_are_met_as_closely_as_whole_articles_allow() -> None:
    entries = assign([f"a{number}" for number in range(20)], [], {}, shares=SHARES, seed=1)
    assert Counter(one.split for one in entries) == {"train": 12, "validation": 4, "test": 4}


def test_near_duplicates_share_a_split_and_the_name_of_the_first() -> None:
    entries = assign(["a", "b", "c"], [("a", "c")], {}, shares=SHARES, seed=1)
    assert entries[0].split == entries[2].split
    assert [one.cluster for one in entries] == ["a", "b", "a"]


def test_a_new_duplicate_gets_the_split_of_its_cluster() -> None:
    known = {"old": entry("old", "test")}
    (new, old) = assign(["new", "old"], [("new", "old")], known, shares=SHARES, seed=1)
    assert (new.split, new.cluster) == ("test", "old")
    assert old == known["old"]


def test_a_line_of_an_article_that_is_gone_stays_at_the_end() -> None:
    entries = assign(["a"], [], {"gone": entry("gone", "test")}, shares=SHARES, seed=1)
    assert [one.id for one in entries] == ["a", "gone"]


def test_a_cluster_that_bridges_two_splits_is_refused_by_name() -> None:
    known = {"a": entry("a", "train"), "b": entry("b", "test")}
    with pytest.raises(
        DataError, match=r"two splits: a \(train\), b \(test\), joined by c; take c out of the raw folder"
    ):
        assign(["a", "b", "c"], [("a", "c"), ("b", "c")], known, shares=SHARES, seed=1)


def test_another_seed_deals_otherwise() -> None:
    ids = [f"a{number}" for number in range(20)]
    assert assign(ids, [], {}, shares=SHARES, seed=1) != assign(ids, [], {}, shares=SHARES, seed=2)


def test_a_split_without_a_share_gets_nothing() -> None:
    shares: dict[SplitName, float] = {"train": 0.5, "validation": 0.0, "test": 0.5}
    entries = assign([f"a{number}" for number in range(9)], [], {}, shares=shares, seed=1)
    assert {one.split for one in entries} == {"train", "test"}


@given(st.integers(1, 40), st.integers(0, 40), st.integers())
def test_what_was_dealt_stays_when_articles_come(first: int, later: int, seed: int) -> None:
    ids = [f"a{number}" for number in range(first)]
    old = {one.id: one for one in assign(ids, [], {}, shares=SHARES, seed=seed)}
    more = [f"b{number}" for number in range(later)]
    new = {one.id: one for one in assign([*more, *ids], [], old, shares=SHARES, seed=seed)}
    assert {name: new[name] for name in old} == old
    assert len(new) == first + later


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path, [article("a", "Satu", "Isi satu."), article("b", "Dua", "Isi dua.")])
    assert split_corpus(corpus).changes == 2
    before = (corpus.corpus / "splits.jsonl").read_bytes()
    receipt = split_corpus(corpus)
    assert receipt.changes == 0
    assert receipt.adds_up
    assert (corpus.corpus / "splits.jsonl").read_bytes() == before


def test_a_new_article_adds_a_line_in_the_order_of_the_articles(tmp_path: Path) -> None:
    first, last = article("a", "Satu", "Isi satu."), article("c", "Tiga", "Isi tiga.")
    corpus = write_corpus(tmp_path, [first, last])
    split_corpus(corpus)
    write_shards(corpus.corpus / "articles", [first, article("b", "Dua", "Isi dua."), last])
    assert split_corpus(corpus).changes == 1
    assert [one.id for one in corpus.splits()] == ["a", "b", "c"]


def test_without_articles_it_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="run `kliping normalise` first"):
        split_corpus(write_corpus(tmp_path, []))

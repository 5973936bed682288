from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.corpora import annotation, article, gold, stance, write_corpus
from tests.release.splitting.room import splits_of, told, with_splits

from kliping.errors import CallError, DataError
from kliping.files import write_shards
from kliping.records import Holder, SplitEntry, Target
from kliping.release.splitting.facts import Facts
from kliping.release.splitting.groups import groups
from kliping.release.splitting.split import Rule, assign, split_corpus

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from kliping.project import Corpus
    from kliping.records import SplitName

SHARES: dict[SplitName, float] = {"train": 0.6, "validation": 0.2, "test": 0.2}


def entry(name: str, split: SplitName, cluster: str | None = None) -> SplitEntry:
    return SplitEntry(id=name, split=split, cluster=cluster or name)


def made(
    facts: Mapping[str, Facts],
    pairs: Sequence[tuple[str, str]] = (),
    known: Mapping[str, SplitEntry] | None = None,
    *,
    by_time: bool = False,
    seed: int = 1,
) -> dict[str, SplitEntry]:
    """All lines: those that were there and the new ones."""
    known = known or {}
    found = groups(facts, pairs, known)
    return {**known, **assign(facts, found, {}, Rule(SHARES, seed, by_time)).entries}


def undated(*names: str) -> dict[str, Facts]:
    return {name: Facts(("id",), None) for name in names}


def test_near_duplicates_share_a_split_and_the_name_of_the_first() -> None:
    entries = made(undated("a", "b", "c"), [("a", "c")])
    assert entries["a"].split == entries["c"].split
    assert {name: one.cluster for name, one in entries.items()} == {"a": "a", "b": "b", "c": "a"}


def test_a_new_duplicate_gets_the_split_and_the_cluster_of_the_old_one() -> None:
    known = {"old": entry("old", "test", "older")}
    assert made(undated("new", "old"), [("new", "old")], known)["new"] == entry("new", "test", "older")


def test_a_new_duplicate_of_an_article_that_was_joined_by_a_gone_one_follows_them() -> None:
    known = {"a": entry("a", "validation"), "gone": entry("gone", "validation", "a")}
    assert made(undated("a", "new"), [("a", "new")], known)["new"].split == "validation"


@given(st.data())
def test_every_article_is_placed_once_and_clusters_whole_whatever_the_order(data: st.DataObject) -> None:
    names = [f"a{number}" for number in range(data.draw(st.integers(1, 40)))]
    strata = st.sampled_from([("en", "x"), ("en", "y"), ("id", "x")])
    days = st.none() | st.sampled_from(["2024-01-01", "2024-01-02", "2024-01-03"])
    facts = {name: Facts(data.draw(strata), data.draw(days)) for name in names}
    pairs = data.draw(st.lists(st.tuples(st.sampled_from(names), st.sampled_from(names)), max_size=20))
    by_time = data.draw(st.booleans()) and any(one.day for one in facts.values())
    entries = made(facts, pairs, by_time=by_time)
    assert entries.keys() == facts.keys()
    assert all(entries[one].split == entries[other].split for one, other in pairs)
    again = made(dict(data.draw(st.permutations(list(facts.items())))), pairs[::-1], by_time=by_time)
    assert {name: one.split for name, one in again.items()} == {name: one.split for name, one in entries.items()}


@given(st.integers(1, 40), st.integers(0, 40), st.integers())
def test_what_was_dealt_stays_when_articles_come(first: int, later: int, seed: int) -> None:
    old = made(undated(*(f"a{number}" for number in range(first))), seed=seed)
    new = made(undated(*(f"b{number}" for number in range(later)), *old), known=old, seed=seed)
    assert {name: new[name] for name in old} == old
    assert len(new) == first + later


@given(
    st.lists(st.integers(1, 28), min_size=1, max_size=40), st.lists(st.tuples(st.integers(0, 39), st.integers(0, 39)))
)
def test_by_time_nothing_in_train_is_later_than_what_validation_or_test_begin_with(
    days: list[int], near: list[tuple[int, int]]
) -> None:
    facts = {f"a{number}": Facts(("id",), f"2024-02-{day:02}") for number, day in enumerate(days)}
    pairs = [(f"a{one}", f"a{other}") for one, other in near if max(one, other) < len(days)]
    entries = made(facts, pairs, by_time=True)
    newest: dict[str, str] = {}
    for name, one in entries.items():
        newest[one.cluster] = max(newest.get(one.cluster, ""), facts[name].day or "")
    later = [newest[one.cluster] for one in entries.values() if one.split != "train"]
    in_train = [facts[name].day or "" for name, one in entries.items() if one.split == "train"]
    assert max(in_train, default="") < min(later, default="9999")


class Written(NamedTuple):
    """Ten stories of one day each."""

    corpus: Corpus
    names: list[str]


@pytest.fixture
def ten(tmp_path: Path) -> Written:
    names = [f"a{day}" for day in range(1, 11)]
    articles = [told(name, name, f"2024-08-{day:02}") for day, name in enumerate(names, 1)]
    write_corpus(tmp_path, articles)
    return Written(with_splits(tmp_path, "train = 0.6\nvalidation = 0.2\ntest = 0.2"), names)


def test_a_second_run_changes_nothing(ten: Written) -> None:
    first = split_corpus(ten.corpus)
    assert (first.changes, first.adds_up, first.notes[0]) == (10, True, "train 6, validation 2, test 2")
    before = (ten.corpus.corpus / "splits.jsonl").read_bytes()
    again = split_corpus(ten.corpus)
    assert (again.changes, again.adds_up) == (0, True)
    assert (ten.corpus.corpus / "splits.jsonl").read_bytes() == before


def test_a_dry_run_tells_the_same_and_writes_nothing(ten: Written) -> None:
    told_before = split_corpus(ten.corpus, dry_run=True)
    assert splits_of(ten.corpus) == {}
    assert split_corpus(ten.corpus) == told_before
    assert split_corpus(ten.corpus, dry_run=True).changes == 0


def test_new_lines_stand_in_the_order_of_the_articles_and_those_of_gone_ones_at_the_end(ten: Written) -> None:
    split_corpus(ten.corpus)
    before = splits_of(ten.corpus)
    kept = list(ten.corpus.articles())[1:]
    write_shards(ten.corpus.corpus / "articles", [told("new", "new"), *kept])
    assert split_corpus(ten.corpus).changes == 1
    after = splits_of(ten.corpus)
    assert list(after) == ["new", *ten.names[1:], "a1"]
    assert {name: after[name] for name in before} == before


def test_without_articles_it_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="run `kliping normalise` first"):
        split_corpus(write_corpus(tmp_path, []))


def test_languages_and_publishers_are_spread_over_the_splits(tmp_path: Path) -> None:
    articles = []
    for number in range(40):
        language, publisher = ("en", "Harbour Post") if number % 2 else ("id", "Kabar Rimbia")
        one = article(f"a{number}", "Judul", " ".join(f"w{number}x{at}" for at in range(20)), language=language)
        articles.append(msgspec.structs.replace(one, publisher=publisher))
    write_corpus(tmp_path, articles)
    corpus = with_splits(tmp_path, "train = 0.6\nvalidation = 0.2\ntest = 0.2")
    split_corpus(corpus)
    splits = splits_of(corpus)
    assert Counter((one.language, splits[one.id]) for one in articles) == {
        ("en", "train"): 12, ("en", "validation"): 4, ("en", "test"): 4,
        ("id", "train"): 12, ("id", "validation"): 4, ("id", "test"): 4,
    }  # fmt: skip


TIME = 'train = 0.6\nvalidation = 0.2\ntest = 0.2\nby = "time"'


def test_by_time_the_newest_are_in_the_test_and_later_ones_go_where_their_day_puts_them(ten: Written) -> None:
    corpus = with_splits(ten.corpus.root, TIME)
    receipt = split_corpus(corpus)
    before = splits_of(corpus)
    assert list(before.values()) == ["train"] * 6 + ["validation"] * 2 + ["test"] * 2
    assert receipt.notes[-1] == "by time: train until 2024-08-06, validation until 2024-08-08, the test after that"
    new = {"old": "2019", "between": "2024-08-07T05:00:00+07:00", "late": "2025-01-01", "undated": None}
    more = [told(name, name, published) for name, published in new.items()]
    write_shards(corpus.corpus / "articles", [*corpus.articles(), *more])
    again = split_corpus(corpus)
    after = splits_of(corpus)
    assert {name: after[name] for name in before} == before
    assert {name: after[name] for name in new} == {
        "old": "train",
        "between": "train",
        "late": "test",
        "undated": "test",
    }
    assert again.notes[-1] == "new articles without a date, in the test unless a near-duplicate says otherwise: 1"


def test_by_time_a_cluster_is_as_new_as_its_newest_article(ten: Written) -> None:
    corpus = with_splits(ten.corpus.root, TIME)
    reprint = told("reprint", "a1", "2024-08-10", until=95)
    write_shards(corpus.corpus / "articles", [*corpus.articles(), reprint])
    split_corpus(corpus)
    splits = splits_of(corpus)
    assert (splits["a1"], splits["reprint"], splits["a2"]) == ("test", "test", "train")


def test_by_time_a_late_reprint_follows_its_cluster_and_does_not_move_where_train_ends(ten: Written) -> None:
    corpus = with_splits(ten.corpus.root, TIME)
    split_corpus(corpus)
    for name, told_on in (("reprint", "2025-01-01"), ("news", "2024-12-01")):
        more = told(name, "a1" if name == "reprint" else name, told_on, until=95)
        write_shards(corpus.corpus / "articles", [*corpus.articles(), more])
        receipt = split_corpus(corpus)
    splits = splits_of(corpus)
    assert (splits["reprint"], splits["news"]) == ("train", "test")
    assert "by time: train until 2024-08-06, validation until 2024-08-08, the test after that" in receipt.notes


def test_by_time_after_splits_by_chance_is_refused_and_nothing_is_written(ten: Written) -> None:
    path = ten.corpus.corpus / "splits.jsonl"
    lines = [entry(name, "test" if number % 2 else "train") for number, name in enumerate(ten.names[:-1])]
    path.write_bytes(msgspec.json.Encoder().encode_lines(lines))
    before = path.read_bytes()
    with pytest.raises(DataError, match="its splits are not by time"):
        split_corpus(with_splits(ten.corpus.root, TIME))
    assert path.read_bytes() == before


def test_by_time_without_any_date_is_refused(tmp_path: Path) -> None:
    write_corpus(tmp_path, [told("a", "s", None), told("b", "t", None)])
    with pytest.raises(DataError, match=r'no article has a date, and .* says by = "time"; take it out'):
        split_corpus(with_splits(tmp_path, TIME))


HELD = 'held_out = ["MARKET_MOVE"]'


def about_market(name: str) -> tuple[Target, Holder]:
    return Target(kind="declared", name=name), Holder(kind="author")


def test_articles_of_a_held_out_target_and_their_near_duplicates_go_to_the_test(tmp_path: Path) -> None:
    articles = [told(f"a{number}", f"s{number}") for number in range(20)]
    near = told("near", "s1", until=95)
    write_corpus(
        tmp_path,
        [*articles, near],
        gold=[gold(articles[1], (), [stance(1, "none", *about_market("MARKET_MOVE"))])],
        annotations=[
            annotation(articles[2], "annotator-aa", (), [stance(1, "favor", *about_market("MARKET_MOVE"))]),
            annotation(articles[3], "annotator-aa", (), [stance(1, "favor", *about_market("PLASTIC_LEVY"))]),
        ],
    )
    corpus = with_splits(tmp_path, f"train = 1.0\nvalidation = 0.0\ntest = 0.0\n{HELD}")
    split_corpus(corpus)
    assert {name for name, split in splits_of(corpus).items() if split == "test"} == {"a1", "a2", "near"}


def test_a_held_out_target_that_shows_in_train_later_asks_for_a_decision(ten: Written) -> None:
    corpus = with_splits(ten.corpus.root, f"train = 1.0\nvalidation = 0.0\ntest = 0.0\n{HELD}")
    split_corpus(corpus)
    first = next(corpus.articles())
    made_now = annotation(first, "annotator-aa", (), [stance(1, "favor", *about_market("MARKET_MOVE"))])
    write_shards(corpus.annotation_folder / "pulled", [made_now])
    with pytest.raises(DataError) as refused:
        split_corpus(corpus)
    assert str(refused.value) == (
        "corpus/splits.jsonl: a1 is in train and has a stance towards the held-out target MARKET_MOVE; move it with "
        "`kliping split --resolve a1=test`, or take MARKET_MOVE out of held_out in [tool.kliping.splits]"
    )
    with pytest.raises(CallError, match="it can go to the test only"):
        split_corpus(corpus, {"a1": "validation"})
    receipt = split_corpus(corpus, {"a1": "test"})
    assert receipt.notes[:2] == ("moved: a1 from train to test", "moved splits make the next release a major one")
    assert splits_of(corpus)["a1"] == "test"
    assert split_corpus(corpus).changes == 0


@pytest.fixture
def bridged(tmp_path: Path) -> Corpus:
    """Two articles in two splits and a new one, which resembles both: the whole is in train and the end in the test."""
    first, last = told("first", "s", until=100), told("last", "s", since=15, until=115)
    between = told("between", "s", since=7, until=107)
    return write_corpus(
        tmp_path, [first, last, between, told("other", "o")], splits={"first": "train", "last": "test", "other": "test"}
    )


def test_a_cluster_that_comes_to_bridge_two_splits_asks_for_a_decision_and_nothing_is_written(bridged: Corpus) -> None:
    before = (bridged.corpus / "splits.jsonl").read_bytes()
    with pytest.raises(DataError) as refused:
        split_corpus(bridged)
    assert str(refused.value) == (
        "corpus/splits.jsonl: near-duplicates in two splits: first (train) and last (test), similarity 0.7297; "
        "first (train) and between (new), similarity 0.8641; decide where the whole cluster goes with "
        "`kliping split --resolve`: first=train, or first=test (a moved split makes the next release a major one); "
        "or take between out of the raw folder"
    )
    assert (bridged.corpus / "splits.jsonl").read_bytes() == before


@pytest.mark.parametrize("name", ["first", "last", "between"])
def test_a_decision_by_any_member_sends_the_whole_cluster_and_names_who_moved(bridged: Corpus, name: str) -> None:
    receipt = split_corpus(bridged, {name: "test"})
    assert splits_of(bridged) == {"first": "test", "last": "test", "between": "test", "other": "test"}
    assert (receipt.changes, receipt.notes[0]) == (2, "moved: first from train to test")
    assert len({one.cluster for one in bridged.splits()}) == 2


def test_a_decision_again_changes_nothing(bridged: Corpus) -> None:
    split_corpus(bridged, {"first": "test"})
    assert split_corpus(bridged, {"first": "test"}).changes == 0


def test_what_is_gone_of_a_cluster_goes_with_it(bridged: Corpus) -> None:
    gone = entry("gone", "train", "first")
    path = bridged.corpus / "splits.jsonl"
    path.write_bytes(path.read_bytes() + msgspec.json.encode(gone) + b"\n")
    split_corpus(bridged, {"first": "test"})
    assert list(bridged.splits())[-1] == entry("gone", "test", "last")


@pytest.mark.parametrize(
    ("resolve", "said"),
    [
        ({"nobody": "test"}, "--resolve nobody: no article of this corpus"),
        ({"other": "train"}, "--resolve other=train: there is nothing to decide: its cluster is in test for ever"),
        (
            {"first": "test", "last": "train"},
            "--resolve first=test and last=train: they are one cluster, which goes to one split",
        ),
    ],
)
def test_a_decision_that_nobody_asked_for_is_refused(bridged: Corpus, resolve: dict[str, SplitName], said: str) -> None:
    before = (bridged.corpus / "splits.jsonl").read_bytes()
    with pytest.raises(CallError) as refused:
        split_corpus(bridged, {"first": "test", **resolve})
    assert str(refused.value) == said
    assert (bridged.corpus / "splits.jsonl").read_bytes() == before


def test_an_article_without_a_split_has_nothing_to_decide(ten: Written) -> None:
    with pytest.raises(CallError, match="--resolve a1=test: there is nothing to decide: its cluster gets its split by"):
        split_corpus(ten.corpus, {"a1": "test"})

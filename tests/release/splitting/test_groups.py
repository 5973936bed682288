from __future__ import annotations

from typing import TYPE_CHECKING

from kliping.records import SplitEntry
from kliping.release.splitting.groups import Group, groups

if TYPE_CHECKING:
    from kliping.records import SplitName


def entry(name: str, split: SplitName, cluster: str | None = None) -> SplitEntry:
    return SplitEntry(id=name, split=split, cluster=cluster or name)


def test_near_duplicates_are_one_group_and_a_single_article_is_one_too() -> None:
    made = groups(["a", "b", "c"], [("a", "c")], {})
    assert made == (Group(("a", "c"), ()), Group(("b",), ()))
    assert [one.cluster for one in made] == ["a", "b"]


def test_what_was_one_cluster_stays_one_when_the_article_between_is_gone() -> None:
    known = {name: entry(name, "train", "a") for name in ("a", "b", "c")}
    (made,) = groups(["a", "c"], [], known)
    assert made == Group(("a", "c"), (known["a"], known["c"], known["b"]))


def test_a_new_article_takes_the_name_of_the_cluster_that_it_joins() -> None:
    known = {"old": entry("old", "test")}
    (made,) = groups(["new", "old"], [("new", "old")], known)
    assert (made.cluster, set(made.splits)) == ("old", {"test"})


def test_a_cluster_of_which_all_is_gone_is_no_group() -> None:
    assert groups([], [], {"gone": entry("gone", "test")}) == ()

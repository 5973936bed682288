from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from kliping.normaliser.identity import article_id
from kliping.normaliser.run.sources import Sources
from kliping.normaliser.run.staging import Made

if TYPE_CHECKING:
    from kliping.records import SourceEntry


def made(path: str, words: str, url: str | None = None, **stated: str) -> Made:
    digest = hashlib.sha256(words.encode()).hexdigest()
    return Made(
        path, digest, article_id(url, digest), url, digest, "text/html",
        stated.get("retrieved"), stated.get("licence"), stated.get("rights_holder"), "", 0, 0,
    )  # fmt: skip


def after(*inputs: Made, earlier: Sources | None = None) -> Sources:
    before = list(earlier.entries.values()) if earlier else []
    sources = Sources.of(before, {one.sha256 for one in inputs})
    for one in inputs:
        sources.see(sources.claim(one), one, [])
    return sources


def only(sources: Sources) -> SourceEntry:
    (entry,) = sources.entries.values()
    return entry


def test_a_source_that_later_gains_a_url_a_date_and_a_licence_keeps_its_id() -> None:
    first = only(after(made("a.html", "one")))
    known = made(
        "a.html", "one", "https://kabar.example/a", retrieved="2024-08-05", licence="MIT", rights_holder="Kabar"
    )
    later = only(after(known, earlier=after(made("a.html", "one"))))
    assert (later.id, later.aliases) == (first.id, (known.id,))
    assert (later.url, later.retrieved, later.licence, later.rights_holder) == (
        "https://kabar.example/a", "2024-08-05", "MIT", "Kabar",
    )  # fmt: skip


def test_what_was_once_known_stays_known_where_the_source_no_longer_says_it() -> None:
    known = made("a.html", "one", "https://kabar.example/a", retrieved="2024-08-05")
    later = only(after(made("a.html", "one"), earlier=after(known)))
    assert (later.id, later.url, later.retrieved) == (known.id, "https://kabar.example/a", "2024-08-05")


def test_the_url_is_asked_before_the_bytes_and_the_bytes_before_the_path() -> None:
    earlier = after(made("a", "one", "https://kabar.example/a"), made("b", "two"), made("c", "three"))
    first, second, third = earlier.entries
    assert Sources.of(earlier.entries.values()).claim(made("b", "three", "https://kabar.example/a")) == first
    assert Sources.of(earlier.entries.values()).claim(made("b", "three")) == third
    assert Sources.of(earlier.entries.values()).claim(made("b", "four")) == second


def test_a_row_that_moved_down_in_its_table_is_known_by_its_bytes() -> None:
    earlier = after(made("t.csv/1", "one"), made("t.csv/2", "two"))
    first, second = earlier.entries
    moved = after(made("t.csv/1", "new"), made("t.csv/2", "one"), made("t.csv/3", "two"), earlier=earlier)
    assert {entry.path: entry.id for entry in moved.listed()} == {
        "t.csv/1": made("", "new").id, "t.csv/2": first, "t.csv/3": second,
    }  # fmt: skip


def test_a_row_that_moved_up_where_another_was_deleted_is_known_by_its_bytes() -> None:
    earlier = after(made("t.csv/1", "market"), made("t.csv/2", "school"), made("t.csv/3", "bridge"))
    market, school, bridge = earlier.entries
    fewer = after(made("t.csv/1", "market"), made("t.csv/2", "bridge"), earlier=earlier)
    assert {entry.id: entry.path for entry in fewer.listed()} == {
        market: "t.csv/1", school: "t.csv/2", bridge: "t.csv/2",
    }  # fmt: skip
    assert fewer.claim(made("t.csv/2", "bridge")) == bridge


def test_two_inputs_of_one_path_are_two_sources() -> None:
    assert len(after(made("old.zip/a", "one"), made("old.zip/a", "two")).entries) == 2


def test_an_alias_belongs_to_one_source() -> None:
    earlier = after(made("a", "one"), made("b", "two"))
    sources = after(made("a", "two"), made("b", "one"), earlier=earlier)
    names = [name for entry in sources.entries.values() for name in (entry.id, *entry.aliases)]
    assert len(names) == len(set(names))

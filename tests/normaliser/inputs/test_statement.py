from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from kliping.normaliser.inputs.columns import columns_of
from kliping.normaliser.inputs.statement import NOTHING, Statement, statement_of
from kliping.normaliser.stated import Stated

KINDS: dict[str, dict[str, Any]] = {
    "edition": {"type": ["string", "null"]}, "page": {"type": "integer"}, "front": {"type": "boolean"},
    "score": {"type": "number"}, "desks": {"type": "array", "items": {"type": "string"}},
}  # fmt: skip


def read(**cells: Any) -> Statement:
    return statement_of(cells, columns_of(tuple(cells), {}, KINDS), KINDS)


def test_every_field_of_a_row_is_read() -> None:
    found = read(
        text="…", title=" Ferry\nstays ", subtitle="A deck", authors="Nell Astrand; Ogi Barsana",
        publisher="Coast Post", published="20 Juni 2024, 15.00 WIB",
        modified=dt.datetime(2024, 6, 21, 8, 30, tzinfo=dt.UTC),
        url="https://kabar.example/a?utm_source=x", topics="#Feri, Pelabuhan", language="id_ID", retrieved=1718870400,
        licence="CC-BY-4.0", rights_holder="Coast Post",
    )  # fmt: skip
    assert found.stated == Stated(
        title="Ferry stays", subtitle="A deck", authors=("Nell Astrand", "Ogi Barsana"), publisher="Coast Post",
        published="2024-06-20T15:00+07:00", modified="2024-06-21T08:30:00+00:00",
        url="https://kabar.example/a?utm_source=x", topics=("Feri", "Pelabuhan"), language="id-ID",
    )  # fmt: skip
    assert (found.url, found.licence, found.rights_holder) == (found.stated.url, "CC-BY-4.0", "Coast Post")
    assert (found.retrieved, dict(found.extra)) == ("2024-06-20T08:00:00+00:00", {})


@pytest.mark.parametrize(
    "cell",
    [["Nell", "Ogi"], '["Nell", "Ogi"]', "['Nell', 'Ogi']", "Nell | Ogi", "Nell;Ogi;Nell", [{"name": "Nell"}, "Ogi"]],
)
def test_authors_may_be_a_list_or_written_as_one(cell: object) -> None:
    assert read(authors=cell).stated.authors == ("Nell", "Ogi")


def test_a_name_with_a_comma_is_one_name() -> None:
    assert read(authors="Astrand, Nell").stated.authors == ("Astrand, Nell",)


def test_what_cannot_be_read_is_kept_and_not_guessed() -> None:
    found = read(
        published="05/06/2024", url="no address", language="?", page="twelve", front="perhaps", other=Decimal("1.5")
    )
    assert found.stated == Stated()
    assert dict(found.metadata) == {}
    assert dict(found.extra) == {
        "published": "05/06/2024", "url": "no address", "language": "?", "page": "twelve", "front": "perhaps",
        "other": "1.5",
    }  # fmt: skip


def test_the_corpus_own_fields_have_the_types_of_the_contract() -> None:
    found = read(edition=7, page="12", front="true", score="0.5", desks="City; Harbour")
    assert dict(found.metadata) == {
        "edition": "7",
        "page": 12,
        "front": True,
        "score": 0.5,
        "desks": ["City", "Harbour"],
    }


@pytest.mark.parametrize("nothing", [None, "", float("nan"), [], {}])
def test_an_empty_cell_states_nothing(nothing: object) -> None:
    assert read(title=nothing, authors=nothing, published=nothing, page=nothing, other=nothing) == NOTHING


def test_a_field_that_was_no_utf_8_is_read_in_the_charset_that_it_looks_like() -> None:
    cell = "Café Arum tutup lebih awal".encode("cp1252").decode("utf-8", "surrogateescape")
    found = read(title=cell, note=cell)
    assert found.stated.title == "Café Arum tutup lebih awal"
    assert found.extra == {"note": "Café Arum tutup lebih awal"}


def test_the_first_statement_wins_field_by_field() -> None:
    one, other = read(licence="CC0-1.0", page=1, a="x"), read(licence="MIT", publisher="Coast Post", page=2, b="y")
    both = one.over(other)
    assert (both.licence, both.stated.publisher) == ("CC0-1.0", "Coast Post")
    assert (both.metadata, both.extra) == ({"page": 1}, {"a": "x", "b": "y"})

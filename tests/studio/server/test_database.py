"""A server's database is the one that it was first started with, and its password is nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kliping.errors import CallError
from kliping.studio.server.data import Place
from kliping.studio.server.database import Database, chosen_database, database_environment, read_database

if TYPE_CHECKING:
    from pathlib import Path

URL = "postgresql://ana@127.0.0.1:5433/labels"


@pytest.mark.parametrize(
    ("url", "database"),
    [
        (URL, Database("ana", "127.0.0.1", 5433, "labels")),
        ("postgres://ana@pos.example/labels", Database("ana", "pos.example", 5432, "labels")),
        ("postgresql://ana%3Alab@[::1]:5432/labels", Database("ana:lab", "::1", 5432, "labels")),
    ],
)
def test_an_address_names_a_database(url: str, database: Database) -> None:
    assert read_database(url) == database
    assert read_database(str(database)) == database


@pytest.mark.parametrize(
    "url",
    [
        "", "labels", "mysql://ana@pos.example/labels", "postgresql://pos.example/labels", "postgresql://ana@/labels",
        "postgresql://ana@pos.example", "postgresql://ana@pos.example/", "postgresql://ana@pos.example/a/b",
        "postgresql://ana@pos.example:port/labels", "postgresql://ana@pos.example/labels?sslmode=off",
        "postgresql://ana@pos.example/my%20labels",
    ],
)  # fmt: skip
def test_what_names_none_is_refused(url: str) -> None:
    with pytest.raises(CallError, match="postgresql://USER@HOST:PORT/NAME"):
        read_database(url)


@pytest.mark.parametrize("url", ["postgresql://ana:hunter2@pos.example/labels", "mysql://ana:hunter2@pos.example:x/"])
def test_a_password_is_refused_without_being_shown(url: str) -> None:
    with pytest.raises(CallError) as caught:
        read_database(url)
    assert "hunter2" not in str(caught.value)


def test_nothing_asked_and_nothing_noted_is_sqlite(tmp_path: Path) -> None:
    assert chosen_database(Place(tmp_path), None) is None
    assert database_environment(None) == {"DJANGO_DB": "sqlite"}


def test_what_was_noted_is_taken_again(tmp_path: Path) -> None:
    place = Place(tmp_path)
    place.database.write_text(f"{URL}\n")
    assert chosen_database(place, None) == chosen_database(place, URL) == read_database(URL)


def test_another_database_would_look_like_lost_work_and_is_refused(tmp_path: Path) -> None:
    place = Place(tmp_path)
    place.sqlite.touch()
    with pytest.raises(CallError, match=rf"keeps its data in {place.sqlite}; leave --database out"):
        chosen_database(place, URL)
    place.sqlite.unlink()
    place.database.write_text(f"{URL}\n")
    with pytest.raises(CallError, match=rf"keeps its data in {URL}; leave --database out"):
        chosen_database(place, URL.replace("labels", "lables"))


def test_the_server_is_told_where_and_not_the_password() -> None:
    assert database_environment(read_database(URL)) == {
        "DJANGO_DB": "default",
        "POSTGRE_USER": "ana",
        "POSTGRE_PASSWORD": "",
        "POSTGRE_HOST": "127.0.0.1",
        "POSTGRE_PORT": "5433",
        "POSTGRE_NAME": "labels",
    }

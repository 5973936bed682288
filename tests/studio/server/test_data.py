"""Data never get into a Label Studio that cannot read them, and are kept before a newer one changes them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from kliping.errors import CallError
from kliping.studio.server.data import Place, keep_version

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A data folder with an SQLite database that holds one word, not yet written through."""
    place = Place(tmp_path)
    write(place, "first")
    return place


def write(place: Place, word: str) -> None:
    with closing(sqlite3.connect(place.sqlite)) as data, data:
        data.execute("PRAGMA journal_mode=WAL")
        data.execute("CREATE TABLE IF NOT EXISTS words (word TEXT)")
        data.execute("INSERT INTO words VALUES (?)", (word,))


def words(database: Path) -> list[str]:
    with closing(sqlite3.connect(database)) as data:
        return [row[0] for row in data.execute("SELECT word FROM words")]


def test_the_same_version_changes_nothing(place: Place) -> None:
    said: list[str] = []
    for _ in range(2):
        keep_version(place, "1.23.2", said.append)
    assert said == []
    assert place.version.read_text() == "1.23.2\n"
    assert list(place.data.glob("*.sqlite3")) == [place.sqlite]


def test_before_a_newer_version_the_database_is_copied(place: Place) -> None:
    said: list[str] = []
    keep_version(place, "1.23.2", said.append)
    keep_version(place, "1.24.0", said.append)
    copy = place.data / "label_studio.1.23.2.sqlite3"
    assert said == [f"Label Studio 1.24.0 takes over the data of 1.23.2; they are kept as {copy}"]
    write(place, "second")
    assert (words(copy), words(place.sqlite)) == (["first"], ["first", "second"])
    assert place.version.read_text() == "1.24.0\n"


def test_an_older_version_does_not_get_the_data(place: Place) -> None:
    keep_version(place, "1.23.2", lambda _: None)
    with pytest.raises(CallError, match=r"these data are of Label Studio 1\.23\.2, and 1\.10\.1 cannot read them"):
        keep_version(place, "1.10.1", lambda _: None)
    assert place.version.read_text() == "1.23.2\n"


def test_data_of_before_versions_were_noted_are_of_the_one_that_there_was(place: Place) -> None:
    with pytest.raises(CallError, match=r"are of Label Studio 1\.23\.2"):
        keep_version(place, "1.10.1", lambda _: None)


def test_a_start_that_made_no_data_binds_to_no_version(tmp_path: Path) -> None:
    place = Place(tmp_path)
    for version in ("1.23.2", "1.10.1"):
        keep_version(place, version, lambda _: None)
        assert place.version.read_text() == f"{version}\n"


def test_of_a_postgresql_database_nothing_can_be_copied(tmp_path: Path) -> None:
    place = Place(tmp_path)
    place.database.write_text("postgresql://ana@127.0.0.1:5432/labels\n")
    said: list[str] = []
    keep_version(place, "1.23.2", said.append)
    keep_version(place, "1.24.0", said.append)
    assert said == ["Label Studio 1.24.0 takes over the data of 1.23.2"]

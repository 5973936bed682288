from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import pytest
from tests.normaliser.inputs.folder import TEXT, Folder, tarred, zipped

from kliping.normaliser.inputs import read_inputs
from kliping.normaliser.inputs.refused import Refused
from kliping.normaliser.raw import Raw
from kliping.normaliser.run.listing import list_raw
from kliping.normaliser.run.treatment import Treatments
from kliping.project import Settings

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def raw(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "raw")


def licences(raw: Folder) -> dict[str, str | None]:
    return {path: one.reason if isinstance(one, Refused) else one.licence for path, one in raw.read().items()}


def sidecar(**fields: Any) -> bytes:
    return json.dumps(fields).encode()


def test_a_sidecar_states_what_its_file_does_not_and_is_no_input(raw: Folder) -> None:
    raw.put("a.txt", TEXT)
    raw.put("a.txt.json", sidecar(url="https://kabar.example/a", license="MIT", date="2024-06-20", desk="x", text="y"))
    (one,) = raw.read().values()
    assert isinstance(one, Raw)
    assert (one.url, one.stated.url, one.licence) == ("https://kabar.example/a", "https://kabar.example/a", "MIT")
    assert (one.stated.published, dict(one.extra), one.data) == ("2024-06-20", {"desk": "x", "text": "y"}, TEXT)


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("sources.csv", b"path,licence\na.txt,MIT\nx,CC0-1.0\nx/b.txt,\n"),
        ("sources.tsv", b"path\tlicence\na.txt\tMIT\nx/\tCC0-1.0\n"),
        ("sources.jsonl", b'{"path":"a.txt","licence":"MIT"}\n{"path":"./x","licence":"CC0-1.0"}\n'),
    ],
)
def test_a_table_states_it_for_many_files_and_for_folders(raw: Folder, name: str, table: bytes) -> None:
    for path in ("a.txt", "x/b.txt", "y.txt"):
        raw.put(path, TEXT)
    raw.put(name, table)
    assert licences(raw) == {"a.txt": "MIT", "x/b.txt": "CC0-1.0", "y.txt": None}


def test_the_nearest_statement_wins_field_by_field(raw: Folder) -> None:
    raw.put("x/a.txt", TEXT)
    raw.put("x/a.txt.json", sidecar(title="Of the sidecar"))
    raw.put("x/sources.csv", b"path,title,licence\na.txt,Of the near table,MIT\n")
    raw.put("sources.csv", b"path,title,licence,publisher\nx/a.txt,Far,CC0-1.0,Coast Post\nx,Folder,ISC,Other\n")
    (one,) = raw.read().values()
    assert isinstance(one, Raw)
    assert (one.stated.title, one.licence, one.stated.publisher) == ("Of the sidecar", "MIT", "Coast Post")


def test_what_is_stated_of_a_container_holds_for_what_lies_in_it(raw: Folder) -> None:
    raw.put("a.zip", zipped({"b.txt": TEXT, "x/c.txt": TEXT, "d.csv": b"text,licence\nOne,ISC\nTwo,\n"}))
    raw.put("a.zip.json", sidecar(licence="MIT"))
    raw.put("sources.csv", b"path,licence\na.zip/x,CC0-1.0\na.zip,0BSD\na.zip/d.csv/2,Zlib\n")
    assert licences(raw) == {
        "a.zip/b.txt": "MIT", "a.zip/x/c.txt": "CC0-1.0", "a.zip/d.csv/1": "ISC", "a.zip/d.csv/2": "Zlib",
    }  # fmt: skip


@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_sidecars_and_tables_may_lie_in_the_archive_and_come_after_their_files(raw: Folder, kind: str) -> None:
    members = {
        "x/a.txt": TEXT, "x/b.txt": TEXT, "c.txt": TEXT, "x/a.txt.json": sidecar(licence="MIT"),
        "e.csv": b"text\nOne\n",
        "sources.csv": b"path,licence\nx,CC0-1.0\ngone.txt,ISC\ne.csv/1,Zlib\n", "d.txt.json": b"{}",
    }  # fmt: skip
    raw.put(f"o.{kind}", (zipped if kind == "zip" else tarred)(members))
    assert licences(raw) == {
        f"o.{kind}/x/a.txt": "MIT", f"o.{kind}/x/b.txt": "CC0-1.0", f"o.{kind}/c.txt": None,
        f"o.{kind}/e.csv/1": "Zlib",
        f"o.{kind}/sources.csv/2": "not-found", f"o.{kind}/d.txt.json": "not-found",
    }  # fmt: skip


def test_what_states_nothing_is_told_with_its_place_and_files_are_read_without_it(raw: Folder) -> None:
    raw.put("a.txt", TEXT)
    raw.put("a.txt.json", b'{"licence":')
    raw.put("b.txt", TEXT)
    raw.put("b.txt.json", b"[1]")
    raw.put("gone.txt.json", sidecar(licence="MIT"))
    raw.put("data.json", b"{}")
    raw.put("sources.csv", b"path,licence\ngone.txt,MIT\n,MIT\n../a.txt,MIT\na.txt,MIT\na.txt,ISC\nb.txt,MIT,more\n")
    assert licences(raw) == {
        "a.txt": "MIT", "a.txt.json": "broken", "b.txt": None, "b.txt.json": "broken", "gone.txt.json": "not-found",
        "data.json": "unknown-type", "sources.csv/1": "not-found", "sources.csv/2": "broken",
        "sources.csv/3": "unsafe-path", "sources.csv/5": "broken", "sources.csv/6": "broken",
    }  # fmt: skip
    refused = raw.refused()
    assert "sidecar of gone.txt, which is not there" in refused["gone.txt.json"][1]
    assert "there is no gone.txt" in refused["sources.csv/1"][1]
    assert "about a.txt as row 4 is" in refused["sources.csv/5"][1]


def test_a_table_of_articles_that_is_called_like_a_table_of_sources_is_told(raw: Folder) -> None:
    raw.put("sources.csv", b"text,title\nOne,Two\n")
    assert "a table of articles has another name" in raw.refused()["sources.csv/1"][1]


def test_a_table_of_sources_of_nothing_but_broken_rows_is_not_read_to_its_end(raw: Folder) -> None:
    raw.put("a.txt", TEXT)
    raw.put("sources.csv", b"path,licence\na.txt,MIT\n" + b",MIT\n" * 5000)
    told = licences(raw)
    assert (len(told), told["a.txt"], told["sources.csv/1001"], told["sources.csv"]) == (
        1002,
        "MIT",
        "broken",
        "broken",
    )
    assert "1000 rows before row 1002 are broken" in raw.refused()["sources.csv"][1]


def test_a_table_of_sources_that_would_fill_the_memory_is_told_and_not_read(raw: Folder) -> None:
    raw.put("a.txt", TEXT)
    raw.put("sources.csv", b"path,licence\na.txt,MIT\n")
    os.truncate(raw.root / "sources.csv", 100_000_001)
    assert licences(raw) == {"a.txt": None, "sources.csv": "too-large"}


def test_a_table_that_changed_is_read_again(raw: Folder) -> None:
    raw.put("a.txt", TEXT)
    raw.put("sources.csv", b"path,licence\na.txt,MIT\n")
    assert licences(raw) == {"a.txt": "MIT"}
    raw.put("sources.csv", b"path,licence\na.txt,CC0-1.0\n")
    assert licences(raw) == {"a.txt": "CC0-1.0"}


def test_the_files_of_one_shard_know_the_tables_above_them(raw: Folder) -> None:
    raw.put("x/y/a.txt", TEXT)
    raw.put("sources.csv", b"path,licence\nx/y/a.txt,MIT\n")
    assert [file.path for file in list_raw(raw.root)] == ["sources.csv", "x/y/a.txt"]
    (one,) = read_inputs(raw.root, ["x/y/a.txt"], Treatments(Settings(name="a")), {})
    assert isinstance(one, Raw)
    assert one.licence == "MIT"

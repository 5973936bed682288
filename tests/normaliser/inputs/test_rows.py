"""The rows of tables as inputs. All people, places and outlets are invented."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.normaliser.inputs.folder import Folder, data_of

from kliping.normaliser.raw import Raw
from kliping.project import SourceTable

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def raw(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "raw")


def test_the_body_of_a_row_is_its_data_and_the_other_columns_stand_beside(raw: Folder) -> None:
    raw.put("a.csv", b"html,title,edition,desk\n<p>Halo</p>,One,12,City\n")
    (one,) = raw.read(kinds={"edition": {"type": "integer"}}).values()
    assert isinstance(one, Raw)
    assert (one.data, one.path, one.media_type) == (b"<p>Halo</p>", "a.csv/1", "text/html")
    assert (one.stated.title, dict(one.metadata), dict(one.extra)) == ("One", {"edition": 12}, {"desk": "City"})


def test_a_cell_keeps_its_own_bytes(raw: Folder) -> None:
    raw.put("a.csv", "text\nKafé\n".encode("cp1252"))
    assert data_of(raw.read()) == {"a.csv/1": "Kafé".encode("cp1252")}


def test_a_table_without_a_body_is_refused_once_and_says_what_to_do(raw: Folder) -> None:
    raw.put("x/a.csv", b"id,isi\n1,Halo\n2,Halo\n")
    ((path, (reason, detail)),) = raw.refused().items()
    assert (path, reason) == ("x/a.csv", "unknown-type")
    assert detail.startswith("no column is known as an article's text; there are: id, isi; say which in")
    assert '[tool.kliping.sources."x/a.csv"] with columns = { text = "…" }' in detail


def test_the_objects_of_a_file_may_have_other_keys_and_one_without_a_body_is_refused_alone(raw: Folder) -> None:
    raw.put("a.jsonl", b'{"text":"One"}\n{"title":"Two"}\n{"desk":"x","content":"Three"}\n{"text":4}\n{"text":null}\n')
    assert data_of(raw.read()) == {
        "a.jsonl/1": b"One", "a.jsonl/2": "unknown-type", "a.jsonl/3": b"Three", "a.jsonl/4": "unknown-type",
        "a.jsonl/5": b"",
    }  # fmt: skip


def test_a_mapped_column_that_a_table_has_not_is_told_and_an_object_may_lack_a_key(raw: Folder) -> None:
    sources = {"*": SourceTable(columns={"text": "isi", "published": "tanggal"})}
    raw.put("a.csv", b"isi,date\nHalo,2024-06-20\n")
    raw.put("b.jsonl", b'{"isi":"Halo"}\n')
    assert data_of(raw.read(sources=sources)) == {"a.csv": "unknown-type", "b.jsonl/1": b"Halo"}
    assert "tanggal (for published); there are: isi, date" in raw.refused(sources=sources)["a.csv"][1]


def test_a_table_of_nothing_but_broken_rows_is_not_read_to_its_end(raw: Folder) -> None:
    raw.put("a.jsonl", b'{"text":"One"}\n' + b"x\n" * 5000 + b'{"text":"Two"}\n')
    told = data_of(raw.read())
    assert (len(told), told["a.jsonl/1"], told["a.jsonl/1001"], told["a.jsonl"]) == (1002, b"One", "broken", "broken")
    assert "1000 rows before row 1002 are broken" in raw.refused()["a.jsonl"][1]

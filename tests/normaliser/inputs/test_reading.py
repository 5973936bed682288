"""Files of all kinds, and what is handed on of them. All people, places and outlets are invented."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.normaliser.inputs.folder import PAGE, TEXT, Folder, data_of, tarred, zipped

from kliping.errors import CallError
from kliping.normaliser.inputs import Refused
from kliping.project import SourceTable

if TYPE_CHECKING:
    from collections.abc import Callable

    from kliping.normaliser.raw import Raw


@pytest.fixture
def raw(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "raw")


def test_a_plain_file_is_handed_on_as_it_is(raw: Folder) -> None:
    raw.put("a.txt", TEXT)
    raw.put("kabar/b.html", PAGE)
    assert data_of(raw.read()) == {"a.txt": TEXT, "kabar/b.html": PAGE}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("old.zip", zipped({"x/a.txt": TEXT, "b.html": PAGE})),
        ("old.tar", tarred({"x/a.txt": TEXT, "b.html": PAGE})),
        ("old.tar.gz", tarred({"x/a.txt": TEXT, "b.html": PAGE}, "w:gz")),
        ("old.tgz", tarred({"x/a.txt": TEXT, "b.html": PAGE}, "w:gz")),
        ("old.tar.bz2", tarred({"x/a.txt": TEXT, "b.html": PAGE}, "w:bz2")),
        ("old.tar.xz", tarred({"x/a.txt": TEXT, "b.html": PAGE}, "w:xz")),
        ("old.data", tarred({"x/a.txt": TEXT, "b.html": PAGE}, "w:gz")),
        ("old", zipped({"x/a.txt": TEXT, "b.html": PAGE})),
    ],
)
def test_the_members_of_an_archive_are_inputs_whatever_its_name(raw: Folder, name: str, data: bytes) -> None:
    raw.put(name, data)
    assert data_of(raw.read()) == {f"{name}/x/a.txt": TEXT, f"{name}/b.html": PAGE}


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.html.gz", gzip.compress(PAGE, mtime=0)), ("a.html.bz2", bz2.compress(PAGE)),
     ("a.html.xz", lzma.compress(PAGE)), ("a.html", gzip.compress(PAGE, mtime=0)), ("a.html.gz", PAGE)],
)  # fmt: skip
def test_a_compressed_file_is_what_it_holds(raw: Folder, name: str, data: bytes) -> None:
    raw.put(name, data)
    assert data_of(raw.read()) == {name: PAGE}


def test_all_kinds_may_lie_in_an_archive_and_one_archive_in_another(raw: Folder) -> None:
    inner = zipped(
        {"b.html": PAGE, "c.txt.gz": gzip.compress(TEXT, mtime=0), "d.csv.gz": gzip.compress(b"text\nOne\n")}
    )
    raw.put("old.tar.gz", tarred({"new.zip": inner, "e.jsonl": b'{"text":"Two"}\n'}, "w:gz"))
    assert data_of(raw.read()) == {
        "old.tar.gz/new.zip/b.html": PAGE,
        "old.tar.gz/new.zip/c.txt.gz": TEXT,
        "old.tar.gz/new.zip/d.csv.gz/1": b"One",
        "old.tar.gz/e.jsonl/1": b"Two",
    }


def test_a_third_archive_inside_is_refused_in_a_sentence(raw: Folder) -> None:
    raw.put("a.zip", zipped({"b.zip": zipped({"c.zip": zipped({"d.txt": TEXT}), "e.txt": TEXT})}))
    told = raw.read()
    assert data_of(told) == {"a.zip/b.zip/c.zip": "unknown-type", "a.zip/b.zip/e.txt": TEXT}


@pytest.mark.parametrize(
    "name", ["a.zip", "a.tar.gz", "a.tar", "a.txt.gz", "a.parquet", "a.warc.gz", "a.tar.xz", "a.csv.bz2"]
)
def test_a_container_cut_anywhere_is_refused_with_its_place_and_nothing_is_raised(raw: Folder, name: str) -> None:
    whole = _container(name)
    for at in range(8, len(whole), max(len(whole) // 60, 1)):
        shutil.rmtree(raw.root, ignore_errors=True)
        raw.put(name, whole[:at])
        refused = raw.refused()
        assert refused or name == "a.tar"  # a tar that is cut between two members looks whole
        assert {reason for reason, _ in refused.values()} <= {"broken", "unknown-type", "too-large"}
        assert all(path.startswith(name) for path in refused)


def _container(name: str) -> bytes:
    members = {f"{number}.txt": TEXT * 50 + bytes([65 + number]) * 100 for number in range(4)}
    rows = b"text,url,desk\n" + b"".join(
        b"%s number %d,https://kabar.example/%d,town\n" % (TEXT[:19], n, n) for n in range(300)
    )
    made: dict[str, Callable[[], bytes]] = {
        "a.zip": lambda: zipped(members),
        "a.tar.gz": lambda: tarred(members, "w:gz"),
        "a.tar.xz": lambda: tarred(members, "w:xz"),
        "a.tar": lambda: tarred(members),
        "a.txt.gz": lambda: gzip.compress(bytes(range(32, 127)) * 20),
        "a.csv": lambda: rows[:100],
        "a.csv.bz2": lambda: bz2.compress(rows),
        "a.parquet": _parquet,
        "a.warc.gz": lambda: b"".join(gzip.compress(_response(number, PAGE)) for number in range(4)),
    }
    return made[name]()


def _parquet() -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    stream = io.BytesIO()
    pq.write_table(pa.table({"text": [f"{TEXT!r} {number}" for number in range(500)]}), stream, row_group_size=100)
    return stream.getvalue()


def _response(number: int, page: bytes) -> bytes:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://kabar.example/{number}\r\n"
        f"WARC-Date: 2026-01-02T03:04:05Z\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def test_what_is_named_as_a_container_and_is_none_is_refused(raw: Folder) -> None:
    for name in ("a.zip", "b.warc", "c.parquet", "d.warc.gz"):
        raw.put(name, TEXT)
    assert {path: reason for path, (reason, _) in raw.refused().items()} == dict.fromkeys(
        ["a.zip", "b.warc", "c.parquet", "d.warc.gz"], "broken"
    )


def test_an_empty_container_and_an_office_document_are_left_to_who_tells_what_bytes_are(raw: Folder) -> None:
    raw.put("a.zip", b"")
    raw.put("b.docx", zipped({"word/document.xml": b"<x/>"}))
    told = raw.read()
    assert not any(isinstance(one, Refused) for one in told.values())


def test_a_web_archive_without_the_extra_says_what_to_install(raw: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    raw.put("a.warc", _response(1, PAGE))
    monkeypatch.delitem(sys.modules, "kliping.normaliser.inputs.web_archives", raising=False)
    monkeypatch.setitem(sys.modules, "fastwarc.warc", None)
    with pytest.raises(CallError, match=r"a\.warc: reading web archives needs more .* pip install 'kliping\[html\]'"):
        raw.read()


# What is no file, or cannot be read.


@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a.txt.json", "sources.csv"])
def test_what_leads_nowhere_and_what_is_no_file_is_told_and_the_rest_goes_on(raw: Folder, name: str) -> None:
    raw.put("dead/b.txt", TEXT)
    raw.put("pipe/b.txt", TEXT)
    (raw.root / "dead" / name).symlink_to(raw.root / "nowhere")
    os.mkfifo(raw.root / "pipe" / name)
    assert data_of(raw.read()) == {
        f"dead/{name}": "not-found", "dead/b.txt": TEXT, f"pipe/{name}": "unknown-type", "pipe/b.txt": TEXT,
    }  # fmt: skip


@pytest.mark.parametrize("name", ["b.txt", "b.txt.json", "sources.csv", "b.zip"])
def test_a_file_that_cannot_be_read_is_told_with_the_systems_words_and_the_rest_goes_on(raw: Folder, name: str) -> None:
    raw.put("a.txt", TEXT)
    raw.put("b.txt", TEXT)
    (raw.root / name).unlink(missing_ok=True)
    (raw.root / name).symlink_to(name)  # round and round: what root, too, cannot read
    told = raw.refused()
    assert told == {name: ("broken", "it cannot be read: Too many levels of symbolic links; mend that and run again")}
    assert "a.txt" in raw.read()


def test_a_pipe_beside_an_input_is_not_waited_for(raw: Folder) -> None:
    raw.put("a.txt", TEXT)
    os.mkfifo(raw.root / "a.txt.json")
    assert data_of(raw.read()) == {"a.txt": TEXT, "a.txt.json": "unknown-type"}


# How much is too much.


def test_an_input_larger_than_the_limit_is_refused_with_the_numbers(raw: Folder) -> None:
    raw.put("a.txt", b"x" * 101)
    raw.put("b.txt", b"x" * 100)
    raw.put("big/c.txt", b"x" * 200)
    raw.put("d.zip", zipped({"e.txt": b"x" * 101, "f.txt": b"x" * 100}))
    raw.put("g.txt.gz", gzip.compress(b"x" * 101))
    raw.put("h.jsonl", json.dumps({"text": "x" * 101}).encode() + b'\n{"text":"x"}\n')
    raw.put("i.csv", b"text\n" + b"x" * 101 + b"\ny\n")
    refused = raw.refused(max_bytes=100, sources={"big": SourceTable(max_bytes=200)})
    assert {path: reason for path, (reason, _) in refused.items()} == dict.fromkeys(
        ["a.txt", "d.zip/e.txt", "g.txt.gz", "h.jsonl/1", "i.csv/1"], "too-large"
    )
    assert "101 bytes" in refused["a.txt"][1]
    assert "100" in refused["a.txt"][1]


def test_a_container_may_be_larger_than_an_input(raw: Folder) -> None:
    raw.put("a.jsonl", b'{"text":"Halo"}\n' * 50)
    assert len(raw.read(max_bytes=100)) == 50


def test_a_zip_that_unpacks_to_far_more_than_its_size_is_not_read_on(raw: Folder) -> None:
    bomb = b"\x00" * 5_000_000
    raw.put("a.zip", zipped({f"{number}.txt": bomb for number in range(30)}))
    told = raw.read()
    reasons = [one.reason for one in told.values() if isinstance(one, Refused)]
    assert reasons == ["too-large"] * 10  # 20 of them come to 100 MB, which anything may unpack to
    last = told["a.zip/29.txt"]
    assert isinstance(last, Refused)
    assert "unpacks to more than 100000000" in last.detail


def test_a_gzip_bomb_is_refused_however_it_is_packed(raw: Folder) -> None:
    bomb = _zeros(300_000_000)
    raw.put("a.txt.gz", bomb)
    raw.put("b.tar.gz", gzip.compress(tarred({"b.txt": b"\x00" * 120_000_000})))
    raw.put("c.csv.gz", bomb)
    raw.put("d.jsonl.gz", bomb)
    raw.put("e.zip", zipped({"f.txt.gz": bomb}))
    refused = raw.refused()
    assert {path: reason for path, (reason, _) in refused.items()} == {
        "a.txt.gz": "too-large",
        "b.tar.gz/b.txt": "too-large",
        "b.tar.gz": "too-large",
        "c.csv.gz": "too-large",
        "d.jsonl.gz": "too-large",
        "e.zip/f.txt.gz": "too-large",
    }


def _zeros(count: int) -> bytes:
    stream = io.BytesIO()
    with gzip.GzipFile(fileobj=stream, mode="wb", compresslevel=9) as file:
        for _ in range(count // 1_000_000):
            file.write(b"\x00" * 1_000_000)
    return stream.getvalue()


MEASURED = """
import sys
from pathlib import Path
from kliping.normaliser.inputs import read_inputs
from kliping.normaliser.run.listing import list_raw
from kliping.normaliser.run.treatment import Treatments
from kliping.project import Settings
raw = Path(sys.argv[1])
for _ in read_inputs(raw, [file.path for file in list_raw(raw)], Treatments(Settings(name="a")), {}):
    pass
status = dict(line.split(":") for line in Path("/proc/self/status").read_text().splitlines())
print(int(status["VmHWM"].split()[0]) // 1024)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells a process's peak of memory")
def test_bombs_and_a_page_of_a_hundred_megabytes_take_little_memory(raw: Folder) -> None:
    bomb = _zeros(300_000_000)
    for name in ("a.txt.gz", "b.tar.gz", "c.csv.gz", "d.jsonl.gz"):
        raw.put(name, bomb)
    raw.put("e.zip", zipped({"f.txt.gz": bomb, "g.zip": zipped({"h.txt": b"0" * 50_000_000})}))
    raw.put("i.html", b"<html><body>" + b"<p>The ferry did not sail.</p>" * 3_600_000)
    done = subprocess.run([sys.executable, "-c", MEASURED, raw.root], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 300  # MiB


CONTAINERS = ["a.zip", "a.tar.gz", "a.tar", "a.csv", "a.csv.bz2", "a.parquet", "a.warc.gz"]


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.sampled_from(CONTAINERS), st.sampled_from(CONTAINERS), st.integers(0), st.binary(max_size=20))
def test_no_bytes_under_any_name_raise_anything(raw: Folder, kind: str, name: str, at: int, damage: bytes) -> None:
    data = CACHED.setdefault(kind, _container(kind))
    at %= len(data)
    shutil.rmtree(raw.root, ignore_errors=True)
    raw.put(name, data[:at] + damage + data[at + len(damage) :])
    for one in raw.read().values():
        assert msgspec.json.encode(one if isinstance(one, Refused) else (one.path, one.url, one.stated, *_beside(one)))


def _beside(raw: Raw) -> tuple[dict[str, Any], dict[str, Any]]:
    return dict(raw.metadata), dict(raw.extra)


@pytest.mark.parametrize("column", ["text", "html", "isi"])
def test_a_header_in_another_charset_is_read_as_its_cells_are(raw: Folder, column: str) -> None:
    raw.put("a.csv", f"{column},Überschrift\nHalo,Straße\n".encode("latin-1"))
    told = raw.read()
    if column == "isi":
        assert "there are: isi, Überschrift;" in raw.refused()["a.csv"][1]
    else:
        one = told["a.csv/1"]
        assert not isinstance(one, Refused)
        assert dict(one.extra) == {"Überschrift": "Straße"}
    assert msgspec.json.encode([dict(one.extra) for one in told.values() if not isinstance(one, Refused)])


CACHED: dict[str, bytes] = {}

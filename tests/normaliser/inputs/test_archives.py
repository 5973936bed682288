"""ZIP and tar archives as inputs. All people, places and outlets are invented."""

from __future__ import annotations

import io
import random
import tarfile
import zipfile
from typing import TYPE_CHECKING

import pytest
from tests.normaliser.inputs.folder import PAGE, TEXT, Folder, data_of, tarred, zipped

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def raw(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "raw")


def test_hidden_members_and_those_of_macos_are_passed_over(raw: Folder) -> None:
    raw.put("a.zip", zipped({"__MACOSX/._a.txt": b"x", ".DS_Store": b"x", "x/.git/b": b"x", "./c.txt": TEXT}))
    assert data_of(raw.read()) == {"a.zip/c.txt": TEXT}


def test_two_members_of_one_name_are_two_inputs(raw: Folder) -> None:
    raw.put("a.tar", tarred({"b.txt": TEXT, "./b.txt": PAGE}))
    assert data_of(raw.read()) == {"a.tar/b.txt": TEXT, "a.tar/b.txt~2": PAGE}


@pytest.mark.parametrize(
    "name", ["../evil.txt", "x/../../evil.txt", "/etc/evil.txt", "C:/evil.txt", "C:\\evil.txt", "\\\\.\\evil", "..\\e"]
)
@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_a_path_that_leads_out_of_an_archive_is_refused_and_the_rest_is_read(
    raw: Folder, tmp_path: Path, name: str, kind: str
) -> None:
    pack = zipped if kind == "zip" else tarred
    raw.put(f"a.{kind}", pack({name: TEXT, "b.txt": TEXT}))
    before = sorted(tmp_path.rglob("*"))
    told = raw.read()
    assert sorted(data_of(told).values(), key=str) == sorted(["unsafe-path", TEXT], key=str)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_member_without_a_name_is_refused_and_the_rest_is_read(raw: Folder) -> None:
    data = bytearray(zipped({"a": TEXT, "b.txt": TEXT}))
    listed = data.index(b"PK\x01\x02")
    data[listed + 28 : listed + 32] = b"\0\0\1\0"  # its name is of no byte, and the one that was its name is "extra"
    raw.put("a.zip", bytes(data))
    assert data_of(raw.read()) == {"a.zip/": "unsafe-path", "a.zip/b.txt": TEXT}


def test_links_and_devices_are_refused(raw: Folder) -> None:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, kind in (
            ("s", tarfile.SYMTYPE),
            ("h", tarfile.LNKTYPE),
            ("c", tarfile.CHRTYPE),
            ("f", tarfile.FIFOTYPE),
        ):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    raw.put("a.tar", stream.getvalue())
    link = zipfile.ZipInfo("link")
    link.external_attr = 0o120777 << 16
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as zip_archive:
        zip_archive.writestr(link, "/etc/passwd")
    raw.put("b.zip", stream.getvalue())
    reasons = {path: reason for path, (reason, _) in raw.refused().items()}
    assert reasons == dict.fromkeys(["a.tar/s", "a.tar/h", "a.tar/c", "a.tar/f", "b.zip/link"], "unsafe-path")


def test_an_encrypted_member_is_refused_and_the_rest_is_read(raw: Folder) -> None:
    data = bytearray(zipped({"a.txt": TEXT, "b.txt": TEXT}))
    local, listed = data.index(b"PK\x03\x04"), data.index(b"PK\x01\x02")
    data[local + 6] |= 1
    data[listed + 8] |= 1
    raw.put("a.zip", bytes(data))
    assert data_of(raw.read()) == {"a.zip/a.txt": "broken", "a.zip/b.txt": TEXT}
    assert "encrypted" in raw.refused()["a.zip/a.txt"][1]


def test_the_members_before_the_cut_of_an_archive_are_read(raw: Folder) -> None:
    chance = random.Random(1)  # noqa: S311 — no secret
    members = {f"{number}.txt": chance.randbytes(2000).hex().encode() for number in range(50)}
    whole = tarred(members, "w:gz")
    raw.put("a.tar.gz", whole[: len(whole) // 2])
    told = data_of(raw.read())
    assert 20 <= sum(told.get(f"a.tar.gz/{name}") == data for name, data in members.items()) <= 30
    assert told["a.tar.gz"] == "broken"


def test_a_tar_header_that_would_fill_the_memory_is_refused(raw: Folder) -> None:
    info = tarfile.TarInfo("././@LongLink")
    info.type, info.size = tarfile.GNUTYPE_LONGNAME, 90_000_000
    raw.put("a.tar", info.tobuf(tarfile.GNU_FORMAT) + b"a" * 10_240)
    assert raw.refused()["a.tar"][0] == "broken"


def test_a_zip_that_lists_millions_of_members_is_refused_before_the_list_is_read(raw: Folder) -> None:
    data = bytearray(zipped({"a.txt": TEXT}))
    data[-10:-6] = (50_000_000).to_bytes(4, "little")
    raw.put("a.zip", bytes(data))
    raw.put("b.zip", zipped({"a.txt": TEXT}))
    assert data_of(raw.read()) == {"a.zip": "too-large", "b.zip/a.txt": TEXT}

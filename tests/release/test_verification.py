from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from pyarrow import parquet

from kliping.contract import violations
from kliping.errors import CallError, DataError
from kliping.files import sha256
from kliping.release.verification import LARGEST_TEXT, other_rows, read_manifest, verify

if TYPE_CHECKING:
    from collections.abc import Callable

    from kliping.contract import Contract


@pytest.fixture
def copy(released: Path, tmp_path: Path) -> Path:
    return shutil.copytree(released, tmp_path / released.name)


def edit_manifest(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    held = json.loads((folder / "manifest.json").read_bytes())
    change(held)
    (folder / "manifest.json").write_bytes(json.dumps(held).encode())


def found(folder: Path) -> list[tuple[str, str]]:
    return sorted((one.path, one.message) for one in verify(folder))


def test_a_release_is_what_its_manifest_says(released: Path) -> None:
    assert verify(released) == []
    assert list(other_rows(released, read_manifest(released))) == []


def test_the_manifest_is_valid_and_lists_every_other_file(released: Path, contract: Contract) -> None:
    manifest = msgspec.json.decode((released / "manifest.json").read_bytes())
    assert list(violations(contract, "manifest", manifest)) == []
    present = {path.relative_to(released).as_posix() for path in released.rglob("*") if path.is_file()}
    assert manifest["files"].keys() == present - {"manifest.json"}


def test_a_changed_a_missing_and_a_new_file_are_found_at_once(copy: Path) -> None:
    (copy / "README.md").write_text("changed")
    (copy / "LICENSE").unlink()
    (copy / "notes.txt").write_text("new")
    assert [(found.code, found.path) for found in sorted(verify(copy), key=lambda one: one.path)] == [
        ("E602", "LICENSE"),
        ("E602", "README.md"),
        ("E603", "notes.txt"),
    ]


def test_a_folder_without_a_manifest_is_no_release(tmp_path: Path) -> None:
    with pytest.raises(CallError, match=r"no manifest\.json; name the folder"):
        verify(tmp_path)


@pytest.mark.parametrize(
    ("manifest", "said"),
    [
        (b"{}", "Object missing required field `name`"),
        (b"\xff", "no manifest: "),
        (b'{"files":' * 100_000, "no manifest: "),
        (b"[" * 100_000, "no manifest: "),
        (b" " * (LARGEST_TEXT + 1), "larger than 16 MiB"),
    ],
    ids=["empty", "no text", "deep", "deep list", "huge"],
)
def test_a_manifest_that_is_none_is_said_so(copy: Path, manifest: bytes, said: str) -> None:
    (copy / "manifest.json").write_bytes(manifest)
    with pytest.raises(DataError, match=said):
        read_manifest(copy)


def test_a_version_that_could_name_another_folder_is_none(copy: Path) -> None:
    edit_manifest(copy, lambda held: held.update(version="../../0.1.0"))
    with pytest.raises(DataError, match="is no version"):
        read_manifest(copy)


def test_a_manifest_that_is_a_link_or_a_pipe_is_not_read(copy: Path, tmp_path: Path) -> None:
    real = shutil.move(copy / "manifest.json", tmp_path / "manifest.json")
    (copy / "manifest.json").symlink_to(real)
    with pytest.raises(DataError, match="is a link, which is not followed"):
        verify(copy)
    (copy / "manifest.json").unlink()
    os.mkfifo(copy / "manifest.json")
    with pytest.raises(DataError, match="is no file but a pipe"):
        verify(copy)


def test_names_outside_the_folder_are_told_and_never_opened(copy: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "outside")  # who opens it waits for ever
    entry = {"sha256": "0" * 64, "bytes": 0}
    outside = {"../outside": entry, str(tmp_path / "outside"): entry, "schema/../../outside": entry}
    edit_manifest(copy, lambda held: held["files"].update(outside))
    assert [path for path, message in found(copy) if "is not inside the release" in message] == ["manifest.json"] * 3


def test_a_folder_that_is_a_link_is_not_gone_into(copy: Path, tmp_path: Path) -> None:
    moved = shutil.move(copy / "stances", tmp_path / "elsewhere")
    (copy / "stances").symlink_to(moved)
    missing = "is in the manifest and is not here; get the release again"
    (test,) = (tmp_path / "elsewhere").glob("test-*")
    assert (f"stances/{test.name}", missing) in found(copy)
    assert ("stances", "is not in the manifest and is a link, which is not followed; take it out") in found(copy)


def test_a_listed_file_that_is_a_link_or_a_pipe_is_not_read(copy: Path, tmp_path: Path) -> None:
    real = shutil.move(copy / "LICENSE", tmp_path / "LICENSE")
    (copy / "LICENSE").symlink_to(real)
    (copy / "README.md").unlink()
    os.mkfifo(copy / "README.md")
    assert found(copy) == [
        ("LICENSE", "is a link, which is not followed; get the release again"),
        ("README.md", "is no file but a pipe, a socket, a device or a folder; get the release again"),
    ]


def test_a_name_that_is_no_text_is_told_in_text(copy: Path) -> None:
    (copy / os.fsdecode(b"caf\xe9")).write_text("x")
    assert found(copy) == [("caf\ufffd", "is not in the manifest; take it out")]
    assert msgspec.json.encode(verify(copy))


def test_a_folder_deeper_than_a_path_may_be_is_a_finding(copy: Path) -> None:
    before = os.open(".", os.O_RDONLY)
    try:
        os.chdir(copy)
        for _ in range(30):
            Path("d" * 200).mkdir()
            os.chdir("d" * 200)
    finally:
        os.fchdir(before)
        os.close(before)
    ((path, message),) = found(copy)
    assert path.startswith(f"{'d' * 200}/")
    assert message == "is not in the manifest and cannot be listed: File name too long; take it out"


def test_a_snapshot_in_the_hubs_cache_is_read_through_its_links_and_no_further(copy: Path, tmp_path: Path) -> None:
    repository = tmp_path / "datasets--desa--toy"
    snapshot, blobs = repository / "snapshots" / "0123abcd", repository / "blobs"
    blobs.mkdir(parents=True)
    shutil.move(copy, snapshot)
    for path in [one for one in snapshot.rglob("*") if one.is_file()]:
        blob = blobs / sha256(path.read_bytes())
        path.rename(blob)
        path.symlink_to(os.path.relpath(blob, path.parent))
    (snapshot / ".gitattributes").write_text("*.parquet filter=lfs\n")
    assert verify(snapshot) == []
    (snapshot / "LICENSE").unlink()
    (snapshot / "LICENSE").symlink_to(tmp_path / "elsewhere")
    assert found(snapshot) == [("LICENSE", "is a link, which is not followed; get the release again")]


def test_rows_that_are_not_those_of_the_manifest_are_found_though_the_files_are(copy: Path) -> None:
    (path,) = (copy / "stances").glob("test-*.parquet")
    table = parquet.read_table(path)
    values = table["stance"].to_pylist()
    changed = table.set_column(
        table.schema.get_field_index("stance"), table.schema.field("stance"), [[1 - (one or 0) for one in values]]
    )
    parquet.write_table(changed, path)
    entry = {"sha256": sha256(path.read_bytes()), "bytes": path.stat().st_size}
    edit_manifest(copy, lambda held: held["files"].update({f"stances/{path.name}": entry}))
    assert verify(copy) == []
    (finding,) = other_rows(copy, read_manifest(copy))
    assert str(finding) == ("manifest.json: E613 stances, test: the rows are not those it names; get the release again")


def test_a_listed_table_that_is_no_parquet_is_a_finding_where_rows_are_compared(copy: Path) -> None:
    (path,) = (copy / "stances").glob("test-*.parquet")
    path.write_bytes(b"PAR1 and no more")
    assert [one.code for one in other_rows(copy, read_manifest(copy))] == ["E611"]

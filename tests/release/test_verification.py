from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import msgspec
import pytest

from kliping.contract import violations
from kliping.errors import CallError, DataError
from kliping.release.verification import read_manifest, verify

if TYPE_CHECKING:
    from pathlib import Path

    from kliping.contract import Contract


@pytest.fixture
def copy(released: Path, tmp_path: Path) -> Path:
    return shutil.copytree(released, tmp_path / released.name)


def test_a_release_is_what_its_manifest_says(released: Path) -> None:
    assert verify(released) == []


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


def test_a_manifest_that_is_none_is_said_so(copy: Path) -> None:
    (copy / "manifest.json").write_text("{}")
    with pytest.raises(DataError, match="no manifest: "):
        read_manifest(copy)

"""Comparing a release with its manifest: every file there, whole, and no other."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from kliping.errors import CallError, DataError
from kliping.records import Finding
from kliping.release.manifest import MANIFEST, Manifest, digest_of, list_files

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["read_manifest", "verify"]


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a release.

    Raises:
        CallError: the folder is no release.
        DataError: its manifest is none.
    """
    path = folder / MANIFEST
    if not path.is_file():
        raise CallError(f"{folder}: no release: no {MANIFEST}; name the folder that `kliping release` made")
    try:
        return msgspec.json.decode(path.read_bytes(), type=Manifest)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: no manifest: {error}; get the release again") from None


def verify(folder: str | Path) -> list[Finding]:
    """Every file that is missing, changed or not listed, by path.

    Raises:
        CallError: the folder is no release.
        DataError: its manifest is none.
    """
    place = Path(folder)
    return list(_findings(place, read_manifest(place)))


def _findings(folder: Path, manifest: Manifest) -> Iterator[Finding]:
    present = set(list_files(folder))
    for path in sorted(present | manifest.files.keys()):
        if path not in present:
            yield _finding("R602", path, "is missing; get the release again")
        elif path not in manifest.files:
            yield _finding("R603", path, "is not in the manifest; take it out")
        elif digest_of(folder / path) != manifest.files[path].sha256:
            yield _finding("R604", path, "is not what was released: its SHA-256 differs; get the release again")


def _finding(code: str, path: str, message: str) -> Finding:
    return Finding(code=code, path=path, line=None, message=message)

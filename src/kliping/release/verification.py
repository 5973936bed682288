"""Comparing a release with its manifest: every file there, whole, and no other."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import msgspec

from kliping.errors import CallError, DataError
from kliping.records import Finding
from kliping.release.manifest import MANIFEST, Manifest, digest_of

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["changed_files", "read_manifest", "unlisted_files", "verify"]


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
    """Every file that is missing, changed or not listed, under the codes that `kliping check` gives them.

    Raises:
        CallError: the folder is no release.
        DataError: its manifest is none.
    """
    place = Path(folder)
    manifest = read_manifest(place)
    found = [("E602", changed_files(place, manifest)), ("E603", unlisted_files(place, manifest))]
    return [
        Finding(code=code, path=path, line=None, message=message) for code, faults in found for path, message in faults
    ]


def changed_files(folder: Path, manifest: Manifest) -> Iterator[tuple[str, str]]:
    """Each file that is not as the manifest says: its path, and what is wrong and what to do."""
    for name, entry in manifest.files.items():
        path = folder / name
        if not _is_inside(name):
            yield MANIFEST, f"lists {name!r}, which is not inside the release; do not use this release"
        elif path.is_symlink() or not path.is_file():
            yield name, "is in the manifest and is not here; get the release again"
        elif path.stat().st_size != entry.bytes or digest_of(path) != entry.sha256:
            yield name, "differs from the manifest in size or SHA-256; get the release again"


def unlisted_files(folder: Path, manifest: Manifest) -> Iterator[tuple[str, str]]:
    """Each file that the manifest does not name: its path, and what to do."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if (path.is_symlink() or not path.is_dir()) and name != MANIFEST and name not in manifest.files:
            yield name, "is not in the manifest; take it out"


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and "\\" not in name and name == str(path)

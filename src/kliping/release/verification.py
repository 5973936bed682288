"""Comparing a release with its manifest: every file there, whole, and no other.

The folder may come from anybody. Only what a walk through it meets is opened, never a name that its manifest gives, and
a link is not followed: so nothing outside the folder is read.
"""

from __future__ import annotations

import os
import re
import stat
from itertools import count
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

import msgspec
import pyarrow as pa
from pyarrow import parquet

from kliping.errors import CallError, DataError
from kliping.records import Finding
from kliping.release.manifest import MANIFEST, Manifest, digest_of
from kliping.release.tables.parquet import ContentDigest, row_objects
from kliping.release.versions.record import checked_version

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "LARGEST_TEXT",
    "changed_files",
    "other_rows",
    "read_manifest",
    "unlisted_files",
    "unread_files",
    "verify",
]

LARGEST_TEXT = 16 * 2**20
"""Bytes of any file but a table: manifest, card, Croissant, guidelines, schemas are read whole.

A manifest has a line or two a file, so that one of ten million articles has some hundred kilobytes.
"""

_HUBS_OWN = (".gitattributes", ".cache/huggingface/")
"""What a copy from the hub has besides: git's and the downloader's own. `datasets` loads none of it."""

_READ_ERRORS = (pa.ArrowException, OSError, ValueError, TypeError, OverflowError)


class Met(NamedTuple):
    """What a walk met: a place whose bytes may be read, or why they may not."""

    path: Path | None
    why: str = ""


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a release.

    Raises:
        CallError: the folder is no release.
        DataError: its manifest is none.
    """
    path = folder / MANIFEST
    if not os.path.lexists(path):
        raise CallError(f"{folder}: no release: no {MANIFEST}; name the folder that `kliping release` made")
    met = _met(path, path.lstat().st_mode, _blobs(folder))
    if met.path is None:
        raise DataError(f"{path}: {met.why}; get the release again")
    if met.path.stat().st_size > LARGEST_TEXT:
        raise DataError(f"{path}: no manifest: larger than {LARGEST_TEXT // 2**20} MiB; get the release again")
    try:
        manifest = msgspec.json.decode(met.path.read_bytes(), type=Manifest)
        checked_version(manifest.version)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, CallError) as error:
        raise DataError(f"{path}: no manifest: {error}; get the release again") from None
    return manifest


def verify(folder: str | Path) -> list[Finding]:
    """Every file that is missing, changed or not listed, under the codes that `kliping check` gives them.

    What this proves: the files are those that the manifest lists. Who replaces files can replace the manifest too; see
    `kliping.release.vouching`.

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
    found = dict(_walk(folder))
    for name, entry in manifest.files.items():
        met = found.get(name)
        if not _is_inside(name):
            yield MANIFEST, f"lists {name!r}, which is not inside the release; do not use this release"
        elif met is None:
            yield name, "is in the manifest and is not here; get the release again"
        elif met.path is None:
            yield name, f"{met.why}; get the release again"
        else:
            try:
                same = met.path.stat().st_size == entry.bytes and digest_of(met.path) == entry.sha256
            except OSError as error:
                yield name, f"cannot be read: {error.strerror}; see to its permissions, or get the release again"
            else:
                if not same:
                    yield name, "differs from the manifest in size or SHA-256; get the release again"


def unlisted_files(folder: Path, manifest: Manifest) -> Iterator[tuple[str, str]]:
    """Each file that the manifest does not name: its path, and what to do."""
    for name, met in sorted(_walk(folder)):
        if name != MANIFEST and name not in manifest.files and not name.startswith(_HUBS_OWN):
            yield _shown(name), f"is not in the manifest{f' and {met.why}' if met.why else ''}; take it out"


def unread_files(folder: Path) -> Iterator[tuple[str, str]]:
    """Each thing in a release that must not be opened: its path, and why."""
    for name, met in sorted(_walk(folder)):
        if met.path is None:
            yield _shown(name), met.why
        elif not name.endswith(".parquet") and met.path.stat().st_size > LARGEST_TEXT:
            yield _shown(name), f"is larger than {LARGEST_TEXT // 2**20} MiB, which no file but a table is"


def other_rows(folder: Path, manifest: Manifest) -> Iterator[Finding]:
    """Each split whose rows are not those that the manifest counts and digests, under the code of `kliping check`.

    The digest is over the rows as JSON (`release.schema.json#/$defs/part`), whatever wrote the Parquet: rows are the
    same though another pyarrow made other bytes of them.
    """
    found = dict(_walk(folder))
    for config, splits in manifest.configs.items():
        for split, part in splits.items():
            name = re.compile(rf"{re.escape(config)}/{re.escape(split)}-\d+-of-\d+-[0-9a-f]+\.parquet")
            files = [met.path for path, met in sorted(found.items()) if met.path is not None and name.fullmatch(path)]
            digest, rows = ContentDigest(), count()
            try:
                for file in files:
                    with parquet.ParquetFile(file) as opened:
                        for row in row_objects(opened):
                            digest.add(row)
                            next(rows)
            except _READ_ERRORS as error:
                said = (str(error).splitlines() or [type(error).__name__])[0]
                message = f"{config}, {split}: cannot be read as Parquet: {said}; get the release again"
                yield Finding(code="E611", path=MANIFEST, line=None, message=message)
                continue
            if (next(rows), digest.hexdigest()) != (part.rows, part.content_sha256):
                message = f"{config}, {split}: the rows are not those it names; get the release again"
                yield Finding(code="E613", path=MANIFEST, line=None, message=message)


def _walk(folder: Path) -> Iterator[tuple[str, Met]]:
    """Every file below a folder by its path in it, with forward slashes; links and other things too, not folders."""
    blobs = _blobs(folder)
    waiting = [""]
    while waiting:
        below = waiting.pop()
        try:
            with os.scandir(folder / below) as entries:
                for entry in entries:
                    name = f"{below}{entry.name}"
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(f"{name}/")
                    else:
                        yield name, _met(folder / name, entry.stat(follow_symlinks=False).st_mode, blobs)
        except OSError as error:
            yield below, Met(None, f"cannot be listed: {error.strerror}")


def _met(path: Path, mode: int, blobs: Path | None) -> Met:
    if stat.S_ISREG(mode):
        return Met(path)
    if not stat.S_ISLNK(mode):
        return Met(None, "is no file but a pipe, a socket, a device or a folder")
    if blobs is not None:
        goal = Path(os.path.realpath(path))
        if goal.parent == blobs and stat.S_ISREG(goal.lstat().st_mode if os.path.lexists(goal) else 0):
            return Met(goal)
    return Met(None, "is a link, which is not followed")


def _blobs(folder: Path) -> Path | None:
    """Where the files of a snapshot in the hub's cache are, which has links to them: `snapshots/COMMIT`, `blobs`."""
    place = folder.resolve()
    return place.parent.parent / "blobs" if place.parent.name == "snapshots" else None


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and "\\" not in name and name == str(path)


def _shown(name: str) -> str:
    """A name as text: one that is no UTF-8 has signs in place of its bytes."""
    return os.fsencode(name).decode("utf-8", "replace")

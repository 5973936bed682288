"""The raw folder: which files lie in it, each looked at once."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, NamedTuple

from kliping.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["RawFile", "list_raw", "path_order"]

DIGITS = 20
"""Digits that a number in a path is filled up to, to be ordered as a number."""


class RawFile(NamedTuple):
    """What lies in the raw folder and is no folder: a file, or a link that leads nowhere, a pipe, a device.

    Attributes:
        path: relative to the raw folder, with forward slashes.
        size: bytes.
        changed: when it was last changed, in nanoseconds since 1970.
    """

    path: str
    size: int
    changed: int


def list_raw(raw: Path) -> list[RawFile]:
    """The raw files in the order of their paths; hidden files and folders are passed over, links are followed.

    What is no file is listed as well, so that whoever reads it can say so.

    Raises:
        DataError: names that are no valid UTF-8, which no JSON file can hold; a line each.
    """
    found = sorted(_files(raw, "")) if raw.is_dir() else []
    odd = [file.path for file in found if not _is_writable(file.path)]
    if odd:
        raise DataError("\n".join(f"{raw}: {name!r}: the name is no valid UTF-8; rename the file" for name in odd))
    return found


def path_order(path: str) -> tuple[str, str]:
    """What paths are sorted by: a part that is a number counts as one, so that row 10 of a table follows row 9."""
    parts = path.split("/")
    if not any(map(str.isdecimal, parts)):
        return path, path
    return "/".join(part.zfill(DIGITS) if part.isdecimal() else part for part in parts), path


def _files(folder: Path, prefix: str) -> Iterator[RawFile]:
    waiting = [(str(folder), prefix, frozenset({_identity(os.stat(folder))}))]  # noqa: PTH116 — one call for both
    while waiting:
        place, prefix, above = waiting.pop()
        with os.scandir(place) as entries:
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                state = _state(entry)
                if not stat.S_ISDIR(state.st_mode):
                    yield RawFile(f"{prefix}{entry.name}", state.st_size, state.st_mtime_ns)
                elif _identity(state) not in above:  # a link to a folder that it lies in
                    waiting.append((entry.path, f"{prefix}{entry.name}/", above | {_identity(state)}))


def _state(entry: os.DirEntry[str]) -> os.stat_result:
    """What an entry leads to; of a link that leads nowhere, the link."""
    try:
        return entry.stat()
    except OSError:
        return entry.stat(follow_symlinks=False)


def _identity(state: os.stat_result) -> tuple[int, int]:
    """What tells a folder from all others: other disks, which may be mounted here, number theirs alike."""
    return state.st_dev, state.st_ino


def _is_writable(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True

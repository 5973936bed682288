"""Files that only the user can read, whole or not at all: addresses and passwords, never in a corpus."""

from __future__ import annotations

import fcntl
import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from kliping.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["add_entries", "read_entries"]


def read_entries(path: Path) -> dict[str, str]:
    """The entries of a private file, a JSON object of texts; empty where it is absent.

    Raises:
        DataError: it is something else; what it holds is not shown.
    """
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, str])
    except FileNotFoundError:
        return {}
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise DataError(f"{path}: not a JSON object of texts; mend it, or move it away") from None


def add_entries(path: Path, entries: Mapping[str, str]) -> int:
    """Add entries to a private file, which is made with mode 0600 where it is absent; equal ones are left alone.

    Two processes may do so at once: each waits for the other.

    Returns:
        How many are new or different.

    Raises:
        DataError: the file holds something else.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _alone(path):
        before = read_entries(path)
        new = {name: value for name, value in entries.items() if before.get(name) != value}
        if new:
            _write(path, msgspec.json.format(msgspec.json.encode({**before, **new}), indent=1) + b"\n")
    return len(new)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    descriptor = os.open(path.with_name(f".{path.name}.lock"), os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _write(path: Path, data: bytes) -> None:
    """As `kliping.files.write_bytes`, but for the mode: a file of `mkstemp` is its owner's alone."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise

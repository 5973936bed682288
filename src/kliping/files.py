"""Reading and writing at the edge: JSON lines, and files that are there whole or not at all."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import tempfile
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeVar

import msgspec

from kliping.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kliping.records import Record

__all__ = [
    "SHARD_LINES",
    "copy_file",
    "drop_drafts",
    "encode_lines",
    "read_lines",
    "read_shards",
    "sha256",
    "write_bytes",
    "write_lines",
    "write_pieces",
    "write_shards",
]

SHARD_LINES = 1000
"""Records in one shard of a sharded folder, such as `corpus/articles/00000.jsonl`."""

R = TypeVar("R", bound=msgspec.Struct)


def sha256(data: bytes) -> str:
    """SHA-256 of bytes, in lower-case hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def read_lines(path: Path, kind: type[R]) -> Iterator[R]:
    """The records of a JSON lines file, in order; nothing where the file is absent.

    `kind` may be a struct of the few fields that are needed: the others are passed over unread.

    Raises:
        DataError: a line that is no such record, with its file and line.
    """
    if not path.exists():
        return
    decoder = msgspec.json.Decoder(kind)
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                yield decoder.decode(line)
            except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
                raise DataError(f"{path}:{number}: {error}; mend the line, or restore it with git") from None


def read_shards(folder: Path, kind: type[R]) -> Iterator[R]:
    """The records of every `*.jsonl` in a folder, in the order of the file names."""
    for path in sorted(folder.glob("*.jsonl")):
        yield from read_lines(path, kind)


def encode_lines(records: Iterable[Record | msgspec.Raw]) -> bytes:
    """Records as JSON lines: keys in the schema's order, LF at each end; `Raw` is a record that was encoded already."""
    return msgspec.json.Encoder().encode_lines(list(records))


def write_bytes(path: Path, data: bytes) -> bool:
    """Write a file whole or not at all: beside it, then renamed. An equal file is left alone.

    Returns:
        Whether the file changed.
    """
    if path.exists() and path.read_bytes() == data:
        return False
    with _beside(path) as draft:
        draft.file.write(data)
    return True


def write_lines(path: Path, records: Iterable[Record | msgspec.Raw]) -> bool:
    """Write records as JSON lines, whole or not at all, holding few of them at a time. An equal file is left alone.

    Returns:
        Whether the file changed.
    """
    with _beside(path) as draft:
        before = path.open("rb") if path.exists() else BytesIO()
        draft.changed = not path.exists()
        with before:
            for batch in _batches(records, SHARD_LINES):
                lines = encode_lines(batch)
                draft.changed |= before.read(len(lines)) != lines
                draft.file.write(lines)
            draft.changed |= before.read(1) != b""
    return draft.changed


def write_pieces(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file from its pieces, in order, whole or not at all; the pieces may be read from the same file."""
    with _beside(path) as draft:
        for piece in pieces:
            draft.file.write(piece)


def copy_file(source: Path, path: Path) -> None:
    """Copy a file of any size to a place, perhaps on another disk, where it is whole or not at all."""
    with source.open("rb") as file, _beside(path) as draft:
        shutil.copyfileobj(file, draft.file)


@dataclass(slots=True)
class _Draft:
    """A file that is written beside another, and whether it is to take its name."""

    file: BinaryIO
    changed: bool = True


@contextmanager
def _beside(path: Path) -> Iterator[_Draft]:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = _made_beside(path)
    try:
        with os.fdopen(descriptor, "wb") as file:
            draft = _Draft(file)
            yield draft
            file.flush()
            if draft.changed:
                os.fsync(file.fileno())
                Path(name).chmod(0o644)
                Path(name).replace(path)
        if not draft.changed:
            Path(name).unlink()
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _made_beside(path: Path) -> tuple[int, str]:
    """A new file beside another, opened, and locked until it is closed: that of a process that goes on."""
    while True:
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with suppress(OSError):  # a disk without locks
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        if os.fstat(descriptor).st_nlink:
            return descriptor, name
        os.close(descriptor)  # it was taken for a killed process's before it was locked


def drop_drafts(folder: Path, names: str) -> None:
    """Remove what killed processes left of files that they had not finished; what one still writes stays.

    Args:
        folder: where the files are.
        names: of the files, as a pattern.
    """
    for draft in folder.glob(f".{names}.????????"):
        with suppress(OSError):  # another process may finish it or remove it, or writes it
            descriptor = os.open(draft, os.O_RDONLY)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                draft.unlink(missing_ok=True)
            finally:
                os.close(descriptor)


def write_shards(folder: Path, records: Iterable[Record | msgspec.Raw]) -> bool:
    """Write records as `00000.jsonl`, `00001.jsonl`, … of `SHARD_LINES` each, and remove shards past the last.

    Returns:
        Whether any file changed.
    """
    changed, written = False, set()
    for number, shard in enumerate(_batches(records, SHARD_LINES)):
        path = folder / f"{number:05}.jsonl"
        changed |= write_bytes(path, encode_lines(shard))
        written.add(path)
    for path in sorted(folder.glob("*.jsonl")):
        if path not in written:
            path.unlink()
            changed = True
    return changed


def _batches(records: Iterable[Record | msgspec.Raw], size: int) -> Iterator[list[Record | msgspec.Raw]]:
    batch: list[Record | msgspec.Raw] = []
    for record in records:
        batch.append(record)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch

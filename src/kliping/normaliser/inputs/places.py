"""Where files lie beside each other, the raw folder or an archive, and the tables of sources that lie there."""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from io import BufferedReader, BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, Protocol, Self

from kliping.errors import Rejected
from kliping.normaliser.inputs.columns import listed
from kliping.normaliser.inputs.refused import MOST_BROKEN, too_many_broken
from kliping.normaliser.inputs.statement import characters
from kliping.normaliser.inputs.streams import CHUNK, DAMAGED, HELD, read_most
from kliping.normaliser.inputs.tables import READERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from io import FileIO

    from kliping.normaliser.inputs.archives import Member
    from kliping.normaliser.inputs.tables import Row

__all__ = [
    "MOST_SIDECAR",
    "SIDECAR",
    "TABLES",
    "Disk",
    "Memory",
    "Place",
    "Table",
    "is_table",
    "owner_of",
    "self_and_above",
]

SIDECAR = ".json"
"""What a sidecar's name has after that of its file."""

TABLES = {"sources.csv": "csv", "sources.tsv": "tsv", "sources.jsonl": "jsonl"}
"""The names of tables of sources, with what they are."""

MOST_SIDECAR = 1_000_000
"""Bytes of a sidecar, and of a line of a table."""

KEPT_TABLES = 16
"""Tables that a worker keeps read."""


def is_table(path: str) -> bool:
    """Whether a path is that of a table of sources."""
    return path.endswith((".csv", ".tsv", ".jsonl")) and path.rpartition("/")[2] in TABLES


def owner_of(path: str) -> str | None:
    """The file that a sidecar is about; None where a path is not called like one."""
    return path.removesuffix(SIDECAR) if path.endswith(SIDECAR) else None


def self_and_above(path: str, end: str = "") -> Iterator[str]:
    """A path, and the paths of what it lies in, the nearest first, to `end` and without it."""
    while path != end:
        yield path
        path = path.rpartition("/")[0]


class Place(Protocol):
    """Where files lie beside each other: the raw folder, or an archive."""

    def read(self, path: str) -> bytes | Rejected | None:
        """The bytes of a sidecar or a table, or why they cannot be read; None where there is none."""

    def is_there(self, path: str) -> bool:
        """Whether a file or a folder lies there."""

    def is_file(self, path: str) -> bool:
        """Whether a file lies there."""

    def table(self, path: str) -> Table | None:
        """A table of sources; None where there is none."""


class Table(NamedTuple):
    """A table of sources.

    Attributes:
        rows: number and cells of the row about a path, which is relative to the table's folder.
        faults: rows that say nothing, with why.
    """

    rows: Mapping[str, tuple[int, Mapping[str, Any]]]
    faults: tuple[tuple[int | None, Rejected], ...]


@dataclass(frozen=True, slots=True)
class Disk:
    """The raw folder."""

    root: str

    @contextmanager
    def opened(self, path: str) -> Iterator[FileIO]:
        """A file, unbuffered.

        Raises:
            Rejected: `not-found` for what leads nowhere, `unknown-type` for what is no file, `broken` where it cannot
                be opened or read, with the system's words.
        """
        place = f"{self.root}/{path}"
        try:
            if not stat.S_ISREG(os.stat(place).st_mode):  # noqa: PTH116 — opening a pipe would wait for who writes it
                raise Rejected("unknown-type", "it is a pipe, a device or the like, and no file")
            with open(place, "rb", buffering=0) as file:  # noqa: PTH123 — a tenth of a small file's time is Path objects'
                yield file
        except (FileNotFoundError, NotADirectoryError):
            raise Rejected(
                "not-found", "it leads to nothing: a link whose file is gone; mend it or remove it"
            ) from None
        except OSError as error:
            what = f"it cannot be read: {error.strerror or error}; mend that and run again"
            raise Rejected("broken", what) from None

    def read(self, path: str) -> bytes | Rejected | None:  # noqa: D102
        if not os.path.lexists(f"{self.root}/{path}"):
            return None
        try:
            with self.opened(path) as file:
                return file.read(MOST_SIDECAR + 1)
        except Rejected as error:
            return error

    def is_there(self, path: str) -> bool:  # noqa: D102
        return os.path.exists(f"{self.root}/{path}")  # noqa: PTH110

    def is_file(self, path: str) -> bool:  # noqa: D102
        return os.path.isfile(f"{self.root}/{path}")  # noqa: PTH113

    def table(self, path: str) -> Table | None:  # noqa: D102
        place = f"{self.root}/{path}"
        if not os.path.lexists(place):
            return None
        try:
            state = os.stat(place)  # noqa: PTH116
        except OSError:
            return _table_on_disk(self, path, 0, 0)
        return _table_on_disk(self, path, state.st_mtime_ns, state.st_size)


@dataclass(frozen=True, slots=True)
class Memory:
    """An archive: its sidecars and tables, and the names of all members and folders."""

    files: Mapping[str, bytes]
    names: frozenset[str]
    folders: frozenset[str]

    @classmethod
    def of(cls, listed: Callable[[], Iterator[Member]]) -> Self:
        """What an archive states of its members, as far as it can be read.

        Args:
            listed: its members from the first on, each time it is called.

        Raises:
            Rejected: `too-large` where there is too much of it to be held in memory.
        """
        names = frozenset(member.name for member in _readable(listed) if not member.fault)
        folders = frozenset(above for name in names for above in self_and_above(name.rpartition("/")[0]))
        about = {name for name in names if is_table(name) or owner_of(name) in names}
        files: dict[str, bytes] = {}
        held = 0
        for member in _readable(listed) if about else ():
            if member.name in about:
                files[member.name] = _read(member, HELD if is_table(member.name) else MOST_SIDECAR)
                held += len(files[member.name])
                if held > HELD:
                    raise Rejected("too-large", f"its sidecars and tables of sources have more than {HELD} bytes")
        return cls(files, names, folders)

    def read(self, path: str) -> bytes | None:  # noqa: D102
        return self.files.get(path)

    def is_there(self, path: str) -> bool:  # noqa: D102
        return path in self.names or path in self.folders

    def is_file(self, path: str) -> bool:  # noqa: D102
        return path in self.names

    def table(self, path: str) -> Table | None:  # noqa: D102
        data = self.files.get(path)
        return None if data is None else _table(path, BytesIO(data))


def _readable(listed: Callable[[], Iterator[Member]]) -> Iterator[Member]:
    """The members up to where an archive is broken, which is told when its inputs are read."""
    with suppress(Rejected, *DAMAGED):
        yield from listed()


def _read(member: Member, most: int) -> bytes:
    """The bytes of a sidecar or a table; nothing, which is no JSON, where it is broken."""
    try:
        return read_most(member.open(), most)
    except (Rejected, *DAMAGED):
        return b""


@lru_cache(maxsize=KEPT_TABLES)
def _table_on_disk(disk: Disk, path: str, changed: int, size: int) -> Table:  # noqa: ARG001 — a changed one is read anew
    try:
        if size > HELD:
            raise Rejected(
                "too-large", f"a table of sources has at most {HELD} bytes; cut it into several folders' own"
            )
        with disk.opened(path) as file, BufferedReader(file, CHUNK) as stream:
            return _table(path, stream)
    except Rejected as error:
        return Table({}, ((None, error),))


def _table(path: str, stream: BinaryIO) -> Table:
    rows: dict[str, tuple[int, Mapping[str, Any]]] = {}
    faults: list[tuple[int | None, Rejected]] = []
    number: int | None = None
    try:
        for row in READERS[TABLES[path.rpartition("/")[2]]](stream, MOST_SIDECAR):
            if len(faults) == MOST_BROKEN:
                raise too_many_broken(row.number)
            number, read = row.number, _row(row, rows)
            if isinstance(read, Rejected):
                faults.append((number, read))
            else:
                rows[read[0]] = number, read[1]
    except Rejected as error:
        faults.append((None, error))
    return Table(rows, tuple(faults))


def _row(row: Row, known: Mapping[str, tuple[int, Mapping[str, Any]]]) -> tuple[str, Mapping[str, Any]] | Rejected:
    """The path that a row is about and its other cells, or why it says nothing."""
    if isinstance(row.cells, Rejected):
        return row.cells
    cells = dict(row.cells)
    path = cells.pop("path", None)
    if not isinstance(path, str) or not path.strip():
        has = f"its columns beside are {listed(map(str, cells))}"
        return Rejected("broken", f"it names no file in a column `path`; {has}; a table of articles has another name")
    path = characters(path).strip().replace("\\", "/").removeprefix("./").rstrip("/")
    if path.startswith("/") or ".." in path.split("/"):
        return Rejected("unsafe-path", f"{path!r} is not below the table's folder; name files relative to it")
    if path in known:
        return Rejected("broken", f"it is about {path} as row {known[path][0]} is; take one of them out")
    return path, cells

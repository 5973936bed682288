"""Sidecars and tables of sources: what people state of inputs that do not state it themselves.

A sidecar is called after its file: `a.html.json` beside `a.html`, `old.zip.json` beside `old.zip`; it holds one JSON
object. A table of sources is called `sources.csv`, `sources.tsv` or `sources.jsonl`; its column `path` names a file,
a folder, an archive or what lies in one, relative to the table's own folder. What is stated of a folder or of a file
holds for all that lies in it. The nearest statement wins, field by field: that of the input itself before that of what
it lies in, and of the same thing a sidecar before a table, a nearer table before a farther one.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, Self

import msgspec

from kliping.errors import Rejected
from kliping.normaliser.inputs.columns import columns_of
from kliping.normaliser.inputs.refused import Refused
from kliping.normaliser.inputs.statement import NOTHING, Statement, statement_of
from kliping.normaliser.inputs.streams import DAMAGED, HELD, read_most
from kliping.normaliser.inputs.tables import READERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from kliping.normaliser.inputs.archives import Member
    from kliping.normaliser.inputs.tables import Row

__all__ = ["MOST_SIDECAR", "SIDECAR", "TABLES", "Beside", "Disk", "Memory", "Place", "is_table", "orphan"]

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


class Place(Protocol):
    """Where files lie beside each other: the raw folder, or an archive."""

    def read(self, path: str) -> bytes | None:
        """The bytes of a sidecar or a table; None where there is none."""

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

    def read(self, path: str) -> bytes | None:  # noqa: D102
        try:
            with open(f"{self.root}/{path}", "rb") as file:  # noqa: PTH123 — asked once for every input
                return file.read(MOST_SIDECAR + 1)
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None

    def is_there(self, path: str) -> bool:  # noqa: D102
        return os.path.exists(f"{self.root}/{path}")  # noqa: PTH110

    def is_file(self, path: str) -> bool:  # noqa: D102
        return os.path.isfile(f"{self.root}/{path}")  # noqa: PTH113

    def table(self, path: str) -> Table | None:  # noqa: D102
        place = f"{self.root}/{path}"
        try:
            state = os.stat(place)  # noqa: PTH116
        except (FileNotFoundError, NotADirectoryError):
            return None
        return _table_on_disk(place, state.st_mtime_ns, state.st_size)


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
        folders = frozenset(above for name in names for above in _self_and_above(name.rpartition("/")[0]))
        about = {name for name in names if is_table(name) or _owner(name) in names}
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
def _table_on_disk(place: str, changed: int, size: int) -> Table:  # noqa: ARG001 — a table that changed is read anew
    with open(place, "rb") as file:  # noqa: PTH123
        return _table(place, file)


def _table(path: str, stream: Any) -> Table:  # noqa: ANN401
    rows: dict[str, tuple[int, Mapping[str, Any]]] = {}
    faults: list[tuple[int | None, Rejected]] = []
    number: int | None = None
    try:
        for row in READERS[TABLES[path.rpartition("/")[2]]](stream, MOST_SIDECAR):
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
        has = f"its columns beside are {', '.join(map(str, cells))}"
        return Rejected("broken", f"it names no file in a column `path`; {has}; a table of articles has another name")
    path = path.strip().replace("\\", "/").removeprefix("./").rstrip("/")
    if path.startswith("/") or ".." in path.split("/"):
        return Rejected("unsafe-path", f"{path!r} is not below the table's folder; name files relative to it")
    if path in known:
        return Rejected("broken", f"it is about {path} as row {known[path][0]} is; take one of them out")
    return path, cells


@dataclass(slots=True)
class Beside:
    """What is stated beside the inputs of one place.

    Args:
        place: where they lie.
        kinds: the corpus's own fields, with their schemas.
    """

    place: Place
    kinds: Mapping[str, Mapping[str, Any]]
    _tables: dict[str, tuple[tuple[str, Table], ...]] = field(default_factory=dict)

    def of(self, path: str) -> Statement:
        """What is stated of a file of the place."""
        tables = self._above(path.rpartition("/")[0])
        sidecar = self.place.read(path + SIDECAR)
        if not tables and sidecar is None:
            return NOTHING
        cells = _object(sidecar) if sidecar is not None else {}
        said = NOTHING if isinstance(cells, Rejected) or not cells else self._said(cells)
        return self._in_tables(said, tables, _self_and_above(path))

    def inside(self, path: str, file: str) -> Statement:
        """What tables state of an input that lies in a file of the place (`articles.csv/17`), and not of the file."""
        tables = self._above(path.rpartition("/")[0])
        return self._in_tables(NOTHING, tables, _self_and_above(path, file)) if tables else NOTHING

    def _in_tables(self, said: Statement, tables: Sequence[tuple[str, Table]], paths: Iterable[str]) -> Statement:
        for path in paths if tables else ():
            for folder, table in tables:
                row = table.rows.get(path[len(folder) :]) if path.startswith(folder) else None
                if row is not None:
                    found = self._said(row[1])
                    said = found if said is NOTHING else said.over(found)
        return said

    def is_about_others(self, path: str) -> bool:
        """Whether a file is a sidecar or a table of sources, and no input."""
        owner = _owner(path)
        return is_table(path) or (owner is not None and self.place.is_file(owner))

    def faults(self, path: str) -> Iterator[Refused]:
        """What is wrong with a sidecar or a table of sources."""
        if not is_table(path):
            data = self.place.read(path) or b""
            if isinstance(found := _object(data), Rejected):
                yield Refused.because(path, found, data)
            return
        table = self.place.table(path) or Table({}, ())
        for number, error in table.faults:
            yield Refused.because(path if number is None else f"{path}/{number}", error)
        folder = path[: path.rfind("/") + 1]
        for name, (number, _) in table.rows.items():
            if not self._is_there(folder + name):
                yield Refused.because(f"{path}/{number}", Rejected("not-found", f"there is no {name}; mend the path"))

    def _is_there(self, path: str) -> bool:
        """Whether a path leads to something; what lies in a file is not looked for."""
        return self.place.is_there(path) or any(map(self.place.is_file, _self_and_above(path)))

    def _said(self, cells: Mapping[str, Any]) -> Statement:
        columns = columns_of(tuple(cells), {"text": "", "html": ""}, self.kinds)
        return statement_of(cells, columns, self.kinds)

    def _above(self, folder: str) -> tuple[tuple[str, Table], ...]:
        """The tables in a folder and above it, the nearest first, each with its folder's path and a slash."""
        if folder not in self._tables:
            prefix = f"{folder}/" if folder else ""
            here = [(prefix, table) for name in TABLES if (table := self.place.table(prefix + name))]
            above = self._above(folder.rpartition("/")[0]) if folder else ()
            self._tables[folder] = (*here, *above)
        return self._tables[folder]


def orphan(path: str) -> Rejected:
    """That a JSON file is no input."""
    owner = path.removesuffix(SIDECAR)
    name = owner.rpartition("/")[2]
    if "." in name:
        return Rejected("not-found", f"it would be the sidecar of {name}, which is not there; mend its name")
    what = f"a .json file has no reader: a sidecar is called after its file, such as {name}.html.json"
    return Rejected("unknown-type", f"{what}, and a table of articles is .jsonl, an object a line")


def _owner(path: str) -> str | None:
    """The file that a sidecar is about, where a path is that of a sidecar."""
    return path.removesuffix(SIDECAR) if path.endswith(SIDECAR) else None


def _self_and_above(path: str, end: str = "") -> Iterator[str]:
    """A path, and the paths of what it lies in, the nearest first, to `end` and without it."""
    while path != end:
        yield path
        path = path.rpartition("/")[0]


def _object(data: bytes) -> Mapping[str, Any] | Rejected:
    """The object in a sidecar, or why there is none."""
    if len(data) > MOST_SIDECAR:
        return Rejected("too-large", f"a sidecar has at most {MOST_SIDECAR} bytes")
    try:
        found = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        return Rejected("broken", f"the sidecar is no JSON, so its file is read without it: {error}; mend it")
    if not isinstance(found, dict):
        return Rejected("broken", "the sidecar is no JSON object, so its file is read without it; mend it")
    return found

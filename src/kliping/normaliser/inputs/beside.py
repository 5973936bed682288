"""Sidecars and tables of sources: what people state of inputs that do not state it themselves.

A sidecar is called after its file: `a.html.json` beside `a.html`, `old.zip.json` beside `old.zip`; it holds one JSON
object. A table of sources is called `sources.csv`, `sources.tsv` or `sources.jsonl`; its column `path` names a file,
a folder, an archive or what lies in one, relative to the table's own folder. What is stated of a folder or of a file
holds for all that lies in it. The nearest statement wins, field by field: that of the input itself before that of what
it lies in, and of the same thing a sidecar before a table, a nearer table before a farther one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import msgspec

from kliping.errors import Rejected
from kliping.normaliser.inputs.columns import columns_of
from kliping.normaliser.inputs.places import MOST_SIDECAR, SIDECAR, TABLES, Table, is_table, owner_of, self_and_above
from kliping.normaliser.inputs.refused import Refused
from kliping.normaliser.inputs.statement import NOTHING, Statement, statement_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kliping.normaliser.inputs.places import Place

__all__ = ["Beside", "orphan"]


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
        return self._in_tables(said, tables, self_and_above(path))

    def inside(self, path: str, file: str) -> Statement:
        """What tables state of an input that lies in a file of the place (`articles.csv/17`), and not of the file."""
        tables = self._above(path.rpartition("/")[0])
        return self._in_tables(NOTHING, tables, self_and_above(path, file)) if tables else NOTHING

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
        owner = owner_of(path)
        return is_table(path) or (owner is not None and self.place.is_file(owner))

    def faults(self, path: str) -> Iterator[Refused]:
        """What is wrong with a sidecar or a table of sources."""
        if not is_table(path):
            data = self.place.read(path) or b""
            if isinstance(found := _object(data), Rejected):
                yield Refused.because(path, found, b"" if isinstance(data, Rejected) else data)
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
        return self.place.is_there(path) or any(map(self.place.is_file, self_and_above(path)))

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


def _object(data: bytes | Rejected) -> Mapping[str, Any] | Rejected:
    """The object in a sidecar, or why there is none."""
    if isinstance(data, Rejected):
        return data
    if len(data) > MOST_SIDECAR:
        return Rejected("too-large", f"a sidecar has at most {MOST_SIDECAR} bytes")
    try:
        found = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        return Rejected("broken", f"the sidecar is no JSON, so its file is read without it: {error}; mend it")
    if not isinstance(found, dict):
        return Rejected("broken", "the sidecar is no JSON object, so its file is read without it; mend it")
    return found

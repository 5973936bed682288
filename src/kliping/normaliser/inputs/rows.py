"""The rows of a table as inputs: which column holds the article, and what the others state of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kliping.errors import Rejected
from kliping.normaliser.inputs.columns import columns_of, missing, no_body
from kliping.normaliser.inputs.refused import MOST_BROKEN, Refused, too_large, too_many_broken
from kliping.normaliser.inputs.statement import statement_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kliping.normaliser.inputs.columns import Columns
    from kliping.normaliser.inputs.packed import Packed
    from kliping.normaliser.inputs.tables import Row
    from kliping.normaliser.raw import Raw

__all__ = ["Rows"]

MOST_KEPT = 1000
"""Sets of columns that are remembered: objects of one file may each have others."""

_MEDIA = {"text": "text/plain", "html": "text/html"}


@dataclass(slots=True)
class Rows:
    """Turns rows into inputs.

    Args:
        kinds: the corpus's own fields, with their schemas.
    """

    kinds: Mapping[str, Mapping[str, Any]]
    _known: dict[tuple[str, ...], Columns] = field(default_factory=dict)

    def read(
        self, packed: Packed, rows: Iterable[Row], mapping: Mapping[str, str], most: int, *, with_header: bool
    ) -> Iterator[Raw | Refused]:
        """The inputs in the rows of a table.

        Args:
            packed: the table.
            rows: its rows.
            mapping: our field to a column, as the settings say.
            most: bytes that an article's body may have.
            with_header: whether all rows have the same columns.

        Raises:
            Rejected: `unknown-type` where the first row has no body: the table is none of articles; `broken` where it
                is not read on.
        """
        self._known.clear()
        known, broken = False, 0
        for row in rows:
            path = f"{packed.path}/{row.number}"
            if isinstance(row.cells, Rejected):
                broken += 1  # one after the other: they are handed on, not held
                if broken > MOST_BROKEN:
                    raise too_many_broken(row.number)
                yield Refused.because(path, row.cells)
                continue
            broken = 0
            columns = self._columns(tuple(row.cells), mapping)
            if not known:
                _require_body(packed.path, tuple(row.cells), columns, mapping if with_header else {})
                known = True
            yield self._input(packed, path, row.cells, columns, most)

    def _input(self, packed: Packed, path: str, cells: Mapping[str, Any], columns: Columns, most: int) -> Raw | Refused:
        if columns.body is None:
            return Refused.because(path, no_body(tuple(cells), packed.path))
        kind, column = columns.body
        data = _bytes(cells.get(column))
        if isinstance(data, Rejected):
            return Refused.because(path, data)
        if len(data) > most:
            return Refused.because(path, too_large(len(data), most), data)
        said = packed.said_of(path, statement_of(cells, columns, self.kinds))
        return said.of(data, path, _MEDIA[kind])

    def _columns(self, names: tuple[str, ...], mapping: Mapping[str, str]) -> Columns:
        if names not in self._known:
            if len(self._known) == MOST_KEPT:
                self._known.clear()
            self._known[names] = columns_of(names, mapping, self.kinds)
        return self._known[names]


def _require_body(path: str, names: tuple[str, ...], columns: Columns, mapping: Mapping[str, str]) -> None:
    fault = missing(names, mapping, path) or (no_body(names, path) if columns.body is None else None)
    if fault:
        raise fault


def _bytes(value: object) -> bytes | Rejected:
    """The body in a cell: of CSV the very bytes that stand there."""
    if value is None:
        return b""
    if isinstance(value, bytes):
        return value
    if isinstance(value, str):
        return value.encode("utf-8", "surrogateescape")
    return Rejected("unknown-type", f"the column of the text holds a value of another kind: {type(value).__name__}")

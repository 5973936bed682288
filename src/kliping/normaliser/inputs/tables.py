"""Tables: CSV, TSV, JSON lines and Parquet, a row at a time.

A row that cannot be read is told with its place, and the rest goes on.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, TypeAlias

import msgspec

from kliping.errors import Rejected
from kliping.normaliser.inputs.distinct import Distinct
from kliping.normaliser.inputs.refused import too_large
from kliping.normaliser.inputs.statement import characters
from kliping.normaliser.inputs.streams import CHUNK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import pyarrow as pa

__all__ = ["READERS", "Row", "read_csv", "read_jsonl", "read_parquet", "read_tsv"]

MOST_LINE = 4
"""A line may have this many times the bytes of an input: escapes are longer than what they stand for."""

BATCH_BYTES = 4_000_000
"""Of a Parquet file, about as many bytes are held at once."""

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_DELIMITERS = (",", ";", "\t", "|")


class Row(NamedTuple):
    """A row of a table.

    Attributes:
        number: of the row, from 1; of JSON lines that of the line.
        cells: by the columns' names; or why the row cannot be read.
    """

    number: int
    cells: Mapping[str, Any] | Rejected


Reader: TypeAlias = "Callable[[BinaryIO, int], Iterator[Row]]"


def read_jsonl(stream: BinaryIO, most: int) -> Iterator[Row]:
    """The objects of a file of JSON lines; empty lines are passed over.

    Args:
        stream: the file.
        most: bytes that an input may have; a line may have `MOST_LINE` times as many.
    """
    for number, line in enumerate(_Lines(stream, most).each(), 1):
        if isinstance(line, Rejected):
            yield Row(number, line)
        elif line.strip():
            yield Row(number, _object(line, number))


def _object(line: bytes, number: int) -> Mapping[str, Any] | Rejected:
    try:
        found = msgspec.json.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        return Rejected("broken", f"line {number} is no JSON: {error}; mend the line")
    return found if isinstance(found, dict) else Rejected("broken", f"line {number} is no JSON object; mend the line")


def read_csv(stream: BinaryIO, most: int) -> Iterator[Row]:
    """The rows of a CSV file by its header; the delimiter is what the header is cut by: comma, semicolon, tab or bar.

    The file is UTF-8; what is not is kept as surrogate escapes, so that a cell's own bytes can be had again.

    Raises:
        Rejected: `undecodable`, `broken`.
    """
    yield from _read_separated(stream, most, _DELIMITERS)


def read_tsv(stream: BinaryIO, most: int) -> Iterator[Row]:
    """The rows of a file of tab-separated values, as `read_csv`."""
    yield from _read_separated(stream, most, ("\t",))


def _read_separated(stream: BinaryIO, most: int, delimiters: tuple[str, ...]) -> Iterator[Row]:
    lines = _Lines(stream, most)
    csv.field_size_limit(max(most, csv.field_size_limit()))
    delimiter = _delimiter(lines, delimiters)
    rows = csv.reader(lines, delimiter=delimiter)
    names: tuple[str, ...] | None = None
    number = 0
    while (cells := _next_row(rows, lambda: rows.line_num)) is not None:
        if names is None:
            if isinstance(cells, Rejected):
                raise cells
            names = _distinct(cells)
        elif isinstance(cells, Rejected) or any(cells):
            number += 1
            yield Row(number, cells if isinstance(cells, Rejected) else _matched(names, cells, rows.line_num))


def _delimiter(lines: _Lines, delimiters: tuple[str, ...]) -> str:
    """What the header is cut by: what cuts it into the most names."""
    first = lines.next() or b""
    if isinstance(first, Rejected):
        raise first
    if first.startswith(_UTF_16):
        raise Rejected("undecodable", "it is UTF-16; save it as UTF-8")
    lines.push(first)
    header = _text(first).strip()
    return max(delimiters, key=header.count)


def _next_row(rows: Iterator[list[str]], line: Callable[[], int]) -> list[str] | Rejected | None:
    """The next row, or why it cannot be read; None at the end."""
    try:
        return next(rows, None)
    except csv.Error as error:
        return Rejected("broken", f"the row that ends at line {line()}: {error}; mend the row")
    except Rejected as error:
        return error


def _matched(names: tuple[str, ...], cells: list[str], line: int) -> Mapping[str, Any] | Rejected:
    if len(cells) == len(names):
        return dict(zip(names, cells, strict=True))
    counts = f"it has {len(cells)} cells and the header {len(names)}"
    return Rejected("broken", f"the row that ends at line {line}: {counts}; mend the row")


def _distinct(names: list[str]) -> tuple[str, ...]:
    """A header's names as characters, without spaces around them; a second one of the same name is `NAME~2`."""
    distinct = Distinct()
    return tuple(distinct.of(characters(name).strip()) for name in names)


def _text(line: bytes) -> str:
    return line.decode("utf-8", "surrogateescape")


class _Lines:
    """The lines of a stream, none longer than a bound: a file of one line would not fit into memory."""

    def __init__(self, stream: BinaryIO, most: int) -> None:
        self._stream, self._most = stream, most
        self._pushed: bytes | None = None
        self._begun = False

    def push(self, line: bytes) -> None:
        """Give a line back."""
        self._pushed = line

    def next(self) -> bytes | Rejected | None:
        """The next line with its end, without a byte order mark, or that it is too long; None at the end."""
        most = MOST_LINE * self._most
        line, self._pushed = self._pushed or self._stream.readline(most + 1), None
        if not self._begun:
            self._begun, line = True, line.removeprefix(b"\xef\xbb\xbf")
        if len(line) > most and not line.endswith(b"\n"):
            self._skip()
            return too_large(None, self._most)
        return line or None

    def each(self) -> Iterator[bytes | Rejected]:
        """The lines as they are."""
        while (line := self.next()) is not None:
            yield line

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        """The next line as characters, for the reader of CSV; raises `Rejected` for one that is too long."""
        line = self.next()
        if line is None:
            raise StopIteration
        if isinstance(line, Rejected):
            raise line
        return _text(line)

    def _skip(self) -> None:
        """Read on to the end of a line."""
        while (rest := self._stream.readline(CHUNK)) and not rest.endswith(b"\n"):
            pass


def read_parquet(stream: BinaryIO, most: int) -> Iterator[Row]:  # noqa: ARG001 — every reader is asked alike
    """The rows of a Parquet file, some at a time; it must be possible to seek in the stream.

    Raises:
        Rejected: `broken`, at once or where a part is reached that is damaged.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    number = 0
    try:
        with pq.ParquetFile(stream, pre_buffer=False, buffer_size=CHUNK) as file:
            for batch in file.iter_batches(batch_size=_rows_at_once(file.metadata), use_threads=False):
                for cells in _in_microseconds(batch).to_pylist():
                    number += 1
                    yield Row(number, cells)
    except (pa.ArrowException, OSError, ValueError) as error:
        what = " ".join(str(error).split())
        raise Rejected("broken", f"it cannot be read as a Parquet file after row {number}: {what}") from None


def _rows_at_once(metadata: Any) -> int:  # noqa: ANN401 — pyarrow's own
    """How many rows come to some megabytes."""
    size = sum(int(metadata.row_group(number).total_byte_size) for number in range(metadata.num_row_groups))
    return max(1, min(1000, BATCH_BYTES * int(metadata.num_rows) // max(size, 1)))


def _in_microseconds(batch: pa.RecordBatch) -> pa.RecordBatch:
    """A batch whose times are as exact as Python's: nanoseconds need pandas."""
    import pyarrow as pa

    fields = [
        field.with_type(pa.timestamp("us", field.type.tz))
        if pa.types.is_timestamp(field.type) and field.type.unit == "ns"
        else field
        for field in batch.schema
    ]
    return pa.RecordBatch.from_arrays(
        [column.cast(field.type, safe=False) for column, field in zip(batch.columns, fields, strict=True)],
        schema=pa.schema(fields),
    )


READERS: Mapping[str, Reader] = {"csv": read_csv, "tsv": read_tsv, "jsonl": read_jsonl, "parquet": read_parquet}
"""The readers of tables, by the container that `kliping.normaliser.text.media` tells."""

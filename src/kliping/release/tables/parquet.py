"""Writing tables as Parquet: the same rows and the same pyarrow give the same bytes.

Bytes also depend on how the rows are chunked, so each row group is one table of a fixed number of rows, its columns in
one chunk. The digest of the rows is in the file names, since `datasets` keys its cache by the card and never looks at
the content; it is over JSON, so that another pyarrow leaves it alone.
"""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING, NamedTuple

import msgspec
import pyarrow as pa
from pyarrow import parquet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kliping.release.tables.annotated import Row

__all__ = ["GROUP_ROWS", "SHARD_ROWS", "ContentDigest", "Part", "TableWriter", "batches", "row_digest", "row_objects"]

GROUP_ROWS = 1_000
SHARD_ROWS = 100_000
"""Rows of a file; a split with more has several."""

BATCH_ROWS = 64
OBJECT_ROWS = 8
"""Rows that are read, and that are objects, at a time."""


class Part(NamedTuple):
    """One split of one table, written; without a row there is no file.

    `files` are relative to the release. `arrow_bytes` is the size in memory as `datasets` counts it: of what is read
    back, in batches of a row group.
    """

    rows: int
    content_sha256: str
    files: tuple[str, ...]
    arrow_bytes: int
    parquet_bytes: int


class ContentDigest:
    """SHA-256 over the digests of a table's rows, in order: `release.schema.json#/$defs/part`."""

    def __init__(self) -> None:
        self._digest = hashlib.sha256()

    def add(self, row: Row) -> bytes:
        """Take a row, in order, and give its own digest."""
        digest = row_digest(row)
        self._digest.update(digest)
        return digest

    def add_digests(self, digests: bytes) -> None:
        """Take the digests of rows, in order, one after the other."""
        self._digest.update(digests)

    def hexdigest(self) -> str:
        """In lower-case hexadecimal."""
        return self._digest.hexdigest()


_ENCODER = msgspec.json.Encoder(order="sorted")


def row_digest(row: Row) -> bytes:
    """SHA-256 of a row as JSON, UTF-8, keys sorted (those of records too), no spaces: 32 bytes."""
    return hashlib.sha256(_ENCODER.encode(row)).digest()


class TableWriter:
    """Writes one split of one table as it comes, holding no more than one row group; how it comes makes no odds."""

    def __init__(
        self, folder: Path, table: str, split: str, schema: pa.Schema, *, shard_rows: int = SHARD_ROWS
    ) -> None:
        self._folder, self._table, self._split, self._schema = folder / table, table, split, schema
        self._shard_rows = shard_rows
        self._digest = ContentDigest()
        self._pending: list[pa.RecordBatch] = []
        self._rows = self._written = 0
        self._shards: list[Path] = []
        self._writer: parquet.ParquetWriter | None = None

    def add(self, rows: pa.RecordBatch, digests: bytes) -> None:
        """Take rows, in order, and their digests (`row_digest`), one after the other."""
        self._digest.add_digests(digests)
        while rows.num_rows:
            room = self._room() - (self._rows - self._written)
            self._pending.append(rows.slice(0, room))
            self._rows += self._pending[-1].num_rows
            rows = rows.slice(room)
            if self._rows - self._written == self._room():
                self._write()

    def _room(self) -> int:
        """Rows of the group that is being filled."""
        return min(GROUP_ROWS, self._shard_rows - self._written % self._shard_rows)

    def finish(self) -> None:
        """Write what is held, so that nothing is in memory; no row may follow."""
        if self._pending:
            self._write()
        self._finish()

    def close(self) -> Part:
        """Finish the files and give them their names: `TABLE/SPLIT-00000-of-00001-DIGEST.parquet`."""
        self.finish()
        content = self._digest.hexdigest()
        names = [
            f"{self._split}-{number:05}-of-{len(self._shards):05}-{content[:8]}.parquet"
            for number in range(len(self._shards))
        ]
        paths = [shard.rename(self._folder / name) for shard, name in zip(self._shards, names, strict=True)]
        return Part(
            rows=self._rows,
            content_sha256=content,
            files=tuple(f"{self._table}/{name}" for name in names),
            arrow_bytes=sum(map(_arrow_bytes, paths)),
            parquet_bytes=sum(path.stat().st_size for path in paths),
        )

    def abandon(self) -> None:
        """Close what is open; the files are left to whoever removes the folder."""
        if self._writer is not None:
            self._writer.close()
            self._writer = None

    def _open(self) -> None:
        self._finish()
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"{self._split}.{len(self._shards)}.writing"
        self._writer = parquet.ParquetWriter(
            path, self._schema, compression="zstd", compression_level=3, write_page_index=True
        )
        self._shards.append(path)

    def _write(self) -> None:
        """Write one row group: the same bytes however many batches it came in."""
        if self._written % self._shard_rows == 0:
            self._open()
        assert self._writer is not None  # noqa: S101 — opened above, or with the group before
        table = pa.Table.from_batches(self._pending, self._schema).combine_chunks()
        self._writer.write_table(table, row_group_size=GROUP_ROWS)
        self._pending, self._written = [], self._rows

    def _finish(self) -> None:
        if self._writer is not None:
            self.abandon()
            with self._shards[-1].open("rb") as file:
                os.fsync(file.fileno())


def batches(file: parquet.ParquetFile, rows: int, columns: list[str] | None = None) -> Iterator[pa.RecordBatch]:
    """The rows of a file in batches, a row group after the other.

    Asked for all at once, pyarrow 26 holds what it read of each row group until the file's end: gigabytes.
    """
    for group in range(file.num_row_groups):
        yield from file.iter_batches(rows, row_groups=[group], columns=columns, use_threads=False)


def row_objects(file: parquet.ParquetFile) -> Iterator[Row]:
    """The rows of a file as Python objects, a few of them at a time: one with tokens takes some 300 KB as such."""
    for batch in batches(file, BATCH_ROWS):
        for start in range(0, batch.num_rows, OBJECT_ROWS):
            yield from batch.slice(start, OBJECT_ROWS).to_pylist()


def _arrow_bytes(path: Path) -> int:
    with parquet.ParquetFile(path, pre_buffer=False) as file:  # buffered ahead, the whole file would be in memory
        return sum(batch.nbytes for batch in batches(file, GROUP_ROWS))

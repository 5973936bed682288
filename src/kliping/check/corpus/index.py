"""Where the lines about each article are in the files of a corpus: found by a light reading, in some bytes a line.

Of files in the order of the articles' ids the place of each eighth line is kept, of any others that of each line.
"""

from __future__ import annotations

import os
from array import array
from bisect import bisect_left
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias, cast

import pyarrow as pa
import pyarrow.compute as pc

from kliping.project.dossiers import text_column

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

__all__ = ["Lines", "Stretch", "located"]

STEP = 8
"""Lines from one place that is kept to the next, in files that are in order."""
BUFFER = 1 << 18
NAMES_A_CHUNK = 2_000

if TYPE_CHECKING:
    ReadKey: TypeAlias = Callable[[bytes], str | None]


class Stretch(NamedTuple):
    """Lines of a file that follow each other: the number of the first, from 1, and where they are, in bytes."""

    path: str
    number: int
    offset: int
    size: int


class Lines(Protocol):
    """The lines of one kind, asked for in the order of the articles' ids; `size` is that of all, in bytes."""

    size: int

    def marks(self) -> Iterator[tuple[str, int]]:
        """Some ids in their order, each with the bytes of the lines since the one before, more or less."""

    def before(self, name: str | None) -> list[Stretch]:
        """The lines that come next, up to the first of this article or a later one; without one, all that are left.

        Lines without an id come too, at any time.
        """


def located(files: Sequence[tuple[str, Path]], begin: Callable[[], ReadKey]) -> Lines:
    """Read where the lines of some files are.

    Args:
        files: name and path of each, in their order.
        begin: gives what reads the id from a line, None where there is none. It is called again, for a reading from the
            first line on, where the lines turn out not to be in the order of the ids.
    """
    read = begin()
    return _in_order(files, read) or _scattered(files, begin())


class _Mark(NamedTuple):
    """The place of a line with an id: the index of its file, its number there from 1, its offset in bytes."""

    name: str
    file: int
    number: int
    offset: int


def _in_order(files: Sequence[tuple[str, Path]], read: ReadKey) -> _InOrder | None:
    """The lines as they lie, if they are in the order of the ids; those without an id stay where they are."""
    marks: list[_Mark] = []
    sizes: list[int] = []
    last, passed = "", 0
    for index, (_, path) in enumerate(files):
        offset = 0
        with path.open("rb", BUFFER) as file:
            for number, data in enumerate(file, 1):
                name = read(data)
                if name is not None:
                    if name < last:
                        return None
                    if passed % STEP == 0:
                        marks.append(_Mark(name, index, number, offset))
                    last = name
                    passed += 1
                offset += len(data)
        sizes.append(offset)
    return _InOrder(files, read, marks, sizes)


class _InOrder:
    """Lines in the order of the ids: `_at` is the place of the next, `_sizes` are those of the files, in bytes."""

    def __init__(
        self,
        files: Sequence[tuple[str, Path]],
        read: ReadKey,
        marks: Sequence[_Mark],
        sizes: Sequence[int],
    ) -> None:
        self._files, self._read, self._marks, self._sizes = files, read, marks, sizes
        self._at = _Mark("", 0, 1, 0)
        self.size = sum(sizes)

    def marks(self) -> Iterator[tuple[str, int]]:
        for one, other in pairwise(self._marks):
            between = sum(self._sizes[one.file : other.file])
            yield other.name, between + other.offset - one.offset

    def before(self, name: str | None) -> list[Stretch]:
        start, end = self._at, self._end() if name is None else self._first(name)
        self._at = end
        found = []
        for index in range(start.file, min(end.file + 1, len(self._files))):
            number, first = (start.number, start.offset) if index == start.file else (1, 0)
            size = (end.offset if index == end.file else self._sizes[index]) - first
            if size > 0:
                found.append(Stretch(self._files[index][0], number, first, size))
        return found

    def _end(self) -> _Mark:
        return _Mark("", len(self._files), 1, 0)

    def _first(self, name: str) -> _Mark:
        """The place of the first line of an article or a later one."""
        known = bisect_left(self._marks, name, key=lambda mark: mark.name)
        nearest = self._marks[known - 1] if known else self._at
        start = max(nearest, self._at, key=lambda mark: (mark.file, mark.number))
        if known < len(self._marks) and self._marks[known].file == start.file:
            return self._first_between(start, self._marks[known], name)
        for index in range(start.file, len(self._files)):
            number, offset = (start.number, start.offset) if index == start.file else (1, 0)
            with self._files[index][1].open("rb") as file:
                file.seek(offset)
                for data in file:
                    found = self._read(data)
                    if found is not None and found >= name:
                        return _Mark("", index, number, offset)
                    number += 1
                    offset += len(data)
        return self._end()

    def _first_between(self, start: _Mark, after: _Mark, name: str) -> _Mark:
        """The same, where a mark in the same file is of such an article: the few lines before it are read at once."""
        number, offset = start.number, start.offset
        descriptor = os.open(self._files[start.file][1], os.O_RDONLY)
        try:
            data = os.pread(descriptor, after.offset - offset, offset)
        finally:
            os.close(descriptor)
        for line in BytesIO(data):
            found = self._read(line)
            if found is not None and found >= name:
                return _Mark("", start.file, number, offset)
            number += 1
            offset += len(line)
        return after


def _scattered(files: Sequence[tuple[str, Path]], read: ReadKey) -> _Scattered:
    """The place of each line, whatever order they are in."""
    names: list[str] = []
    chunks: list[pa.StringArray] = []
    columns = (array("I"), array("I"), array("Q"), array("I"))
    without: list[Stretch] = []
    for index, (path, place) in enumerate(files):
        offset = 0
        with place.open("rb", BUFFER) as file:
            for number, data in enumerate(file, 1):
                if (name := read(data)) is not None:
                    names.append(name)
                    for column, value in zip(columns, (index, number, offset, len(data)), strict=True):
                        column.append(value)
                    if len(names) == NAMES_A_CHUNK:
                        chunks.append(text_column(names))
                        names = []
                else:
                    without.append(Stretch(path, number, offset, len(data)))
                offset += len(data)
    chunks.append(text_column(names))
    return _Scattered([path for path, _ in files], pa.chunked_array(chunks), columns, without)


class _Scattered:
    """Lines in no order; the columns are the file's index, the line's number there, its offset and its size."""

    def __init__(
        self,
        paths: Sequence[str],
        names: pa.ChunkedArray[pa.StringScalar],
        columns: tuple[array[int], array[int], array[int], array[int]],
        without: list[Stretch],
    ) -> None:
        self._paths, self._columns, self._without = paths, columns, without
        self._names, self.size = names, sum(columns[3])
        self._order = pc.sort_indices(names)  # a stable sort: the lines of one article stay as they lie
        self._chunks = self._ordered()
        self._next = next(self._chunks, ([], []))

    def marks(self) -> Iterator[tuple[str, int]]:
        sizes = self._columns[3]
        for names, places in self._ordered():
            for start in range(0, len(names), STEP):
                yield names[start], sum(sizes[place] for place in places[start : start + STEP])

    def before(self, name: str | None) -> list[Stretch]:
        found, self._without = self._without, []
        names, places = self._next
        while names:
            at = len(names) if name is None else bisect_left(names, name)
            found += map(self._stretch, places[:at])
            names, places = names[at:], places[at:]
            if names:
                break
            names, places = next(self._chunks, ([], []))
        self._next = names, places
        return found

    def _stretch(self, place: int) -> Stretch:
        files, numbers, offsets, sizes = self._columns
        return Stretch(self._paths[files[place]], numbers[place], offsets[place], sizes[place])

    def _ordered(self) -> Iterator[tuple[list[str], list[int]]]:
        """Ids and places in the order of the ids, a chunk at a time."""
        for start in range(0, len(self._order), NAMES_A_CHUNK):
            some = self._order.slice(start, NAMES_A_CHUNK)
            yield cast("list[str]", self._names.take(some).to_pylist()), cast("list[int]", some.to_pylist())

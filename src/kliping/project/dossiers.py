"""A corpus article by article: what each of its files says of one, side by side, without holding them.

Files of annotations and gold are in the order of the articles' ids, articles and splits in that of the raw paths. All
are given in the order of the ids: a file in that order is read as it lies; of another the places are kept, a few bytes
a line, and its lines are fetched one by one.
"""

from __future__ import annotations

import os
from array import array
from collections import OrderedDict
from contextlib import ExitStack, closing
from heapq import merge
from itertools import accumulate, groupby
from typing import TYPE_CHECKING, NamedTuple, cast

import msgspec
import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
    from pathlib import Path

__all__ = ["Dossier", "Files", "Line", "Opened", "dossiers", "text_column"]

BOM = b"\xef\xbb\xbf"
OPEN_FILES = 128
"""Files that are kept open while lines are fetched from many."""


class Line(NamedTuple):
    """A line of a file, with its line end; `number` counts from 1."""

    path: Path
    number: int
    data: bytes


class Files(NamedTuple):
    """JSON lines files that say one kind of thing of articles; `key` is the field with the article's id."""

    paths: Sequence[Path]
    key: str


class Dossier(NamedTuple):
    """All that is said of one article: the lines by kind, in the order of the files. A kind without one is absent."""

    id: str
    lines: Mapping[str, tuple[Line, ...]]


def dossiers(kinds: Mapping[str, Files], passed_over: Callable[[str, Line], None] | None = None) -> Iterator[Dossier]:
    """What each kind of files says of each article, in the order of the ids (by code points).

    Args:
        kinds: the files by kind. Lines without an id, or that are no JSON object, are passed over: `kliping check`
            tells of them.
        passed_over: is told each of these once, with its kind, at any time before the last dossier is done with.
    """
    told = passed_over or _ignore
    with ExitStack() as opened:
        streams = [opened.enter_context(closing(_keyed(kind, files, told))) for kind, files in kinds.items()]
        for name, found in groupby(merge(*streams, key=lambda one: one[0]), key=lambda one: one[0]):
            lines: dict[str, list[Line]] = {}
            for _, kind, line in found:
                lines.setdefault(kind, []).append(line)
            yield Dossier(name, {kind: tuple(held) for kind, held in lines.items()})


def _ignore(kind: str, line: Line) -> None:
    """Pass a line over in silence."""


def _keyed(kind: str, files: Files, passed_over: Callable[[str, Line], None]) -> Generator[tuple[str, str, Line]]:
    """The lines of files in the order of their articles; those of one article as they lie."""
    read = _key_reader(files.key)
    if _is_ordered(files, read):
        for path in files.paths:
            with path.open("rb") as file:
                for number, data in enumerate(file, 1):
                    if (name := read(data)) is not None:
                        yield name, kind, Line(path, number, data)
                    else:
                        passed_over(kind, Line(path, number, data))
    else:
        places = _places(files, read, lambda line: passed_over(kind, line))
        yield from ((name, kind, line) for name, line in _fetched(files, places))


def _key_reader(key: str) -> Callable[[bytes], str | None]:
    """What reads the article's id from a line, and nothing else of it; None from a line that has none."""
    decoder = msgspec.json.Decoder(msgspec.defstruct("Key", [("name", str, msgspec.field(name=key))]))

    def read(data: bytes) -> str | None:
        try:
            (name,) = msgspec.structs.astuple(decoder.decode(data.removeprefix(BOM)))
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return None
        return str(name)

    return read


def _is_ordered(files: Files, read: Callable[[bytes], str | None]) -> bool:
    """Whether the lines are in the order of their articles as they lie."""
    last = ""
    for path in files.paths:
        with path.open("rb") as file:
            for data in file:
                name = read(data)
                if name is not None:
                    if name < last:
                        return False
                    last = name
    return True


class _Places(NamedTuple):
    """Where the lines with an id are, in the order of the files; offsets and sizes in bytes."""

    names: pa.ChunkedArray[pa.StringScalar]
    files: array[int]
    numbers: array[int]
    offsets: array[int]
    sizes: array[int]


NAMES_A_CHUNK = 10_000


def _places(files: Files, read: Callable[[bytes], str | None], passed_over: Callable[[Line], None]) -> _Places:
    names: list[str] = []
    chunks: list[pa.StringArray] = []
    at, numbers, offsets, sizes = array("I"), array("I"), array("Q"), array("I")
    for index, path in enumerate(files.paths):
        offset = 0
        with path.open("rb") as file:
            for number, data in enumerate(file, 1):
                if (name := read(data)) is not None:
                    names.append(name)
                    for column, value in ((at, index), (numbers, number), (offsets, offset), (sizes, len(data))):
                        column.append(value)
                    if len(names) == NAMES_A_CHUNK:
                        chunks.append(text_column(names))
                        names = []
                else:
                    passed_over(Line(path, number, data))
                offset += len(data)
    chunks.append(text_column(names))
    return _Places(pa.chunked_array(chunks), at, numbers, offsets, sizes)


def text_column(names: Sequence[str]) -> pa.StringArray:
    """Names as Arrow; not by `pa.array`, which imports pandas where that is installed: a second for a small corpus."""
    encoded = [name.encode() for name in names]
    offsets = array("i", accumulate(map(len, encoded), initial=0))
    return pa.StringArray.from_buffers(len(names), pa.py_buffer(offsets), pa.py_buffer(b"".join(encoded)))


def _fetched(files: Files, places: _Places) -> Iterator[tuple[str, Line]]:
    """The lines in the order of their articles, each fetched from its place."""
    import pyarrow.compute as pc

    order = pc.sort_indices(places.names)  # a stable sort: the lines of one article stay as they lie
    paths = [str(path) for path in files.paths]
    with Opened() as opened:
        for start in range(0, len(order), NAMES_A_CHUNK):
            some = order.slice(start, NAMES_A_CHUNK)
            names, found = places.names.take(some).to_pylist(), cast("list[int]", some.to_pylist())
            for name, place in zip(names, found, strict=True):
                index = places.files[place]
                data = opened.read(paths[index], places.offsets[place], places.sizes[place])
                yield str(name), Line(files.paths[index], places.numbers[place], data)


class Opened:
    """Files that are read here and there; no more than `OPEN_FILES` are open, those used last."""

    def __init__(self) -> None:
        self._files: OrderedDict[str, int] = OrderedDict()

    def __enter__(self) -> Opened:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close all that are open."""
        while self._files:
            os.close(self._files.popitem()[1])

    def read(self, path: str, offset: int, size: int) -> bytes:
        """Bytes of a file."""
        if path in self._files:
            self._files.move_to_end(path)
        else:
            self._files[path] = os.open(path, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0))
            if len(self._files) > OPEN_FILES:
                os.close(self._files.popitem(last=False)[1])
        return os.pread(self._files[path], size, offset)

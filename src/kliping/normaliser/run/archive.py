"""The articles that earlier runs wrote: by id, read from their place on disk when they are needed."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

import msgspec

from kliping.errors import DataError
from kliping.files import read_shards
from kliping.normaliser.run.staging import digest
from kliping.records import Article

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

__all__ = ["Archive", "Place", "Places", "lines_in", "listing_sha256"]

OPEN_FILES = 64
"""Files that are held open at once."""

BUFFER = 1 << 16
"""Bytes that are read at once: lines are mostly asked for in their order."""


class Place(NamedTuple):
    """Where an article's line is, and what is remembered of it.

    Attributes:
        file: a file of JSON lines.
        offset: bytes before the line.
        length: bytes of the line, its LF included.
        digest: of the line.
        text_sha256: of the article's text.
        raw: path of its input.
    """

    file: Path
    offset: int
    length: int
    digest: str
    text_sha256: str
    raw: str


@dataclass(slots=True)
class Places:
    """Reads lines from their places; a few files stay open. A context manager, which closes them."""

    _open: OrderedDict[Path, BinaryIO] = field(default_factory=OrderedDict)

    def __enter__(self) -> Places:
        return self

    def __exit__(self, *_: object) -> None:
        while self._open:
            self._open.popitem()[1].close()

    def line(self, place: Place) -> bytes:
        """The bytes of a line, its LF included."""
        file = self._file(place.file)
        file.seek(place.offset)
        return file.read(place.length)

    def article(self, place: Place) -> Article:
        """The article of a line.

        Raises:
            DataError: the line is no article.
        """
        try:
            return _ARTICLE.decode(self.line(place))
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise DataError(f"{place.file}: the article of {place.raw}: {error}; restore the file with git") from None

    def _file(self, path: Path) -> BinaryIO:
        if path not in self._open:
            if len(self._open) == OPEN_FILES:
                self._open.popitem(last=False)[1].close()
            self._open[path] = path.open("rb", buffering=BUFFER)
        self._open.move_to_end(path)
        return self._open[path]


@dataclass(frozen=True, slots=True)
class Archive:
    """The articles of a folder of shards. Memory holds ids, digests and places, no texts.

    Attributes:
        places: by id.
        shards: the digests of each file's lines, in order, by the file's name.
    """

    places: Mapping[str, Place]
    shards: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, folder: Path) -> Archive:
        """The articles in a folder's `*.jsonl`.

        Raises:
            DataError: a line that is no article, with its file and line.
        """
        places: dict[str, Place] = {}
        shards: dict[str, list[str]] = {path.name: [] for path in folder.glob("*.jsonl")}
        for identifier, place in lines_in(folder):
            places[identifier] = place
            shards[place.file.name].append(place.digest)
        return cls(places, {name: tuple(digests) for name, digests in shards.items()})

    def by_raw_path(self) -> list[tuple[str, str]]:
        """The path of the input and the id of each article, in the order of the paths."""
        return sorted((place.raw, identifier) for identifier, place in self.places.items())

    def digests(self) -> dict[str, str]:
        """Each article's line by its id, as a digest, to count changes with."""
        return {identifier: place.digest for identifier, place in self.places.items()}


class _SourceKey(msgspec.Struct, frozen=True):
    path: str | None


class _Key(msgspec.Struct, frozen=True):
    """What is remembered of a line."""

    id: str
    text_sha256: str
    source: _SourceKey


_ARTICLE = msgspec.json.Decoder(Article)
_KEY = msgspec.json.Decoder(_Key)


def lines_in(folder: Path) -> Iterator[tuple[str, Place]]:
    """The id and the place of every line in a folder's `*.jsonl`, in order.

    Raises:
        DataError: a line that is no article, with its file and line.
    """
    for path in sorted(folder.glob("*.jsonl")):
        offset = 0
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                try:
                    key = _KEY.decode(line)
                except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
                    raise DataError(f"{path}:{number}: {error}; mend the line, or restore it with git") from None
                yield key.id, Place(path, offset, len(line), digest(line), key.text_sha256, key.source.path or "")
                offset += len(line)


def listing_sha256(folder: Path) -> str:
    """Digest of the ids, text hashes and raw paths in a folder's `*.jsonl`, in order; nothing is held.

    Raises:
        DataError: a line that is no article, with its file and line.
    """
    listing = hashlib.sha256()
    for key in read_shards(folder, _Key):
        listing.update(f"{key.id}\0{key.text_sha256}\0{key.source.path or ''}\n".encode())
    return listing.hexdigest()

"""The articles that earlier runs wrote: by id, read from their place on disk when they are needed."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

import msgspec

from kliping.errors import DataError
from kliping.records import Article

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["Archive", "digest"]


class _SourceKey(msgspec.Struct, frozen=True):
    path: str | None


class _Key(msgspec.Struct, frozen=True):
    """What is remembered of a line."""

    id: str
    text_sha256: str
    source: _SourceKey


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an article's line is: offset and length in bytes; and the path of its raw file."""

    path: Path
    offset: int
    length: int
    digest: bytes
    text_sha256: str
    raw: str


@dataclass(frozen=True, slots=True)
class Archive:
    """The articles of a folder of shards. Memory holds ids, digests and places, no texts."""

    places: Mapping[str, _Place]

    @classmethod
    def of(cls, folder: Path) -> Archive:
        """The articles in a folder's `*.jsonl`.

        Raises:
            DataError: a line that is no article, with its file and line.
        """
        places: dict[str, _Place] = {}
        decoder = msgspec.json.Decoder(_Key)
        for path in sorted(folder.glob("*.jsonl")):
            offset = 0
            with path.open("rb") as file:
                for number, line in enumerate(file, 1):
                    try:
                        key = decoder.decode(line)
                    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
                        raise DataError(f"{path}:{number}: {error}; mend the line, or restore it with git") from None
                    places[key.id] = _Place(
                        path, offset, len(line), _digest(line), key.text_sha256, key.source.path or ""
                    )
                    offset += len(line)
        return cls(places)

    def __contains__(self, identifier: str) -> bool:
        return identifier in self.places

    def text_sha256(self, identifier: str) -> str | None:
        """The digest of an article's text; None where there is no such article."""
        place = self.places.get(identifier)
        return place.text_sha256 if place else None

    def read(self, identifier: str) -> Article:
        """An article, from its place.

        Raises:
            DataError: the line is no article.
        """
        place = self.places[identifier]
        with place.path.open("rb") as file:
            file.seek(place.offset)
            line = file.read(place.length)
        try:
            return msgspec.json.decode(line, type=Article)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise DataError(f"{place.path}: article {identifier}: {error}; restore the file with git") from None

    def by_raw_path(self) -> list[tuple[str, str]]:
        """The path of the raw file and the id of each article, in the order of the paths."""
        return sorted((place.raw, identifier) for identifier, place in self.places.items())

    def digests(self) -> dict[str, bytes]:
        """Each article's line by its id, as a digest, to count changes with."""
        return {identifier: place.digest for identifier, place in self.places.items()}


def digest(article: Article) -> bytes:
    """The digest of an article's line."""
    return _digest(msgspec.json.encode(article))


def _digest(line: bytes) -> bytes:
    return sha256(line.rstrip(b"\n")).digest()[:16]

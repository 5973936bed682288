"""An article and what it was made from (article.schema.json)."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

from kliping.records.base import Record

__all__ = [
    "Article",
    "Block",
    "BlockType",
    "Dateline",
    "Duplicate",
    "Figure",
    "Normaliser",
    "Rejection",
    "Related",
    "Removed",
    "Repair",
    "Source",
    "SourceEntry",
    "SplitEntry",
    "SplitName",
]

BlockType: TypeAlias = Literal["title", "subtitle", "heading", "paragraph", "quote", "list_item"]
SplitName: TypeAlias = Literal["train", "validation", "test"]


class Block(Record, frozen=True):
    """A run of an article's text with its kind."""

    type: BlockType
    start: int
    end: int


class Dateline(Record, frozen=True):
    """What stood before the first sentence, as written."""

    place: str | None
    agency: str | None
    date: str | None


class Figure(Record, frozen=True):
    """A picture's words."""

    caption: str | None
    credit: str | None


class Related(Record, frozen=True):
    """Another article that this one pointed to."""

    title: str | None
    url: str | None


class Removed(Record, frozen=True):
    """A piece of the source that is in no block and no field, and the rule that dropped it."""

    rule: str
    text: str


class Repair(Record, frozen=True):
    """A piece of wrongly decoded text, and what it was repaired to."""

    found: str
    repaired: str


class Source(Record, frozen=True):
    """What an article was made from; `path` is relative to the raw folder, `sha256` is of the raw bytes."""

    path: str | None
    sha256: str
    media_type: str
    retrieved: str | None
    licence: str | None
    rights_holder: str | None


class Normaliser(Record, frozen=True):
    """Name and version of what made a text from a source."""

    name: str
    version: str


class Article(Record, frozen=True):
    """A news article, normalised: a line of `corpus/articles/*.jsonl`."""

    id: str
    text: str
    text_sha256: str
    blocks: tuple[Block, ...]
    title: str | None
    subtitle: str | None
    authors: tuple[str, ...]
    publisher: str | None
    published: str | None
    modified: str | None
    url: str | None
    dateline: Dateline | None
    topics: tuple[str, ...]
    figures: tuple[Figure, ...]
    related: tuple[Related, ...]
    removed: tuple[Removed, ...]
    repairs: tuple[Repair, ...]
    confidence: float | None
    language: str
    language_score: float | None
    source: Source
    normaliser: Normaliser
    metadata: dict[str, Any]
    extra: str | None


class Duplicate(Record, frozen=True):
    """Another raw file that holds an article: the same bytes, or the same canonical URL."""

    path: str
    sha256: str


class SourceEntry(Record, frozen=True):
    """The id of a raw file, minted once: a line of `corpus/sources.jsonl`."""

    id: str
    aliases: tuple[str, ...]
    path: str
    sha256: str
    media_type: str
    url: str | None
    retrieved: str | None
    licence: str | None
    rights_holder: str | None
    duplicates: tuple[Duplicate, ...] = ()


class Rejection(Record, frozen=True):
    """A raw file that became no article, and why: a line of `corpus/rejected.jsonl`."""

    path: str
    sha256: str
    reason: str
    detail: str


class SplitEntry(Record, frozen=True):
    """An article's split, for ever: a line of `corpus/splits.jsonl`."""

    id: str
    split: SplitName
    cluster: str

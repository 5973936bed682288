"""The records that flow through the rooms: frozen, slotted, no behaviour beyond their own.

Each mirrors a definition of the contract in `schema/`, field by field and in its order; a test holds them together.
Offsets are Unicode code points of the article's text, half open.
"""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

import msgspec

__all__ = [
    "Annotation",
    "Article",
    "Block",
    "Carried",
    "Count",
    "Dateline",
    "Decision",
    "Duplicate",
    "Entity",
    "Figure",
    "Finding",
    "Gold",
    "Holder",
    "Lost",
    "Normaliser",
    "Party",
    "Quarantined",
    "Receipt",
    "Rejection",
    "Related",
    "Removed",
    "Repair",
    "Source",
    "SourceEntry",
    "Span",
    "SplitEntry",
    "SplitName",
    "Stance",
    "Stated",
    "Studio",
    "Target",
]

BlockType: TypeAlias = Literal["title", "subtitle", "heading", "paragraph", "quote", "list_item"]
SplitName: TypeAlias = Literal["train", "validation", "test"]
Origin: TypeAlias = Literal["manual", "prediction", "prediction-changed"]


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A line of a file of the corpus, or a part of one; its fields are in the schema's order."""


# An article and what it was made from (article.schema.json).


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


# An annotation and what becomes of it (annotation.schema.json).


class Entity(Record, frozen=True):
    """One mention; `text` is the slice of the article's text from `start` to `end`."""

    id: str
    start: int
    end: int
    text: str
    label: str
    ref: str | None = None
    origin: Origin = "manual"
    unsure: bool = False


class Target(Record, frozen=True):
    """What a stance is about: a mention (an entity's id) or a target declared in the scheme."""

    kind: Literal["mention", "declared"]
    mention: str | None = None
    name: str | None = None


class Holder(Record, frozen=True):
    """Who takes a stance: the article's voice, a mention, someone by name, or nobody chosen."""

    kind: Literal["author", "mention", "named", "unspecified"]
    mention: str | None = None
    name: str | None = None


class Stance(Record, frozen=True):
    """One holder's side towards one target."""

    id: str
    stance: str
    target: Target
    holder: Holder


class Studio(Record, frozen=True):
    """Label Studio's own numbers for an annotation."""

    project: int
    task: int
    annotation: int


class Annotation(Record, frozen=True):
    """What one annotator said about one article: a line of `annotations/pulled/*.jsonl`; `lead_time` is in seconds."""

    id: str
    article_id: str
    text_sha256: str
    annotator: str
    round: int
    scheme: str
    status: Literal["submitted", "skipped"]
    entities: tuple[Entity, ...]
    stances: tuple[Stance, ...]
    comment: str | None
    created: str | None
    updated: str | None
    lead_time: float | None
    predictions_shown: str | None
    studio: Studio | None


class Lost(Record, frozen=True):
    """A mention or a stance that could not be carried over to a newer text, and why."""

    kind: Literal["entity", "stance"]
    id: str
    words: str
    reason: str


class Carried(Record, frozen=True):
    """An annotation of a superseded text, moved to the text of today.

    A line of `annotations/predictions/carried.jsonl`. It is offered to annotators as a prediction, and is never an
    annotation of the new text itself.
    """

    article_id: str
    text_sha256: str
    annotation: str
    annotated_text_sha256: str
    annotator: str
    scheme: str
    entities: tuple[Entity, ...]
    stances: tuple[Stance, ...]
    lost: tuple[Lost, ...]


class Quarantined(Record, frozen=True):
    """Something pulled that could not be proven right: a line of `annotations/quarantine.jsonl`."""

    article_id: str | None
    annotator: str
    studio: Studio
    reason: str
    pulled: str


class Span(Record, frozen=True):
    """A mention by its place, with its label, as decisions write it."""

    start: int
    end: int
    text: str
    label: str


class Party(Record, frozen=True):
    """A target or a holder by its place or its name, as decisions write it."""

    kind: Literal["mention", "declared", "author", "named", "unspecified"]
    start: int | None = None
    end: int | None = None
    text: str | None = None
    name: str | None = None


class Stated(Record, frozen=True):
    """A stance as decisions write it."""

    stance: str
    target: Party
    holder: Party


class Decision(Record, frozen=True):
    """What an adjudicator decided about one mention or one stance: a line of `annotations/decisions.jsonl`."""

    article_id: str
    text_sha256: str
    mention: Span | None
    stance: Stated | None
    verdict: Literal["accept", "edit", "reject"]
    edited_mention: Span | None
    edited_stance: Stated | None
    by: str
    when: str
    why: str
    guidelines: str


class Gold(Record, frozen=True):
    """An article where everything is decided: a line of `annotations/gold.jsonl`."""

    article_id: str
    text_sha256: str
    scheme: str
    annotators: int
    entities: tuple[Entity, ...]
    stances: tuple[Stance, ...]


# What the tool tells people.


class Count(Record, frozen=True):
    """What went into a step, what came out, and what was set aside with a reason."""

    what: str
    taken: int
    kept: int
    set_aside: int = 0


class Receipt(Record, frozen=True):
    """The proof of one run of a step, printed and kept in `.kliping/receipts/STEP.json`.

    `changes` counts what the run changed: 0 on a second run. `notes` are sentences for people.
    """

    step: str
    counts: tuple[Count, ...]
    changes: int
    notes: tuple[str, ...] = ()

    @property
    def adds_up(self) -> bool:
        """Whether, of everything, what went in came out or was set aside."""
        return all(count.taken == count.kept + count.set_aside for count in self.counts)


class Finding(Record, frozen=True):
    """Something wrong, and where: `path` is relative to what was checked, `line` counts from 1."""

    code: str
    path: str
    line: int | None
    message: str

    def __str__(self) -> str:
        place = self.path if self.line is None else f"{self.path}:{self.line}"
        return f"{place}: {self.code} {self.message}"

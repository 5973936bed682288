"""An annotation, what is offered to annotators, and who labels what (annotation.schema.json)."""

from __future__ import annotations

from typing import Literal, TypeAlias

from kliping.records.base import Record

__all__ = [
    "Annotation",
    "Assignment",
    "Carried",
    "Entity",
    "Holder",
    "Lost",
    "Origin",
    "Prediction",
    "Quarantined",
    "Relabelling",
    "Stance",
    "Studio",
    "Target",
]

Origin: TypeAlias = Literal["manual", "prediction", "prediction-changed"]


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

    A line of `annotations/carried.jsonl`. It is offered to annotators as a prediction, and is never an
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
    studio: Studio | None
    reason: str
    pulled: str


class Prediction(Record, frozen=True):
    """What a model said about an article: a line of `annotations/predictions/NAME.jsonl`.

    `score` is the model's own confidence in the whole, from 0 to 1, or None.
    """

    article_id: str
    text_sha256: str
    model_version: str
    score: float | None
    entities: tuple[Entity, ...]
    stances: tuple[Stance, ...]


class Assignment(Record, frozen=True):
    """Who labels an article in a round: a line of `annotations/rounds.jsonl`; nobody named is everybody."""

    round: int
    article_id: str
    annotators: tuple[str, ...]


class Relabelling(Record, frozen=True):
    """A constant that was renamed in what annotators made: a line of `annotations/relabelled.jsonl`."""

    control: Literal["label", "stance", "target", "holder"]
    old: str
    new: str
    annotations: int
    decisions: int
    scheme: str
    when: str

"""What adjudicators decided, and gold (annotation.schema.json)."""

from __future__ import annotations

from typing import Literal

from kliping.records.annotation import Entity, Stance  # noqa: TC001 — msgspec reads them at run time
from kliping.records.base import Record

__all__ = ["Decision", "Gold", "Party", "Span", "Stated"]


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

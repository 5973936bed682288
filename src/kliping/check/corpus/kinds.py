"""Where a corpus keeps what it says of articles, and what a line there is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kliping.records import (
    Annotation,
    Article,
    Assignment,
    Carried,
    Decision,
    Gold,
    Prediction,
    Quarantined,
    Record,
    SourceEntry,
    SplitEntry,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kliping.contract import Kind

__all__ = ["KEPT", "Kept"]


class Kept(NamedTuple):
    """Where lines about articles are kept, the field with the article's id, and what such a line is."""

    pattern: str
    key: str
    kind: Kind
    record: type[Record]


KEPT: Mapping[str, Kept] = {
    "sources": Kept("corpus/sources.jsonl", "id", "source_entry", SourceEntry),
    "splits": Kept("corpus/splits.jsonl", "id", "split_entry", SplitEntry),
    "articles": Kept("corpus/articles/*.jsonl", "id", "article", Article),
    "revisions": Kept("corpus/revisions/*.jsonl", "id", "article", Article),
    "annotations": Kept("annotations/pulled/*.jsonl", "article_id", "annotation", Annotation),
    "carried": Kept("annotations/carried.jsonl", "article_id", "carried", Carried),
    "predictions": Kept("annotations/predictions/*.jsonl", "article_id", "prediction", Prediction),
    "rounds": Kept("annotations/rounds.jsonl", "article_id", "assignment", Assignment),
    "quarantine": Kept("annotations/quarantine.jsonl", "article_id", "quarantined", Quarantined),
    "decisions": Kept("annotations/decisions.jsonl", "article_id", "decision", Decision),
    "gold": Kept("annotations/gold.jsonl", "article_id", "gold", Gold),
}
"""By the field of `ArticleSeen` that holds them."""

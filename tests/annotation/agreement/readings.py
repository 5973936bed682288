"""Readings made by hand: what annotators said, without a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kliping.annotation.adjudication.ledger import Side
from kliping.annotation.adjudication.questions import Question, holders_of
from kliping.annotation.agreement.comparison import Resampling, Words, compare
from kliping.annotation.agreement.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kliping.annotation.adjudication.ledger import Place
    from kliping.annotation.agreement.report import Comparison

AUTHOR = Side("author")
WORDS = Words(labels=("PERSON", "PLACE"), stances=("against", "none", "favor"))


def reading(
    annotator: str,
    marks: Mapping[str, Iterable[Place]] | None = None,
    sides: Mapping[Question, str | None] | None = None,
    tags: Sequence[int] = (),
    predictions: str | None = None,
) -> Reading:
    """What one annotator said about an article."""
    return Reading(
        annotator=annotator,
        predictions=predictions,
        marks={label: frozenset(places) for label, places in (marks or {}).items()},
        tags=np.array(tags, dtype=np.int64),
        unshown=0,
        widened=0,
        sides=sides or {},
        holders=holders_of(sides or {}),
        origins={},
    )


def at(start: int, end: int) -> Side:
    """A mention as target or holder."""
    return Side("mention", start, end)


def declared(name: str) -> Question:
    """The question about a declared target."""
    return Side("declared", name=name), AUTHOR


def coded(rows: Sequence[Sequence[str | None]]) -> list[list[Reading]]:
    """A table of annotators × units as an article a unit; who gave no value did not annotate it."""
    return [
        [
            reading(f"annotator-{number}", sides={declared("LEVY"): value})
            for number, value in enumerate(column)
            if value is not None
        ]
        for column in zip(*rows, strict=True)
    ]


def compared(articles: Iterable[Sequence[Reading]], *, words: Words = WORDS, samples: int = 200) -> Comparison:
    """The measures, with few samples."""
    return compare(articles, words, Resampling(samples, seed=7))

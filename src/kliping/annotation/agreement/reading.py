"""One annotator's reading of one article, as what is compared: marks by label, token tags, sides taken."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kliping.annotation.adjudication.questions import Question, holders_of, sides_of
from kliping.annotation.adjudication.votes import mention_of
from kliping.annotation.bio import project
from kliping.annotation.tokens import Token, tokenise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from kliping.annotation.adjudication.ledger import Place, Side
    from kliping.contract import Scheme
    from kliping.records import Annotation, Article, Origin

__all__ = ["Reading", "read", "word_faults"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one annotator said about one article.

    Attributes:
        predictions: the model whose predictions were shown, or None.
        marks: the spans of the mentions, by label; two mentions with the same span and label are one.
        tags: a number for each token: 0 outside of mentions, else the label's place in the scheme, from 1.
        unshown: mentions that the tags cannot show, since another one covers their tokens.
        widened: mentions whose tags reach past their span, since it cuts a token.
        sides: the stance on each question; None where the annotator gave two that differ.
        holders: of each target that is a mention, all that the annotator gave it.
        origins: how many mentions the annotator made, kept or changed; repeated ones count each.
    """

    annotator: str
    predictions: str | None
    marks: Mapping[str, frozenset[Place]]
    tags: NDArray[np.int64]
    unshown: int
    widened: int
    sides: Mapping[Question, str | None]
    holders: Mapping[Side, frozenset[Side]]
    origins: Mapping[Origin, int]


def read(article: Article, annotations: Iterable[Annotation], scheme: Scheme) -> tuple[Reading, ...]:
    """The readings of an article: one annotation an annotator, on the article's text."""
    tokens = list(tokenise(article.text))
    classes = {"O": 0}
    for number, label in enumerate(scheme.entity_labels, 1):
        classes[f"B-{label.const}"] = classes[f"I-{label.const}"] = number
    return tuple(_reading(one, tokens, classes) for one in annotations)


def word_faults(annotations: Iterable[Annotation], scheme: Scheme) -> Iterator[str]:
    """Labels and stances that the scheme does not have, in words."""
    labels = {label.const for label in scheme.entity_labels}
    stances = {stance.const for stance in scheme.stances}
    for annotation in annotations:
        for unknown in sorted({entity.label for entity in annotation.entities} - labels):
            yield f"{annotation.annotator}: schema/corpus.schema.json has no label {unknown!r}; run `kliping check`"
        for unknown in sorted({stance.stance for stance in annotation.stances} - stances):
            yield f"{annotation.annotator}: schema/corpus.schema.json has no stance {unknown!r}; run `kliping check`"


def _reading(annotation: Annotation, tokens: Sequence[Token], classes: Mapping[str, int]) -> Reading:
    marked = {mention_of(entity): entity for entity in annotation.entities}
    marks: dict[str, set[Place]] = defaultdict(set)
    for mention in marked:
        marks[mention.label].add(mention.place)
    sides = sides_of(annotation)
    shown = project(tokens, marked.values(), classes)
    return Reading(
        annotator=annotation.annotator,
        predictions=annotation.predictions_shown,
        marks={label: frozenset(places) for label, places in marks.items()},
        tags=np.array(shown.tags, dtype=np.int64),
        unshown=shown.lost,
        widened=shown.widened,
        sides=sides,
        holders=holders_of(sides),
        origins=Counter(entity.origin for entity in annotation.entities),
    )

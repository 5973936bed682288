"""What a release holds, counted as it is written: for the card and the receipt."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, fields
from itertools import combinations
from typing import TYPE_CHECKING

from kliping.contract.addresses import ADDRESS
from kliping.release.tables.annotated import status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kliping.records import Annotation, SplitName
    from kliping.release.tables.annotated import Annotated, Row

__all__ = ["Agreement", "Statistics", "mention_agreement"]


@dataclass(slots=True)
class Agreement:
    """Mentions that two annotators of an article marked alike, of all that the two marked.

    `f1` is the pairwise F-measure on exact span and label, which for mentions, where what nobody marked cannot be
    counted, stands in for kappa (Hripcsak and Rothschild, 2005).
    """

    shared: int = 0
    marked: int = 0
    articles: int = 0

    @property
    def f1(self) -> float | None:
        """From 0 to 1, over all pairs of annotators; None where no two annotated one article."""
        return 2 * self.shared / self.marked if self.marked else None


@dataclass(slots=True)
class Statistics:
    """Counts over a release; keys with two parts are (what, split)."""

    articles: Counter[str] = field(default_factory=Counter)
    statuses: Counter[tuple[str, str]] = field(default_factory=Counter)
    labels: Counter[tuple[str, str]] = field(default_factory=Counter)
    stances: Counter[tuple[str, str]] = field(default_factory=Counter)
    holders: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    licences: Counter[str] = field(default_factory=Counter)
    annotators: Counter[str] = field(default_factory=Counter)
    skipped: int = 0
    predictions_shown: int = 0
    with_address: int = 0
    bio_lost: int = 0
    bio_widened: int = 0
    agreement: Agreement = field(default_factory=Agreement)

    def add(self, annotated: Annotated, split: SplitName) -> None:
        """Count an article and what is said about it."""
        article = annotated.article
        self.articles[split] += 1
        self.statuses[status(annotated), split] += 1
        self.languages[article.language] += 1
        self.licences[article.source.licence or "not stated"] += 1
        self.with_address += ADDRESS.search(article.text) is not None
        if annotated.gold is not None:
            self.labels.update((entity.label, split) for entity in annotated.gold.entities)
            self.stances.update((stance.stance, split) for stance in annotated.gold.stances)
            self.holders.update(stance.holder.kind for stance in annotated.gold.stances)
        self._add_annotations(annotated.annotations)

    def add_row(self, table: str, row: Row) -> None:
        """Count what only a row knows: the losses of the BIO projection."""
        if table == "entities":
            self.bio_lost += row["bio_lost"]
            self.bio_widened += row["bio_widened"]

    def merge(self, other: Statistics) -> None:
        """Add what was counted elsewhere, of other articles."""
        _merge(self, other)

    def _add_annotations(self, annotations: Sequence[Annotation]) -> None:
        submitted = [annotation for annotation in annotations if annotation.status == "submitted"]
        self.annotators.update(annotation.annotator for annotation in submitted)
        self.skipped += len(annotations) - len(submitted)
        self.predictions_shown += sum(annotation.predictions_shown is not None for annotation in submitted)
        shared, marked = mention_agreement(submitted)
        self.agreement.shared += shared
        self.agreement.marked += marked
        self.agreement.articles += len({annotation.annotator for annotation in submitted}) > 1


def _merge(one: Statistics | Agreement, other: Statistics | Agreement) -> None:
    for each in fields(one):
        mine, theirs = getattr(one, each.name), getattr(other, each.name)
        if isinstance(mine, Counter):
            mine.update(theirs)
        elif isinstance(mine, Agreement):
            _merge(mine, theirs)
        else:
            setattr(one, each.name, mine + theirs)


def mention_agreement(annotations: Sequence[Annotation]) -> tuple[int, int]:
    """Over the pairs of annotators of one article: mentions both marked alike, and what the two marked together."""
    marks = {
        one.annotator: {(entity.start, entity.end, entity.label) for entity in one.entities} for one in annotations
    }
    pairs = list(combinations(marks.values(), 2))
    return sum(len(one & other) for one, other in pairs), sum(len(one) + len(other) for one, other in pairs)

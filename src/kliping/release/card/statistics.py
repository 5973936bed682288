"""What a release holds, counted as it is written: for the card and the receipt."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, NamedTuple

from kliping.contract.addresses import ADDRESS
from kliping.release.card.agreement import add_agreement
from kliping.release.tables.annotated import status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kliping.records import Annotation, Gold, SplitName
    from kliping.release.card.agreement import Places, Sum
    from kliping.release.tables.annotated import Annotated, Row, Words

__all__ = ["Origin", "Statistics"]


class Origin(NamedTuple):
    """Where articles come from, and on which terms; empty where nobody stated it."""

    publisher: str
    licence: str
    rights_holder: str


@dataclass(slots=True)
class Statistics:
    """Counts over a release; keys with a split have it last.

    Attributes:
        targets: gold stances by target and side; the target is a declared one's name, or empty for a mention.
        years: articles by the year of publication; empty where it is not stated.
        voters: articles by how many annotators submitted them, where any did.
        single: articles whose gold rests on one annotator.
        models: annotations by the model whose predictions were shown.
        characters: code points of all texts.
        agreement: the sums that measures of agreement are made from.
    """

    articles: Counter[str] = field(default_factory=Counter)
    statuses: Counter[tuple[str, str]] = field(default_factory=Counter)
    labels: Counter[tuple[str, str]] = field(default_factory=Counter)
    stances: Counter[tuple[str, str]] = field(default_factory=Counter)
    targets: Counter[tuple[str, str]] = field(default_factory=Counter)
    holders: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    licences: Counter[str] = field(default_factory=Counter)
    origins: Counter[Origin] = field(default_factory=Counter)
    normalisers: Counter[str] = field(default_factory=Counter)
    years: Counter[str] = field(default_factory=Counter)
    annotators: Counter[str] = field(default_factory=Counter)
    rounds: Counter[int] = field(default_factory=Counter)
    schemes: Counter[str] = field(default_factory=Counter)
    voters: Counter[int] = field(default_factory=Counter)
    models: Counter[str] = field(default_factory=Counter)
    skipped: int = 0
    predictions_shown: int = 0
    single: int = 0
    with_address: int = 0
    characters: int = 0
    bio_lost: int = 0
    bio_widened: int = 0
    agreement: Counter[Sum] = field(default_factory=Counter)

    @property
    def gold(self) -> int:
        """Articles with gold."""
        return sum(count for (name, _), count in self.statuses.items() if name == "gold")

    def add(self, annotated: Annotated, split: SplitName, words: Words, tokens: Places | None = None) -> None:
        """Count an article and what is said about it; `tokens` are those of its text, where they are known already."""
        article, source = annotated.article, annotated.article.source
        self.articles[split] += 1
        self.statuses[status(annotated), split] += 1
        self.languages[article.language] += 1
        self.licences[source.licence or "not stated"] += 1
        self.origins[Origin(article.publisher or "", source.licence or "", source.rights_holder or "")] += 1
        self.normalisers[f"{article.normaliser.name} {article.normaliser.version}"] += 1
        self.years[(article.published or "")[:4]] += 1
        self.with_address += ADDRESS.search(article.text) is not None
        self.characters += len(article.text)
        if annotated.gold is not None:
            self._add_gold(annotated.gold, split)
        self._add_annotations(annotated.annotations)
        add_agreement(self.agreement, annotated, words, tokens)

    def add_row(self, table: str, row: Row) -> None:
        """Count what only a row knows: the losses of the BIO projection."""
        if table == "entities":
            self.bio_lost += row["bio_lost"]
            self.bio_widened += row["bio_widened"]

    def merge(self, other: Statistics) -> None:
        """Take in what was counted over other articles, perhaps by another process: the order makes no difference."""
        for one in fields(self):
            mine, theirs = getattr(self, one.name), getattr(other, one.name)
            if isinstance(mine, Counter):
                mine.update(theirs)
            else:
                setattr(self, one.name, mine + theirs)

    def _add_gold(self, gold: Gold, split: SplitName) -> None:
        self.single += gold.annotators < 2
        self.labels.update((entity.label, split) for entity in gold.entities)
        self.stances.update((stance.stance, split) for stance in gold.stances)
        self.targets.update((stance.target.name or "", stance.stance) for stance in gold.stances)
        self.holders.update(stance.holder.kind for stance in gold.stances)

    def _add_annotations(self, annotations: Sequence[Annotation]) -> None:
        submitted = [annotation for annotation in annotations if annotation.status == "submitted"]
        self.annotators.update(annotation.annotator for annotation in submitted)
        self.rounds.update(annotation.round for annotation in submitted)
        self.schemes.update(annotation.scheme for annotation in submitted)
        self.skipped += len(annotations) - len(submitted)
        shown = [one.predictions_shown for one in submitted if one.predictions_shown is not None]
        self.models.update(shown)
        self.predictions_shown += len(shown)
        if submitted:
            self.voters[len({annotation.annotator for annotation in submitted})] += 1

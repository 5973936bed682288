"""Everything that the files of a corpus say of one article: each line is parsed once, and let go with its article."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from kliping.annotation import adjudicate_article
from kliping.annotation.adjudication.decisions import form_faults, stated_spans
from kliping.annotation.adjudication.votes import annotation_faults
from kliping.check.corpus.survey import take_line
from kliping.check.corpus.texts import Claimed, TextSeen
from kliping.check.lines import read_line
from kliping.check.rules import Place
from kliping.errors import DataError
from kliping.project.dossiers import Files, dossiers
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
    from collections.abc import Iterator, Mapping

    from kliping.check.corpus.survey import Seen, Survey
    from kliping.contract import Kind
    from kliping.project.dossiers import Line as FileLine

__all__ = ["ArticleSeen", "articles_seen"]

Said: TypeAlias = Annotation | Gold


class _Kept(NamedTuple):
    """Where lines about articles are kept, the field with the article's id, and what such a line is."""

    pattern: str
    key: str
    kind: Kind
    record: type[Record]


_KEPT: Mapping[str, _Kept] = {
    "sources": _Kept("corpus/sources.jsonl", "id", "source_entry", SourceEntry),
    "splits": _Kept("corpus/splits.jsonl", "id", "split_entry", SplitEntry),
    "articles": _Kept("corpus/articles/*.jsonl", "id", "article", Article),
    "revisions": _Kept("corpus/revisions/*.jsonl", "id", "article", Article),
    "annotations": _Kept("annotations/pulled/*.jsonl", "article_id", "annotation", Annotation),
    "carried": _Kept("annotations/carried.jsonl", "article_id", "carried", Carried),
    "predictions": _Kept("annotations/predictions/*.jsonl", "article_id", "prediction", Prediction),
    "rounds": _Kept("annotations/rounds.jsonl", "article_id", "assignment", Assignment),
    "quarantine": _Kept("annotations/quarantine.jsonl", "article_id", "quarantined", Quarantined),
    "decisions": _Kept("annotations/decisions.jsonl", "article_id", "decision", Decision),
    "gold": _Kept("annotations/gold.jsonl", "article_id", "gold", Gold),
}


@dataclass(slots=True)
class ArticleSeen:
    """What is said of one article, in the order of the files, and the corpus it is in."""

    survey: Survey
    id: str
    sources: list[Seen[SourceEntry]] = field(default_factory=list)
    splits: list[Seen[SplitEntry]] = field(default_factory=list)
    articles: list[Seen[Article]] = field(default_factory=list)
    """One in a good corpus; none where something is said of an article that is not there."""
    revisions: list[Seen[Article]] = field(default_factory=list)
    annotations: list[Seen[Annotation]] = field(default_factory=list)
    carried: list[Seen[Carried]] = field(default_factory=list)
    predictions: list[Seen[Prediction]] = field(default_factory=list)
    rounds: list[Seen[Assignment]] = field(default_factory=list)
    quarantine: list[Seen[Quarantined]] = field(default_factory=list)
    decisions: list[Seen[Decision]] = field(default_factory=list)
    gold: list[Seen[Gold]] = field(default_factory=list)
    is_derived: bool = field(default=False, init=False)
    """Whether adjudication could be run."""
    derived: Gold | None = field(default=None, init=False)
    """What it gives."""
    undecidable: list[str] = field(default_factory=list, init=False)

    @property
    def said(self) -> list[Seen[Annotation] | Seen[Gold]]:
        """What annotators and adjudication say: entities and stances."""
        return [*self.annotations, *self.gold]

    @property
    def stated(self) -> list[Seen[Annotation] | Seen[Gold] | Seen[Decision]]:
        """The same, and decisions."""
        return [*self.said, *self.decisions]

    def texts(self) -> Iterator[TextSeen]:
        """Its texts, current and superseded, each with the spans that count in it."""
        claimed: dict[str, list[Claimed]] = defaultdict(list)
        for seen in (*self.said, *self.carried, *self.predictions):
            claimed[seen.record.text_sha256] += [
                Claimed(seen.place, entity.start, entity.end, entity.text) for entity in seen.record.entities
            ]
        for decision in self.decisions:
            claimed[decision.record.text_sha256] += [
                Claimed(decision.place, *span) for span in stated_spans(decision.record)
            ]
        for place, article in (*self.articles, *self.revisions):
            yield TextSeen(place, article, claimed.get(article.text_sha256, ()))


def articles_seen(survey: Survey) -> Iterator[ArticleSeen]:
    """What is said of each article, in the order of the ids; what is said of none by itself, with the id ''."""
    root = survey.corpus.root
    files = {name: Files(sorted(root.glob(kept.pattern)), kept.key) for name, kept in _KEPT.items()}
    of_none: list[ArticleSeen] = []

    def pass_over(name: str, line: FileLine) -> None:
        records = _taken(survey, name, (line,))
        if records:
            of_none.append(ArticleSeen(survey, "", **{name: records}))

    for one in dossiers(files, pass_over):
        seen = ArticleSeen(survey, one.id, **{name: _taken(survey, name, lines) for name, lines in one.lines.items()})
        _adjudicate(seen)
        yield seen
        while of_none:
            yield of_none.pop()
    yield from of_none


def _taken(survey: Survey, name: str, lines: tuple[FileLine, ...]) -> list[Seen[Any]]:
    kept = _KEPT[name]
    read = (read_line(Place(survey.name_of(one.path), one.number), one.data) for one in lines)
    taken = (take_line(survey, line, kept.kind, kept.record) for line in read)
    return [seen for seen in taken if seen is not None]


def _adjudicate(seen: ArticleSeen) -> None:
    """Adjudicate where annotations and decisions are sound; where they are not, other rules tell."""
    annotations = [one.record for one in seen.annotations]
    decisions = [one.record for one in seen.decisions]
    settings = seen.survey.corpus.settings
    for _, article in seen.articles:
        if not annotations and not decisions:
            seen.is_derived = True
        if seen.is_derived:
            return
        if any(annotation_faults(article, annotations)) or not all(_is_sound(article, one) for one in decisions):
            continue
        try:
            seen.derived = adjudicate_article(
                article,
                annotations,
                decisions,
                single_annotator=settings.single_annotator,
                strategy=settings.adjudication.strategy,
            ).gold
            seen.is_derived = True
        except DataError as error:
            seen.undecidable += str(error).splitlines()


def _is_sound(article: Article, decision: Decision) -> bool:
    if decision.text_sha256 != article.text_sha256:
        return True
    slices = all(article.text[start:end] == surface for start, end, surface in stated_spans(decision))
    return slices and not any(form_faults(decision))

"""One reading of a corpus: each line is parsed once, level 1 and 2 rules see it, and what later rules need is kept.

Articles pass one at a time; ids, hashes and what people said about them are kept, texts are not.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeAlias, TypeVar

import msgspec

from kliping.check.lines import BOM, LINE_RULES, Line, parse, read_file
from kliping.check.rules import Place
from kliping.check.schema import RECORD_RULES, Parsed
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
    Rejection,
    Relabelling,
    SourceEntry,
    SplitEntry,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kliping.contract import Contract, Kind
    from kliping.project import Corpus
    from kliping.records import Finding

__all__ = ["Known", "Seen", "Survey", "TextKey", "article_lines", "survey_corpus"]

R = TypeVar("R", bound=Record)

TextKey: TypeAlias = tuple[str, str]
"""An article's id and the SHA-256 of one of its texts, current or superseded."""


class Seen(NamedTuple, Generic[R]):
    """A record and where it was read."""

    place: Place
    record: R


class Known(NamedTuple):
    """What is kept of an article."""

    place: Place
    text_sha256: str
    source_path: str | None


@dataclass(slots=True)
class Survey:
    """What a corpus holds, without its texts."""

    corpus: Corpus
    contract: Contract | None
    sources: list[Seen[SourceEntry]] = field(default_factory=list)
    rejected: list[Seen[Rejection]] = field(default_factory=list)
    splits: list[Seen[SplitEntry]] = field(default_factory=list)
    annotations: list[Seen[Annotation]] = field(default_factory=list)
    carried: list[Seen[Carried]] = field(default_factory=list)
    predictions: list[Seen[Prediction]] = field(default_factory=list)
    rounds: list[Seen[Assignment]] = field(default_factory=list)
    relabelled: list[Seen[Relabelling]] = field(default_factory=list)
    quarantine: list[Seen[Quarantined]] = field(default_factory=list)
    decisions: list[Seen[Decision]] = field(default_factory=list)
    gold: list[Seen[Gold]] = field(default_factory=list)
    articles: dict[str, Known] = field(default_factory=dict)
    texts: set[TextKey] = field(default_factory=set)
    twice: list[tuple[Place, str]] = field(default_factory=list)
    derived: dict[str, Gold | None] = field(default_factory=dict)
    """What adjudication gives for each article where it could be run."""
    undecidable: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def said(self) -> list[Seen[Annotation] | Seen[Gold]]:
        """What annotators and adjudication say: entities and stances."""
        return [*self.annotations, *self.gold]

    @property
    def stated(self) -> list[Seen[Annotation] | Seen[Gold] | Seen[Decision]]:
        """The same, and decisions."""
        return [*self.said, *self.decisions]

    def said_of(self) -> tuple[dict[str, list[Annotation]], dict[str, list[Decision]]]:
        """Annotations and decisions by article."""
        annotations: dict[str, list[Annotation]] = defaultdict(list)
        decisions: dict[str, list[Decision]] = defaultdict(list)
        for annotation in self.annotations:
            annotations[annotation.record.article_id].append(annotation.record)
        for decision in self.decisions:
            decisions[decision.record.article_id].append(decision.record)
        return annotations, decisions

    def know(self, seen: Seen[Article], *, current: bool) -> None:
        """Keep what is needed of an article or of a superseded text."""
        article, key = seen.record, (seen.record.id, seen.record.text_sha256)
        if current and article.id in self.articles:
            self.twice.append((seen.place, f"the article {article.id} is at {self.articles[article.id].place} already"))
        elif not current and key in self.texts:
            self.twice.append((seen.place, f"this text of {article.id} is kept already"))
        elif current:
            self.articles[article.id] = Known(seen.place, article.text_sha256, article.source.path)
        self.texts.add(key)


def survey_corpus(corpus: Corpus, contract: Contract | None) -> Survey:
    """Read everything but the articles."""
    survey = Survey(corpus, contract)
    files: tuple[tuple[str, Kind, type[Record], list[Any]], ...] = (
        ("corpus/sources.jsonl", "source_entry", SourceEntry, survey.sources),
        ("corpus/rejected.jsonl", "rejection", Rejection, survey.rejected),
        ("corpus/splits.jsonl", "split_entry", SplitEntry, survey.splits),
        ("annotations/pulled/*.jsonl", "annotation", Annotation, survey.annotations),
        ("annotations/carried.jsonl", "carried", Carried, survey.carried),
        ("annotations/predictions/*.jsonl", "prediction", Prediction, survey.predictions),
        ("annotations/rounds.jsonl", "assignment", Assignment, survey.rounds),
        ("annotations/relabelled.jsonl", "relabelling", Relabelling, survey.relabelled),
        ("annotations/quarantine.jsonl", "quarantined", Quarantined, survey.quarantine),
        ("annotations/decisions.jsonl", "decision", Decision, survey.decisions),
        ("annotations/gold.jsonl", "gold", Gold, survey.gold),
    )
    for pattern, kind, record, into in files:
        into.extend(_records(survey, pattern, kind, record))
    _documents(survey)
    return survey


def article_lines(survey: Survey) -> Iterator[tuple[Seen[Article], bool]]:
    """The articles, then the superseded texts, one at a time; the second value says which: True for an article."""
    for folder, current in (("articles", True), ("revisions", False)):
        for seen in _records(survey, f"corpus/{folder}/*.jsonl", "article", Article):
            survey.know(seen, current=current)
            yield seen, current


def _records(survey: Survey, pattern: str, kind: Kind, record: type[R]) -> Iterator[Seen[R]]:
    root = survey.corpus.root
    for path in sorted(root.glob(pattern)):
        for line in read_file(root, path):
            survey.findings += LINE_RULES.findings(line)
            if line.value is not None:
                converted, fault = _convert(line.value, record)
                survey.findings += RECORD_RULES.findings(Parsed(line, kind, converted, fault, survey.contract))
                if converted is not None:
                    yield Seen(line.place, converted)


def _convert(value: dict[str, Any], record: type[R]) -> tuple[R | None, str | None]:
    try:
        return msgspec.convert(value, record), None
    except msgspec.ValidationError as error:
        return None, str(error)


def _documents(survey: Survey) -> None:
    """The files that are one JSON object: the key's fingerprint, and what each release held."""
    root = survey.corpus.root
    documents: tuple[tuple[str, Kind], ...] = (("annotations/key.json", "key"), ("corpus/versions/*.json", "version"))
    for pattern, kind in documents:
        for path in sorted(root.glob(pattern)):
            data, place = path.read_bytes(), Place(path.relative_to(root).as_posix())
            whole = _whole(place, data)
            survey.findings += LINE_RULES.findings(whole)
            if whole.value is not None:
                survey.findings += RECORD_RULES.findings(Parsed(whole, kind, None, None, survey.contract))


def _whole(place: Place, data: bytes) -> Line:
    value, fault = parse(data.removeprefix(BOM))
    return Line(place, data, value, fault)

"""Everything that the files of a corpus say of one article: each line is parsed once, and let go with its article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from operator import attrgetter
from typing import TYPE_CHECKING, overload

from kliping.annotation import adjudicate_article
from kliping.annotation.adjudication.decisions import form_faults, stated_spans
from kliping.annotation.adjudication.glance import glance
from kliping.annotation.adjudication.votes import annotation_faults
from kliping.check.corpus.kinds import KEPT
from kliping.check.corpus.survey import line_reader
from kliping.check.corpus.texts import Claimed, TextSeen
from kliping.check.rules import Place
from kliping.errors import DataError
from kliping.project.dossiers import Opened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kliping.check.corpus.batches import Batch
    from kliping.check.corpus.survey import Seen, Survey
    from kliping.records import (
        Annotation,
        Article,
        Assignment,
        Carried,
        Decision,
        Gold,
        Prediction,
        Quarantined,
        SourceEntry,
        SplitEntry,
    )

__all__ = ["ArticleSeen", "Reader", "adjudicate_seen"]


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
        for place, article in (*self.articles, *self.revisions):
            yield TextSeen(place, article, _Claims(self, article.text_sha256))


class _Claims(Sequence[Claimed]):
    """The spans that count in a text, gathered when a rule asks for them."""

    def __init__(self, seen: ArticleSeen, text_sha256: str) -> None:
        self._seen, self._text = seen, text_sha256

    def __iter__(self) -> Iterator[Claimed]:
        seen, text = self._seen, self._text
        marked: tuple[Seen[Annotation] | Seen[Gold] | Seen[Carried] | Seen[Prediction], ...] = (
            *seen.annotations,
            *seen.gold,
            *seen.carried,
            *seen.predictions,
        )
        for place, said in marked:
            if said.text_sha256 == text:
                for entity in said.entities:
                    yield Claimed(place, entity.start, entity.end, entity.text)
        for place, decision in seen.decisions:
            if decision.text_sha256 == text:
                yield from (Claimed(place, *span) for span in stated_spans(decision))

    @overload
    def __getitem__(self, index: int) -> Claimed: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Claimed]: ...
    def __getitem__(self, index: int | slice) -> Claimed | Sequence[Claimed]:
        return tuple(self)[index]

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Reader:
    """Reads what is said of articles from the files of a corpus; these stay open between batches."""

    def __init__(self, survey: Survey) -> None:
        self.survey, self._opened = survey, Opened()
        self._kinds = {
            kind: (line_reader(survey, kind), attrgetter(kept.key), attrgetter(kind)) for kind, kept in KEPT.items()
        }

    def close(self) -> None:
        """Close the files."""
        self._opened.close()

    def articles(self, batch: Batch) -> Iterator[ArticleSeen]:
        """What is said of each article of a batch, by id; what is said of none comes first, by itself."""
        survey, root = self.survey, self.survey.corpus.root
        found: dict[str, ArticleSeen] = {}
        for kind, stretches in batch.stretches.items():
            read, name_of, kept = self._kinds[kind]
            for path, number, offset, size in stretches:
                for at, data in enumerate(BytesIO(self._opened.read(f"{root}/{path}", offset, size)), number):
                    taken = read(Place(path, at), data)
                    if taken is None:
                        continue
                    name = name_of(taken.record)
                    if name is None:  # of what could not be delivered, the article may be unknown
                        yield ArticleSeen(survey, "", **{kind: [taken]})
                        continue
                    if name not in found:
                        found[name] = ArticleSeen(survey, name)
                    kept(found[name]).append(taken)
        for name in sorted(found):
            yield found.pop(name)


def adjudicate_seen(seen: ArticleSeen, *, sound: bool) -> None:
    """Adjudicate where annotations and decisions are sound; where they are not, other rules tell.

    Args:
        seen: the article.
        sound: whether its annotations are known to be, and there are no decisions.
    """
    annotations = [one.record for one in seen.annotations]
    decisions = [one.record for one in seen.decisions]
    settings = seen.survey.corpus.settings
    single_annotator, strategy = settings.single_annotator, settings.adjudication.strategy
    for _, article in seen.articles:
        if sound:
            seen.is_derived, seen.derived = glance(
                article, annotations, single_annotator=single_annotator, strategy=strategy
            )
        if not (annotations or decisions):
            seen.is_derived = True
        if seen.is_derived:
            return
        if any(annotation_faults(article, annotations)) or not all(_is_sound(article, one) for one in decisions):
            continue
        try:
            seen.derived = adjudicate_article(
                article, annotations, decisions, single_annotator=single_annotator, strategy=strategy
            ).gold
            seen.is_derived = True
        except DataError as error:
            seen.undecidable += str(error).splitlines()


def _is_sound(article: Article, decision: Decision) -> bool:
    if decision.text_sha256 != article.text_sha256:
        return True
    slices = all(article.text[start:end] == surface for start, end, surface in stated_spans(decision))
    return slices and not any(form_faults(decision))

"""How far annotation is, by round and annotator: from the files alone, without a server."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING

import msgspec

from kliping.annotation.assignments import FIRST_ROUND, Assignments, assignments
from kliping.annotation.quarantined import is_whole
from kliping.files import read_shards

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kliping.project import Corpus
    from kliping.records import Annotation, Quarantined

__all__ = ["Articles", "Status", "Work", "status"]


class Work(msgspec.Struct, frozen=True):
    """What one annotator has done of a round.

    Attributes:
        round: from 1.
        annotator: the pseudonym.
        named: whether the settings name them.
        assigned: how many of the corpus's articles they have in this round.
        submitted: how many articles they submitted, as their text is today.
        skipped: how many they skipped.
        left: how many of those assigned they have neither submitted nor skipped.
        unassigned: how many of those submitted or skipped were not theirs by the rounds.
        earlier: how many annotations are on a text that is no longer the article's; they are asked for the new one.
        quarantined: how many of their submissions could not be read.
        lead_time: the median of the seconds that an article took them, of what they submitted; None without any.
    """

    round: int
    annotator: str
    named: bool
    assigned: int
    submitted: int
    skipped: int
    left: int
    unassigned: int
    earlier: int
    quarantined: int
    lead_time: float | None


class Articles(msgspec.Struct, frozen=True):
    """How many articles there are, and what is known of them: `total` = `gold` + `partial` + `none`.

    Attributes:
        total: of the corpus.
        gold: everything in them is decided.
        partial: submitted by somebody, and not all decided.
        none: submitted by nobody.
        in_rounds: how many of the total are in a round.
    """

    total: int
    gold: int
    partial: int
    none: int
    in_rounds: int


class Status(msgspec.Struct, frozen=True):
    """Where annotation stands: a line of work for each round and annotator, and the articles in numbers."""

    work: tuple[Work, ...]
    articles: Articles
    decisions: int
    notes: tuple[str, ...] = ()


class _Text(msgspec.Struct, frozen=True):
    id: str
    text_sha256: str


@dataclass(slots=True)
class _Done:
    """What one annotator did in one round."""

    submitted: set[str] = field(default_factory=set)
    skipped: set[str] = field(default_factory=set)
    earlier: int = 0
    quarantined: int = 0
    lead_times: list[float] = field(default_factory=list)


Who = tuple[int, str]
"""A round and an annotator."""


def status(corpus: Corpus) -> Status:
    """Where annotation stands, as far as it was pulled.

    Raises:
        DataError: a line of a file is no record.
    """
    texts = {one.id: one.text_sha256 for one in read_shards(corpus.corpus / "articles", _Text)}
    rounds = assignments(corpus)
    done: dict[Who, _Done] = defaultdict(_Done)
    tasks: dict[tuple[str, int], int] = {}
    for annotation in corpus.annotations():
        _note(annotation, texts, done[annotation.round, annotation.annotator])
        if annotation.studio is not None:
            tasks[annotation.article_id, annotation.studio.task] = annotation.round
    for number, annotator in _quarantined(corpus.quarantine(), tasks, rounds):
        done[number, annotator].quarantined += 1
    people = corpus.settings.annotators.people
    assigned = _assigned(texts, rounds, people or {annotator for _, annotator in done})
    work = [
        _work(who, assigned.get(who, set()), done.get(who, _Done()), named=who[1] in people)
        for who in sorted(assigned.keys() | done.keys())
    ]
    submitted = {article for one in done.values() for article in one.submitted}
    gold = {one.article_id for one in corpus.gold() if texts.get(one.article_id) == one.text_sha256}
    in_rounds = sum(bool(rounds.of(article)) for article in texts)
    partial = len(submitted - gold)
    return Status(
        tuple(work),
        Articles(len(texts), len(gold), partial, len(texts) - len(gold) - partial, in_rounds),
        sum(1 for _ in corpus.decisions()),
        tuple(_notes(rounds, work, named=bool(people))),
    )


def _note(annotation: Annotation, texts: Mapping[str, str], done: _Done) -> None:
    if texts.get(annotation.article_id) != annotation.text_sha256:
        done.earlier += 1
    elif annotation.status == "skipped":
        done.skipped.add(annotation.article_id)
    else:
        done.submitted.add(annotation.article_id)
        if annotation.lead_time is not None:
            done.lead_times.append(annotation.lead_time)


def _quarantined(
    quarantine: Iterable[Quarantined], tasks: Mapping[tuple[str, int], int], rounds: Assignments
) -> Iterator[Who]:
    """Whose each submission in quarantine is, and of which round: its task's where known, else the latest they had."""
    for one in quarantine:
        if not is_whole(one):
            continue
        article = one.article_id or ""
        number = tasks.get((article, one.studio.task)) if one.studio else None
        had = [held.round for held in rounds.of(article) if held.is_for(one.annotator)] if article else []
        yield number or max(had, default=rounds.last_round or FIRST_ROUND), one.annotator


def _assigned(texts: Iterable[str], rounds: Assignments, everybody: Iterable[str]) -> dict[Who, set[str]]:
    """The articles that each annotator has in each round."""
    found: dict[Who, set[str]] = defaultdict(set)
    for article in texts:
        for one in rounds.of(article):
            for annotator in one.annotators or everybody:
                found[one.round, annotator].add(article)
    return found


def _work(who: Who, assigned: set[str], done: _Done, *, named: bool) -> Work:
    made = done.submitted | done.skipped
    return Work(
        round=who[0],
        annotator=who[1],
        named=named,
        assigned=len(assigned),
        submitted=len(done.submitted),
        skipped=len(done.skipped),
        left=len(assigned - made),
        unassigned=len(made - assigned),
        earlier=done.earlier,
        quarantined=done.quarantined,
        lead_time=median(done.lead_times) if done.lead_times else None,
    )


def _notes(rounds: Assignments, work: Sequence[Work], *, named: bool) -> Iterator[str]:
    if rounds.by_article is None:
        yield "no round was sampled: every article is everybody's, in round 1"
    for one in work:
        if one.unassigned:
            yield f"{one.annotator}, round {one.round}: {one.unassigned} done that were not theirs by the rounds"
        if one.earlier:
            yield f"{one.annotator}, round {one.round}: {one.earlier} on a text that is no longer the article's"
    for annotator in sorted({one.annotator for one in work if named and not one.named}):
        yield f"{annotator}: the settings do not name them ([tool.kliping.annotators])"

"""What the corpus wants on the server: for each project the tasks by key, and what would be sent with them today."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kliping.annotation.assignments import Assigned, Assignments, assignments
from kliping.errors import DataError
from kliping.studio.projects import SHARED, Role, annotator_role, roles
from kliping.studio.push.offers import Offers
from kliping.studio.tasks import Key, Task, sent, task

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Set

    from kliping.contract import Contract
    from kliping.project import Corpus
    from kliping.records import Article

__all__ = ["Source", "Wanted", "open_source", "survey"]

FAULTS_TOLD = 20
"""Faults of predictions in one message; the rest is counted."""

EVERYBODY = 1000
"""How many annotators a shared project is open to where nobody is named."""


@dataclass(frozen=True, slots=True)
class Source:
    """What tasks are made from: the corpus, its contract, who labels what, and what is offered."""

    corpus: Corpus
    contract: Contract
    roles: tuple[Role, ...]
    assigned: Assignments
    offers: Offers

    def tasks(self, role: Role, number: int, keys: Set[Key]) -> Iterator[Task]:
        """The tasks of some keys of one round, made anew from the articles, in the corpus's order."""
        for article in self.corpus.articles():
            if Key(article.id, article.text_sha256, number) in keys:
                yield self.task(article, role, number)

    def task(self, article: Article, role: Role, number: int) -> Task:
        """The task of an article in a round of a project."""
        offered = self.offers.of(article, role) if article.id in self.offers else None
        return task(article, self.contract.scheme, self.corpus.settings.language, number, offered)

    def annotators(self, role: Role) -> int:
        """How many annotators a project offers each task to."""
        if role != SHARED:
            return 1
        people = len(self.corpus.settings.annotators.people) or EVERYBODY
        if self.assigned.by_article is None:
            return people
        return max((len(one.annotators) or people for one in self._assigned()), default=people)

    def names_some(self) -> bool:
        """Whether a shared project is to be labelled by some of those who work there, which it cannot keep to."""
        return self.roles == (SHARED,) and any(one.annotators for one in self._assigned())

    def _assigned(self) -> Iterator[Assigned]:
        yield from (one for several in (self.assigned.by_article or {}).values() for one in several)


@dataclass(slots=True)
class Wanted:
    """What the corpus wants.

    Attributes:
        tasks: by project and key, the digest of what would be sent today; None where no project holds the key, so that
            nobody asks.
        elsewhere: by project, what its annotator labelled in the shared one, before they had one of their own.
        today: the text of each article.
        unassigned: how many articles are in no round.
        of_other_texts: of how many articles a model said something of another text than today's.
        not_offered: why what was carried over to an article is not offered.
        shown: the projects in which something is offered.
        faults: what is wrong with the predictions that the settings name.
    """

    tasks: dict[Role, dict[Key, str | None]]
    elsewhere: dict[Role, set[Key]] = field(default_factory=dict)
    today: dict[str, str] = field(default_factory=dict)
    unassigned: int = 0
    of_other_texts: int = 0
    not_offered: dict[str, str] = field(default_factory=dict)
    shown: set[Role] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)


def open_source(corpus: Corpus, contract: Contract) -> Source:
    """What the tasks of a corpus are made from.

    Raises:
        CallError: the work is blind and nobody is named, or the predictions that the settings name are not there.
        DataError: a file is broken.
    """
    offers = Offers(corpus, contract.scheme)
    return Source(corpus, contract, roles(corpus.settings), assignments(corpus), offers)


def survey(source: Source, held: Mapping[Role, Set[Key]], shared: int | None = None) -> Wanted:
    """What a corpus wants, by one walk over its articles; of none the text is kept.

    Args:
        source: what tasks are made from.
        held: the keys that each project holds: what would be sent today is told of these alone.
        shared: the number of the shared project, or None where there is none.

    Raises:
        DataError: there are no articles, or a prediction cannot be offered; nothing was touched.
    """
    wanted = Wanted({role: {} for role in source.roles}, elsewhere=_elsewhere(source.corpus, shared))
    for article in source.corpus.articles():
        wanted.today[article.id] = article.text_sha256
        rounds = source.assigned.of(article.id)
        wanted.unassigned += not rounds
        offering = article.id in source.offers
        if offering and rounds:
            _look_at_offers(source, article, wanted)
        for one in rounds:
            key = Key(article.id, article.text_sha256, one.round)
            for role in source.roles:
                if role.annotator is None or one.is_for(role.annotator):
                    known = key in held[role]
                    wanted.tasks[role][key] = sent(source.task(article, role, one.round)) if known else None
    if not wanted.today:
        raise DataError(f"{source.corpus.corpus / 'articles'}: no articles; run `kliping normalise` first")
    if wanted.faults:
        more = len(wanted.faults) - FAULTS_TOLD
        raise DataError("\n".join([*wanted.faults[:FAULTS_TOLD], *([f"and {more} more"] if more > 0 else [])]))
    return wanted


def _look_at_offers(source: Source, article: Article, wanted: Wanted) -> None:
    name = source.corpus.settings.annotators.predictions
    faults = source.offers.prediction_faults(article)
    wanted.faults += [f"annotations/predictions/{name}.jsonl: {article.id}: {fault}" for fault in faults]
    wanted.of_other_texts += source.offers.is_of_another_text(article)
    for role in source.roles:
        for fault in source.offers.carried_faults(article, role)[:1]:
            wanted.not_offered[article.id] = fault
        if source.offers.of(article, role) is not None:
            wanted.shown.add(role)


def _elsewhere(corpus: Corpus, shared: int | None) -> dict[Role, set[Key]]:
    done: dict[Role, set[Key]] = {}
    if shared is not None and corpus.settings.annotators.blind:
        for one in corpus.annotations():
            if one.studio is not None and one.studio.project == shared:
                key = Key(one.article_id, one.text_sha256, one.round)
                done.setdefault(annotator_role(one.annotator), set()).add(key)
    return done

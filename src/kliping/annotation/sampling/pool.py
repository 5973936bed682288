"""Which articles the next round could take, and why it leaves the others out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kliping.annotation.sampling.choice import Candidate
from kliping.project.globs import names

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from kliping.annotation.assignments import Assignments
    from kliping.project import PersonTable
    from kliping.records import Article

__all__ = ["Conditions", "Pool", "pool", "readers_of"]


@dataclass(slots=True)
class Pool:
    """The articles of a corpus, sorted out.

    Attributes:
        candidates: what the round could take.
        readers: the named people who read each candidate; empty where the settings name nobody.
        left_out: how many articles are left out, by the reason.
    """

    candidates: list[Candidate] = field(default_factory=list)
    readers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Conditions:
    """What an article must meet.

    Attributes:
        earlier: the rounds before; an article that is in one is left out.
        annotated: the articles that somebody labelled, whether or not in a round.
        people: whom the settings name; restrictions hold for them.
        least: how many of them must read an article.
        again: take only what everybody who reads it was given before: to calibrate a second time.
    """

    earlier: Assignments
    annotated: Container[str]
    people: Mapping[str, PersonTable]
    least: int
    again: bool = False


def pool(articles: Iterable[Article], conditions: Conditions) -> Pool:
    """Sort out the articles of a corpus, which are read one at a time."""
    found = Pool()
    for article in articles:
        candidate = _candidate(article)
        readers = readers_of(candidate, conditions.people)
        reason = _reason(conditions, candidate, readers)
        if reason is None:
            found.candidates.append(candidate)
            found.readers[article.id] = readers
        else:
            found.left_out[reason] += 1
    return found


def readers_of(candidate: Candidate, people: Mapping[str, PersonTable]) -> tuple[str, ...]:
    """The people whose languages and sources an article is in, sorted.

    A language names its varieties: who reads `en` reads `en-GB` (basic filtering of RFC 4647).
    """
    return tuple(sorted(name for name, person in people.items() if _reads(person, candidate)))


def _reads(person: PersonTable, candidate: Candidate) -> bool:
    language, path = candidate.language.lower(), candidate.path
    speaks = not person.languages or any(f"{language}-".startswith(f"{one.lower()}-") for one in person.languages)
    sees = not person.sources or (path is not None and any(names(glob, path) for glob in person.sources))
    return speaks and sees


def _candidate(article: Article) -> Candidate:
    path = article.source.path
    folder = (path or "").rpartition("/")[0]
    return Candidate(article.id, article.language, article.publisher or folder, path)


def _reason(conditions: Conditions, candidate: Candidate, readers: tuple[str, ...]) -> str | None:
    """Why an article is left out; None where it is not."""
    rounds = conditions.earlier.of(candidate.id)
    if conditions.again:
        if not any(not one.annotators or set(one.annotators) >= set(readers) for one in rounds):
            return "in no earlier round in which everybody labelled them"
    elif rounds:
        return "in an earlier round"
    elif candidate.id in conditions.annotated:
        return "annotated already, outside the rounds"
    if conditions.people and len(readers) < conditions.least:
        return f"fewer than {conditions.least} of the annotators read their language and source"
    return None

"""Where restored work goes: the projects of its annotators, and in them a task for each text that it was made on.

A push makes tasks of what is to be annotated today. Work on earlier texts, of rounds that were taken back, or by people
whom the settings no longer name needs its task all the same.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, TypeAlias

from kliping.studio.projects import SHARED, Role, annotator_role, description, find_project, title
from kliping.studio.push.screens import setup_of
from kliping.studio.tasks import Key, batches, task

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kliping.contract import Contract
    from kliping.project import Corpus, Settings
    from kliping.studio.client import Client
    from kliping.studio.tasks import Task

__all__ = ["Places", "Whose", "open_places"]

Whose: TypeAlias = tuple[Key, str]
"""A task's key and an annotator."""


@dataclass(frozen=True, slots=True)
class Places:
    """The task of each annotator's work, and how many projects and tasks were made for it now."""

    tasks: Mapping[Whose, int]
    made_projects: int
    made_tasks: int


def open_places(corpus: Corpus, contract: Contract, client: Client, work: Iterable[Whose]) -> Places:
    """Find or make the task of each annotator's work.

    Raises:
        CallError: the corpus's title and name are none that a project can have.
        DataError: several projects are the same one.
        ServerError: the server fails; what was made until then is found by the next run.
    """
    by_role: dict[Role, set[Whose]] = defaultdict(set)
    for key, annotator in work:
        by_role[_role(corpus.settings, annotator)].add((key, annotator))
    tasks: dict[Whose, int] = {}
    made_projects = made_tasks = 0
    for role, theirs in sorted(by_role.items(), key=lambda one: str(one[0])):
        found = find_project(client, corpus.settings, role)
        project = found.id if found else _create(corpus, contract, client, role)
        made_projects += found is None
        held = _held(client, project)
        missing = {key for key, _ in theirs} - held.keys()
        for batch in batches(_tasks(corpus, contract, missing)):
            client.tasks.import_(project, batch.body)
        made_tasks += len(missing)
        held = _held(client, project) if missing else held
        tasks |= {(key, annotator): held[key] for key, annotator in theirs}
    return Places(tasks, made_projects, made_tasks)


def _role(settings: Settings, annotator: str) -> Role:
    return annotator_role(annotator) if settings.annotators.blind else SHARED


def _create(corpus: Corpus, contract: Contract, client: Client, role: Role) -> int:
    settings, setup = corpus.settings, setup_of(corpus, contract, annotators=1)
    return client.projects.create(title(settings, role), description(settings, role), setup)


def _held(client: Client, project: int) -> dict[Key, int]:
    """The task of each key; of several, the one with the most annotations, which a push keeps."""
    found: dict[Key, tuple[int, int]] = {}
    for one in client.tasks.inventory(project):
        if one.key is not None:
            found[one.key] = max(found.get(one.key, (-1, 0)), (one.annotations, -one.task))
    return {key: -number for key, (_, number) in found.items()}


def _tasks(corpus: Corpus, contract: Contract, missing: Iterable[Key]) -> Iterator[Task]:
    """A task for each key, on the text that it names, today's or an earlier one."""
    rounds: dict[tuple[str, str], list[int]] = defaultdict(list)
    for key in sorted(missing):
        rounds[key.article_id, key.text_sha256].append(key.round)
    for article in chain(corpus.articles(), corpus.revisions()):
        for number in rounds.pop((article.id, article.text_sha256), []):
            yield task(article, contract.scheme, corpus.settings.language, number)

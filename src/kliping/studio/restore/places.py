"""Where restored work goes: the projects of its annotators, and in them the tasks that it was made on.

A task that is not there is imported together with all that was submitted on it, in one piece: so a restoring that is
killed leaves none without its annotations, and hundreds take one request.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

from kliping.errors import DataError
from kliping.studio.projects import SHARED, Role, annotator_role, description, find_project, title
from kliping.studio.push.screens import setup_of
from kliping.studio.tasks import Key, batches, task

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from kliping.project import Settings
    from kliping.records import Article
    from kliping.studio.client import Client
    from kliping.studio.push.wanted import Source
    from kliping.studio.restore.wanted import Submission, Whose
    from kliping.studio.tasks import Task

__all__ = ["Places", "open_places"]


@dataclass(frozen=True, slots=True)
class Places:
    """The task of each annotator's work where it was there before; what was made with its tasks now is left out."""

    tasks: Mapping[Whose, int]
    made_projects: int
    made_tasks: int
    made_submissions: int


def open_places(
    source: Source,
    client: Client,
    lacking: Mapping[Whose, Sequence[Submission]],
    people: Mapping[str, int],
    progress: Callable[[str], None],
) -> Places:
    """Find the task of each annotator's work, or import it with what was submitted on it.

    Args:
        source: what tasks are made from.
        client: of the server.
        lacking: what the server lacks, the oldest first.
        people: the users' numbers by pseudonym.
        progress: told how far it is.

    Raises:
        CallError: the corpus's title and name are none that a project can have.
        DataError: several projects are the same one.
        ServerError: the server fails; what was made until then is found by the next run.
    """
    by_role: dict[Role, dict[Key, list[str]]] = defaultdict(lambda: defaultdict(list))
    for key, annotator in lacking:
        by_role[_role(source.corpus.settings, annotator)][key].append(annotator)
    tasks: dict[Whose, int] = {}
    made_projects = made_tasks = made_submissions = 0
    for role, keys in sorted(by_role.items(), key=lambda one: str(one[0])):
        found = find_project(client, source.corpus.settings, role)
        project = found.id if found else _create(source, client, role)
        made_projects += found is None
        held = _held(client, project)
        missing = {
            key: [(people[one], made) for one in annotators for made in lacking[key, one]]
            for key, annotators in keys.items()
            if key not in held
        }
        for batch in batches(_tasks(source, role, missing)):
            made_tasks += client.tasks.import_(project, batch.body)
            progress(f"{made_tasks} tasks restored with what was submitted on them")
        made_submissions += sum(map(len, missing.values()))
        tasks |= {(key, one): held[key] for key, annotators in keys.items() if key in held for one in annotators}
    return Places(tasks, made_projects, made_tasks, made_submissions)


def _role(settings: Settings, annotator: str) -> Role:
    return annotator_role(annotator) if settings.annotators.blind else SHARED


def _create(source: Source, client: Client, role: Role) -> int:
    setup = setup_of(source.corpus, source.contract, source.annotators(role))
    settings = source.corpus.settings
    return client.projects.create(title(settings, role), description(settings, role), setup)


def _held(client: Client, project: int) -> dict[Key, int]:
    """The task of each key; of several, the one with the most annotations, which a push keeps."""
    found: dict[Key, tuple[int, int]] = {}
    for one in client.tasks.inventory(project):
        if one.key is not None:
            found[one.key] = max(found.get(one.key, (-1, 0)), (one.annotations, -one.task))
    return {key: -number for key, (_, number) in found.items()}


def _tasks(
    source: Source, role: Role, missing: Mapping[Key, Sequence[tuple[int, Submission]]]
) -> Iterator[dict[str, Any]]:
    """A task for each key, on the text that it names, today's or an earlier one, with what was submitted on it."""
    rounds: dict[tuple[str, str], list[Key]] = defaultdict(list)
    for key in sorted(missing):
        rounds[key[:2]].append(key)
    for article in chain(source.corpus.articles(), source.corpus.revisions()):
        for key in rounds.pop((article.id, article.text_sha256), []):
            made = _task(source, article, role, key.round)
            made["annotations"] = [_annotation(person, one) for person, one in missing[key]]
            yield made


def _task(source: Source, article: Article, role: Role, number: int) -> Task:
    """The task as a push would make it; without a prediction that cannot be offered, which the push then tells."""
    try:
        return source.task(article, role, number)
    except DataError:
        return task(article, source.contract.scheme, source.corpus.settings.language, number)


def _annotation(person: int, made: Submission) -> dict[str, Any]:
    return {
        "result": made.result,
        "completed_by": person,
        "was_cancelled": made.skipped,
        "lead_time": made.lead_time,
        "ground_truth": False,
    }

"""What the server told, in the mirror: tasks with their marks, submissions as they are, people as pseudonyms.

Whatever differs from what was there makes its article dirty: its lines are derived again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from kliping.studio.client import Told, exact
from kliping.studio.tasks import Key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kliping.studio.client import Fetched
    from kliping.studio.pull.mirror import Mirror

__all__ = [
    "FOREIGN",
    "Row",
    "count_tasks",
    "drop_tasks",
    "forget_server",
    "keep_people",
    "keep_tasks",
    "known_before",
    "known_tasks",
    "moved_after",
    "moved_last",
    "rows_of",
    "task_of",
]

FOREIGN = ""
"""The article of a task that is not ours."""


class Row(NamedTuple):
    """A submission, and the task that it is on; `key` is None where the task is not ours."""

    project: int
    task: int
    key: Key | None
    shown: str | None
    said: Told


class Held(NamedTuple):
    """A task of the mirror."""

    article: str
    text: str
    round: int
    shown: str | None
    created: str

    def is_another(self, than: Held) -> bool:
        """Whether it has another's number: a server that was emptied counts from 1 again."""
        return self.created != than.created


_SAID = msgspec.json.Decoder(Told)


def keep_tasks(mirror: Mirror, project: int, tasks: Sequence[Fetched]) -> None:
    """Take in tasks as the server has them now, each whole."""
    for one in tasks:
        mark = one.mark
        key = mark.key if mark else Key(FOREIGN, "", 1)
        now = Held(*key, mark.shown if mark else None, exact(one.created_at))
        before = task_of(mirror, project, one.id)
        if before is not None and before.is_another(now):
            _drop(mirror, project, one.id, before, deleted=False)
            before = None
        if before != now:
            _dirty(mirror, now.article, *([before.article] if before else []))
        mirror.execute(
            "INSERT OR REPLACE INTO tasks VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (project, one.id, *now, exact(one.updated_at)),
        )
        if _keep_submissions(mirror, project, one):
            _dirty(mirror, now.article)
        mirror.execute("INSERT OR IGNORE INTO seen VALUES (?)", (one.id,))


def _keep_submissions(mirror: Mirror, project: int, task: Fetched) -> bool:
    """Whether any is new, changed or gone."""
    place = (project, task.id)
    held = dict(mirror.execute("SELECT number, said FROM submissions WHERE project = ? AND task = ?", place))
    now = {one.id: msgspec.json.encode(one) for one in task.annotations or ()}
    if held == now:
        return False
    people = {one.id: one.person for one in task.annotations or ()}
    changed = [number for number, said in now.items() if held.get(number) != said]
    for number in [*changed, *(held.keys() - now.keys())]:
        mirror.execute("DELETE FROM submissions WHERE project = ? AND task = ? AND number = ?", (*place, number))
    rows = [(*place, number, people[number], now[number]) for number in changed]
    mirror.executemany("INSERT INTO submissions VALUES (?, ?, ?, ?, ?)", rows)
    mirror.executemany("INSERT OR IGNORE INTO arrived VALUES (?)", [(one,) for one in now.keys() - held.keys()])
    mirror.executemany("INSERT OR IGNORE INTO gone VALUES (?)", [(one,) for one in held.keys() - now.keys()])
    return True


def drop_tasks(mirror: Mirror, project: int, numbers: Iterable[int]) -> None:
    """Take out tasks that were deleted on the server."""
    for number in numbers:
        held = task_of(mirror, project, number)
        if held is not None:
            _drop(mirror, project, number, held, deleted=True)


def _drop(mirror: Mirror, project: int, number: int, held: Held, *, deleted: bool) -> None:
    _dirty(mirror, held.article)
    mirror.execute("DELETE FROM submissions WHERE project = ? AND task = ?", (project, number))
    mirror.execute("DELETE FROM tasks WHERE project = ? AND number = ?", (project, number))
    if deleted:
        gone = (number, held.article, held.text, held.round)
        mirror.execute("INSERT OR IGNORE INTO gone_tasks VALUES (?, ?, ?, ?)", gone)


def forget_server(mirror: Mirror, but_projects: Iterable[int] = ()) -> None:
    """Take out all that a server told, but for the projects that are still the corpus's."""
    stay = set(but_projects)
    for (project,) in mirror.execute("SELECT DISTINCT project FROM tasks").fetchall():
        if project not in stay:
            mirror.execute("INSERT OR IGNORE INTO dirty SELECT article FROM tasks WHERE project = ?", (project,))
            for table in ("tasks", "submissions"):
                mirror.execute(f"DELETE FROM {table} WHERE project = ?", (project,))  # noqa: S608 — names of our own
    for (number,) in mirror.execute("SELECT number FROM projects").fetchall():
        if number not in stay:
            mirror.execute("DELETE FROM projects WHERE number = ?", (number,))
    if not stay:
        mirror.execute("DELETE FROM people")
        mirror.execute("DELETE FROM models")


def keep_people(mirror: Mirror, people: Mapping[int, str]) -> None:
    """Take in whose pseudonym each user has; what a user of another pseudonym submitted is derived anew."""
    held = dict(mirror.execute("SELECT number, annotator FROM people"))
    for number in held.keys() | people.keys():
        if held.get(number) != people.get(number):
            mirror.execute(
                "INSERT OR IGNORE INTO dirty SELECT article FROM tasks JOIN submissions ON tasks.project = "
                "submissions.project AND tasks.number = submissions.task WHERE person = ?",
                (number,),
            )
    mirror.execute("DELETE FROM people")
    mirror.executemany("INSERT INTO people VALUES (?, ?)", people.items())


def task_of(mirror: Mirror, project: int, number: int) -> Held | None:
    """A task, or None where the server has none of that number."""
    found = mirror.execute(
        "SELECT article, text, round, shown, created FROM tasks WHERE project = ? AND number = ?", (project, number)
    ).fetchone()
    return Held(*found) if found else None


def moved_last(mirror: Mirror, project: int, number: int) -> str | None:
    """When a task moved last, as far as is known."""
    place = (project, number)
    found = mirror.execute("SELECT updated FROM tasks WHERE project = ? AND number = ?", place).fetchone()
    return str(found[0]) if found else None


def moved_after(mirror: Mirror, project: int, when: str) -> list[tuple[int, str]]:
    """The tasks that moved after a time, each with when it did last."""
    place = (project, when)
    return mirror.execute("SELECT number, updated FROM tasks WHERE project = ? AND updated > ?", place).fetchall()


def known_tasks(mirror: Mirror, project: int) -> set[int]:
    """The numbers of a project's tasks."""
    return {number for (number,) in mirror.execute("SELECT number FROM tasks WHERE project = ?", (project,))}


def count_tasks(mirror: Mirror, project: int) -> int:
    """How many tasks of a project are known."""
    return int(mirror.execute("SELECT count(*) FROM tasks WHERE project = ?", (project,)).fetchone()[0])


def known_before(mirror: Mirror, project: int, task: int, submission: int) -> bool:
    """Whether a submission was on a task already at an earlier pull, be it there still or deleted since."""
    if mirror.execute("SELECT 1 FROM gone WHERE submission = ?", (submission,)).fetchone():
        return True
    there = mirror.execute(
        "SELECT 1 FROM submissions WHERE project = ? AND task = ? AND number = ? "
        "AND number NOT IN (SELECT submission FROM arrived)",
        (project, task, submission),
    )
    return there.fetchone() is not None


def rows_of(mirror: Mirror, article: str) -> Iterator[Row]:
    """What was submitted on an article, in all projects, by number."""
    found = mirror.execute(
        "SELECT tasks.project, tasks.number, article, text, round, shown, said FROM tasks JOIN submissions ON "
        "tasks.project = submissions.project AND tasks.number = submissions.task WHERE article = ? "
        "ORDER BY tasks.project, tasks.number, submissions.number",
        (article,),
    )
    for project, task, name, text, number, shown, said in found:
        yield Row(project, task, Key(name, text, number) if name != FOREIGN else None, shown, _SAID.decode(said))


def _dirty(mirror: Mirror, *articles: str) -> None:
    mirror.executemany("INSERT OR IGNORE INTO dirty VALUES (?)", [(one,) for one in articles])

"""Bringing the mirror up to the server: what moved since by the server's clock, and what was deleted by the numbers.

A task moves when it is made, annotated, skipped, or loses an annotation; a deleted one is missing from the count. What
was seen newest *before* anything is read is the next watermark: what moves while it is read moves later than that.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from kliping.studio.client import exact
from kliping.studio.pull.told import count_tasks, drop_tasks, keep_tasks, known_tasks, moved_after, moved_last

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kliping.studio.client import Client, Fetched, Newest, Project
    from kliping.studio.pull.mirror import Mirror

__all__ = ["refresh"]

IN_FLIGHT = timedelta(seconds=10)
"""How long a server may take from telling a time to storing what happened at it: what happened later may be seen first.
Only until that long has passed on the server, what moved within it is listed again."""

FEW = 100
"""Up to so many moved tasks are fetched by number; more are walked."""


def refresh(
    mirror: Mirror, client: Client, project: Project, *, full: bool, between: Callable[[], None] = lambda: None
) -> None:
    """Make the mirror of a project what the server has.

    Args:
        mirror: opened.
        client: of the server.
        project: as it was listed in this pull.
        full: read every task, whatever is known.
        between: called after each page, while the server makes the next.

    Raises:
        ServerError: the server fails; the mirror is to be rolled back.
    """
    held = mirror.execute("SELECT newest, settled FROM projects WHERE number = ?", (project.id,)).fetchone()
    since = None if full or held is None or not held[0] else _threshold(*held)
    newest = client.changes.newest(project.id, since, FEW if since else 1)
    seen = max(newest.moved.values(), default="")
    # Nothing as new as before: the server was set back. Its clock before that: what is new may look older.
    if since is None or seen < held[0] or _runs_before(newest, held[0]):
        _take_all(mirror, client, project.id, between)
    else:
        moved = _moved(mirror, project.id, newest)
        if newest.total > FEW:
            _take(mirror, project.id, client.changes.walk(project.id, since), between)
        else:
            _fetch(mirror, client, project.id, moved, between)
        if count_tasks(mirror, project.id) != project.tasks:
            _compare_numbers(mirror, client, project.id, between)
        if moved and _was_set_back(mirror, client, project.id):
            _take_all(mirror, client, project.id, between)
    settled = _is_settled(newest, seen)
    mirror.execute("INSERT OR REPLACE INTO projects VALUES (?, ?, ?)", (project.id, seen, settled))


def _threshold(newest: str, settled: int) -> str:
    return newest if settled else exact((datetime.fromisoformat(newest) - IN_FLIGHT).isoformat())


def _is_settled(newest: Newest, seen: str) -> bool:
    """Whether all that happened up to the newest time had been stored when it was read."""
    if not newest.clock or not seen:
        return False
    return datetime.fromisoformat(newest.clock) - datetime.fromisoformat(seen) > IN_FLIGHT


def _runs_before(newest: Newest, seen: str) -> bool:
    """Whether the server's clock was set back behind what it told earlier."""
    return newest.clock is not None and datetime.fromisoformat(newest.clock) + IN_FLIGHT < datetime.fromisoformat(seen)


def _moved(mirror: Mirror, project: int, newest: Newest) -> list[int]:
    return sorted(number for number, updated in newest.moved.items() if moved_last(mirror, project, number) != updated)


def _was_set_back(mirror: Mirror, client: Client, project: int) -> bool:
    """Whether the server lost a movement that the mirror has, by the last that moved: people went on after that."""
    last = client.changes.newest(project, None, FEW).moved
    oldest = min(last.values()) if len(last) == FEW else ""
    later = [number for number, updated in moved_after(mirror, project, oldest) if updated > last.get(number, "")]
    listed = (one for page in client.changes.fetch(project, later) for one in page)  # a deleted one is not there
    return any(exact(one.updated_at) < str(moved_last(mirror, project, one.id)) for one in listed)


def _take_all(mirror: Mirror, client: Client, project: int, between: Callable[[], None]) -> None:
    mirror.execute("DELETE FROM seen")
    _take(mirror, project, client.changes.walk(project), between)
    _drop_unseen(mirror, project)


def _compare_numbers(mirror: Mirror, client: Client, project: int, between: Callable[[], None]) -> None:
    """Where the count tells that tasks were deleted, or made by something that did not move them: see which."""
    there = {listed.task for listed in client.tasks.inventory(project)}
    known = known_tasks(mirror, project)
    drop_tasks(mirror, project, sorted(known - there))
    _fetch(mirror, client, project, sorted(there - known), between)


def _fetch(mirror: Mirror, client: Client, project: int, numbers: list[int], between: Callable[[], None]) -> None:
    _take(mirror, project, client.changes.fetch(project, numbers), between)


def _take(mirror: Mirror, project: int, pages: Iterable[Sequence[Fetched]], between: Callable[[], None]) -> None:
    for page in pages:
        keep_tasks(mirror, project, page)
        between()


def _drop_unseen(mirror: Mirror, project: int) -> None:
    unseen = mirror.execute(
        "SELECT number FROM tasks WHERE project = ? AND number NOT IN (SELECT task FROM seen)", (project,)
    ).fetchall()
    drop_tasks(mirror, project, [number for (number,) in unseen])

"""What a push would do: from what each project holds and what the corpus wants. Pure.

A task on which anybody submitted, skipped or began anything is touched, and stays for ever. Of one key, a touched task
keeps its place, and untouched ones beside it go; without one, the task that would be sent today stays, and one that
would be sent otherwise is replaced: the new one is imported first, then the old one deleted. A push that was killed in
between leaves both, and the next one finds them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Set

    from kliping.studio.client import Setup
    from kliping.studio.projects import Role
    from kliping.studio.push.inventory import Held, Inventory
    from kliping.studio.tasks import Key

__all__ = ["ProjectPlan", "Tasks", "plan_tasks"]


@dataclass(frozen=True, slots=True)
class Tasks:
    """What happens to the tasks of one project.

    Attributes:
        imports: the keys of the tasks that are sent.
        changed: those of `imports` that replace a task which would be sent otherwise today.
        replaced: tasks to delete once a new one of their key is there.
        twins: tasks to delete because another of their key is there.
        superseded: tasks to delete because one of their article's text of today is there.
        kept: how many wanted keys have their task.
        outdated: how many of these would be sent otherwise today, and stay because they are touched.
        elsewhere: how many keys are not sent, as their annotator labelled them in the shared project.
        earlier: how many touched tasks are of earlier texts.
        unassigned: how many tasks nobody is asked to label any more.
        withdrawn: the articles of tasks which the corpus has no more.
    """

    imports: frozenset[Key] = frozenset()
    changed: frozenset[Key] = frozenset()
    replaced: tuple[int, ...] = ()
    twins: tuple[int, ...] = ()
    superseded: tuple[int, ...] = ()
    kept: int = 0
    outdated: int = 0
    elsewhere: int = 0
    earlier: int = 0
    unassigned: int = 0
    withdrawn: tuple[str, ...] = ()

    @property
    def deletions(self) -> Iterator[tuple[str, tuple[int, ...]]]:
        """The tasks to delete, by why."""
        yield "replaced", self.replaced
        yield "twins", self.twins
        yield "superseded", self.superseded


@dataclass(frozen=True, slots=True)
class ProjectPlan:
    """What happens to one project.

    Attributes:
        role: what it is for.
        title: its title, or the one that it gets.
        before: what it holds now.
        undescribed: whether the line that it is known by is not there, and is put back.
        setup: what its annotators are to meet; its model version only once predictions of it are there.
        screen_changes: whether that is another than now, predictions apart.
        by_hand: whether somebody changed the screen on the server.
        tasks: what happens to its tasks.
    """

    role: Role
    title: str
    before: Inventory
    undescribed: bool
    setup: Setup
    screen_changes: bool
    by_hand: bool
    tasks: Tasks


def plan_tasks(
    held: Mapping[Key, tuple[Held, ...]],
    wanted: Mapping[Key, str | None],
    today: Mapping[str, str],
    elsewhere: Set[Key] = frozenset(),
) -> Tasks:
    """What happens to the tasks of a project.

    Args:
        held: its tasks, by key.
        wanted: the keys that it should have, with the digest of what would be sent today.
        today: the text of each article of the corpus.
        elsewhere: keys that need not be sent: their annotator labelled them in another project.
    """
    fates = _Fates()
    for key in wanted:
        if key in held:
            _meet(key, held[key], wanted[key], fates)
        elif key in elsewhere:
            fates.elsewhere += 1
        else:
            fates.imports.append(key)
    withdrawn: dict[str, None] = {}
    for key, tasks in held.items():
        if key in wanted:
            continue
        if key.article_id not in today:
            withdrawn[key.article_id] = None
        elif key._replace(text_sha256=today[key.article_id]) in wanted:
            fates.superseded += [one.task for one in tasks if not one.touched]
            fates.earlier += sum(one.touched for one in tasks)
        else:
            fates.unassigned += len(tasks)
    return fates.tasks(tuple(sorted(withdrawn)))


class _Fates:
    """What is gathered while a project's tasks are gone through."""

    def __init__(self) -> None:
        self.imports: list[Key] = []
        self.changed: list[Key] = []
        self.replaced: list[int] = []
        self.twins: list[int] = []
        self.superseded: list[int] = []
        self.kept = self.outdated = self.elsewhere = self.earlier = self.unassigned = 0

    def tasks(self, withdrawn: tuple[str, ...]) -> Tasks:
        return Tasks(
            frozenset(self.imports), frozenset(self.changed),
            tuple(self.replaced), tuple(self.twins), tuple(self.superseded),
            self.kept, self.outdated, self.elsewhere, self.earlier, self.unassigned, withdrawn,
        )  # fmt: skip


def _meet(key: Key, tasks: tuple[Held, ...], sent: str | None, fates: _Fates) -> None:
    """What happens to the tasks of one key."""
    touched = [one for one in tasks if one.touched]
    untouched = [one for one in tasks if not one.touched]
    current = [one for one in untouched if one.sent == sent]
    if touched:
        fates.kept += 1
        fates.outdated += all(one.sent != sent for one in touched)
        fates.twins += [one.task for one in untouched]
    elif current:
        fates.kept += 1
        fates.twins += [one.task for one in current[1:]]
        fates.replaced += [one.task for one in untouched if one.sent != sent]
    else:
        fates.imports.append(key)
        fates.changed.append(key)
        fates.replaced += [one.task for one in untouched]

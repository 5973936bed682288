"""Carrying out a plan, in an order that may be stopped anywhere: screens, then imports, then deletions."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kliping.errors import ServerError
from kliping.studio.projects import description
from kliping.studio.tasks import batches

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future

    from kliping.studio.client import Client
    from kliping.studio.push.plan import ProjectPlan
    from kliping.studio.push.planning import Plan
    from kliping.studio.push.wanted import Source
    from kliping.studio.tasks import Batch

__all__ = ["Done", "carry_out", "done_between"]


@dataclass(slots=True)
class Done:
    """What was done, by project or in all.

    Attributes:
        created: titles of the projects that were made.
        screens: titles of those that got another screen.
        by_hand: titles of those whose screen somebody had changed on the server.
        described: titles of those that got the line back that they are known by.
        imported: tasks that the server took.
        deleted: tasks that were deleted, by why.
        begun: tasks that were to be deleted and stay, since somebody began on them meanwhile.
    """

    created: list[str] = field(default_factory=list)
    screens: list[str] = field(default_factory=list)
    by_hand: list[str] = field(default_factory=list)
    described: list[str] = field(default_factory=list)
    imported: int = 0
    deleted: Counter[str] = field(default_factory=Counter)
    begun: int = 0

    @property
    def changes(self) -> int:
        """How many things were changed on the server."""
        made = len(self.created) + len(self.screens) + len(self.described)
        return made + self.imported + self.deleted.total()

    def plus(self, more: Done) -> Done:
        """Both together."""
        return Done(
            self.created + more.created, self.screens + more.screens, self.by_hand + more.by_hand,
            self.described + more.described, self.imported + more.imported, self.deleted + more.deleted,
            more.begun,
        )  # fmt: skip


def done_between(before: Plan, after: Plan) -> Done:
    """What an attempt did whose plan was carried out in part: by what the server then has, whatever it confirmed."""
    done = Done()
    for old, new in zip(before.projects, after.projects, strict=True):
        if old.before.project is None and new.before.project is not None:
            done.created.append(new.title)
        if old.screen_changes and not new.screen_changes:
            done.screens.append(new.title)
            done.by_hand += [new.title] if old.by_hand else []
        if old.undescribed and not new.undescribed:
            done.described.append(new.title)
        there = new.before.numbers
        done.imported += len(there - old.before.numbers)
        for why, tasks in old.tasks.deletions:
            done.deleted[why] += sum(number not in there for number in tasks)
    return done


def carry_out(plan: Plan, client: Client, done: Done, progress: Callable[[str], None]) -> None:
    """Make the server what a plan says; what is done is added to `done`.

    Raises:
        ServerError: the server fails. What it did then is not known: plan again.
    """
    for one in plan.projects:
        number = _set_up(plan.source, one, client, done)
        _send(client, number, _batches(plan.source, one), done, progress)
        for why, tasks in one.tasks.deletions:
            deleted = client.tasks.delete_untouched(number, tasks)
            done.deleted[why] += deleted
            done.begun += len(tasks) - deleted
        _show_predictions(client, number, one, done)


def _set_up(source: Source, one: ProjectPlan, client: Client, done: Done) -> int:
    """Make a project, or give it its screen and its line; its number."""
    line = description(source.corpus.settings, one.role)
    if one.before.project is None or one.before.setup is None:
        number = client.projects.create(one.title, line, replace(one.setup, model_version=""))
        done.created.append(one.title)
        return number
    number = one.before.project.id
    if one.undescribed:
        client.projects.describe(number, line)
        done.described.append(one.title)
    if one.screen_changes:
        client.projects.set_up(number, replace(one.setup, model_version=one.before.setup.model_version))
        done.screens.append(one.title)
        done.by_hand += [one.title] if one.by_hand else []
    return number


def _batches(source: Source, one: ProjectPlan) -> Iterator[Batch]:
    """The tasks to send, round by round: annotators get them in the order in which they came."""
    for number in sorted({key.round for key in one.tasks.imports}):
        yield from batches(source.tasks(one.role, number, one.tasks.imports))


def _send(client: Client, project: int, prepared: Iterator[Batch], done: Done, progress: Callable[[str], None]) -> None:
    """Import batches, one after the other; while the server works on one, the next is made."""
    with ThreadPoolExecutor(1) as other:
        batch = next(prepared, None)
        while batch is not None:
            answer = other.submit(client.tasks.import_, project, batch.body)
            following = _following(prepared, answer)
            taken = answer.result()
            if taken != batch.tasks:
                raise ServerError(f"{client.url}: it took {taken} of {batch.tasks} tasks; run the command again")
            done.imported += taken
            progress(f"{done.imported} tasks imported")
            batch = following


def _following(prepared: Iterator[Batch], answer: Future[int]) -> Batch | None:
    """The next batch, or None; if it cannot be made, the answer to the one before is still waited for."""
    try:
        return next(prepared, None)
    except BaseException:
        answer.exception()
        raise


def _show_predictions(client: Client, number: int, one: ProjectPlan, done: Done) -> None:
    """Choose which predictions are shown: the server knows them only once they are there, and then chooses itself."""
    now = one.before.setup.model_version if one.before.setup else ""
    if one.setup.model_version == now or not (one.setup.model_version or now):
        return
    if client.projects.setup(number).model_version != one.setup.model_version:
        client.projects.set_up(number, one.setup)
        if one.title not in done.screens:
            done.screens.append(one.title)

"""What a push did, as a receipt; what it would do, as sentences and as a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kliping.records import Count, Receipt, Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kliping.studio.push.execution import Done
    from kliping.studio.push.plan import ProjectPlan
    from kliping.studio.push.planning import Plan

__all__ = ["Planned", "planned", "receipt", "sentences"]

NAMED = 10
"""Withdrawn articles that are named; the rest is counted."""

_WHY = {
    "replaced": "{} deleted for these, as another title, holder or prediction is sent today; nothing was on them",
    "twins": "{} deleted that an earlier push had sent twice; nothing was on them",
    "superseded": "{} deleted that are of earlier texts; nothing was on them",
}


class Planned(Record, frozen=True):
    """What a push would do to one project; `project` is its number, or None where it would be made."""

    role: str
    title: str
    project: int | None
    screen: bool
    by_hand: bool
    imported: int
    replaced: int
    twins: int
    superseded: int
    kept: int
    outdated: int
    elsewhere: int
    earlier: int
    unassigned: int
    foreign: int
    withdrawn: tuple[str, ...]


def planned(plan: Plan) -> tuple[Planned, ...]:
    """What a push would do, for machines."""
    return tuple(_planned(one) for one in plan.projects)


def _planned(one: ProjectPlan) -> Planned:
    tasks, before = one.tasks, one.before
    return Planned(
        role=str(one.role),
        title=one.title,
        project=before.project.id if before.project else None,
        screen=one.screen_changes or before.project is None,
        by_hand=one.by_hand,
        imported=len(tasks.imports),
        replaced=len(tasks.replaced),
        twins=len(tasks.twins),
        superseded=len(tasks.superseded),
        kept=tasks.kept,
        outdated=tasks.outdated,
        elsewhere=tasks.elsewhere,
        earlier=tasks.earlier,
        unassigned=tasks.unassigned,
        foreign=before.foreign,
        withdrawn=tasks.withdrawn,
    )


def sentences(plan: Plan) -> Iterator[str]:
    """What a push would do, for people."""
    for one in plan.projects:
        told = _planned(one)
        yield f"project {one.title!r}: {'would be made' if told.project is None else f'number {told.project}'}"
        steps = [
            (told.screen and told.project is not None, "its screen would be changed"),
            (told.by_hand, "its screen was changed on the server"),
            (told.imported, f"{told.imported} tasks to import"),
            (told.replaced, f"{told.replaced} to replace, as another title, holder or prediction is sent today"),
            (told.twins, f"{told.twins} twins to delete"),
            (told.superseded, f"{told.superseded} of earlier texts to delete"),
            (told.kept, f"{told.kept} there already"),
        ]
        yield from (f"  {step}" for counts, step in steps if counts)
        yield from (f"  {note}" for note in _seen(one))
    yield from _notes(plan)


def receipt(plan: Plan, last: Done, done: Done, *, derived: bool) -> Receipt:
    """The receipt of a push.

    Args:
        plan: the last one.
        last: what was done by it.
        done: what was done in all attempts.
        derived: whether labeling.xml changed.
    """
    kept = sum(one.tasks.kept for one in plan.projects) + last.imported
    elsewhere = sum(one.tasks.elsewhere for one in plan.projects)
    wanted = sum(map(len, plan.wanted.tasks.values()))
    return Receipt(
        step="push",
        counts=(Count(what="tasks", taken=wanted, kept=kept, set_aside=elsewhere),),
        changes=done.changes + derived,
        notes=(*_done(plan, done, derived=derived), *_notes(plan)),
    )


def _done(plan: Plan, done: Done, *, derived: bool) -> Iterator[str]:
    yield from (f"project {title!r} created" for title in done.created)
    yield from (f"project {title!r}: the screen had been changed on the server" for title in done.by_hand)
    yield from (f"project {title!r} has the contract's screen now" for title in done.screens)
    yield from (f"project {title!r}: the line it is known by is in its description again" for title in done.described)
    if derived:
        yield f"{plan.source.corpus.labeling.relative_to(plan.source.corpus.root)} written"
    if done.imported:
        yield f"{done.imported} imported"
    yield from (_WHY[why].format(times) for why, times in done.deleted.items() if times)
    if done.begun:
        yield f"{done.begun} that were to be deleted stay: somebody began on them meanwhile; run `kliping push` again"
    for one in plan.projects:
        yield from (f"project {one.title!r}: {note}" for note in _seen(one))


def _seen(one: ProjectPlan) -> Iterator[str]:
    """What a push leaves alone in a project, and why."""
    tasks = one.tasks
    some = ", ".join(tasks.withdrawn[:NAMED]) + (", …" if len(tasks.withdrawn) > NAMED else "")
    kept = [
        (tasks.outdated, "tasks would be sent otherwise today, and stay as people began on them"),
        (tasks.earlier, "tasks of earlier texts stay, as people began on them"),
        (tasks.elsewhere, "tasks are not sent: their annotator labelled them in the shared project"),
        (tasks.unassigned, "tasks stay that nobody is asked to label any more"),
        (len(tasks.withdrawn), f"articles are withdrawn, and their tasks stay: {some}"),
        (one.before.foreign, "tasks are not ours, and are left alone"),
    ]
    yield from (f"{times} {what}" for times, what in kept if times)


def _notes(plan: Plan) -> Iterator[str]:
    """What holds for all projects."""
    wanted = plan.wanted
    if wanted.unassigned:
        yield f"{wanted.unassigned} articles are in no round yet, and are not sent; `kliping sample` makes the next one"
    if wanted.of_other_texts:
        yield f"{wanted.of_other_texts} predictions are of other texts than today's, and are not shown"
    for article, fault in sorted(wanted.not_offered.items())[:NAMED]:
        yield f"what was carried over to {article} is not shown: {fault}"
    if plan.source.names_some():
        yield (
            "a shared project cannot keep an article to those who are to label it; "
            "`blind = true` gives each annotator a project"
        )
    for project in plan.left:
        yield f"project {project.title!r} is left as it is: its annotators have other projects now"

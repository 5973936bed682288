"""Asking the server and the corpus, and what follows for each project. Nothing is changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kliping.studio.projects import SHARED, description, known_projects, title
from kliping.studio.push.inventory import NOTHING, Inventory, take_inventory
from kliping.studio.push.plan import ProjectPlan, plan_tasks
from kliping.studio.push.screens import config_differs, differs, is_by_hand, refuse_losses, setup_of
from kliping.studio.push.wanted import Source, Wanted, open_source, survey
from kliping.studio.tasks import SHOWN

if TYPE_CHECKING:
    from kliping.contract import Contract
    from kliping.project import Corpus
    from kliping.studio.client import Client, Project
    from kliping.studio.projects import Role

__all__ = ["Plan", "plan_push"]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a push would do.

    Attributes:
        source: what tasks are made from.
        wanted: what the corpus wants.
        projects: what happens to each project.
        left: projects that get nothing any more, since their annotators work in others.
    """

    source: Source
    wanted: Wanted
    projects: tuple[ProjectPlan, ...]
    left: tuple[Project, ...]


def plan_push(corpus: Corpus, contract: Contract, client: Client) -> Plan:
    """What a push would do now.

    Raises:
        CallError: a setting is wrong.
        DataError: there are no articles, a prediction cannot be offered, two projects are one, or annotations use what
            the screen would lose.
        ServerError: the server fails.
    """
    source = open_source(corpus, contract)
    known = known_projects(client, corpus.settings)
    before = {role: take_inventory(client, known[role]) if role in known else NOTHING for role in source.roles}
    shared = known.get(SHARED)
    wanted = survey(source, {role: one.held.keys() for role, one in before.items()}, shared.id if shared else None)
    projects = tuple(_project(source, role, before[role], wanted) for role in source.roles)
    if any(one.before.setup and config_differs(one.before.setup, one.setup) for one in projects):
        refuse_losses(client, known.values(), projects[0].setup.config)
    left = tuple(project for role, project in known.items() if role not in source.roles)
    return Plan(source, wanted, projects, left)


def _project(source: Source, role: Role, before: Inventory, wanted: Wanted) -> ProjectPlan:
    settings, now, project = source.corpus.settings, before.setup, before.project
    tasks = plan_tasks(before.held, wanted.tasks[role], wanted.today, wanted.elsewhere.get(role, frozenset()))
    gone = {number for _, numbers in tasks.deletions for number in numbers}
    stays = (one for several in before.held.values() for one in several if one.task not in gone)
    shows = role in wanted.shown or any(one.shown for one in stays)
    setup = setup_of(source.corpus, source.contract, source.annotators(role))
    return ProjectPlan(
        role=role,
        title=project.title if project else title(settings, role),
        before=before,
        undescribed=project is not None and project.description.strip() != description(settings, role),
        setup=replace(setup, model_version=SHOWN if shows else ""),
        screen_changes=now is not None and differs(now, setup),
        by_hand=now is not None and is_by_hand(now, setup),
        tasks=tasks,
    )

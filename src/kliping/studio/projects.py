"""The projects that a corpus has on a server, each with its role, and how they are known again.

A project is known by a line in its description, which nobody has a reason to edit; one that has the title alone is
taken too. People may rename a project without its tasks being sent a second time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from kliping.errors import CallError, DataError

if TYPE_CHECKING:
    from kliping.project import Settings
    from kliping.studio.client import Client, Project

__all__ = [
    "ADJUDICATION",
    "SHARED",
    "Role",
    "annotator_role",
    "description",
    "find_project",
    "known_projects",
    "roles",
    "title",
]

TITLE_LENGTHS = range(3, 51)
"""Characters that Label Studio allows in a project's title."""


class Role(NamedTuple):
    """What a project is for: everybody's annotations, one annotator's, or adjudication."""

    kind: Literal["shared", "annotator", "adjudication"]
    annotator: str | None = None

    def __str__(self) -> str:
        return self.annotator or self.kind


SHARED = Role("shared")
ADJUDICATION = Role("adjudication")


def annotator_role(annotator: str) -> Role:
    """The role of one annotator's own project; `annotator` is a pseudonym."""
    return Role("annotator", annotator)


def roles(settings: Settings) -> tuple[Role, ...]:
    """The roles of the projects that annotators are to work in: one for all, or for blind work one for each.

    Raises:
        CallError: the work is blind, and nobody is named.
    """
    if not settings.annotators.blind:
        return (SHARED,)
    if not settings.annotators.people:
        raise CallError(
            "[tool.kliping.annotators] blind: nobody is named who would get a project; name them under people "
            "by pseudonym (`kliping studio invite` tells the pseudonyms), or leave blind out"
        )
    return tuple(map(annotator_role, settings.annotators.people))


def title(settings: Settings, role: Role = SHARED) -> str:
    """The title of a project: the corpus's title where Label Studio allows it, else its name; then whose it is.

    Raises:
        CallError: neither has 3 to 50 characters.
    """
    ending = "" if role == SHARED else f" · {role}"
    for words in (settings.title.strip(), settings.name):
        if len(words) in TITLE_LENGTHS:
            return words[: TITLE_LENGTHS.stop - 1 - len(ending)].rstrip() + ending
    raise CallError("[tool.kliping] name: Label Studio's projects need a title of 3 to 50 characters; set such a title")


def description(settings: Settings, role: Role = SHARED) -> str:
    """The line that a project is known by."""
    return f"kliping corpus {settings.name}, {role.kind}" + (f" {role.annotator}" if role.annotator else "")


def find_project(client: Client, settings: Settings, role: Role = SHARED) -> Project | None:
    """The corpus's project of a role.

    Raises:
        DataError: several are it.
    """
    return _only(client, settings, role, client.projects.list())


def known_projects(client: Client, settings: Settings) -> dict[Role, Project]:
    """Every project in which the corpus is annotated: the shared one, and each annotator's; not the adjudication's.

    An annotator whom the settings no longer name is found all the same: their work is not lost.

    Raises:
        DataError: several projects are the same one.
    """
    projects = client.projects.list()
    own = f"kliping corpus {settings.name}, annotator "
    named = {one.description.strip().removeprefix(own) for one in projects if one.description.startswith(own)}
    roles = [SHARED, *map(annotator_role, sorted(named | settings.annotators.people.keys()))]
    found = {role: _only(client, settings, role, projects) for role in roles}
    return {role: project for role, project in found.items() if project is not None}


def _only(client: Client, settings: Settings, role: Role, projects: list[Project]) -> Project | None:
    by_line = [one for one in projects if one.description.strip() == description(settings, role)]
    found = by_line or [one for one in projects if one.title == title(settings, role) and not _is_marked(one)]
    if len(found) > 1:
        numbers = ", ".join(str(one.id) for one in found)
        raise DataError(
            f"{client.url}: {len(found)} projects are this corpus's {title(settings, role)!r} (numbers {numbers}); "
            "rename all but the right one in Label Studio, and empty their descriptions"
        )
    return found[0] if found else None


def _is_marked(project: Project) -> bool:
    return project.description.startswith("kliping corpus ")

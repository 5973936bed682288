"""The projects of a server."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kliping.studio.client.session import ONCE

if TYPE_CHECKING:
    from kliping.studio.client.session import Session

__all__ = ["Project", "Projects", "Setup"]

PAGE = 500


@dataclass(frozen=True, slots=True)
class Project:
    """A project: its number, its title, its description, and how many tasks it has."""

    id: int
    title: str
    description: str
    tasks: int


@dataclass(frozen=True, slots=True)
class Setup:
    """What annotators of a project meet.

    Attributes:
        config: the labelling configuration.
        instruction: shown before they begin, as HTML; empty is none.
        model_version: whose predictions they are shown; empty is nobody's. The server takes one only once the project
            has predictions of it.
        annotators: how many get each task; with the server's default of 1, what one has done is offered to no other.
    """

    config: str
    instruction: str = ""
    model_version: str = ""
    annotators: int = 1


class Projects:
    """Listing, making and changing projects. Every method raises `ServerError`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def list(self) -> list[Project]:
        """Every project of the server."""
        with self._session.told():
            found = self._session.sdk.projects.list(include="id,title,description,task_number", page_size=PAGE)
            return [
                Project(int(one.id), str(one.title), str(one.description or ""), int(one.task_number or 0))
                for one in found
            ]

    def create(self, title: str, description: str, setup: Setup) -> int:
        """A new, empty project; its number."""
        with self._session.told():
            made = self._session.sdk.projects.create(
                title=title, description=description, request_options=ONCE, **_fields(setup)
            )
            return int(made.id)

    def setup(self, project: int) -> Setup:
        """What a project's annotators meet now."""
        with self._session.told():
            got = self._session.sdk.projects.get(project)
        return Setup(
            str(got.label_config),
            str(got.expert_instruction or ""),
            str(got.model_version or ""),
            int(got.maximum_annotations or 1),
        )

    def set_up(self, project: int, setup: Setup) -> None:
        """Change what annotators meet. The server compares nothing: see what is used first."""
        with self._session.told():
            self._session.sdk.projects.update(project, **_fields(setup))

    def describe(self, project: int, description: str) -> None:
        """Change a project's description."""
        with self._session.told():
            self._session.sdk.projects.update(project, description=description)


def _fields(setup: Setup) -> dict[str, Any]:
    return {
        "label_config": setup.config,
        "expert_instruction": setup.instruction,
        "show_instruction": bool(setup.instruction),
        "model_version": setup.model_version,
        "maximum_annotations": setup.annotators,
    }

"""The projects of a server."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kliping.errors import DataError
from kliping.studio.client.session import ONCE

if TYPE_CHECKING:
    from kliping.studio.client.session import Session

__all__ = ["Project", "Projects"]

PAGE = 500


@dataclass(frozen=True, slots=True)
class Project:
    """A project: its number, its title, its labelling configuration."""

    id: int
    title: str
    config: str


class Projects:
    """Finding, making and changing projects. Every method raises `ServerError`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def find(self, title: str) -> int | None:
        """The project of exactly this title.

        Raises:
            DataError: several have it.
        """
        with self._session.told():
            projects = self._session.sdk.projects.list(include="id,title", page_size=PAGE)
            found = [project.id for project in projects if project.title == title]
        if len(found) > 1:
            raise DataError(
                f"{self._session.url}: {len(found)} projects are titled {title!r} "
                f"(numbers {', '.join(map(str, found))}); "
                "rename all but the corpus's own in Label Studio"
            )
        return int(found[0]) if found else None

    def create(self, title: str, config: str) -> int:
        """A new, empty project; its number."""
        with self._session.told():
            return int(self._session.sdk.projects.create(title=title, label_config=config, request_options=ONCE).id)

    def get(self, project: int) -> Project:
        """A project's title and configuration."""
        with self._session.told():
            got = self._session.sdk.projects.get(project)
        return Project(int(got.id), str(got.title), str(got.label_config))

    def set_config(self, project: int, config: str) -> None:
        """Replace a project's labelling configuration. The server checks nothing: compare with what is used first."""
        with self._session.told():
            self._session.sdk.projects.update(project, label_config=config)

    def prediction_models(self, project: int) -> dict[int, str]:
        """The model version of each prediction of a project, by its number."""
        with self._session.told():
            return {
                int(one.id): str(one.model_version or "") for one in self._session.sdk.predictions.list(project=project)
            }

"""The tasks of a project, and what was submitted on them.

Lists are walked by task number, so that a task made or deleted meanwhile moves no other out of sight.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kliping.studio.client.session import ONCE
from kliping.studio.client.submitted import Submitted, read_submitted, when
from kliping.studio.tasks import mark_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kliping.studio.client.session import Session
    from kliping.studio.tasks import Key, Mark, Task

__all__ = ["Listed", "Marked", "Tasks"]

PAGE = 500

_ANNOTATION_FIELDS = "result,completed_by,was_cancelled,created_at,updated_at,lead_time,parent_prediction"
"""`include` filters the fields of the annotations inside a task too."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A task of the inventory: its number, the mark in its meta, its annotations (skips included)."""

    task: int
    mark: Mark | None
    annotations: int

    @property
    def key(self) -> Key | None:
        """What it is known by; None where it is not ours."""
        return self.mark.key if self.mark else None


@dataclass(frozen=True, slots=True)
class Marked:
    """A task with what was submitted on it; `data` is there where it was asked for."""

    task: int
    mark: Mark | None
    created: str
    submitted: tuple[Submitted, ...]
    data: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> Key | None:
        """What it is known by; None where it is not ours."""
        return self.mark.key if self.mark else None


class Tasks:
    """Listing, importing and deleting tasks. Every method raises `ServerError`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def inventory(self, project: int) -> Iterator[Listed]:
        """Each task of a project with its key, by number."""
        include = "id,meta,total_annotations,cancelled_annotations"
        for one in self._walk(project, fields="task_only", include=include):
            yield Listed(one.id, mark_in(one.meta), (one.total_annotations or 0) + (one.cancelled_annotations or 0))

    def marked(self, project: int, *, data: bool = False) -> Iterator[Marked]:
        """Each task of a project with what was submitted on it, by number; drafts are not submitted."""
        include = f"id,meta,annotations,{_ANNOTATION_FIELDS}{',data' if data else ''}"
        for one in self._walk(project, fields="all", include=include):
            yield Marked(
                one.id,
                mark_in(one.meta),
                when(one.created_at),
                tuple(map(read_submitted, one.annotations or ())),
                dict(one.data or {}) if data else {},
            )

    def is_untouched(self, task: int) -> bool:
        """Whether nobody submitted, skipped or began anything on a task."""
        with self._session.told():
            got = self._session.sdk.tasks.get(str(task))
        return not got.annotations and not got.drafts

    def import_(self, project: int, tasks: Sequence[Task]) -> None:
        """Import tasks: all or none, and sent once. After an error they may be there: take the inventory."""
        with self._session.told():
            self._session.sdk.projects.import_tasks(project, request=list(tasks), request_options=ONCE)

    def delete(self, task: int) -> None:
        """Delete a task with all that is on it."""
        with self._session.told():
            self._session.sdk.tasks.delete(str(task), request_options=ONCE)

    def _walk(self, project: int, **asked: str) -> Iterator[Any]:
        last, more = 0, True
        while more:
            after = {"filter": "filter:tasks:id", "operator": "greater", "type": "Number", "value": last}
            query = {"filters": {"conjunction": "and", "items": [after]}, "ordering": ["tasks:id"]}
            with self._session.told():
                pager = self._session.sdk.tasks.list(project=project, page_size=PAGE, query=json.dumps(query), **asked)
                page = list(pager.items or ())
            yield from page
            more = len(page) == PAGE
            last = page[-1].id if page else last

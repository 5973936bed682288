"""The tasks of a project, what was submitted on them, and what somebody began on them.

Lists are walked by task number, so that a task made or deleted meanwhile moves no other out of sight.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import msgspec

from kliping.studio.client.session import ONCE
from kliping.studio.client.submitted import Submitted, Told, read_submitted, when
from kliping.studio.tasks import mark_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kliping.studio.client.session import Session
    from kliping.studio.results import Item
    from kliping.studio.tasks import Key, Mark, Task

__all__ = ["Draft", "Listed", "Marked", "Predicted", "Tasks"]

PAGE = 500

DELETED_AT_ONCE = 200
"""Tasks of one request to delete."""

_ANNOTATION_FIELDS = "result,completed_by,was_cancelled,created_at,updated_at,lead_time,parent_prediction"
"""`include` filters the fields of the annotations inside a task too."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A task of the inventory: its number, the mark in its meta, its annotations (skips included), whether begun.

    `begun` says that somebody has a draft on it: work that was not submitted yet.
    """

    task: int
    mark: Mark | None
    annotations: int
    begun: bool = False

    @property
    def key(self) -> Key | None:
        """What it is known by; None where it is not ours."""
        return self.mark.key if self.mark else None

    @property
    def touched(self) -> bool:
        """Whether anybody submitted, skipped or began anything on it."""
        return bool(self.annotations) or self.begun


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody began on a task and did not submit yet; the server's number, and the items."""

    id: int
    result: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Predicted:
    """A prediction of a task: the server's numbers, and the items."""

    task: int
    id: int
    result: tuple[Item, ...]


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


class _Made(msgspec.Struct, frozen=True):
    """A prediction of a list of tasks."""

    id: int
    result: tuple[dict[str, Any], ...] | None = None


class _Row(msgspec.Struct, frozen=True):
    """A task of a list, with the fields that were asked for."""

    id: int
    meta: Any = None
    created_at: str | None = None
    total_annotations: int | None = None
    cancelled_annotations: int | None = None
    annotations: tuple[Told, ...] | None = None
    data: dict[str, Any] | None = None
    predictions: tuple[_Made, ...] | None = None


class _Imported(msgspec.Struct, frozen=True):
    task_count: int


class _Deleted(msgspec.Struct, frozen=True):
    processed_items: int


class _Data(msgspec.Struct, frozen=True):
    data: dict[str, Any]


class _Draft(msgspec.Struct, frozen=True):
    """A draft; the server also tells whose it is, by address, which is passed over."""

    id: int
    result: tuple[dict[str, Any], ...] | None = None


class _Page(msgspec.Struct, frozen=True):
    """A page of a list of tasks."""

    tasks: tuple[_Row, ...]


class Tasks:
    """Listing, importing and deleting tasks. Every method raises `ServerError`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def inventory(self, project: int) -> Iterator[Listed]:
        """Each task of a project with its key, by number."""
        begun = set(self.begun(project))
        include = "id,meta,total_annotations,cancelled_annotations"
        for one in self._walk(project, fields="task_only", include=include):
            submitted = (one.total_annotations or 0) + (one.cancelled_annotations or 0)
            yield Listed(one.id, mark_in(one.meta), submitted, one.id in begun)

    def begun(self, project: int) -> Iterator[int]:
        """The numbers of the tasks on which anybody has a draft. Lists and single tasks tell one's own drafts only."""
        for one in self._walk(project, _has_draft(True), fields="task_only", include="id"):
            yield one.id

    def drafts(self, task: int) -> tuple[Draft, ...]:
        """What people began on a task, everybody's."""
        found = self._session.get_json(f"api/tasks/{task}/drafts", {}, tuple[_Draft, ...])
        return tuple(Draft(one.id, one.result or ()) for one in found)

    def predicted(self, project: int) -> Iterator[Predicted]:
        """The predictions of a project, by task."""
        for one in self._walk(project, fields="all", include="id,predictions,result"):
            for made in one.predictions or ():
                yield Predicted(one.id, made.id, made.result or ())

    def marked(self, project: int, *, data: bool = False) -> Iterator[Marked]:
        """Each task of a project with what was submitted on it, by number; drafts are not submitted."""
        include = f"id,meta,annotations,{_ANNOTATION_FIELDS}{',data' if data else ''}"
        for one in self._walk(project, fields="all", include=include):
            yield Marked(
                one.id,
                mark_in(one.meta),
                when(one.created_at),
                tuple(map(read_submitted, one.annotations or ())),
                one.data or {},
            )

    def data(self, task: int) -> dict[str, Any]:
        """What a task brings to the screen."""
        return self._session.get_json(f"api/tasks/{task}/", {}, _Data).data

    def set_data(self, task: int, data: dict[str, Any]) -> None:
        """Change what a task brings to the screen; all of it is given."""
        self._session.patch_json(f"api/tasks/{task}/", {"data": data}, dict[str, Any])

    def import_(self, project: int, tasks: Sequence[Task] | msgspec.Raw) -> int:
        """Import tasks, or a JSON list of them: all or none, and sent once; how many the server took.

        After an error they may be there: take the inventory.
        """
        return self._session.post_json(f"api/projects/{project}/import", tasks, _Imported).task_count

    def delete(self, task: int) -> None:
        """Delete a task with all that is on it."""
        with self._session.told():
            self._session.sdk.tasks.delete(str(task), request_options=ONCE)

    def delete_untouched(self, project: int, tasks: Sequence[int]) -> int:
        """Delete those of some tasks on which nobody submitted, skipped or began anything; how many they were.

        The server chooses them as it deletes, so that what somebody begins meanwhile stays.
        """
        query = {"conjunction": "and", "items": [_UNSUBMITTED, _has_draft(False)]}
        params: dict[str, str | int] = {"id": "delete_tasks", "project": project}
        deleted = 0
        for at in range(0, len(tasks), DELETED_AT_ONCE):
            # Never an empty list: with one, the server's action would take every task of the project.
            some = {"all": False, "included": list(tasks[at : at + DELETED_AT_ONCE])}
            body = {"selectedItems": some, "filters": query}
            deleted += self._session.post_json("api/dm/actions/", body, _Deleted, params).processed_items
        return deleted

    def _walk(self, project: int, *where: dict[str, Any], **asked: str) -> Iterator[_Row]:
        last, more = 0, True
        while more:
            after = {"filter": "filter:tasks:id", "operator": "greater", "type": "Number", "value": last}
            query = {"filters": {"conjunction": "and", "items": [after, *where]}, "ordering": ["tasks:id"]}
            params: dict[str, str | int] = {"project": project, "page_size": PAGE, "query": json.dumps(query), **asked}
            page = self._session.get_json("api/tasks/", params, _Page).tasks
            yield from page
            more = len(page) == PAGE
            last = page[-1].id if page else last


_UNSUBMITTED = {"filter": "filter:tasks:annotations_ids", "operator": "empty", "type": "String", "value": "true"}
"""Tasks without annotations, skips included: by the annotations themselves, not by the counters."""


def _has_draft(has: bool) -> dict[str, Any]:
    return {"filter": "filter:tasks:draft_exists", "operator": "equal", "type": "Boolean", "value": has}

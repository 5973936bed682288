"""What moved on a server since: the tasks of a project by the server's own clock, page by page, with what is on them.

A page is asked for while the one before it is read, so that our work hides behind the server's.
"""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

import msgspec

from kliping.studio.client.submitted import Told, exact
from kliping.studio.tasks import mark_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kliping.studio.client.session import Session
    from kliping.studio.tasks import Mark

__all__ = ["Changes", "Fetched", "Newest"]

PAGE = 500
CHOSEN = 200
"""Tasks asked for by number in one request: its address stays below 4 KB."""

_LIGHT = {"fields": "task_only", "include": "id,updated_at"}
_WHOLE = {
    "fields": "all",
    "include": "id,meta,annotations,created_at,updated_at,result,completed_by,was_cancelled,lead_time,"
    "parent_prediction",
}
"""`include` filters the fields of the annotations inside a task too."""


class Fetched(msgspec.Struct, frozen=True):
    """A task with what was submitted on it, skips included, drafts not; times are the server's."""

    id: int
    created_at: str = ""
    updated_at: str = ""
    meta: Any = None
    annotations: tuple[Told, ...] | None = None

    @property
    def mark(self) -> Mark | None:
        """The mark in its meta; None where the task is not ours."""
        return mark_in(self.meta)


class _Page(msgspec.Struct, frozen=True):
    tasks: tuple[Fetched, ...]
    total: int = 0


class _Predicted(msgspec.Struct, frozen=True):
    id: int
    model_version: str | None = None


@dataclass(frozen=True, slots=True)
class Newest:
    """The tasks of a project that moved last.

    Attributes:
        moved: when each moved, by its number, the newest first: as many as were asked for.
        total: how many moved since, asked for or not.
        clock: the server's own, in ISO 8601 with seconds; None where it does not say.
    """

    moved: dict[int, str]
    total: int
    clock: str | None


class Changes:
    """Listing by the server's clock. Every method raises `ServerError`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def newest(self, project: int, since: str | None, most: int) -> Newest:
        """The tasks that moved last: were made, annotated, skipped, or lost an annotation.

        Args:
            project: its number.
            since: a time of the server as `exact` writes it; that very moment is included. None is the beginning.
            most: how many to tell of.
        """
        page = self._page(project, _LIGHT, most, _moved(since), "-tasks:updated_at")
        return Newest({one.id: exact(one.updated_at) for one in page.tasks}, page.total, self._session.clock)

    def walk(self, project: int, since: str | None = None) -> Iterator[Sequence[Fetched]]:
        """Every task that moved since, or every one, whole, by number; so one made meanwhile hides no other."""
        filters = _moved(since)

        def ask(last: int) -> Sequence[Fetched]:
            after = {"filter": "filter:tasks:id", "operator": "greater", "type": "Number", "value": last}
            return self._page(project, _WHOLE, PAGE, [*filters, after], "tasks:id").tasks

        with ThreadPoolExecutor(1) as thread:
            page = ask(0)
            while len(page) == PAGE:
                following = thread.submit(ask, page[-1].id)
                yield page
                page = following.result()
        if page:
            yield page

    def fetch(self, project: int, numbers: Iterable[int]) -> Iterator[Sequence[Fetched]]:
        """The tasks of these numbers, whole; one that is not there is left out."""
        rest = iter(numbers)
        while chosen := list(islice(rest, CHOSEN)):
            query = {"selectedItems": {"all": False, "included": chosen}, "ordering": ["tasks:id"]}
            yield self._ask(project, _WHOLE, CHOSEN, query).tasks

    def models(self, project: int) -> dict[int, str]:
        """The model version of each prediction of a project, by its number."""
        found = self._session.get_json("api/predictions/", {"project": project}, tuple[_Predicted, ...])
        return {one.id: one.model_version or "" for one in found}

    def _page(
        self, project: int, asked: dict[str, str], size: int, filters: Sequence[dict[str, object]], order: str
    ) -> _Page:
        query = {"filters": {"conjunction": "and", "items": list(filters)}, "ordering": [order]}
        return self._ask(project, asked, size, query)

    def _ask(self, project: int, asked: dict[str, str], size: int, query: Mapping[str, object]) -> _Page:
        params: dict[str, str | int] = {"project": project, "page_size": size, "query": json.dumps(query), **asked}
        return self._session.get_json("api/tasks/", params, _Page)


def _moved(since: str | None) -> list[dict[str, object]]:
    if since is None:
        return []
    moved = {"filter": "filter:tasks:updated_at", "operator": "greater_or_equal", "type": "Datetime"}
    return [{**moved, "value": since}]

"""Label Studio's interface in plain records: the one place that imports its SDK, and where its errors become sentences.

A message names the server's status and its `detail`, never a header or the token. Lists are walked by task number, so
that a task made or deleted meanwhile moves no other out of sight.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from kliping.errors import CallError, DataError, ServerError
from kliping.studio.refusal import refusal
from kliping.studio.tasks import key_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kliping.studio.results import Item
    from kliping.studio.tasks import Key, Task

__all__ = ["Client", "Listed", "Marked", "Project", "Submitted"]

PAGE = 500
_ONCE = {"max_retries": 0}
"""For what must not be sent twice: the SDK repeats requests, and the server never recognises a second import."""

_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_ANNOTATION_FIELDS = "result,completed_by,was_cancelled,created_at,updated_at,lead_time,parent_prediction"
"""`include` filters the fields of the annotations inside a task too."""


@dataclass(frozen=True, slots=True)
class Project:
    """A project: its number, its title, its labelling configuration."""

    id: int
    title: str
    config: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A task of the inventory: its number, the key in its meta, its annotations (skips included)."""

    task: int
    key: Key | None
    annotations: int


@dataclass(frozen=True, slots=True)
class Submitted:
    """An annotation as the server has it; `lead_time` in seconds, times in ISO 8601."""

    id: int
    person: int | None
    result: tuple[Item, ...]
    skipped: bool
    created: str
    updated: str
    lead_time: float | None
    parent_prediction: int | None


@dataclass(frozen=True, slots=True)
class Marked:
    """A task with what was submitted on it."""

    task: int
    key: Key | None
    created: str
    submitted: tuple[Submitted, ...]


class Client:
    """A connection to one server with one token, legacy or personal.

    Every method raises `ServerError` where the server cannot be reached, refuses, or answers with something else.
    """

    def __init__(self, url: str, token: str, timeout: float = 60) -> None:
        """Nothing is sent yet, unless a personal token must be exchanged first.

        Args:
            url: the server's address.
            token: white space around it is dropped.
            timeout: seconds for one answer.

        Raises:
            CallError: the address is none, or the token cannot be one; it is never shown. Or the SDK is missing.
        """
        self.url = url.strip().rstrip("/")
        host = _host(self.url)
        stripped = token.strip()
        if not stripped or not all("!" <= char <= "~" for char in stripped):
            raise CallError(
                "the token of LABEL_STUDIO_API_KEY is empty or holds white space or other signs inside; copy it again "
                "from Label Studio's page Account & Settings"
            )
        try:
            import httpx
            from label_studio_sdk.client import LabelStudio
        except ImportError:
            raise CallError("Label Studio's SDK is not installed; run: pip install 'kliping[studio]'") from None
        # A proxy of the environment must not get requests, and the token, that are meant for this machine.
        self._http = httpx.Client(timeout=timeout, follow_redirects=True, trust_env=host not in _LOOPBACK)
        with self._told():
            sdk: Any = LabelStudio  # its own types promise what an older server does not send
            self._sdk = sdk(base_url=self.url, api_key=stripped, httpx_client=self._http, timeout=timeout)

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def whoami(self) -> str:
        """The address of the token's user: to be hashed, never printed."""
        with self._told():
            address = self._sdk.users.whoami().email
        if not isinstance(address, str):
            raise ServerError(f"{self.url}: this is not Label Studio: it does not say who we are; check the address")
        return address

    def version(self) -> tuple[int, ...]:
        """The server's version, as numbers; empty where it does not say."""
        with self._told():
            told = getattr(self._sdk.versions.get(), "release", None)
        return tuple(int(part) for part in str(told or "").split(".") if part.isdigit())

    def find_project(self, title: str) -> int | None:
        """The project of exactly this title.

        Raises:
            DataError: several have it.
        """
        with self._told():
            projects = self._sdk.projects.list(include="id,title", page_size=PAGE)
            found = [project.id for project in projects if project.title == title]
        if len(found) > 1:
            raise DataError(
                f"{self.url}: {len(found)} projects are titled {title!r} (numbers {', '.join(map(str, found))}); "
                "rename all but the corpus's own in Label Studio"
            )
        return int(found[0]) if found else None

    def create_project(self, title: str, config: str) -> int:
        """A new, empty project; its number."""
        with self._told():
            return int(self._sdk.projects.create(title=title, label_config=config, request_options=_ONCE).id)

    def project(self, project: int) -> Project:
        """A project's title and configuration."""
        with self._told():
            got = self._sdk.projects.get(project)
        return Project(int(got.id), str(got.title), str(got.label_config))

    def set_config(self, project: int, config: str) -> None:
        """Replace a project's labelling configuration. The server checks nothing: compare with what is used first."""
        with self._told():
            self._sdk.projects.update(project, label_config=config)

    def inventory(self, project: int) -> Iterator[Listed]:
        """Each task of a project with its key, by number."""
        include = "id,meta,total_annotations,cancelled_annotations"
        for one in self._tasks(project, fields="task_only", include=include):
            yield Listed(one.id, key_in(one.meta), (one.total_annotations or 0) + (one.cancelled_annotations or 0))

    def marked(self, project: int) -> Iterator[Marked]:
        """Each task of a project with what was submitted on it, by number; drafts are not submitted."""
        include = f"id,meta,annotations,{_ANNOTATION_FIELDS}"
        for one in self._tasks(project, fields="all", include=include):
            yield Marked(one.id, key_in(one.meta), _when(one.created_at), tuple(map(_submitted, one.annotations or ())))

    def prediction_models(self, project: int) -> dict[int, str]:
        """The model version of each prediction of a project, by its number."""
        with self._told():
            return {int(one.id): str(one.model_version or "") for one in self._sdk.predictions.list(project=project)}

    def is_untouched(self, task: int) -> bool:
        """Whether nobody submitted, skipped or began anything on a task."""
        with self._told():
            got = self._sdk.tasks.get(str(task))
        return not got.annotations and not got.drafts

    def import_tasks(self, project: int, tasks: Sequence[Task]) -> None:
        """Import tasks: all or none, and sent once. After an error they may be there: take the inventory."""
        with self._told():
            self._sdk.projects.import_tasks(project, request=list(tasks), request_options=_ONCE)

    def delete_task(self, task: int) -> None:
        """Delete a task with all that is on it."""
        with self._told():
            self._sdk.tasks.delete(str(task), request_options=_ONCE)

    def people(self) -> dict[int, str]:
        """The users' addresses by number: to be hashed, never printed."""
        with self._told():
            return {int(user.id): str(user.email) for user in self._sdk.users.list()}

    def submit(
        self, task: int, result: Sequence[Item], *, skipped: bool = False, lead_time: float | None = None
    ) -> int:
        """Submit or skip a task as the token's user; the annotation's number."""
        with self._told():
            made = self._sdk.annotations.create(
                task, result=list(result), was_cancelled=skipped, lead_time=lead_time, request_options=_ONCE
            )
        return int(made.id)

    def delete_annotation(self, annotation: int) -> None:
        """Delete an annotation."""
        with self._told():
            self._sdk.annotations.delete(annotation, request_options=_ONCE)

    def _tasks(self, project: int, **asked: str) -> Iterator[Any]:
        last, more = 0, True
        while more:
            after = {"filter": "filter:tasks:id", "operator": "greater", "type": "Number", "value": last}
            query = {"filters": {"conjunction": "and", "items": [after]}, "ordering": ["tasks:id"]}
            with self._told():
                pager = self._sdk.tasks.list(project=project, page_size=PAGE, query=json.dumps(query), **asked)
                page = list(pager.items or ())
            yield from page
            more = len(page) == PAGE
            last = page[-1].id if page else last

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn what the SDK and its connection raise into a sentence; the cause, with its headers, is left behind."""
        import httpx
        from label_studio_sdk.core.api_error import ApiError
        from label_studio_sdk.core.parse_error import ParsingError

        try:
            yield
        except ApiError as error:
            raise ServerError(f"{self.url}: {refusal(error.status_code, error.body)}") from None
        except httpx.ConnectError:
            raise ServerError(
                f"{self.url}: no server answers there; start one with `kliping studio start`, or mend LABEL_STUDIO_URL"
            ) from None
        except httpx.TimeoutException:
            raise ServerError(f"{self.url}: the server took too long to answer; run the command again") from None
        except httpx.HTTPError as error:
            raise ServerError(
                f"{self.url}: the connection broke ({type(error).__name__}); run the command again"
            ) from None
        except (ParsingError, ValueError, TypeError, AttributeError):
            raise ServerError(
                f"{self.url}: the answer is not what Label Studio sends; check the address, "
                "and what stands before the server"
            ) from None


def _host(url: str) -> str:
    try:
        address = urlsplit(url)
        _ = address.port  # raises where it is no number
    except ValueError:
        address = urlsplit("")
    if address.scheme not in ("http", "https") or not address.hostname:
        raise CallError(f"{url!r} is no server's address; give it as http://HOST:PORT in LABEL_STUDIO_URL")
    return address.hostname


def _submitted(one: Any) -> Submitted:  # noqa: ANN401 — the server's JSON, made a record here
    person = one.get("completed_by")
    return Submitted(
        id=int(one["id"]),
        person=person.get("id") if isinstance(person, dict) else person,
        result=tuple(item for item in one.get("result") or () if isinstance(item, dict)),
        skipped=bool(one.get("was_cancelled")),
        created=_when(one.get("created_at")),
        updated=_when(one.get("updated_at")),
        lead_time=one.get("lead_time"),
        parent_prediction=one.get("parent_prediction"),
    )


def _when(moment: Any) -> str:  # noqa: ANN401 — the SDK parses some times and leaves others
    """A time as the server writes it, `2026-01-31T12:00:00.123456Z`."""
    if hasattr(moment, "strftime"):
        return str(moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ"))
    return str(moment)

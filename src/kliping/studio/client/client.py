"""A client of one server: its projects, tasks, annotations and people, in plain records."""

from __future__ import annotations

from kliping.studio.client.annotations import Annotations
from kliping.studio.client.changes import Changes
from kliping.studio.client.people import People
from kliping.studio.client.projects import Projects
from kliping.studio.client.session import Session
from kliping.studio.client.tasks import Tasks

__all__ = ["Client"]


class Client:
    """A connection to one server with one token, legacy or personal.

    Every method of its parts raises `ServerError` where the server cannot be reached, refuses, or answers with
    something else.

    Attributes:
        url: the server's address, without a slash at its end.
        projects: its projects.
        tasks: the tasks of a project, and what was submitted on them.
        changes: what moved on the server since a time.
        annotations: what this token's user submits.
        people: the users.
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
        self._session = Session(url, token, timeout)
        self.url = self._session.url
        self.projects = Projects(self._session)
        self.tasks = Tasks(self._session)
        self.changes = Changes(self._session)
        self.annotations = Annotations(self._session)
        self.people = People(self._session)

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def version(self) -> tuple[int, ...]:
        """The server's version, as numbers; empty where it does not say."""
        with self._session.told():
            told = getattr(self._session.sdk.versions.get(), "release", None)
        return tuple(int(part) for part in str(told or "").split(".") if part.isdigit())

"""The users of a server: their addresses are for hashing, never for printing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kliping.errors import ServerError
from kliping.project import Person

if TYPE_CHECKING:
    from kliping.studio.client.session import Session

__all__ = ["People"]


class People:
    """Who is there. Every method raises `ServerError`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def whoami(self) -> str:
        """The address of the token's user: to be hashed, never printed."""
        with self._session.told():
            address = self._session.sdk.users.whoami().email
        if not isinstance(address, str):
            raise ServerError(
                f"{self._session.url}: this is not Label Studio: it does not say who we are; check the address"
            )
        return address

    def invitation(self) -> str:
        """The address of the form through which a new user signs up; whoever has it may."""
        with self._session.told():
            answer = self._session.sdk._client_wrapper.httpx_client.request("api/invite", method="GET")
            path = answer.json().get("invite_url") if answer.is_success else None
        if not isinstance(path, str):
            raise ServerError(
                f"{self._session.url}: status {answer.status_code}: the server gives no invitation; make one on its "
                "page Organization, with a token whose user may invite"
            )
        return path if "://" in path else self._session.url + path

    def addresses(self) -> dict[int, str]:
        """The users' addresses by number: to be hashed, never printed."""
        return {number: person.address for number, person in self.everyone().items()}

    def everyone(self) -> dict[int, Person]:
        """The users by number, as they are named: to be hashed, never printed."""
        with self._session.told():
            return {
                int(user.id): Person(
                    address=str(user.email),
                    user_name=str(user.username or ""),
                    full_name=f"{user.first_name or ''} {user.last_name or ''}".strip(),
                )
                for user in self._session.sdk.users.list()
            }

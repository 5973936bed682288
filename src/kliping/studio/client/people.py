"""The users of a server: their addresses are for hashing, never for printing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kliping.errors import ServerError

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

    def addresses(self) -> dict[int, str]:
        """The users' addresses by number: to be hashed, never printed."""
        with self._session.told():
            return {int(user.id): str(user.email) for user in self._session.sdk.users.list()}

"""An account for everybody whose work is restored: their own where it is known, else one that stands in for them."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from platformdirs import user_data_path

from kliping.files import sha256
from kliping.studio.people.accounts import sign_up
from kliping.studio.people.addresses import known_addresses
from kliping.studio.people.private import add_entries, read_entries
from kliping.studio.people.pseudonyms import pseudonym, stand_in, stood_in_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from kliping.project import Corpus
    from kliping.studio.client import Client

__all__ = ["Accounts", "open_accounts", "passwords_file"]


@dataclass(frozen=True, slots=True)
class Accounts:
    """Who has which account.

    Attributes:
        numbers: the user's number on the server, by pseudonym.
        made: the pseudonyms of those whose account was made now.
        stand_ins: those of them whose address this machine does not know.
    """

    numbers: dict[str, int]
    made: tuple[str, ...]
    stand_ins: tuple[str, ...]


def passwords_file(corpus: Corpus, url: str) -> Path:
    """Where the passwords lie of the accounts that were made on a server: by address, readable by the user alone."""
    return user_data_path("kliping") / "passwords" / f"{corpus.settings.name}-{sha256(url.encode())[:10]}.json"


def open_accounts(
    corpus: Corpus, client: Client, key: bytes, annotators: Iterable[str], progress: Callable[[str], None]
) -> Accounts:
    """Everybody's account; those that are there are used as they are.

    A password is kept before its account is made, so that none is lost where this is killed.

    Raises:
        DataError: a private file is broken.
        ServerError: the server fails, or takes no new users.
    """
    wanted = sorted(annotators)
    numbers = _numbers(client, key)
    missing = [one for one in wanted if one not in numbers]
    if missing:
        known, kept = known_addresses(key), passwords_file(corpus, client.url)
        invitation = client.people.invitation()
        for done, annotator in enumerate(missing, 1):
            address = known.get(annotator, stand_in(annotator))
            password = read_entries(kept).get(address) or secrets.token_urlsafe(15)
            add_entries(kept, {address: password})
            sign_up(client.url, invitation, address, password)
            progress(f"{done} of {len(missing)} accounts made")
        numbers = _numbers(client, key)
    stand_ins = [one for one in missing if one not in known] if missing else []
    return Accounts({one: numbers[one] for one in wanted}, tuple(missing), tuple(stand_ins))


def _numbers(client: Client, key: bytes) -> dict[str, int]:
    """The number of each user by pseudonym; where somebody has a stand-in besides, their own account's."""
    users = sorted(client.people.addresses().items(), key=lambda one: (stood_in_for(one[1]) is None, -one[0]))
    return {pseudonym(key, address): number for number, address in users}

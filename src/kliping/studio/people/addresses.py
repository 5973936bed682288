"""The private file of addresses: whose a pseudonym is, on this machine, for this key. Nothing of it is ever printed.

It lies in the user's configuration folder, a file a key, and is written by `kliping studio invite` and `kliping pull`.
Losing it loses no annotation: `kliping studio restore` then makes stand-ins.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from platformdirs import user_config_path

from kliping.errors import CallError
from kliping.studio.people.private import add_entries, read_entries
from kliping.studio.people.pseudonyms import fingerprint, pseudonym, stood_in_for

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["addresses_file", "keep_addresses", "known_addresses", "refuse_non_addresses"]

_ADDRESS = re.compile(r"[^\s@<>,;\"'`]+@[^\s@<>,;\"'`]+\.[^\s@<>,;\"'`]+")


def addresses_file(key: bytes) -> Path:
    """Where the addresses lie of the people whose pseudonyms were made with a key."""
    return user_config_path("kliping") / "addresses" / f"{fingerprint(key)}.json"


def known_addresses(key: bytes) -> dict[str, str]:
    """The address behind each pseudonym that this machine knows: to be sent to a server, never printed.

    Raises:
        DataError: the file is none.
    """
    return read_entries(addresses_file(key))


def keep_addresses(key: bytes, addresses: Iterable[str]) -> int:
    """Keep whose pseudonym an address gives; those of stand-ins tell nothing and are left out.

    Returns:
        How many were not known before.
    """
    people = {pseudonym(key, one): one.strip() for one in addresses if stood_in_for(one) is None}
    return add_entries(addresses_file(key), people)


def refuse_non_addresses(given: Iterable[str]) -> None:
    """Refuse what is no e-mail address, by its number, without showing it.

    Raises:
        CallError: naming the place of each such one, counted from 1.
    """
    wrong = [str(number) for number, one in enumerate(given, 1) if not _ADDRESS.fullmatch(one)]
    if wrong:
        raise CallError(
            f"what is given as number {', '.join(wrong)} is no e-mail address; give addresses such as NAME@HOST.ORG, "
            "or one a line on standard input"
        )

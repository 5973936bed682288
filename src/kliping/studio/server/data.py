"""A server's files in the user's data folder: its secrets, its log, and what its data were made by and lie in."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from platformdirs import user_data_path

from kliping.errors import CallError
from kliping.files import write_bytes
from kliping.studio.server.install import numbers

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kliping.project import Corpus

__all__ = ["Place", "keep_version", "place_of", "read_secrets"]

FIRST = "1.23.2"
"""The Label Studio that made the data which no version was noted of."""


@dataclass(frozen=True, slots=True)
class Place:
    """The files of a corpus's server in the user's data folder."""

    data: Path

    @property
    def token(self) -> Path:
        """What programs log in with."""
        return self.data / "token"

    @property
    def password(self) -> Path:
        """What people log in with."""
        return self.data / "password"

    @property
    def log(self) -> Path:
        """What the server said."""
        return self.data / "server.log"

    @property
    def state(self) -> Path:
        """What is known of the running server."""
        return self.data / "server.json"

    @property
    def sqlite(self) -> Path:
        """The database, where it is SQLite."""
        return self.data / "label_studio.sqlite3"

    @property
    def database(self) -> Path:
        """Where the database is, where it is PostgreSQL; else there is no such file."""
        return self.data / "database"

    @property
    def version(self) -> Path:
        """The Label Studio that had the data last."""
        return self.data / "version"

    @property
    def is_new(self) -> bool:
        """Whether there are no data yet."""
        return not self.sqlite.exists() and not self.database.exists()


def place_of(corpus: Corpus) -> Place:
    """By the corpus's name for people, and by its folder, so that two copies never share a database."""
    folder = hashlib.sha256(str(corpus.root).encode()).hexdigest()[:10]
    return Place(user_data_path("kliping") / f"{corpus.settings.name}-{folder}" / "label-studio")


def read_secrets(place: Place) -> tuple[str, str]:
    """Token and password, made once; files that only the user can read.

    Raises:
        CallError: LABEL_STUDIO_API_KEY cannot be this server's key.
    """
    given = os.environ.get("LABEL_STUDIO_API_KEY", "").strip()
    if given and not re.fullmatch(r"[0-9a-f]{40}", given):
        raise CallError(
            "LABEL_STUDIO_API_KEY is not of the form that a new server can be given, 40 digits of 0-9a-f; "
            "unset it, and the server gets a token of its own"
        )
    place.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    token = _secret(place.token, given or secrets.token_hex(20))
    if given and token != given:
        raise CallError(
            f"LABEL_STUDIO_API_KEY is not the key that this corpus's server was made with; unset it (the key is in "
            f"{place.token}), or move {place.data} away for a new, empty server"
        )
    return token, _secret(place.password, secrets.token_urlsafe(12))


def keep_version(place: Place, version: str, progress: Callable[[str], None]) -> None:
    """Note which Label Studio gets the data. Before a newer one changes an SQLite database, the old one is copied.

    Raises:
        CallError: a newer one had the data: an older cannot read them.
    """
    before = version if place.is_new else _text(place.version) or FIRST
    if numbers(before) > numbers(version):
        raise CallError(
            f"{place.data}: these data are of Label Studio {before}, and {version} cannot read them; "
            "install the kliping that started this server last, or move the folder away for a new, empty server"
        )
    if numbers(before) < numbers(version):
        progress(f"Label Studio {version} takes over the data of {before}{_copied(place, before)}")
    write_bytes(place.version, f"{version}\n".encode())


def _copied(place: Place, version: str) -> str:
    """Copy an SQLite database beside itself; what to say of it."""
    if not place.sqlite.exists():
        return ""
    copy = place.data / f"label_studio.{version}.sqlite3"
    beside = copy.with_suffix(".part")
    beside.unlink(missing_ok=True)
    with closing(sqlite3.connect(place.sqlite)) as data, closing(sqlite3.connect(beside)) as target:
        data.backup(target)
    beside.rename(copy)
    return f"; they are kept as {copy}"


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return ""


def _secret(path: Path, new: str) -> str:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        kept = path.read_text(encoding="ascii").strip()
        if kept:
            return kept
        descriptor = os.open(path, os.O_WRONLY)  # a start that was killed between making and writing
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(new)
    return new

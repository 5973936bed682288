"""Where a server keeps its data: in SQLite, or in a PostgreSQL database that somebody made for it.

The password never passes through here: PostgreSQL's own library takes it from PGPASSWORD or from the user's password
file (`~/.pgpass`, PGPASSFILE).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

from kliping.errors import CallError

if TYPE_CHECKING:
    from kliping.studio.server.data import Place

__all__ = ["Database", "chosen_database", "database_environment", "read_database"]

FORM = "postgresql://USER@HOST:PORT/NAME"


@dataclass(frozen=True, slots=True)
class Database:
    """A PostgreSQL database, without its password."""

    user: str
    host: str
    port: int
    name: str

    def __str__(self) -> str:
        """As `--database` takes it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"postgresql://{quote(self.user, safe='')}@{host}:{self.port}/{self.name}"


def read_database(url: str) -> Database:
    """The database of `postgresql://USER@HOST:PORT/NAME`; the port is 5432 where none is given.

    Raises:
        CallError: the address is of another form, or holds a password, which is never shown.
    """
    try:
        address = urlsplit(url)
        port = address.port or 5432
    except ValueError:
        raise CallError(f"--database: this is no address of a database; give it as {FORM}") from None
    if address.password is not None:
        raise CallError(
            f"--database: leave the password out, as {FORM}: other users of this machine can read it in a command; "
            "give it in PGPASSWORD, or in the file ~/.pgpass"
        )
    name = unquote(address.path.removeprefix("/"))
    if (
        address.scheme not in ("postgresql", "postgres") or not (address.username and address.hostname)
        or not re.fullmatch(r"[^/\s]+", name) or address.query or address.fragment
    ):  # fmt: skip
        raise CallError(f"--database: this is no address of a PostgreSQL database; give it as {FORM}")
    return Database(unquote(address.username), address.hostname, port, name)


def chosen_database(place: Place, asked: str | None) -> Database | None:
    """The database of a server, None for SQLite: what its first start noted, else what is asked for.

    Raises:
        CallError: another one is asked for, which would look as if all work were lost.
    """
    wanted = read_database(asked) if asked is not None else None
    noted = read_database(place.database.read_text(encoding="utf-8").strip()) if place.database.exists() else None
    if wanted is None or wanted == noted:
        return noted
    if not place.is_new:
        raise CallError(
            f"--database: this corpus's server keeps its data in {noted or place.sqlite}; leave --database out, "
            f"or move {place.data} away for a new, empty server"
        )
    return wanted


def database_environment(database: Database | None) -> dict[str, str]:
    """What tells Label Studio its database. An empty password leaves it to PostgreSQL's library to find one."""
    if database is None:
        return {"DJANGO_DB": "sqlite"}
    return {
        "DJANGO_DB": "default",
        "POSTGRE_USER": database.user,
        "POSTGRE_PASSWORD": "",
        "POSTGRE_HOST": database.host,
        "POSTGRE_PORT": str(database.port),
        "POSTGRE_NAME": database.name,
    }

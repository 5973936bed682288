"""A PostgreSQL of the run's own: a folder, a port and a user, gone at its end. It touches no other cluster."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Cluster", "postgresql", "programs"]

OWNER, NAME = "kliping", "labels"


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running cluster: the address of a database for `start`, and its password."""

    url: str
    password: str


def programs() -> Path | None:
    """The folder of PostgreSQL's server programs, which Debian keeps off the path; None where there are none."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    return folders[-1] if folders else None


@contextmanager
def postgresql() -> Iterator[Cluster]:
    """A cluster on loopback that asks for a password, with an empty database."""
    folder = programs()
    assert folder is not None, "PostgreSQL is not installed: apt-get install postgresql"
    password = secrets.token_hex(12)
    # Not pytest's own folder: a server of another user must get into it.
    with tempfile.TemporaryDirectory(prefix="kliping-postgresql-", dir="/tmp") as place:
        file = Path(place, "password")
        file.write_text(password, encoding="ascii")
        unprivileged = _unprivileged()
        if unprivileged:
            shutil.chown(place, unprivileged)
            shutil.chown(file, unprivileged)
        data = f"{place}/data"
        _run(
            [folder / "initdb", "-D", data, "-U", OWNER, "-A", "scram-sha-256", "--pwfile", file, "-E", "UTF8"],
            unprivileged,
        )
        port = _free_port()
        with (
            Path(place, "log").open("wb") as log,
            subprocess.Popen(
                [
                    folder / "postgres", "-D", data, "-p", str(port), "-k", place,
                    "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off",
                ],
                user=unprivileged, cwd=place, stdout=log, stderr=log,
            ) as server,
        ):  # fmt: skip
            try:
                environment = os.environ | {"PGPASSWORD": password}
                at = ["-h", "127.0.0.1", "-p", str(port)]
                while subprocess.run([folder / "pg_isready", "-q", *at], check=False).returncode:
                    assert server.poll() is None, Path(place, "log").read_text(encoding="utf-8")
                subprocess.run([folder / "createdb", *at, "-U", OWNER, NAME], check=True, env=environment)
                yield Cluster(f"postgresql://{OWNER}@127.0.0.1:{port}/{NAME}", password)
            finally:
                server.terminate()


def _unprivileged() -> str | None:
    """Whom to run as where we are root, which PostgreSQL refuses to be."""
    if os.getuid() != 0:
        return None
    return next(name for name in ("postgres", "nobody") if name in {entry.pw_name for entry in pwd.getpwall()})


def _run(command: list[str | Path], user: str | None) -> None:
    done = subprocess.run(command, user=user, capture_output=True, text=True, check=False, cwd="/")
    assert done.returncode == 0, done.stderr


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

"""A Label Studio of one's own, on loopback, offline: start it, ask for it, stop it.

Its data, its log and its secrets lie in the user's data folder, never in the corpus. What the corpus's `.kliping/`
keeps of it, `studio.json`, can be lost: the data folder holds a copy.
"""

from __future__ import annotations

import os
import re
import socket
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec
from platformdirs import user_data_path

from kliping.errors import CallError, ServerError
from kliping.files import write_bytes
from kliping.studio.server import process
from kliping.studio.server.data import keep_version, place_of, read_secrets
from kliping.studio.server.database import chosen_database, database_environment
from kliping.studio.server.install import VERSION, install

if TYPE_CHECKING:
    from collections.abc import Callable

    from kliping.project import Corpus
    from kliping.studio.server.data import Place
    from kliping.studio.server.database import Database

__all__ = ["USERNAME", "Server", "kept_server", "read_token", "start", "status", "stop"]

USERNAME = "maintainer@kliping.example"
"""Who logs in to the server that `start` makes; the password is in `password` of the data folder."""

READY_WITHIN = 300
"""Seconds that a server may take; the first start makes the database, which takes about a minute."""


class Server(msgspec.Struct, frozen=True):
    """A server that `start` made: its address, its process, its data folder, and the file with its token."""

    url: str
    pid: int
    data: str
    token_file: str


def start(
    corpus: Corpus,
    port: int | None = None,
    progress: Callable[[str], None] = lambda _: None,
    *,
    database: str | None = None,
    version: str = VERSION,
) -> Server:
    """The corpus's server, ready: it answers, and it accepts the token. One that runs already is left alone.

    Args:
        corpus: whose server.
        port: on loopback; by default the port of the `server` setting where free, else any free one.
        progress: told what takes long.
        database: `postgresql://USER@HOST:PORT/NAME`, without a password, to keep the data in; noted at the first start.
            By default what was noted, else SQLite.
        version: of Label Studio.

    Raises:
        CallError: the port is taken, LABEL_STUDIO_API_KEY cannot be this server's key, the database is not the one that
            the data are in, or the data are of a newer Label Studio.
        ServerError: it cannot be installed, or it does not start.
    """
    running = status(corpus)
    if running is not None:
        progress(f"already running at {running.url}")
        return running
    place = place_of(corpus)
    chosen = _port(corpus, port)
    holds = chosen_database(place, database)
    token, password = read_secrets(place)
    python = install(progress, version)
    keep_version(place, version, progress)
    is_new = place.is_new
    progress("making the database (about a minute)" if is_new else "starting")
    command = [str(python), "-c", process.PROGRAM, "start", "--no-browser"]
    command += ["--internal-host", "127.0.0.1", "--port", str(chosen)]
    if holds is not None:
        write_bytes(place.database, f"{holds}\n".encode())
    environment = _environment(place, token, password, holds)
    pid = process.spawn(command, environment, place.log)
    server = Server(f"http://127.0.0.1:{chosen}", pid, str(place.data), str(place.token))
    try:
        _keep(corpus, place, server)
        _wait(server, place, token, lambda: process.admit(str(python), environment))
    except BaseException:
        process.end(pid)
        _forget(corpus, place)
        if is_new:  # a mistyped database must not be kept
            place.database.unlink(missing_ok=True)
        raise
    return server


def status(corpus: Corpus) -> Server | None:
    """The corpus's server where it runs, else None; one that died is forgotten."""
    place = place_of(corpus)
    server = kept_server(corpus)
    if server is None:
        return None
    if not process.is_ours(server.pid, urlsplit(server.url).port):
        _forget(corpus, place)
        return None
    _keep(corpus, place, server)
    return server


def stop(corpus: Corpus) -> bool:
    """Stop the corpus's server and wait for its end; only the process that `start` made.

    Returns:
        Whether one ran.
    """
    server = status(corpus)
    if server is None:
        return False
    process.end(server.pid)
    _forget(corpus, place_of(corpus))
    return True


def kept_server(corpus: Corpus) -> Server | None:
    """What was noted of the server that was started last, running or not."""
    for path in (corpus.state / "studio.json", place_of(corpus).state):
        try:
            noted = msgspec.json.decode(path.read_bytes(), type=Server)
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            continue
        if _is_own(noted):
            return noted
    return None


def _is_own(noted: Server) -> bool:
    """Whether a note is one of ours: a corpus from elsewhere may bring one that names a secret and where to send it."""
    token = Path(os.path.realpath(noted.token_file))
    is_token = token.name == "token" and token.is_relative_to(os.path.realpath(user_data_path("kliping")))
    return is_token and re.fullmatch(r"http://127\.0\.0\.1:\d{1,5}", noted.url) is not None


def read_token(server: Server) -> str:
    """The token of a server that `start` made.

    Raises:
        CallError: its file is gone.
    """
    try:
        return Path(server.token_file).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        raise CallError(
            f"{server.token_file}: the server's token cannot be read; give it as LABEL_STUDIO_API_KEY"
        ) from None


def _port(corpus: Corpus, asked: int | None) -> int:
    if asked is not None:
        if not 0 < asked < 65536:
            raise CallError(f"port {asked}: choose one from 1 to 65535")
        if not _free(asked):
            raise CallError(f"port {asked} is taken on 127.0.0.1; choose another with --port, or leave it out")
        return asked
    address = urlsplit(corpus.settings.server)
    if address.hostname in ("127.0.0.1", "localhost") and address.port and _free(address.port):
        return address.port
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _environment(place: Place, token: str, password: str, database: Database | None) -> dict[str, str]:
    """Offline and closed; secrets by the environment, as a command line can be read by every user."""
    foreign = ("LABEL_STUDIO_", "DJANGO_", "POSTGRE_", "PYTHONPATH", "VIRTUAL_ENV", "DATABASE_", "HOST", "PORT")
    inherited = {key: value for key, value in os.environ.items() if not key.startswith(foreign)}
    return {
        **inherited,
        **database_environment(database),
        "LABEL_STUDIO_BASE_DATA_DIR": str(place.data),
        "LABEL_STUDIO_USERNAME": USERNAME,
        "LABEL_STUDIO_PASSWORD": password,
        "LABEL_STUDIO_USER_TOKEN": token,
        "LABEL_STUDIO_ENABLE_LEGACY_API_TOKEN": "true",
        "LABEL_STUDIO_DISABLE_SIGNUP_WITHOUT_LINK": "true",
        "COLLECT_ANALYTICS": "False",
        "SENTRY_DSN": "",
        "FRONTEND_SENTRY_DSN": "",
        "LATEST_VERSION_CHECK": "False",
        "PYTHONUNBUFFERED": "1",
    }


def _keep(corpus: Corpus, place: Place, server: Server) -> None:
    noted = msgspec.json.encode(server) + b"\n"
    write_bytes(place.state, noted)
    write_bytes(corpus.state / "studio.json", noted)


def _forget(corpus: Corpus, place: Place) -> None:
    (corpus.state / "studio.json").unlink(missing_ok=True)
    place.state.unlink(missing_ok=True)


def _wait(server: Server, place: Place, token: str, admit: Callable[[], None]) -> None:
    """Wait until the server accepts the token. Data that older versions made may have to be told to: `admit`."""
    until = time.monotonic() + READY_WITHIN
    admitted = False
    while time.monotonic() < until:
        if not process.is_alive(server.pid):
            raise ServerError(f"Label Studio stopped while it started: {_last(place.log)}; its log is {place.log}")
        if process.answers(server.url, token):
            return
        if process.refuses(server.url, token):
            if admitted:
                raise ServerError(
                    f"Label Studio started, but does not accept the token in {place.token}: its database is of another "
                    f"server, which has other tokens; move {place.data} away, and name a database of the corpus's own. "
                    f"Or another server took {server.url} meanwhile: then start it on another --port"
                )
            admit()
            admitted = True
        time.sleep(0.25)
    raise ServerError(
        f"Label Studio was not ready within {READY_WITHIN} s: {_last(place.log)}; its log is {place.log}; try again"
    )


def _last(log: Path) -> str:
    """The last line of a log that says something."""
    try:
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        lines = []
    telling = [line.strip() for line in lines if re.search(r"[a-z]{3}", line)]
    return telling[-1][:300] if telling else "it said nothing"

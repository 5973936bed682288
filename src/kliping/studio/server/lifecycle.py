"""A Label Studio of one's own, on loopback, with SQLite, offline: start it, ask for it, stop it.

Its data, its log and its secrets lie in the user's data folder, never in the corpus. What the corpus's `.kliping/`
keeps of it, `studio.json`, can be lost: the data folder holds a copy.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import socket
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec
from platformdirs import user_data_path

from kliping.errors import CallError, ServerError
from kliping.files import write_bytes
from kliping.studio.server import process
from kliping.studio.server.install import install

if TYPE_CHECKING:
    from collections.abc import Callable

    from kliping.project import Corpus

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


@dataclass(frozen=True, slots=True)
class _Place:
    """The files of a corpus's server in the user's data folder."""

    data: Path

    @property
    def token(self) -> Path:
        return self.data / "token"

    @property
    def password(self) -> Path:
        return self.data / "password"

    @property
    def log(self) -> Path:
        return self.data / "server.log"

    @property
    def state(self) -> Path:
        return self.data / "server.json"


def start(corpus: Corpus, port: int | None = None, progress: Callable[[str], None] = lambda _: None) -> Server:
    """The corpus's server, ready: it answers, and it accepts the token. One that runs already is left alone.

    Args:
        corpus: whose server.
        port: on loopback; by default the port of the `server` setting where free, else any free one.
        progress: told what takes long.

    Raises:
        CallError: the port is taken, or LABEL_STUDIO_API_KEY cannot be this server's key.
        ServerError: it cannot be installed, or it does not start.
    """
    running = status(corpus)
    if running is not None:
        progress(f"already running at {running.url}")
        return running
    place = _place(corpus)
    chosen = _port(corpus, port)
    token, password = _secrets(place)
    python = install(progress)
    progress("starting" if (place.data / "label_studio.sqlite3").exists() else "making the database (about a minute)")
    command = [str(python), "-c", process.PROGRAM, "start", "--no-browser"]
    command += ["--internal-host", "127.0.0.1", "--port", str(chosen)]
    pid = process.spawn(command, _environment(place, token, password), place.log)
    server = Server(f"http://127.0.0.1:{chosen}", pid, str(place.data), str(place.token))
    try:
        _keep(corpus, place, server)
        _wait(server, place, token)
    except BaseException:
        process.end(pid)
        _forget(corpus, place)
        raise
    return server


def status(corpus: Corpus) -> Server | None:
    """The corpus's server where it runs, else None; one that died is forgotten."""
    place = _place(corpus)
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
    _forget(corpus, _place(corpus))
    return True


def kept_server(corpus: Corpus) -> Server | None:
    """What was noted of the server that was started last, running or not."""
    for path in (corpus.state / "studio.json", _place(corpus).state):
        try:
            return msgspec.json.decode(path.read_bytes(), type=Server)
        except (OSError, msgspec.MsgspecError):
            continue
    return None


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


def _place(corpus: Corpus) -> _Place:
    """By the corpus's name for people, and by its folder, so that two copies never share a database."""
    folder = hashlib.sha256(str(corpus.root).encode()).hexdigest()[:10]
    return _Place(user_data_path("kliping") / f"{corpus.settings.name}-{folder}" / "label-studio")


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


def _secrets(place: _Place) -> tuple[str, str]:
    """Token and password, made once; files that only the user can read."""
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


def _environment(place: _Place, token: str, password: str) -> dict[str, str]:
    """Offline and closed; secrets by the environment, as a command line can be read by every user."""
    foreign = ("LABEL_STUDIO_", "DJANGO_", "POSTGRE_", "PYTHONPATH", "VIRTUAL_ENV", "DATABASE_", "HOST", "PORT")
    inherited = {key: value for key, value in os.environ.items() if not key.startswith(foreign)}
    return {
        **inherited,
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


def _keep(corpus: Corpus, place: _Place, server: Server) -> None:
    noted = msgspec.json.encode(server) + b"\n"
    write_bytes(place.state, noted)
    write_bytes(corpus.state / "studio.json", noted)


def _forget(corpus: Corpus, place: _Place) -> None:
    (corpus.state / "studio.json").unlink(missing_ok=True)
    place.state.unlink(missing_ok=True)


def _wait(server: Server, place: _Place, token: str) -> None:
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until:
        if not process.is_alive(server.pid):
            raise ServerError(f"Label Studio stopped while it started: {_last(place.log)}; its log is {place.log}")
        if process.answers(server.url, token):
            return
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

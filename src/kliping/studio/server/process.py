"""The server's process: begun in a group of its own, known again by its command line, ended with its group."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import subprocess
import time
from pathlib import Path
from urllib.parse import urlsplit

__all__ = ["PROGRAM", "admit", "answers", "end", "is_alive", "is_ours", "refuses", "spawn"]

PROGRAM = "import sys; from label_studio.server import main; sys.exit(main())"
"""What the server's Python runs: the installed script names a place that the environment was renamed from."""

ADMISSION = """\
from label_studio import server
server._setup_env()
from jwt_auth.models import JWTSettings
from organizations.models import Organization
for one in Organization.objects.all():
    JWTSettings.objects.update_or_create(organization=one, defaults={"legacy_api_tokens_enabled": True})
"""
"""What lets a server accept the token that it was started with, where its data are older than that question."""


def spawn(command: list[str], environment: dict[str, str], log: Path) -> int:
    """Begin a process that outlives this one, its output added to a log that only the user can read.

    Returns:
        Its number, which is also its group's.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    to_log = (os.POSIX_SPAWN_OPEN, 1, str(log), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    actions = [(os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0), to_log, (os.POSIX_SPAWN_DUP2, 1, 2)]
    return os.posix_spawn(command[0], command, environment, file_actions=actions, setsid=True)


def is_alive(pid: int) -> bool:
    """Whether a process runs; a child of ours that ended is taken leave of."""
    with contextlib.suppress(ChildProcessError):
        if os.waitpid(pid, os.WNOHANG)[0] == pid:
            return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def is_ours(pid: int, port: int | None) -> bool:
    """Whether a process is a server that `spawn` began on a port: numbers are given anew after a restart."""
    return is_alive(pid) and PROGRAM in _command_line(pid) and f"--port {port}" in _command_line(pid)


def end(pid: int, patience: float = 20) -> None:
    """End a process and its group, and wait until it is gone; after `patience` seconds without mercy."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(pid, sign)
        until = time.monotonic() + patience
        while time.monotonic() < until:
            if not is_alive(pid):
                return
            time.sleep(0.05)


def answers(url: str, token: str) -> bool:
    """Whether a server is healthy and accepts a token."""
    return _status(url, "/health", {}) == 200 and _status(url, "/api/version/", _authorised(token)) == 200 and (
        _status(url, "/api/current-user/whoami", _authorised(token)) == 200
    )  # fmt: skip


def refuses(url: str, token: str) -> bool:
    """Whether a server that is ready does not accept a token."""
    return _status(url, "/health", {}) == 200 and _status(url, "/api/current-user/whoami", _authorised(token)) == 401


def admit(python: str, environment: dict[str, str]) -> None:
    """Let a server's users log in with tokens of the old form, as every server that `start` makes does."""
    subprocess.run([python, "-c", ADMISSION], env=environment, capture_output=True, check=False)  # noqa: S603 — ours


def _authorised(token: str) -> dict[str, str]:
    return {"Authorization": f"Token {token}"}


def _status(url: str, path: str, headers: dict[str, str]) -> int | None:
    address = urlsplit(url)
    connection = http.client.HTTPConnection(str(address.hostname), address.port, timeout=10)
    try:
        connection.request("GET", path, headers=headers)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def _command_line(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        shown = subprocess.run(["ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, check=False)  # noqa: S603, S607 — where there is no /proc
        return shown.stdout.decode(errors="replace")

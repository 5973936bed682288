"""Killing a command at an instant: the real command line in a process of its own, ended by SIGKILL with its group."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

READY = b"ready\n"

ORPHANS_END = 120
"""Seconds: a child that ends does so within one, one that goes on never."""

_PROGRAM = f"""
import sys
import httpx, label_studio_sdk.client
import kliping.check, kliping.contract, kliping.release
import kliping.studio.connection, kliping.studio.pull, kliping.studio.push
from kliping.cli import main
sys.stdout.write({READY.decode()!r})
sys.stdout.flush()
main()
"""
"""What takes two seconds and touches nothing, the imports, comes first: instants count from there."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended: its exit code, None where it was killed; what it printed; seconds past the imports."""

    code: int | None
    out: str
    err: str
    seconds: float


def run(corpus: Path, *arguments: str, kill_after: float | None = None, alone: bool = False) -> Ended:
    """Run a command on a corpus; kill it so many seconds past its imports, where it still runs.

    With all its children; or `alone`: then its children must end by themselves, or the wait for them fails.
    """
    command = [sys.executable, "-c", _PROGRAM, *arguments, "-C", str(corpus)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True, env=os.environ
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == READY, process.communicate()[1].decode()
        began = time.perf_counter()
        try:
            out, err = process.communicate(timeout=kill_after)
        except subprocess.TimeoutExpired:
            if alone:
                process.kill()
            else:
                os.killpg(process.pid, signal.SIGKILL)
            try:
                process.communicate(timeout=ORPHANS_END)  # ends when the last of them lets go of the pipes
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                raise AssertionError("children of a killed command went on without it") from None
            return Ended(None, "", "", time.perf_counter() - began)
        return Ended(process.returncode, out.decode(), err.decode(), time.perf_counter() - began)


def finished(corpus: Path, *arguments: str) -> Ended:
    """Run a command to its end, which must be good."""
    done = run(corpus, *arguments)
    assert done.code == 0, done.err
    return done


def instants(count: int, seconds: float, seed: int) -> Iterator[float]:
    """Random instants of a duration, one in each of as many equal parts of it."""
    chance = random.Random(seed)
    for part in range(count):
        yield (part + chance.random()) * seconds / count

"""Killing a command at an instant: the real command line in a process of its own, ended by SIGKILL with its group."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

READY = b"ready\n"

MEASURED = 8
"""Kills after which it is measured anew how long a run takes: a machine that does other work is quicker and slower."""

ORPHANS_END = 120
"""Seconds: a child that ends does so within one, one that goes on never."""

_PROGRAM = f"""
import sys
from importlib import import_module
for name in sys.argv.pop(1).split():
    import_module(name)
from kliping.cli import main
sys.stdout.write({READY.decode()!r})
sys.stdout.flush()
main()
"""
"""What takes a second or two and touches nothing, the imports, comes first: instants count from there."""

_SERVER = "httpx label_studio_sdk.client kliping.contract kliping.studio.connection"

_IMPORTS = {
    "normalise": "kliping.contract kliping.annotation.carrying kliping.normaliser.run.corpus",
    "adjudicate": "kliping.contract kliping.annotation",
    "adjudicate --studio": f"{_SERVER} kliping.annotation kliping.studio.adjudication",
    "release": "kliping.check kliping.contract kliping.release",
    "pull": f"{_SERVER} kliping.studio.pull",
    "push": f"{_SERVER} kliping.studio.push",
}
"""What a command imports, by its first words."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended: its exit code, None where it was killed; what it printed; seconds past the imports."""

    code: int | None
    out: str
    err: str
    seconds: float


Files: TypeAlias = dict[str, bytes]
"""By their paths in the corpus."""

How: TypeAlias = Literal["killed", "killed alone", "ended before"]
"""With all its processes; without its workers; or not at all, since it had ended."""

State: TypeAlias = Literal["nothing", "beside", "part", "all"]
"""How much of what the run writes was there afterwards; or some of it only beside its place."""


@dataclass(frozen=True, slots=True)
class Kill:
    """One run that was killed, and what was seen; the next run left what an undisturbed one does.

    Attributes:
        command: what was killed.
        instant: seconds past its imports.
        how: it ended.
        state: of what it writes.
        seen: that in words.
        duplicates: on the server after the next run; None where there is no server.
    """

    command: str
    instant: float
    how: How
    state: State
    seen: str
    duplicates: int | None = None


def _all_right(_before: Files, _now: Files, _expected: Files) -> None:
    """Whatever a killed run left is right, if the next one finishes it."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A command that is killed.

    Attributes:
        command: its name in the table.
        arguments: of the command line.
        before: the corpus that it runs on; copies of it.
        files: what it writes.
        again: the next run, in this process; how many changes it made.
        alone: kill every second run without its children.
        inspect: asserts what must be true of a killed run's files: those of before, of now, and of an undisturbed one.
    """

    command: str
    arguments: tuple[str, ...]
    before: Path
    files: Callable[[Path], Files]
    again: Callable[[Path], int]
    alone: bool = False
    inspect: Callable[[Files, Files, Files], None] = _all_right


def run(corpus: Path, *arguments: str, kill_after: float | None = None, alone: bool = False) -> Ended:
    """Run a command on a corpus; kill it so many seconds past its imports, where it still runs.

    With all its children; or `alone`: then its children must end by themselves, or the wait for them fails.
    """
    imports = _IMPORTS.get(" ".join(arguments[:2])) or _IMPORTS[arguments[0]]
    command = [sys.executable, "-c", _PROGRAM, imports, *arguments, "-C", str(corpus)]
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


def shares(count: int, seed: int) -> Iterator[float]:
    """Random shares of a duration, one in each of as many equal parts of it."""
    chance = random.Random(seed)
    for part in range(count):
        yield (part + chance.random()) / count


def kills(trial: Trial, place: Path, count: int, seed: int) -> Iterator[Kill]:
    """Kill a command that needs no server at random instants, each time on a new copy of the corpus.

    Args:
        trial: the command, and the corpus.
        place: a folder for the copies.
        count: how many instants.
        seed: of the instants.

    Raises:
        AssertionError: the next run did not end in the undisturbed state, or the one after that changed something.
    """
    undisturbed = place / "undisturbed"
    shutil.copytree(trial.before, undisturbed)
    seconds = finished(undisturbed, *trial.arguments).seconds
    before, expected = trial.files(trial.before), trial.files(undisturbed)
    assert before != expected, "nothing to do"
    assert not drafts(undisturbed)
    for number, share in enumerate(shares(count, seed)):
        corpus = place / "killed"
        if number and number % MEASURED == 0:
            shutil.copytree(trial.before, corpus)
            seconds = finished(corpus, *trial.arguments).seconds
            shutil.rmtree(corpus)
        shutil.copytree(trial.before, corpus)
        alone, instant = number % 2 == 1 and trial.alone, share * seconds
        ended = run(corpus, *trial.arguments, kill_after=instant, alone=alone)
        if ended.code is not None:
            assert ended.code == 0, ended.err
            seconds = min(seconds, ended.seconds)
        now = trial.files(corpus)
        trial.inspect(before, now, expected)
        trial.again(corpus)
        other = {name for name, _ in trial.files(corpus).items() ^ expected.items()}
        assert not other, f"killed after {instant:.3f} s (seed {seed}): another state of {', '.join(sorted(other))}"
        assert not (left := drafts(corpus)), f"killed after {instant:.3f} s (seed {seed}): {left}"
        assert trial.again(corpus) == 0
        shutil.rmtree(corpus)
        how: How = "ended before" if ended.code is not None else "killed alone" if alone else "killed"
        yield Kill(trial.command, instant, how, *state_of(before, now, expected))
    shutil.rmtree(undisturbed)


def state_of(before: Files, now: Files, expected: Files) -> tuple[State, str]:
    """How much of what a run writes is there, and that in words."""
    to_write = [name for name in before.keys() | expected.keys() if before.get(name) != expected.get(name)]
    written = sum(now.get(name) == expected.get(name) for name in to_write)
    beside = len(now.keys() - before.keys() - expected.keys())
    state: State = "all" if written == len(to_write) else "part" if written else "beside" if beside else "nothing"
    return state, f"{written} of {len(to_write)} files" + (f", {beside} beside their place" if beside else "")


def drafts(root: Path) -> list[str]:
    """What a run left of files that it had not finished."""
    return [
        path.relative_to(root).as_posix()
        for path in sorted(root.rglob("*"))
        if re.fullmatch(r"\..+\.([a-z0-9_]{8}|\d+)|.+\.part", path.name)
    ]


def files_of(root: Path, *names: str) -> Files:
    """The files in these folders, and of these names."""
    found = (path for name in names for place in root.glob(name) for path in (place, *place.rglob("*")))
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found if path.is_file()}

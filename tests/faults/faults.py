"""What else goes wrong beside a kill: a full disk, a read-only folder, two runs at once, a clock that goes back."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.faults.disks import Ended, gives_mounts, on_a_disk, read_only
from tests.faults.killing import drafts
from tests.faults.steps import written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from tests.faults.steps import Step

__all__ = [
    "BACK",
    "FREE",
    "Fault",
    "after_the_clock_went_back",
    "at_once",
    "faketime",
    "on_full_disks",
    "possible",
    "refused_by_holders",
    "told_well",
    "undisturbed",
    "where_read_only",
]

FREE = (0, 1 << 12, 1 << 14, 1 << 16, 1 << 18, 1 << 20, 1 << 22)
"""Bytes that are left on a disk that is nearly full."""

BACK = "-400d"
"""How far a clock goes back."""

HOLD = """
import sys
from kliping.project import Corpus, alone
corpus = Corpus.open(sys.argv[1])
with alone(corpus, sys.argv[2], sys.argv[3]):
    print("held", flush=True)
    input()
"""


@dataclass(frozen=True, slots=True)
class Fault:
    """A row of the table: a command that met a fault, how often, how it ended then, and what was true afterwards."""

    command: str
    fault: str
    tried: str
    said: str
    afterwards: str

    def __str__(self) -> str:
        return f"| {self.command} | {self.fault} | {self.tried} | {self.said} | {self.afterwards} |"


def undisturbed(step: Step, before: Path, place: Path) -> Path:
    """The corpus after a run that met nothing."""
    shutil.copytree(before, place)
    done = run(step.arguments, place)
    assert done.code == 0, done.err
    return place


def run(arguments: Iterable[str], corpus: Path, before: Sequence[str] = ()) -> Ended:
    """Run a command in a process of its own."""
    command = [*before, sys.executable, "-m", "kliping", *arguments, "-C", str(corpus)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return Ended(done.returncode, done.stdout, done.stderr)


def told_well(ended: Ended) -> None:
    """An error is sentences on standard error, each of what is wrong; its exit code is 1, 2 or 3; never a trace."""
    assert ended.code in {1, 2, 3}, ended
    assert "Traceback" not in ended.err, ended.err
    assert ended.err
    assert all(re.match(r"kliping: .{20,}", line) for line in ended.err.splitlines()), ended.err


def on_full_disks(name: str, step: Step, before: Path, place: Path, free: Sequence[int] = FREE) -> Fault:
    """Run a command on disks with less and with more room.

    Raises:
        AssertionError: something was half written, or was not as undisturbed once there was room.
    """
    old = written(before)
    new = written(undisturbed(step, before, place / "undisturbed"))
    refused = 0
    for room in free:
        here = place / str(room)
        found = on_a_disk(before, step.arguments, room, here)
        there = written(found.full)
        if found.first.code:
            told_well(found.first)
            refused += 1
        else:
            assert there == new
        half = [path for path, data in there.items() if data not in (old.get(path), new.get(path))]
        assert not half, half
        assert not [path for path in drafts(found.full) if not path.startswith(".kliping/normalise/")]
        assert found.second.code == 0, found.second.err
        assert written(found.again) == new
        assert not drafts(found.again)
        shutil.rmtree(here)
    assert refused, "the disk was never full"
    return Fault(
        name, "full disk", f"{len(free)} amounts of room, {refused} too little", "exit 1, a sentence",
        "no file half written, no draft left; with room as undisturbed",
    )  # fmt: skip


def where_read_only(name: str, step: Step, before: Path, place: Path) -> Fault:
    """Run a command on a corpus that nothing can be written to.

    Raises:
        AssertionError: it did not say so in a sentence.
    """
    told_well(ended := read_only(before, step.arguments, place / "run"))
    assert ended.code == 1
    assert ended.err.count("\n") == 1
    assert "Read-only file system; " in ended.err
    return Fault(name, "read-only folder", "a mount", "exit 1, a sentence", "nothing changed")


@contextmanager
def held(root: Path, command: str, lock: str = "corpus.lock") -> Iterator[int]:
    """Another process that is at work on the corpus, under a command's name; its number."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(root), command, lock], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        try:
            yield process.pid
        finally:
            process.kill()


def refused_by_holders(name: str, step: Step, corpus: Path) -> None:
    """While another process is at work on the corpus, a command says which one, and changes nothing.

    Raises:
        AssertionError: it did not.
    """
    before = written(corpus)
    other, lock = ("release", "release.lock") if name == "release" else ("normalise", "corpus.lock")
    with held(corpus, other, lock) as pid:
        told_well(ended := run(step.arguments, corpus))
    assert (ended.code, ended.out) == (2, "")
    assert f"`kliping {other}` (process {pid}, since " in ended.err
    assert written(corpus) == before


def at_once(name: str, step: Step, before: Path, place: Path) -> Fault:
    """Begin a command twice at once; and while another one is at work.

    Raises:
        AssertionError: the end was not as undisturbed.
    """
    new = written(undisturbed(step, before, place / "undisturbed"))
    corpus = shutil.copytree(before, place / "both")
    refused_by_holders(name, step, corpus)
    command = [sys.executable, "-m", "kliping", *step.arguments, "-C", str(corpus)]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    ended = [Ended(one.wait(), *one.communicate()) for one in both]
    assert sorted(one.code for one in ended) in ([0, 0], [0, 2]), ended
    for one in ended:
        if one.code:
            told_well(one)
    assert not drafts(corpus)
    assert written(corpus) == new
    return Fault(
        name, "two at once", "two processes; and beside one that holds the lock", "exit 2, who is at work",
        "as undisturbed",
    )  # fmt: skip


def possible(kind: str) -> bool:
    """Whether this machine can make a fault; where not, that is said on standard error."""
    if kind == "read-only" and not gives_mounts():
        print("read-only: left out: this machine gives no mounts of one's own", file=sys.stderr)
        return False
    if kind == "clock-back" and not faketime(BACK):
        print("clock-back: left out: no `faketime` here, which Debian's package of that name has", file=sys.stderr)
        return False
    return True


def faketime(offset: str) -> list[str]:
    """What runs a command with another time; empty where the machine has no libfaketime."""
    program = shutil.which("faketime")
    return [program, "-f", offset] if program else []


def after_the_clock_went_back(name: str, step: Step, before: Path, place: Path) -> Fault:
    """Run a command with a clock that went back since the corpus was made; and once more, when it is right again.

    Raises:
        AssertionError: the end was not as undisturbed.
    """
    new = written(undisturbed(step, before, place / "undisturbed"))
    corpus = shutil.copytree(before, place / "back")
    done = run(step.arguments, corpus, faketime(BACK))
    assert done.code == 0, done.err
    assert written(corpus) == new
    again = run(step.arguments, corpus)
    assert again.code == 0, again.err
    assert f"{name}: 0 changes" in again.out
    assert written(corpus) == new
    return Fault(name, "clock goes back", "400 days, and forth again", "exit 0", "as undisturbed, then 0 changes")

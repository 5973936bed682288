"""Disks that are full, and folders that are read-only, for the real command line in a process of its own.

Both are mounts that only the process sees; permissions would not keep root from writing. Where a machine gives no
mounts, a file that cannot grow stands in for a full disk, and nothing for a read-only folder.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["Ended", "Filled", "gives_mounts", "on_a_disk", "read_only"]

PAGE = 4096

FULL = """
mount -t tmpfs -o "size=$SIZE,mode=755" small "$DISK" && cp -a "$BEFORE/." "$DISK/" || exit 99
dd if=/dev/zero of="$DISK/filler" bs=4k 2>/dev/null
truncate -s "-$FREE" "$DISK/filler"
"$PYTHON" -m kliping "$@" -C "$DISK" >"$PLACE/out" 2>"$PLACE/err"
echo $? >"$PLACE/code"
rm "$DISK/filler"
cp -a "$DISK/." "$PLACE/full/"
"$PYTHON" -m kliping "$@" -C "$DISK" >"$PLACE/out-again" 2>"$PLACE/err-again"
echo $? >"$PLACE/code-again"
cp -a "$DISK/." "$PLACE/again/"
"""

READ_ONLY = """
mount --bind "$DISK" "$DISK" && mount -o remount,ro,bind "$DISK" || exit 99
"$PYTHON" -m kliping "$@" -C "$DISK" >"$PLACE/out" 2>"$PLACE/err"
echo $? >"$PLACE/code"
"""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended, and what it printed."""

    code: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class Filled:
    """A command on a disk with so much room, and again when there was more: how they ended, what was there then."""

    first: Ended
    full: Path
    second: Ended
    again: Path


@cache
def gives_mounts() -> bool:
    """Whether this machine lets us mount, for a process and its children alone."""
    unshare = shutil.which("unshare")
    if unshare is None:
        return False
    tried = [unshare, "-rm", "sh", "-c", "mount -t tmpfs none /mnt && mount --bind /mnt /mnt"]
    return subprocess.run(tried, capture_output=True, check=False).returncode == 0


def on_a_disk(before: Path, arguments: Iterable[str], free: int, place: Path) -> Filled:
    """Run a command on a copy of a corpus, with little room; and again when there is enough.

    Args:
        before: the corpus.
        arguments: of the command line.
        free: bytes that the disk has left, in whole pages.
        place: a new folder for what was printed and left.
    """
    for name in ("disk", "full", "again"):
        (place / name).mkdir(parents=True)
    if not gives_mounts():
        return _limited(before, tuple(arguments), free, place)
    room = sum(PAGE * (2 + path.stat().st_size // PAGE) for path in before.rglob("*"))
    _in_a_room(FULL, place, arguments, BEFORE=str(before), SIZE=str(room + (24 << 20)), FREE=str(free))
    return Filled(_ended(place), place / "full", _ended(place, "-again"), place / "again")


def read_only(corpus: Path, arguments: Iterable[str], place: Path) -> Ended:
    """Run a command on a corpus that nothing can be written to."""
    place.mkdir()
    _in_a_room(READ_ONLY, place, arguments, DISK=str(corpus))
    return _ended(place)


def _in_a_room(script: str, place: Path, arguments: Iterable[str], **told: str) -> None:
    environment = {"DISK": str(place / "disk"), "PLACE": str(place), "PYTHON": sys.executable, **told}
    command = ["unshare", "-rm", "sh", "-c", script, "sh", *arguments]
    done = subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def _ended(place: Path, which: str = "") -> Ended:
    code = int((place / f"code{which}").read_text())
    return Ended(code, (place / f"out{which}").read_text(), (place / f"err{which}").read_text())


def _limited(before: Path, arguments: tuple[str, ...], most: int, place: Path) -> Filled:
    disk = shutil.copytree(before, place / "disk", dirs_exist_ok=True)
    command = [sys.executable, "-m", "kliping", *arguments, "-C", str(disk)]
    limits = (partial(resource.setrlimit, resource.RLIMIT_FSIZE, (most, most)), None)
    ended, left = [], (place / "full", place / "again")
    for limit, folder in zip(limits, left, strict=True):
        done = subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=limit)
        ended.append(Ended(done.returncode, done.stdout, done.stderr))
        shutil.copytree(disk, folder, dirs_exist_ok=True)
    return Filled(ended[0], left[0], ended[1], left[1])

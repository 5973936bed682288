"""One command at a time on a corpus: two that write at once could each undo what the other did.

A command that writes into the corpus holds `.kliping/corpus.lock`; `release`, which reads the corpus and writes beside
it, holds `.kliping/release.lock`, and sees by hashes whether what it read has changed. The system lets a lock go with
its process, however that ends. It is a lock of this machine's, and of disks that share locks; of two clones of a corpus
each has its own.
"""

from __future__ import annotations

import fcntl
import os
import threading
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, Literal, ParamSpec, TypeAlias, TypeVar

import msgspec

from kliping.errors import CallError, DataError
from kliping.files import drop_drafts, write_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from kliping.project.corpus import Corpus

__all__ = ["Lock", "all_put", "alone", "one_at_a_time", "putting", "unfinished"]

Lock: TypeAlias = Literal["corpus.lock", "release.lock"]

P = ParamSpec("P")
R = TypeVar("R")

PUTTING = {"normalise": "normalise/ready", "pull": "pull.unfinished"}
"""What is in `.kliping/` while a command puts several files in their places, and still there where it was killed."""

DRAFTED = (
    ".kliping", ".kliping/receipts", "corpus", "corpus/articles", "corpus/revisions", "corpus/versions", "annotations",
    "annotations/pulled", "annotations/predictions",
)  # fmt: skip
"""The folders of a corpus in which files are written beside their place."""

WRITTEN = ("*.json", "*.jsonl", "*.xml", "*.sketches", "*.diff")
"""What is written there."""


class _Held(threading.local):
    """The locks of a thread: a step that calls another goes on with the lock that it has."""

    def __init__(self) -> None:
        self.places: set[Path] = set()


_held = _Held()


class _Holder(msgspec.Struct, frozen=True):
    """Who holds a lock: the command, its process, and since when in UTC."""

    command: str
    pid: int
    since: str


@contextmanager
def alone(corpus: Corpus, command: str, lock: Lock = "corpus.lock") -> Iterator[None]:
    """Keep other commands from a corpus, and clear up what killed ones left; within a step that does, nothing more.

    Args:
        corpus: what is worked on.
        command: by which name others are told who is at it.
        lock: which one.

    Raises:
        CallError: another process, or thread, is at it.
        DataError: no lock can be had there, for the folder is read-only, say.
    """
    place = corpus.state / lock
    if place in _held.places:
        yield
        return
    descriptor = _opened(place, command)
    try:
        _take(descriptor, place, corpus, command)
        for folder in DRAFTED:
            for names in WRITTEN:
                drop_drafts(corpus.root / folder, names)
        _held.places.add(place)
        try:
            yield
        finally:
            _held.places.remove(place)
            with suppress(OSError):
                os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)


def one_at_a_time(
    command: str, lock: Lock = "corpus.lock"
) -> Callable[[Callable[Concatenate[Corpus, P], R]], Callable[Concatenate[Corpus, P], R]]:
    """Let a step that is given a corpus first run `alone` on it."""

    def of(step: Callable[Concatenate[Corpus, P], R]) -> Callable[Concatenate[Corpus, P], R]:
        @wraps(step)
        def run_alone(corpus: Corpus, /, *more: P.args, **named: P.kwargs) -> R:
            with alone(corpus, command, lock):
                return step(corpus, *more, **named)

        return run_alone

    return of


@contextmanager
def putting(corpus: Corpus) -> Iterator[None]:
    """Mark that a pull puts several files in their places, until all of them are."""
    write_bytes(corpus.state / PUTTING["pull"], b"")
    yield
    all_put(corpus)


def all_put(corpus: Corpus) -> None:
    """Take the mark of `putting` away: the files of a pull are in their places."""
    (corpus.state / PUTTING["pull"]).unlink(missing_ok=True)


def unfinished(corpus: Corpus) -> list[str]:
    """The commands that were stopped while they put files in their places: some are of before, and some of after."""
    return [command for command, mark in PUTTING.items() if (corpus.state / mark).exists()]


def _opened(place: Path, command: str) -> int:
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        return os.open(place, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise _unlockable(place, command, error) from None


def _take(descriptor: int, place: Path, corpus: Corpus, command: str) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise CallError(
            f"{corpus.settings.name}: {_holder(descriptor)} is at work on this corpus; wait until it ends, then run "
            "the command again; nothing was changed"
        ) from None
    except OSError as error:
        raise _unlockable(place, command, error) from None
    now = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    with suppress(OSError):  # on a full disk nobody is told who holds it, and it is held all the same
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, msgspec.json.encode(_Holder(command, os.getpid(), now)) + b"\n", 0)


def _holder(descriptor: int) -> str:
    """Who holds a lock that is taken, as far as it says so: it may be doing that just now."""
    try:
        found = msgspec.json.decode(os.pread(descriptor, 1000, 0), type=_Holder)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return "another command"
    return f"`kliping {found.command}` (process {found.pid}, since {found.since})"


def _unlockable(place: Path, command: str, error: OSError) -> DataError:
    return DataError(
        f"{place}: {error.strerror or error}; `kliping {command}` writes into the corpus, so its folder must be "
        "writable; nothing was changed"
    )

"""Work on many tasks: in this process, or in several."""

from __future__ import annotations

import gc
import os
import signal
import threading
from collections import deque
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from itertools import chain, islice
from multiprocessing import get_context, parent_process
from typing import TYPE_CHECKING, TypeVar

from kliping.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
    from concurrent.futures import Future
    from multiprocessing.sharedctypes import Synchronized

__all__ = ["available_cores", "each", "in_order", "tick", "uncollected"]

T = TypeVar("T")
R = TypeVar("R")

OFTEN = 100
"""In this process, things done between two words about them."""
SECONDS = 1.0
"""Of other processes, how long no word is heard at most."""


def _unheard() -> None:
    """Nobody listens."""


_ticked: Callable[[], None] = _unheard


def tick() -> None:
    """Say that one more thing of a task is done: whoever called `each` is told now and then how many there were."""
    _ticked()


def available_cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def uncollected() -> Iterator[None]:
    """Do not look for cycles meanwhile: rows and records have none, and looking took a twentieth of the time."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


def each(
    work: Callable[[T], R], tasks: Sequence[T], workers: int, told: Callable[[int], None] = lambda _: None
) -> Iterator[tuple[T, R]]:
    """Each task with its result, as they come. With one worker or one task no process is started.

    Args:
        work: a function of a module, or a partial of one: it must be possible to send it to another process.
        tasks: what it is called with.
        workers: processes at most.
        told: told now and then how many ticks there were, also while a long task goes on.

    Raises:
        DataError: a worker was killed.
    """
    if min(workers, len(tasks)) <= 1:
        with _listening(_Here(told)):
            yield from ((task, work(task)) for task in tasks)
        return
    with _pool(min(workers, len(tasks))) as (pool, ticks):
        with _interrupts_waiting():
            waiting = {pool.submit(work, task): task for task in tasks}
        while waiting:
            ended, _ = wait(waiting, SECONDS, FIRST_COMPLETED)
            told(ticks.value)
            yield from ((waiting.pop(one), one.result()) for one in ended)


AHEAD = 2
"""Tasks a worker that are begun or done before the result that is due."""


def in_order(
    work: Callable[[T], R], tasks: Iterable[T], workers: int, begin: Callable[[], object] | None = None
) -> Generator[R]:
    """The results in the order of the tasks, holding few of both. With one worker or one task no process is started.

    Args:
        work: as of `each`.
        tasks: drawn as they are needed.
        workers: processes at most.
        begin: called in every process that works, once and before its first task; sent there as `work` is.

    Raises:
        DataError: a worker was killed.
    """
    drawn = iter(tasks)
    first = list(islice(drawn, 2))
    if min(workers, len(first)) <= 1:
        if begin is not None:
            begin()
        yield from map(work, chain(first, drawn))
        return
    with _pool(workers, begin) as (pool, _):
        waiting: deque[Future[R]] = deque()
        for task in chain(first, drawn):
            with _interrupts_waiting():
                waiting.append(pool.submit(work, task))
            if len(waiting) > workers * AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


@contextmanager
def _pool(
    workers: int, begin: Callable[[], object] | None = None
) -> Iterator[tuple[ProcessPoolExecutor, Synchronized[int]]]:
    """Worker processes, and what they tick; on an error they are ended at once.

    Raises:
        DataError: a worker was killed.
    """
    context = get_context("spawn")  # a forked process would share locks and threads of whatever the caller has loaded
    ticks = context.Value("q")
    pool = ProcessPoolExecutor(workers, context, _begin, (ticks, begin))
    try:
        yield pool, ticks
    except BrokenProcessPool:
        raise DataError(
            "a worker process was killed, perhaps for want of memory; run the command again to go on where it stopped, "
            "with fewer --workers if it happens again"
        ) from None
    except BaseException:
        _kill(pool)
        raise
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _interrupts_waiting() -> Iterator[None]:
    """Let Ctrl-C wait; a process that is started meanwhile never gets it: it is the parent's alone from the first."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Here:
    """Counts ticks in this process."""

    def __init__(self, told: Callable[[int], None]) -> None:
        self._told, self._count = told, 0

    def __call__(self) -> None:
        self._count += 1
        if self._count % OFTEN == 0:
            self._told(self._count)


@contextmanager
def _listening(ticked: Callable[[], None]) -> Iterator[None]:
    global _ticked  # noqa: PLW0603 — work is any function of a module, so that nothing can be handed to it
    before, _ticked = _ticked, ticked
    try:
        yield
    finally:
        _ticked = before


def _add(ticks: Synchronized[int]) -> None:
    with ticks.get_lock():
        ticks.value += 1


def _begin(ticks: Synchronized[int], begin: Callable[[], object] | None) -> None:
    """Count ticks where the parent sees them; end when the parent ends, however it ends."""
    global _ticked  # noqa: PLW0603 — as above
    _ticked = partial(_add, ticks)
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_follow, args=(parent.join,), daemon=True).start()
    if begin is not None:
        begin()


def _follow(wait: Callable[[], object]) -> None:
    wait()
    os._exit(1)


def _kill(pool: ProcessPoolExecutor) -> None:
    """End the workers at once: what they have not finished is done again by the next run."""
    for process in list((getattr(pool, "_processes", None) or {}).values()):
        process.terminate()

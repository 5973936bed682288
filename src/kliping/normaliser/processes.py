"""Work on many tasks: in this process, or in several."""

from __future__ import annotations

import os
import signal
import threading
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from typing import TYPE_CHECKING, TypeVar

from kliping.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["available_cores", "each"]

T = TypeVar("T")
R = TypeVar("R")


def available_cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def each(work: Callable[[T], R], tasks: Sequence[T], workers: int) -> Iterator[tuple[T, R]]:
    """Each task with its result, as they come. With one worker or one task no process is started.

    Args:
        work: a function of a module, or a partial of one: it must be possible to send it to another process.
        tasks: what it is called with.
        workers: processes at most.

    Raises:
        DataError: a worker was killed.
    """
    if min(workers, len(tasks)) <= 1:
        yield from ((task, work(task)) for task in tasks)
        return
    # `spawn`: a forked process would share locks and threads of whatever the caller has loaded.
    pool = ProcessPoolExecutor(min(workers, len(tasks)), mp_context=get_context("spawn"), initializer=_begin)
    try:
        with _interrupts_waiting():
            waiting = {pool.submit(work, task): task for task in tasks}
        for done in as_completed(waiting):
            yield waiting.pop(done), done.result()
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


def _begin() -> None:
    """End when the parent ends, however it ends."""
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_follow, args=(parent.join,), daemon=True).start()


def _follow(wait: Callable[[], object]) -> None:
    wait()
    os._exit(1)


def _kill(pool: ProcessPoolExecutor) -> None:
    """End the workers at once: what they have not finished is done again by the next run."""
    for process in list((getattr(pool, "_processes", None) or {}).values()):
        process.terminate()

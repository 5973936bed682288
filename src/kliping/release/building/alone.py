"""One release of a corpus at a time: two that record at once could record what neither held."""

from __future__ import annotations

import fcntl
import os
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from kliping.errors import CallError

if TYPE_CHECKING:
    from collections.abc import Callable

    from kliping.project import Corpus

__all__ = ["one_at_a_time"]

P = ParamSpec("P")
R = TypeVar("R")


def one_at_a_time(step: Callable[Concatenate[Corpus, P], R]) -> Callable[Concatenate[Corpus, P], R]:
    """A step that refuses to run on a corpus where another process is at it, by `.kliping/release.lock`.

    The system lets the lock go with the process, however that ends.

    Raises:
        CallError: another process is at it.
    """

    @wraps(step)
    def alone(corpus: Corpus, /, *more: P.args, **named: P.kwargs) -> R:
        corpus.state.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(corpus.state / "release.lock", os.O_WRONLY | os.O_CREAT, 0o644)
        try:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                message = "another release of this corpus is being built; wait for it, then run the command again"
                raise CallError(f"{corpus.settings.name}: {message}") from None
            return step(corpus, *more, **named)
        finally:
            os.close(descriptor)

    return alone

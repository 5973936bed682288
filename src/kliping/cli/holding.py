"""A command that writes into a corpus: from its first look to its receipt, no other one does."""

from __future__ import annotations

from contextlib import nullcontext
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from kliping.project import Corpus, alone

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["holding"]

P = ParamSpec("P")
R = TypeVar("R")


def holding(name: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Let a command hold its corpus under this name; a dry run, which writes nothing, does not."""

    def of(command: Callable[P, R]) -> Callable[P, R]:
        @wraps(command)
        def held(*given: P.args, **named: P.kwargs) -> R:
            corpus = named["corpus"]
            assert isinstance(corpus, Corpus)  # noqa: S101 — click hands it on by this name
            with nullcontext() if named.get("dry_run") else alone(corpus, name):
                return command(*given, **named)

        return held

    return of

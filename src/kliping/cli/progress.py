"""How far a long step is: a bar on a terminal, a line a minute in a log; on standard error, apart from results."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["LOG_SECONDS", "Far", "progress_shown", "told_paced", "words"]

LOG_SECONDS = 60.0
"""Between two lines of a log."""


class Far(Protocol):
    """How far a step is: how many things are done, and how much of the whole, in any unit that grows evenly."""

    @property
    def inputs(self) -> int: ...  # noqa: D102

    @property
    def bytes(self) -> int: ...  # noqa: D102

    @property
    def all_bytes(self) -> int: ...  # noqa: D102


@contextmanager
def progress_shown(step: str, clock: Callable[[], float] = time.monotonic) -> Iterator[Callable[[Far], None]]:
    """Show how far a step is, as it tells.

    Args:
        step: its name.
        clock: seconds that only grow.
    """
    if not sys.stderr.isatty():
        yield _Log(step, clock)
        return
    bar = click.progressbar(
        length=1, label=step, file=sys.stderr, item_show_func=lambda told: told, show_eta=False, width=0
    )
    with bar as shown:
        began, first = clock(), None

        def show(far: Far) -> None:
            nonlocal first
            first = far if first is None else first
            shown.length = max(far.all_bytes, 1)
            shown.update(far.bytes - shown.pos, words(far, first, clock() - began))

        yield show


class _Log:
    """A line a minute."""

    def __init__(self, step: str, clock: Callable[[], float]) -> None:
        self._step, self._clock = step, clock
        self._began = self._told = clock()
        self._first: Far | None = None

    def __call__(self, far: Far) -> None:
        self._first = self._first or far
        now = self._clock()
        if now - self._told >= LOG_SECONDS:
            self._told = now
            click.echo(f"{self._step}: {words(far, self._first, now - self._began)}", err=True)


def words(far: Far, first: Far, seconds: float) -> str:
    """How far a step is, its rate and the time left: `12000 inputs, 41%, 2900/s, 6 s left`.

    Args:
        far: how far it is.
        first: how far it was when it began; a step that goes on where it stopped does not begin at nothing.
        seconds: since then.
    """
    share = far.bytes / far.all_bytes if far.all_bytes else 1.0
    told = [f"{far.inputs} inputs", f"{share:.0%}"]
    done = far.bytes - first.bytes
    if seconds > 0 and done > 0:
        told.append(f"{(far.inputs - first.inputs) / seconds:.0f}/s")
        told.append(f"{_span((far.all_bytes - far.bytes) * seconds / done)} left")
    return ", ".join(told)


def _span(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s" if minutes else f"{rest} s"


def told_paced() -> Callable[[str], None]:
    """Sentences about long work with a server: each on a terminal; in a log, the first of a kind and one a minute."""
    pace = 0 if sys.stderr.isatty() else LOG_SECONDS
    return _Paced(lambda line: click.echo(f"kliping: {line}", err=True), interval=pace)


class _Paced:
    """Passes on the first line of each kind, then one at most every `interval` seconds; numbers make no new kind."""

    def __init__(self, show: Callable[[str], None], interval: float) -> None:
        self._show = show
        self._interval = interval
        self._shown: dict[str, float] = {}

    def __call__(self, line: str) -> None:
        """Show a line, or not."""
        kind = "".join(char for char in line if not char.isdigit())
        now = time.monotonic()
        if kind not in self._shown or now - self._shown[kind] >= self._interval:
            self._shown[kind] = now
            self._show(line)

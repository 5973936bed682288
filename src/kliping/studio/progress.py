"""Progress at a pace that a reader bears."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Paced"]


class Paced:
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

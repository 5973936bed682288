"""Where this tool itself fails on one input: that one is rejected, and the sentence says whose fault it is.

One input must not end a run of a hundred thousand.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from kliping.errors import KlipingError, Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Failed", "failing_alone"]


class Failed(Rejected):
    """An input that this tool failed on: a fault of ours, and none of the input's."""


@contextmanager
def failing_alone() -> Iterator[None]:
    """Whatever goes wrong with one input and has no name is a rejection of that input.

    Raises:
        Failed: `broken`, with what went wrong.
        KlipingError: what has a name, as it is.
    """
    try:
        yield
    except KlipingError:
        raise
    except Exception as error:
        what = f"kliping failed on it, please report this: {type(error).__name__}: {error}"
        raise Failed("broken", what) from error

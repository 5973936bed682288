"""Rows as lines for a terminal, with their columns below each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

__all__ = ["aligned"]


def aligned(rows: Sequence[Sequence[str]], *, left: Container[int]) -> Iterator[str]:
    """The lines of a table: words at the left of their column, everything else, such as numbers, at its right.

    Args:
        rows: as many cells each; one row at least.
        left: the numbers of the columns of words, from 0.
    """
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [
            cell.ljust(width) if number in left else cell.rjust(width)
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield "  ".join(cells).rstrip()

"""Boosted trees as a table of numbers, evaluated with numpy alone: what LightGBM grew once, it need not run.

A row of features passes or fails each of a tree's tests. A failed test crosses out the leaves on its left; the first
leaf that stays is the row's (QuickScorer: Lucchese et al., SIGIR 2015).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import msgspec
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["FILE", "LEAVES", "Table", "Trees", "planted", "shipped_trees"]

FILE = "model.json"
"""The model that ships beside this module; its card is `docs/reference/extractor.md`."""

LEAVES = 8
"""A tree has at most so many leaves: one bit each of a byte."""
AT_ONCE = 4096
"""Rows that are looked at together: a bound on memory, not on rows."""

_LOWEST = np.array([(number & -number).bit_length() - 1 if number else 0 for number in range(1 << LEAVES)], np.intp)
"""The place of a byte's lowest bit."""


class Table(msgspec.Struct, frozen=True):
    """Trees as they are written down, and the file of a model (JSON).

    Attributes:
        columns: the names of the features, in their order.
        tests: for each tree its tests: the feature's column, the highest value that passes, and the leaves that stay
            where it fails (a bit each, the leftmost leaf lowest).
        leaves: for each tree the values of its leaves, from left to right.
    """

    columns: tuple[str, ...]
    tests: list[list[tuple[int, float, int]]]
    leaves: list[list[float]]


@dataclass(frozen=True, slots=True)
class Trees:
    """Trees laid out for numpy: the n-th test of every tree, side by side."""

    columns: tuple[str, ...]
    features: NDArray[np.intp]
    thresholds: NDArray[np.float64]
    masks: NDArray[np.uint8]
    leaves: NDArray[np.float64]

    def scores(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """The sum of all trees for each row; rows are features in the order of `columns`."""
        parts = [self._scores(rows[at : at + AT_ONCE]) for at in range(0, len(rows), AT_ONCE)]
        return np.concatenate(parts) if parts else np.zeros(0)

    def probabilities(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """The logistic function of the scores."""
        found: NDArray[np.float64] = 1.0 / (1.0 + np.exp(-self.scores(rows)))
        return found

    def _scores(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        columns = np.ascontiguousarray(rows.T)
        alive = np.full((self.leaves.shape[0], len(rows)), (1 << LEAVES) - 1, np.uint8)
        for feature, threshold, mask in zip(self.features, self.thresholds, self.masks, strict=True):
            fails = columns[feature] > threshold[:, None]
            alive &= np.where(fails, mask[:, None], np.uint8((1 << LEAVES) - 1))
        values = np.take_along_axis(self.leaves, _LOWEST[alive], axis=1)
        total: NDArray[np.float64] = values.sum(axis=0)
        return total


def planted(table: Table) -> Trees:
    """The trees of a table, laid out."""
    shape = (LEAVES - 1, len(table.tests))
    features, thresholds = np.zeros(shape, np.intp), np.full(shape, np.inf)
    masks = np.full(shape, (1 << LEAVES) - 1, np.uint8)
    leaves = np.zeros((len(table.leaves), LEAVES))
    for number, (tests, values) in enumerate(zip(table.tests, table.leaves, strict=True)):
        leaves[number, : len(values)] = values
        for place, (column, threshold, mask) in enumerate(tests):
            features[place, number], thresholds[place, number], masks[place, number] = column, threshold, mask
    return Trees(table.columns, features, thresholds, masks, leaves)


@cache
def shipped_trees() -> Trees:
    """The model that ships with the package, read once."""
    return planted(msgspec.json.decode(files(__package__).joinpath(FILE).read_bytes(), type=Table))

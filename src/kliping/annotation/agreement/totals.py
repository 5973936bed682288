"""The evidence of many articles as a matrix, and its sums over resampled articles as one product of matrices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from kliping.annotation.agreement.evidence import Evidence, Name

__all__ = ["Statistic", "Totals", "draws", "gathered"]

_CELLS = 4_000_000
"""Weights (articles × samples) that are held as floats at a time: 32 MB."""


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over the articles of each sample: `sums` is names × samples, `squares` one number a sample."""

    columns: Mapping[Name, int]
    sums: NDArray[np.float64]
    squares: NDArray[np.float64]

    def __getitem__(self, name: Name) -> NDArray[np.float64]:
        """One sum, of each sample; 0 where no article has it."""
        number = self.columns.get(name)
        return np.zeros_like(self.squares) if number is None else self.sums[number]

    def names(self, word: str) -> list[Name]:
        """The names that begin with a word and are about something."""
        return [name for name in self.columns if isinstance(name, tuple) and name[0] == word]


@dataclass(frozen=True, slots=True)
class Statistic:
    """The evidence of one family: articles × names.

    Attributes:
        documents: the number of each row's article among those that are resampled.
        columns: the number of each name's column in `sums`.
    """

    documents: NDArray[np.int64]
    columns: Mapping[Name, int]
    sums: NDArray[np.float64]
    squares: NDArray[np.float64]
    annotators: tuple[frozenset[str], ...]

    def observed(self) -> Totals:
        """The sums over all articles, as one sample."""
        return Totals(self.columns, self.sums.sum(axis=0)[:, None], self.squares.sum(keepdims=True))

    def resampled(self, weights: NDArray[np.uint16]) -> Totals:
        """The sums over each sample's articles.

        Args:
            weights: articles × samples, how often each article is in each sample.
        """
        sums = np.zeros((len(self.columns), weights.shape[1]))
        squares = np.zeros(weights.shape[1])
        step = max(1, _CELLS // max(1, weights.shape[1]))
        for start in range(0, len(self.documents), step):
            rows = slice(start, start + step)
            times = weights[self.documents[rows]].astype(np.float64)
            sums += self.sums[rows].T @ times
            if self.squares.any():
                squares += self.squares[rows] @ times**2
        return Totals(self.columns, sums, squares)


def gathered(found: Iterable[tuple[int, Evidence]]) -> Statistic:
    """The evidence of one family as a matrix; each with the number of its article."""
    numbered = list(found)
    columns: dict[Name, int] = {}
    for _, one in numbered:
        for name in one.sums:
            columns.setdefault(name, len(columns))
    sums = np.zeros((len(numbered), len(columns)))
    for row, (_, one) in enumerate(numbered):
        for name, number in one.sums.items():
            sums[row, columns[name]] = number
    return Statistic(
        documents=np.array([number for number, _ in numbered], dtype=np.int64),
        columns=columns,
        sums=sums,
        squares=np.array([one.squares for _, one in numbered], dtype=np.float64),
        annotators=tuple(one.annotators for _, one in numbered),
    )


def draws(documents: int, samples: int, seed: int) -> NDArray[np.uint16]:
    """How often each article is in each bootstrap sample: as many as there are articles, drawn with replacement.

    Args:
        documents: how many articles there are.
        samples: how many samples.
        seed: any whole number.

    Returns:
        articles × samples.
    """
    chance = np.random.default_rng(seed % 2**64)  # numpy takes no number below 0
    weights = np.zeros((documents, samples), dtype=np.uint16)
    if documents:
        for sample in range(samples):
            weights[:, sample] = np.bincount(chance.integers(documents, size=documents), minlength=documents)
    return weights

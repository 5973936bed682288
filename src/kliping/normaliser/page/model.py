"""The model that tells a page's article from the rest: two looks at each block, the second one with what the first saw."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from kliping.normaliser.page.context import context
from kliping.normaliser.page.trees import Table, Trees, planted

if TYPE_CHECKING:
    from kliping.normaliser.page.features import Measured
    from kliping.normaliser.page.layout import Floats

__all__ = ["FILE", "Model", "Tables", "grown", "second_look", "shipped_model"]

FILE = "model.json"
"""The model that ships beside this module; its card is `docs/reference/extractor.md`."""


class Tables(msgspec.Struct, frozen=True):
    """The file of a model: the trees of both looks."""

    first: Table
    second: Table


@dataclass(frozen=True, slots=True)
class Model:
    """The trees of both looks."""

    first: Trees
    second: Trees

    def chances(self, measured: Measured) -> Floats:
        """How likely each of the measured blocks is the article's, from 0 to 1."""
        return self.second.probabilities(second_look(measured, self.first.probabilities(measured.rows)))


def second_look(measured: Measured, chances: Floats) -> Floats:
    """The features of the second look: those of the first, and what follows from its probabilities."""
    columns = [column for _, column in context(measured.layout, chances)]
    return np.column_stack([measured.rows, *columns])


def grown(tables: Tables) -> Model:
    """The model of a file's tables."""
    return Model(planted(tables.first), planted(tables.second))


@cache
def shipped_model() -> Model:
    """The model that ships with the package, read once."""
    return grown(msgspec.json.decode(files(__package__).joinpath(FILE).read_bytes(), type=Tables))

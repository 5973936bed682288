"""A corpus cut into batches of articles: where the lines about some of them are, in each of its files.

A batch goes to whoever checks it as places, so that lines are read where they are parsed.
"""

from __future__ import annotations

from heapq import merge
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kliping.check.corpus.index import Lines, Stretch

__all__ = ["BATCH_BYTES", "Batch", "batches"]

BATCH_BYTES = 1 << 18
"""Of the lines of a batch, more or less: so few that what they become stays near the processor, in its cache."""


class Batch(NamedTuple):
    """What is said of some articles, by the kind of line; those of a kind are in the order of the files."""

    stretches: Mapping[str, Sequence[Stretch]]


def batches(kinds: Mapping[str, Lines], size: int = BATCH_BYTES) -> Iterator[Batch]:
    """All lines of all kinds in batches, in the order of the articles' ids; no article is in two."""
    held = 0
    for name, weight in merge(*(lines.marks() for lines in kinds.values())):
        held += weight
        if held >= size:
            yield _batch(kinds, name)
            held = 0
    yield _batch(kinds, None)


def _batch(kinds: Mapping[str, Lines], name: str | None) -> Batch:
    found = {kind: lines.before(name) for kind, lines in kinds.items()}
    return Batch({kind: stretches for kind, stretches in found.items() if stretches})

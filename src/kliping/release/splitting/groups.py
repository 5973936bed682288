"""Articles that belong together: near-duplicates today, and what was in one cluster before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kliping.normaliser.run.near_duplicates import clusters, grouped

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from kliping.records import SplitEntry, SplitName

__all__ = ["Group", "groups"]


@dataclass(frozen=True, slots=True)
class Group:
    """Articles that must share a split.

    Attributes:
        present: their ids, in the articles' order; one at least.
        settled: the lines that some of them have, and those of articles that are gone.
    """

    present: tuple[str, ...]
    settled: tuple[SplitEntry, ...]

    @property
    def splits(self) -> frozenset[SplitName]:
        """Where they are: nowhere yet, in one split, or, until somebody decides, in several."""
        return frozenset(entry.split for entry in self.settled)

    @property
    def cluster(self) -> str:
        """What new lines name the cluster by: as its first line does, else by the first of them."""
        return self.settled[0].cluster if self.settled else self.present[0]


def groups(
    ids: Collection[str], pairs: Iterable[tuple[str, str]], known: Mapping[str, SplitEntry]
) -> tuple[Group, ...]:
    """The articles in groups, each in one; a single article is a group too.

    Args:
        ids: the articles, in order.
        pairs: ids of near-duplicates.
        known: the lines of `corpus/splits.jsonl` by id. What they name by one cluster stays together.
    """
    present = set(ids)
    first: dict[str, str] = {}
    joined = [(first.setdefault(entry.cluster, entry.id), entry.id) for entry in known.values()]
    nodes = [*ids, *(name for name in known if name not in present)]
    made = []
    for names in grouped(clusters(nodes, [*pairs, *joined])).values():
        here = tuple(name for name in names if name in present)
        if here:
            made.append(Group(here, tuple(known[name] for name in names if name in known)))
    return tuple(made)

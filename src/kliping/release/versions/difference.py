"""How two versions differ, as counts and a few examples of each kind; and all of it, article by article."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from kliping.errors import CallError
from kliping.release.versions.articles import changes_between
from kliping.release.versions.changes import RULES, Change, Kind, Level, level_of
from kliping.release.versions.heads import alike_configs, head_changes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kliping.release.versions.changes import ArticleChanges
    from kliping.release.versions.record import Head
    from kliping.release.versions.sides import Side

__all__ = ["Difference", "Example", "article_differences", "compare"]

Example: TypeAlias = tuple[str | None, Change]
"""The id of the article that changed, None for what is no article's, and the change."""


@dataclass(frozen=True, slots=True)
class Difference:
    """How the newer of two versions differs from the older one."""

    old: Head
    new: Head
    counts: Mapping[Kind, int]
    """How many changes of each kind there are, in the order of the rules; none that is 0."""
    examples: Mapping[Kind, tuple[Example, ...]]
    """The first few of each kind, in the order of the ids."""
    uncompared: tuple[str, ...]
    """Configs that both have, with other columns or labels: of their rows only what records spell out is compared."""

    @property
    def level(self) -> Level | None:
        """The bump that follows; None where nothing differs at all."""
        return level_of(self.counts)

    @property
    def changes(self) -> int:
        """How many changes there are."""
        return sum(self.counts.values())


def compare(old: Side, new: Side, most: int | None = 10) -> Difference:
    """How two versions of a corpus differ, in memory that grows with the examples alone.

    Args:
        old: the older version.
        new: the newer one.
        most: how many examples of each kind are kept; None for all.

    Raises:
        CallError: they are of different corpora.
        DataError: one of them is damaged.
    """
    if old.head.name != new.head.name:
        raise CallError(
            f"{old.head.name} {old.head.version} and {new.head.name} {new.head.version} are of different corpora; "
            "only versions of one corpus are compared"
        )
    counts: Counter[Kind] = Counter()
    examples: dict[Kind, list[Example]] = defaultdict(list)
    for name, change in _all(old, new):
        counts[change.kind] += 1
        if most is None or (most and len(examples[change.kind]) < most):
            examples[change.kind].append((name, change))
    if not counts and old.head.inputs_sha256 != new.head.inputs_sha256:
        counts["inputs_changed"] = 1
    return Difference(
        old.head,
        new.head,
        {kind: counts[kind] for kind in RULES if counts[kind]},
        {kind: tuple(found) for kind, found in examples.items()},
        tuple(config for config in old.head.columns if config in _other_columns(old, new)),
    )


def article_differences(old: Side, new: Side) -> Iterator[ArticleChanges]:
    """Every article that differs, in the order of the ids."""
    return changes_between(old.held(), new.held(), alike_configs(old.head, new.head))


def _all(old: Side, new: Side) -> Iterator[Example]:
    for change in head_changes(old.head, new.head):
        yield None, change
    for article in article_differences(old, new):
        for change in article.changes:
            yield article.id, change


def _other_columns(old: Side, new: Side) -> frozenset[str]:
    both = frozenset(old.head.columns) & frozenset(new.head.columns)
    return both - alike_configs(old.head, new.head)

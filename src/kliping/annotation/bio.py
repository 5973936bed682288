"""Mentions as BIO tags over tokens: a projection, with its losses counted."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kliping.annotation.tokens import Token
    from kliping.records import Entity

__all__ = ["Projection", "project", "project_at"]


class Projection(NamedTuple):
    """A class number for each token; `lost` mentions are not shown, `widened` ones reach past their span."""

    tags: tuple[int, ...]
    lost: int
    widened: int


def project(tokens: Sequence[Token], entities: Iterable[Entity], classes: Mapping[str, int]) -> Projection:
    """Mentions as BIO tags.

    Where mentions overlap, the longest wins (in code points), then the leftmost, then the one whose label comes first
    in the scheme. A mention that cuts a token takes the whole token.

    Args:
        tokens: in order.
        entities: any mentions of the same text, nested and overlapping ones included.
        classes: the number of `O`, `B-LABEL` and `I-LABEL`.
    """
    return project_at([token.start for token in tokens], [token.end for token in tokens], entities, classes)


def project_at(
    starts: Sequence[int], ends: Sequence[int], entities: Iterable[Entity], classes: Mapping[str, int]
) -> Projection:
    """Mentions as BIO tags over tokens of which only the places are known, as `project` has them."""
    tags = [classes["O"]] * len(starts)
    taken: set[int] = set()
    lost = widened = 0
    for entity in sorted(entities, key=lambda one: (one.start - one.end, one.start, classes[f"B-{one.label}"], one.id)):
        covered = range(bisect_right(ends, entity.start), bisect_left(starts, entity.end))
        if not covered or not taken.isdisjoint(covered):
            lost += 1
            continue
        taken.update(covered)
        tags[covered.start : covered.stop] = [classes[f"I-{entity.label}"]] * len(covered)
        tags[covered.start] = classes[f"B-{entity.label}"]
        widened += (starts[covered.start], ends[covered.stop - 1]) != (entity.start, entity.end)
    return Projection(tuple(tags), lost, widened)

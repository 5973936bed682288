"""Which mentions of two annotators are the same: by their exact spans, and by any overlap."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Set

    from kliping.annotation.adjudication.ledger import Place

__all__ = ["Matches", "match"]

Matches = tuple[int, int]
"""How many pairs of mentions are the same exactly, and how many overlap."""


def match(one: Set[Place], other: Set[Place]) -> Matches:
    """How many mentions of one label two annotators share on an article.

    Each mention is in one pair at most. An overlap is one code point or more. Pairs are taken greedily, the largest
    share of common code points (intersection over union) first, then the leftmost; so exact pairs come first, and an
    exact match is always an overlap too. Exchanging the annotators changes nothing: of pairs that come equally early
    none has a mention in common.
    """
    exact = len(one & other)
    return exact, exact + _overlaps(one - other, other - one)


def _overlaps(one: Iterable[Place], other: Set[Place]) -> int:
    pairs = sorted(
        (-_shared(mine, theirs), min(mine, theirs), max(mine, theirs), mine, theirs)
        for mine in one
        for theirs in other
        if mine[0] < theirs[1] and theirs[0] < mine[1]
    )
    taken: set[Place] = set()
    met: set[Place] = set()
    for *_, mine, theirs in pairs:
        if mine not in taken and theirs not in met:
            taken.add(mine)
            met.add(theirs)
    return len(taken)


def _shared(mine: Place, theirs: Place) -> float:
    """Intersection over union, in code points, of two spans that overlap."""
    return (min(mine[1], theirs[1]) - max(mine[0], theirs[0])) / (max(mine[1], theirs[1]) - min(mine[0], theirs[0]))

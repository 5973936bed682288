"""How much two sets have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

__all__ = ["jaccard"]


def jaccard(one: AbstractSet[str], other: AbstractSet[str]) -> float:
    """The share of two sets' members that they have in common (Jaccard, 1901), from 0 to 1; 0 where both are empty."""
    common = len(one & other)
    return common / (len(one) + len(other) - common) if common else 0.0

"""Chance that is the same again: an order that a seed, a round and a name decide, and nothing else.

An article's place does not depend on the articles beside it, on the version of Python, or on the order of the files.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

__all__ = ["Chance"]


@dataclass(frozen=True, slots=True)
class Chance:
    """A source of orders, for one round of one corpus."""

    seed: int
    round: int

    def __call__(self, *names: str) -> int:
        """A number from 0 to 2**64 - 1, uniform over names: the first 8 bytes of SHA-256."""
        told = "\0".join((str(self.seed), str(self.round), *names))
        return int.from_bytes(hashlib.sha256(told.encode()).digest()[:8], "big")

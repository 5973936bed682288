"""Names that are there twice in a whole corpus or release, found in 8 bytes a name.

A name is kept as its hash. Where two hashes are equal, a second reading compares the names themselves, so that what is
found is always true. That two of a million names share a hash costs that reading; its probability is 1e-5.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple, cast

import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kliping.check.rules import Place

__all__ = ["Named", "Names", "divided", "repeated"]

SIDE_BITS = 8


class Named(NamedTuple):
    """A name and where it stands; `side` is what it is put on, such as a split."""

    place: Place
    name: str
    side: str = ""


class Names:
    """A set of names as hashes: asked for one that is not in it, it says so but for a probability of 1e-13."""

    def __init__(self, names: Iterable[str]) -> None:
        self._hashes = array("q", sorted(map(hash, names)))

    def __contains__(self, name: str) -> bool:
        found = hash(name)
        at = bisect_left(self._hashes, found)
        return at < len(self._hashes) and self._hashes[at] == found


def repeated(read: Callable[[], Iterable[Named]]) -> dict[str, Named]:
    """The names that are there more than once, each with where it is first.

    Args:
        read: gives all names, in order; it is called again where some may be repeated.
    """
    return _first(read, divided_only=False)


def divided(read: Callable[[], Iterable[Named]]) -> dict[str, Named]:
    """The names that are on more than one side, each with where it is first."""
    return _first(read, divided_only=True)


def _first(read: Callable[[], Iterable[Named]], *, divided_only: bool) -> dict[str, Named]:
    suspects = _suspects(read(), divided_only=divided_only)
    first: dict[str, Named] = {}
    found: set[str] = set()
    for named in read() if suspects else ():
        if hash(named.name) >> SIDE_BITS in suspects:
            known = first.setdefault(named.name, named)
            if known is not named and (known.side != named.side or not divided_only):
                found.add(named.name)
    return {name: named for name, named in first.items() if name in found}


def _suspects(named: Iterable[Named], *, divided_only: bool) -> frozenset[int]:
    """The hashes, without their last bits, that stand for more than one name or side; those bits tell the side."""
    sides: dict[str, int] = {}
    hashes = array("q")
    for one in named:
        side = sides.setdefault(one.side, len(sides)) % (1 << SIDE_BITS)
        hashes.append(hash(one.name) >> SIDE_BITS << SIDE_BITS | side)
    column = pa.Array.from_buffers(pa.int64(), len(hashes), [None, pa.py_buffer(hashes)])
    ordered = column.take(pc.sort_indices(column))
    before, after = ordered[:-1], ordered[1:]
    alike = pc.equal(pc.shift_right(before, SIDE_BITS), pc.shift_right(after, SIDE_BITS))
    if divided_only:
        alike = pc.and_(alike, pc.not_equal(before, after))
    found = cast("list[int]", pc.shift_right(before.filter(alike), SIDE_BITS).to_pylist())
    return frozenset(found)

"""Names that are there twice in a whole corpus or release, found in some 10 bytes a name.

A name is kept as its hash. Where two hashes are equal, a second reading compares the names themselves, so that what is
found is always true. That two of a million names share a hash costs that reading; its probability is 3e-8.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple, cast

import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kliping.check.rules import Place

__all__ = ["Hashes", "Named", "Names", "divided", "repeated"]


class Named(NamedTuple):
    """A name and where it stands; `side` is what it is put on, such as a split."""

    place: Place
    name: str
    side: str = ""


class Names:
    """A set of names as hashes: asked for one that is not in it, it says so but for a probability of 1e-13.

    It may be sent to another process, whose hashes of Python's own would be others.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._hashes = array("Q", sorted(map(_stable, names)))

    def __contains__(self, name: str) -> bool:
        found = _stable(name)
        at = bisect_left(self._hashes, found)
        return at < len(self._hashes) and self._hashes[at] == found


class Hashes:
    """The hashes of names as they pass, each with its side; they tell which names a second reading is to look at."""

    def __init__(self) -> None:
        self._hashes, self._sides = array("q"), array("h")
        self._numbers: dict[str, int] = {}

    def add(self, name: str, side: str = "") -> None:
        """Take a name that passes."""
        self._hashes.append(hash(name))
        self._sides.append(self._numbers.setdefault(side, len(self._numbers)))

    def repeated(self, read: Callable[[], Iterable[Named]]) -> dict[str, Named]:
        """The names that are there more than once, each with where it is first.

        Args:
            read: gives the same names once more, in order; it is called where some may be repeated.
        """
        return _first(read, self._suspects(divided_only=False), divided_only=False)

    def divided(self, read: Callable[[], Iterable[Named]]) -> dict[str, Named]:
        """The names that are on more than one side, each with where it is first; `read` is as of `repeated`."""
        return _first(read, self._suspects(divided_only=True), divided_only=True)

    def _suspects(self, *, divided_only: bool) -> frozenset[int]:
        """The hashes that stand for more than one name, or more than one side of it."""
        names = pa.Array.from_buffers(pa.int64(), len(self._hashes), [None, pa.py_buffer(self._hashes)])
        order = pc.sort_indices(names)
        names = names.take(order)
        alike = pc.equal(names[:-1], names[1:])
        if divided_only:
            put = pa.Array.from_buffers(pa.int16(), len(self._sides), [None, pa.py_buffer(self._sides)]).take(order)
            alike = pc.and_(alike, pc.not_equal(put[:-1], put[1:]))
        return frozenset(cast("list[int]", names[1:].filter(alike).to_pylist()))


def _stable(name: str) -> int:
    return int.from_bytes(blake2b(name.encode(errors="surrogatepass"), digest_size=8).digest(), "big")


def repeated(read: Callable[[], Iterable[Named]]) -> dict[str, Named]:
    """The names that are there more than once, each with where it is first.

    Args:
        read: gives all names, in order; it is called again where some may be repeated.
    """
    return _hashed(read()).repeated(read)


def divided(read: Callable[[], Iterable[Named]]) -> dict[str, Named]:
    """The names that are on more than one side, each with where it is first."""
    return _hashed(read()).divided(read)


def _hashed(named: Iterable[Named]) -> Hashes:
    hashes = Hashes()
    for one in named:
        hashes.add(one.name, one.side)
    return hashes


def _first(read: Callable[[], Iterable[Named]], suspects: frozenset[int], *, divided_only: bool) -> dict[str, Named]:
    first: dict[str, Named] = {}
    found: set[str] = set()
    for named in read() if suspects else ():
        if hash(named.name) in suspects:
            known = first.setdefault(named.name, named)
            if known is not named and (known.side != named.side or not divided_only):
                found.add(named.name)
    return {name: named for name, named in first.items() if name in found}

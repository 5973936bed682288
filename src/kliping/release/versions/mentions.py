"""How gold changed within one article whose text is the same: mentions first, then the stances that rest on them."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from kliping.release.versions.changes import Change

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

__all__ = ["gold_changes"]

Mention: TypeAlias = tuple[int, int, str]
Stance: TypeAlias = tuple[str, str, str]
Pair: TypeAlias = tuple[Mention, Mention]


class Compared(NamedTuple):
    """Mentions of two versions: those with another label, those at another place, and what only one has."""

    relabelled: tuple[Pair, ...]
    moved: tuple[Pair, ...]
    removed: tuple[Mention, ...]
    added: tuple[Mention, ...]


def gold_changes(
    was: tuple[Sequence[Mention], Sequence[Stance]], now: tuple[Sequence[Mention], Sequence[Stance]]
) -> Iterator[Change]:
    """The changes from one gold to another, each mentions and stances as `release.schema.json#/$defs/held` has them.

    Exchanging the two exchanges added and removed, was and now, and nothing else.
    """
    found = _compare(was[0], now[0])
    yield from (Change(kind="mention_added", now=one) for one in found.added)
    yield from (Change(kind="mention_removed", was=one) for one in found.removed)
    yield from (Change(kind="mention_moved", was=old, now=new) for old, new in found.moved)
    yield from (Change(kind="mention_relabelled", was=old, now=new) for old, new in found.relabelled)
    yield from _stance_changes(was[1], now[1], _new_places(was[0], now[0], found.moved))


def _compare(was: Iterable[Mention], now: Iterable[Mention]) -> Compared:
    """The same span with another label was relabelled; the same label at a place that overlaps was moved."""
    old, new = Counter(was), Counter(now)
    removed, added = sorted((old - new).elements()), sorted((new - old).elements())
    relabelled = list(_relabelled(removed, added))
    _take(relabelled, removed, added)
    moved = list(_moved(removed, added))
    _take(moved, removed, added)
    return Compared(tuple(relabelled), tuple(moved), tuple(removed), tuple(added))


def _take(pairs: Iterable[Pair], removed: list[Mention], added: list[Mention]) -> None:
    for old, new in pairs:
        removed.remove(old)
        added.remove(new)


def _relabelled(removed: Iterable[Mention], added: Iterable[Mention]) -> Iterator[Pair]:
    """Where a span has several labels, in their order."""
    at: dict[tuple[int, int], list[Mention]] = defaultdict(list)
    for one in added:
        at[one[:2]].append(one)
    for old in removed:
        if at[old[:2]]:
            yield old, at[old[:2]].pop(0)


def _moved(removed: Sequence[Mention], added: Sequence[Mention]) -> Iterator[Pair]:
    """Greedily, the most common code points first, then the leftmost; none is in two pairs.

    A pair comes equally early whichever of the two is the older one, so that a comparison has its mirror.
    """
    pairs = sorted(
        (-_common(old, new), min(old, new), max(old, new), number, other)
        for number, old in enumerate(removed)
        for other, new in enumerate(added)
        if old[2] == new[2] and _common(old, new) > 0
    )
    taken: set[int] = set()
    met: set[int] = set()
    for *_, number, other in pairs:
        if number not in taken and other not in met:
            taken.add(number)
            met.add(other)
            yield removed[number], added[other]


def _common(one: Mention, other: Mention) -> int:
    return min(one[1], other[1]) - max(one[0], other[0])


def _new_places(was: Iterable[Mention], now: Iterable[Mention], moved: Iterable[Pair]) -> Mapping[str, str]:
    """Where a stance's mention is after a move, by where it was; only where nothing else was or is at either place."""
    old_places, new_places = {one[:2] for one in was}, {one[:2] for one in now}
    places = {(old[:2], new[:2]) for old, new in moved}
    left, reached = Counter(old for old, _ in places), Counter(new for _, new in places)
    return {
        f"{old[0]}-{old[1]}": f"{new[0]}-{new[1]}"
        for old, new in places
        if old not in new_places and new not in old_places and left[old] == reached[new] == 1
    }


def _stance_changes(was: Iterable[Stance], now: Iterable[Stance], places: Mapping[str, str]) -> Iterator[Change]:
    """A stance whose mention moved is the same; the same target and holder with another side is flipped."""
    written: dict[Stance, list[Stance]] = defaultdict(list)
    for one in was:
        target, holder, side = one
        written[places.get(target, target), places.get(holder, holder), side].append(one)
    old, new = Counter({moved: len(ones) for moved, ones in written.items()}), Counter(now)
    removed, added = sorted((old - new).elements()), sorted((new - old).elements())
    flips: dict[tuple[str, str], list[Stance]] = defaultdict(list)
    for one in added:
        flips[one[:2]].append(one)
    for one in removed:
        before = written[one].pop()
        if flips[one[:2]]:
            yield Change(kind="stance_flipped", was=before, now=flips[one[:2]].pop(0))
        else:
            yield Change(kind="stance_removed", was=before)
    yield from (Change(kind="stance_added", now=one) for ones in flips.values() for one in ones)

"""Who labels which article: each by the same number of people, nobody twice, and the work in proportion to the shares.

A person's load is the number of their articles. Loads are *even* where no chain of hand-overs, each of one article to
somebody who reads it and has not got it, would lower the sum over all people of load² / share. That sum is convex, so
that no other way of sharing the articles is more even by it (Harvey, Ladner, Lovász & Tamir 2006, Semi-matchings for
bipartite graphs and load balancing, Journal of Algorithms 59). Without restrictions and with equal shares, loads then
differ by one at most; what they differ by beyond that is what languages and sources force.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

    from kliping.annotation.sampling.chance import Chance

__all__ = ["share_out", "unevenness"]

_ROUNDING = 1e-9
"""Costs that are closer than this are the same."""


def share_out(
    readers: Mapping[str, Sequence[str]], overlap: int, shares: Mapping[str, float], chance: Chance
) -> dict[str, tuple[str, ...]]:
    """The people who label each article, sorted; `overlap` of them each.

    Args:
        readers: who reads each article, at least `overlap` people.
        overlap: how many people an article gets, from 1.
        shares: each person's weight, above 0.
        chance: decides between equals.
    """
    work = _Work(readers, shares, {person: set() for person in sorted(shares)})
    rank = {person: chance("person", person) for person in shares}
    # Articles that few people read first: the others can still make up for them.
    for article in sorted(readers, key=lambda one: (len(readers[one]), chance(one), one)):
        for person in sorted(readers[article], key=lambda one: (work.cost(one), rank[one], one))[:overlap]:
            work.held[person].add(article)
    while _even_out(work):
        pass
    labels: dict[str, list[str]] = {article: [] for article in readers}
    for person, articles in work.held.items():
        for article in articles:
            labels[article].append(person)
    return {article: tuple(people) for article, people in labels.items()}


def unevenness(loads: Mapping[str, int], shares: Mapping[str, float]) -> float:
    """The sum over all people of load² / share."""
    return sum(load**2 / shares[person] for person, load in loads.items())


@dataclass(frozen=True, slots=True)
class _Work:
    """Who reads what, whose share is what, and who holds what."""

    readers: Mapping[str, Sequence[str]]
    shares: Mapping[str, float]
    held: dict[str, set[str]]

    def cost(self, person: str) -> float:
        """By how much one more article raises a person's load² / share."""
        return (2 * len(self.held[person]) + 1) / self.shares[person]

    def gain(self, person: str) -> float:
        """By how much one article less lowers it."""
        return (2 * len(self.held[person]) - 1) / self.shares[person]


class _Handover(NamedTuple):
    giver: str
    article: str
    taker: str


def _even_out(work: _Work) -> bool:
    """Hand articles over along one chain that makes the loads more even; whether there was one."""
    least = min(map(work.cost, work.held))
    givers = [person for person in work.held if work.gain(person) > least + _ROUNDING]
    for giver in sorted(givers, key=lambda one: (-work.gain(one), one)):
        chain = _chain(work, giver)
        for step in chain:
            work.held[step.giver].remove(step.article)
            work.held[step.taker].add(step.article)
        if chain:
            return True
    return False


def _chain(work: _Work, giver: str) -> list[_Handover]:
    """The shortest chain from a giver to whom one more article costs least; empty where it would not be worth it."""
    reached: dict[str, list[_Handover]] = {giver: []}
    queue = [giver]
    for donor in queue:
        for step in _offers(work, donor, reached):
            reached[step.taker] = [*reached[donor], step]
            queue.append(step.taker)
    taker = min(reached, key=lambda one: (work.cost(one), one))
    return reached[taker] if work.cost(taker) < work.gain(giver) - _ROUNDING else []


def _offers(work: _Work, donor: str, reached: Container[str]) -> Iterator[_Handover]:
    """One article for each person who was not reached yet and can take one from the donor."""
    offered: set[str] = set()
    for article in sorted(work.held[donor]):
        for person in work.readers[article]:
            if person not in reached and person not in offered and article not in work.held[person]:
                offered.add(person)
                yield _Handover(donor, article, person)

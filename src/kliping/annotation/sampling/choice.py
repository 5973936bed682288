"""Which articles a round takes: by chance, in proportion to the strata, or where annotators' vocabularies disagree."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kliping.annotation.sampling.chance import Chance

__all__ = ["Candidate", "by_chance", "by_score", "quotas", "stratified"]


class Candidate(NamedTuple):
    """An article that a round might take.

    Attributes:
        id: its id.
        language: BCP 47 tag.
        source: its publisher; where it states none, the raw folder that it came from.
        path: of the raw file, relative to the raw folder; None where it had none.
    """

    id: str
    language: str
    source: str
    path: str | None


def by_chance(candidates: Iterable[Candidate], size: int, chance: Chance) -> list[Candidate]:
    """A simple random sample without replacement; all of them where there are fewer than `size`."""
    return sorted(candidates, key=lambda one: (chance(one.id), one.id))[:size]


def stratified(candidates: Sequence[Candidate], size: int, chance: Chance) -> list[Candidate]:
    """A random sample in which each stratum, a language and a source, has its share of the candidates."""
    strata: dict[tuple[str, str], list[Candidate]] = defaultdict(list)
    for one in candidates:
        strata[one.language, one.source].append(one)
    shares = quotas({stratum: len(members) for stratum, members in strata.items()}, size, chance)
    return [one for stratum in sorted(strata) for one in by_chance(strata[stratum], shares[stratum], chance)]


def by_score(
    candidates: Iterable[Candidate], scores: Mapping[str, float], size: int, chance: Chance
) -> list[Candidate]:
    """The articles with the highest scores; equal ones by chance."""
    return sorted(candidates, key=lambda one: (-scores[one.id], chance(one.id), one.id))[:size]


def quotas(sizes: Mapping[tuple[str, str], int], size: int, chance: Chance) -> dict[tuple[str, str], int]:
    """How many of `size` each stratum gets, in proportion to its size, by largest remainders (Hamilton's method).

    Each gets its exact share rounded down or up, and so never more than it has; equal remainders go by chance. Where
    there are fewer than `size` in all, each gets all that it has.
    """
    total = sum(sizes.values())
    if size >= total:
        return dict(sizes)
    whole = {stratum: size * held // total for stratum, held in sizes.items()}
    left = size - sum(whole.values())
    by_remainder = sorted(sizes, key=lambda one: (-(size * sizes[one] % total), chance(*one), one))
    one_more = set(by_remainder[:left])
    return {stratum: whole[stratum] + (stratum in one_more) for stratum in sizes}

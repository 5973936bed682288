"""Named strategies: when what annotators said settles a mention or a stance without an adjudicator.

- `unanimous`: in where everybody who submitted has it, and they are at least two; anything else is open.
- `majority`: in where more than half of them have it, and they are at least two. Out where more than half, and so at
  least two, say the same other thing there: the same mentions over its span, or none at all; the same stances towards
  its target, or none. Where those who lack it differ among themselves, most have agreed on nothing, and it is open. Who
  did not mark a stance's target took no side for want of it, and turned nothing down.

The "at least two" is "at least one" where the corpus's settings say `single_annotator`.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Set

    from kliping.annotation.adjudication.ledger import Fate
    from kliping.project.settings import StrategyName

__all__ = ["STRATEGIES", "Poll", "Strategy", "polled"]


class Poll(NamedTuple):
    """How annotators stand to one candidate.

    Attributes:
        votes: how many have it.
        rivals: how many, at most, say one same other thing in its place.
        voters: how many submitted the article.
        least: how many must agree.
    """

    votes: int
    rivals: int
    voters: int
    least: int


if TYPE_CHECKING:
    Strategy = Callable[[Poll], Fate]


def _unanimous(poll: Poll) -> Fate:
    return "agreed" if poll.votes == poll.voters >= poll.least else "open"


def _majority(poll: Poll) -> Fate:
    if poll.votes * 2 > poll.voters and poll.votes >= poll.least:
        return "agreed"
    return "outvoted" if poll.rivals * 2 > poll.voters else "open"


STRATEGIES: Mapping[StrategyName, Strategy] = {"unanimous": _unanimous, "majority": _majority}
"""By the name that `[tool.kliping.adjudication] strategy` gives."""

T = TypeVar("T", bound="Hashable")


def _nobody(_who: str, _thing: object) -> bool:
    return False


def polled(
    said: Mapping[str, Set[T]],
    around: Callable[[Iterable[T]], Mapping[T, Set[T]]],
    strategy: Strategy,
    least: int,
    abstains: Callable[[str, T], bool] = _nobody,
) -> dict[T, Fate]:
    """The fate of each thing that somebody said, by votes alone.

    Args:
        said: what each of those who submitted the article said; an empty set is a vote for nothing.
        around: of some things, those that are about the same place as each, and so may be said in place of it.
        strategy: of `STRATEGIES`.
        least: how many must agree.
        abstains: whether somebody who did not say a thing has no say in leaving it out.
    """
    fates: dict[T, Fate] = {}
    for thing, rivals in around({thing for things in said.values() for thing in things}).items():
        votes = sum(thing in things for things in said.values())
        views = Counter(
            frozenset(rivals & things)
            for who, things in said.items()
            if thing not in things and not abstains(who, thing)
        )
        fates[thing] = strategy(Poll(votes, max(views.values(), default=0), len(said), least))
    return fates

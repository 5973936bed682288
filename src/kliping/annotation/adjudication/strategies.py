"""Named strategies: when what annotators said settles a mention or a stance without an adjudicator.

- `unanimous`: in where everybody who submitted has it, and they are at least two; anything else is open.
- `majority`: in where more than half of them have it, and they are at least two. Out where more than half, at least
  two, say the same other thing there: the same mentions over its span, or none at all; the same stances towards its
  target, or none. Where those who lack it differ among themselves, most have agreed on nothing, and it is open.

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
    return "outvoted" if poll.rivals * 2 > poll.voters and poll.rivals >= 2 else "open"


STRATEGIES: Mapping[StrategyName, Strategy] = {"unanimous": _unanimous, "majority": _majority}
"""By the name that `[tool.kliping.adjudication] strategy` gives."""

T = TypeVar("T", bound="Hashable")


def polled(
    said: Mapping[str, Set[T]], concerns: Callable[[T, T], bool], strategy: Strategy, least: int
) -> dict[T, Fate]:
    """The fate of each thing that somebody said, by votes alone.

    Args:
        said: what each of those who submitted the article said; an empty set is a vote for nothing.
        concerns: whether two things are about the same place, and so one may be said in place of the other.
        strategy: of `STRATEGIES`.
        least: how many must agree.
    """
    everything = {thing for things in said.values() for thing in things}
    return {thing: strategy(_poll(thing, said.values(), concerns, least)) for thing in everything}


def _poll(thing: T, said: Iterable[Set[T]], concerns: Callable[[T, T], bool], least: int) -> Poll:
    views = Counter(frozenset(one for one in things if concerns(one, thing)) for things in said)
    votes = sum(times for view, times in views.items() if thing in view)
    rivals = max((times for view, times in views.items() if thing not in view), default=0)
    return Poll(votes, rivals, views.total(), least)

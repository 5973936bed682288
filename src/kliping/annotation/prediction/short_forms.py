"""Short forms: `Okta` where `Okta Lumbana` was named before.

Whether a label's names are told again by their first or last word alone, and marked then, is counted in gold, for the
habit is a language's, a label's and a guideline's.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kliping.annotation.prediction.spans import Piece
    from kliping.records import Entity

__all__ = ["LEAST_TIMES", "Habit", "Tally", "follows", "short_forms", "tally_short_forms"]

LEAST_TIMES = 3
"""A label's names are shortened where gold marks it at least so often, and oftener than not."""


class Habit(NamedTuple):
    """Names of a label are shortened to their first word, or to their last."""

    label: str
    last: bool


Tally: TypeAlias = Counter[tuple[Habit, bool]]
"""How often a short form was marked (True), and how often it was not."""


def short_forms(cut: Sequence[Piece], label: str) -> Iterator[tuple[str, Habit]]:
    """The words that may stand for a name of several words, given by its pieces."""
    words = [piece.text for piece in cut if piece.text[0].isalnum()]
    if len(words) > 1 and words[0] != words[-1]:
        yield words[0], Habit(label, last=False)
        yield words[-1], Habit(label, last=True)


def follows(tally: Tally, habit: Habit) -> bool:
    """Whether gold shows a habit."""
    marked = tally[habit, True]
    return marked >= LEAST_TIMES and marked > tally[habit, False]


def tally_short_forms(cut: Sequence[Piece], entities: Sequence[Entity]) -> Tally:
    """How the short forms of the names in an annotated text fare, once the name was told."""
    tally: Tally = Counter()
    by_start = defaultdict(list)
    for entity in entities:
        by_start[entity.start].append(entity)
    waiting: dict[str, set[Habit]] = {}
    covered = 0
    for at, piece in enumerate(cut):
        here = by_start.get(piece.start, ())
        alone = {one.label for one in here if one.end == piece.end}
        covered = max([covered, *(one.end for one in here)])
        if alone or piece.start >= covered:
            for habit in waiting.get(piece.text, ()):
                if not alone or habit.label in alone:
                    tally[habit, bool(alone)] += 1
        for one in here:
            inside = [later for later in cut[at : at + one.end - one.start] if later.end <= one.end]
            for word, habit in short_forms(inside, one.label):
                waiting.setdefault(word, set()).add(habit)
    return tally

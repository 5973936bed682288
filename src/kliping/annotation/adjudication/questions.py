"""What one annotator says to each question: a target and a holder, and the side that the holder takes."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeAlias

from kliping.annotation.adjudication.ledger import Side
from kliping.annotation.adjudication.votes import votes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kliping.records import Annotation

__all__ = ["Question", "holders_of", "sides_of"]

Question: TypeAlias = tuple[Side, Side]
"""A target and a holder, by their spans or names: which side does the holder take towards the target?"""


def sides_of(annotation: Annotation) -> dict[Question, str | None]:
    """The stance on each question; None where the annotator gave two that differ."""
    sides: dict[Question, str | None] = {}
    for vote in votes(annotation, {}):
        question = vote.claim.target, vote.claim.holder
        same = sides.setdefault(question, vote.claim.stance) == vote.claim.stance
        sides[question] = vote.claim.stance if same else None
    return sides


def holders_of(questions: Iterable[Question]) -> dict[Side, frozenset[Side]]:
    """The holders of each target that is a mention."""
    held: dict[Side, set[Side]] = defaultdict(set)
    for target, holder in questions:
        if target.kind == "mention":
            held[target].add(holder)
    return {target: frozenset(holders) for target, holders in held.items()}

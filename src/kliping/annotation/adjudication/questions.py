"""What one annotator says to each question: a target and a holder, and the side that the holder takes."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeAlias

from kliping.annotation.adjudication.ledger import Side

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kliping.records import Annotation, Entity, Holder, Target

__all__ = ["Question", "holders_of", "sides_of"]

Question: TypeAlias = tuple[Side, Side]
"""A target and a holder, by their spans or names: which side does the holder take towards the target?"""


def sides_of(annotation: Annotation) -> dict[Question, str | None]:
    """The stance on each question; None where the annotator gave two that differ."""
    mentions = {entity.id: entity for entity in annotation.entities}
    sides: dict[Question, str | None] = {}
    for stance in annotation.stances:
        question = _side(stance.target, mentions), _side(stance.holder, mentions)
        same = sides.setdefault(question, stance.stance) == stance.stance
        sides[question] = stance.stance if same else None
    return sides


def holders_of(questions: Iterable[Question]) -> dict[Side, frozenset[Side]]:
    """The holders of each target that is a mention."""
    held: dict[Side, set[Side]] = defaultdict(set)
    for target, holder in questions:
        if target.kind == "mention":
            held[target].add(holder)
    return {target: frozenset(holders) for target, holders in held.items()}


def _side(party: Target | Holder, mentions: Mapping[str, Entity]) -> Side:
    if party.kind == "mention" and party.mention is not None:
        mention = mentions[party.mention]
        return Side("mention", mention.start, mention.end)
    return Side(party.kind, name=party.name or "")

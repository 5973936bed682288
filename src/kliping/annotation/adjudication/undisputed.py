"""The gold of an article on which everybody said the same: told at a glance, where all else takes adjudication.

Who checks a corpus derives each gold line anew. Of most articles that have one, the annotators agreed in every mention
and stance, so that there is nothing to settle: what they said is gold, in gold's order and with gold's ids.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from kliping.annotation.adjudication.gold import latest_scheme
from kliping.annotation.adjudication.strategies import STRATEGIES, Poll
from kliping.records import Gold, Holder, Stance, Target

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kliping.project.settings import StrategyName
    from kliping.records import Annotation, Article, Entity

__all__ = ["undisputed_gold"]

Side: TypeAlias = tuple[str, int, str]
"""A target or a holder: its kind, the number of its mention by place, or -1, and its name, or ""."""
Sides: TypeAlias = dict[tuple[Side, Side], str]
"""The stance between a target and a holder."""

_place = attrgetter("start", "end")
_said = attrgetter("start", "end", "label", "ref", "origin", "unsure")
"""Of an entity: all but its id, which differs between annotators, and its text, which its place gives."""


def undisputed_gold(
    article: Article, annotations: Sequence[Annotation], *, single_annotator: bool, strategy: StrategyName = "unanimous"
) -> Gold | None:
    """The gold that `adjudicate_article` gives of these annotations without a decision, where there is no dispute.

    None says nothing: where annotators differ, where one annotated twice or gave a place two labels, only adjudication
    tells.

    Args:
        article: the article.
        annotations: of it, in which `annotation_faults` finds nothing.
        single_annotator: whether one suffices.
        strategy: of `STRATEGIES`.
    """
    number = len(annotations)
    if not number or len({one.annotator for one in annotations}) < number:
        return None
    if any(one.status != "submitted" or one.text_sha256 != article.text_sha256 for one in annotations):
        return None
    if STRATEGIES[strategy](Poll(number, 0, number, 1 if single_annotator else 2)) != "agreed":
        return None
    first, *others = annotations
    entities = sorted(first.entities, key=_place)
    said, sides = list(map(_said, entities)), _sides(first, entities)
    if sides is None or len(set(map(_place, entities))) < len(entities):
        return None
    for other in others:
        theirs = sorted(other.entities, key=_place)
        if list(map(_said, theirs)) != said or _sides(other, theirs) != sides:
            return None
    return Gold(
        article_id=article.id,
        text_sha256=article.text_sha256,
        scheme=latest_scheme(annotations),
        annotators=number,
        entities=tuple([_renamed(entity, f"e{at}") for at, entity in enumerate(entities, 1)]),
        stances=tuple([_stance(f"s{at}", *one) for at, one in enumerate(sorted(sides.items()), 1)]),
    )


def _sides(annotation: Annotation, entities: Sequence[Entity]) -> Sides | None:
    """What is said, by target and holder; None where an id or a pair of the two is there twice."""
    numbers = {entity.id: at for at, entity in enumerate(entities)}
    found: Sides = {}
    for stance in annotation.stances:
        target, holder = _side(stance.target, numbers), _side(stance.holder, numbers)
        found[target, holder] = stance.stance
    return found if len(numbers) == len(entities) and len(found) == len(annotation.stances) else None


def _side(party: Target | Holder, numbers: Mapping[str, int]) -> Side:
    if party.mention is not None and party.kind == "mention":
        return "mention", numbers[party.mention], ""
    return party.kind, -1, party.name or ""


def _renamed(entity: Entity, name: str) -> Entity:
    return entity if entity.id == name else msgspec.structs.replace(entity, id=name)


def _stance(name: str, between: tuple[Side, Side], stance: str) -> Stance:
    (_, at, target), (kind, held_at, holder) = between
    towards = Target(kind="declared", name=target) if at < 0 else Target(kind="mention", mention=f"e{at + 1}")
    if held_at >= 0:
        held = Holder(kind="mention", mention=f"e{held_at + 1}")
    elif kind == "named":
        held = Holder(kind="named", name=holder)
    else:
        held = Holder(kind="author" if kind == "author" else "unspecified")
    return Stance(id=name, stance=stance, target=towards, holder=held)

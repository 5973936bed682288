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
from kliping.records import Entity, Gold, Holder, Stance, Target

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kliping.project.settings import StrategyName
    from kliping.records import Annotation, Article

__all__ = ["undisputed_gold"]

Mention: TypeAlias = tuple[int, int, str]
"""Start, end and label."""
Party: TypeAlias = tuple[str, int, int, str]
"""A target or a holder, as `Side` has it."""
_Side: TypeAlias = tuple[str, Mention | None, Mention | None]
"""The stance between a target and a holder, with the mentions that they are."""

_mention = attrgetter("start", "end", "label")
_said = attrgetter("start", "end", "label", "ref", "origin", "unsure")
"""Of an entity: all but its id, which differs between annotators, and its text, which its place gives."""


def undisputed_gold(
    article: Article, annotations: Sequence[Annotation], *, single_annotator: bool, strategy: StrategyName = "unanimous"
) -> Gold | None:
    """The gold that `adjudicate_article` gives of these annotations without a decision, where there is no dispute.

    None says nothing: where annotators differ, or one of them annotated twice, only adjudication tells.

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
    entities = sorted(first.entities, key=_mention)
    said, sides = list(map(_said, entities)), _sides(first)
    if sides is None or len(set(map(_mention, entities))) < len(entities):
        return None
    for other in others:
        if list(map(_said, sorted(other.entities, key=_mention))) != said or _sides(other) != sides:
            return None
    ids = {_mention(entity): f"e{at}" for at, entity in enumerate(entities, 1)} if sides else {}
    return Gold(
        article_id=article.id,
        text_sha256=article.text_sha256,
        scheme=latest_scheme(annotations),
        annotators=number,
        entities=tuple([_renamed(entity, f"e{at}") for at, entity in enumerate(entities, 1)]),
        stances=tuple([_stance(f"s{at}", *one, ids) for at, one in enumerate(sorted(sides.items()), 1)]),
    )


def _sides(annotation: Annotation) -> dict[tuple[Party, Party], _Side] | None:
    """What is said, by target and holder; None where an id or a pair of the two is there twice."""
    marked = {entity.id: entity for entity in annotation.entities}
    found: dict[tuple[Party, Party], _Side] = {}
    for stance in annotation.stances:
        target, target_mention = _party(stance.target, marked)
        holder, holder_mention = _party(stance.holder, marked)
        found[target, holder] = (stance.stance, target_mention, holder_mention)
    is_simple = len(marked) == len(annotation.entities) and len(found) == len(annotation.stances)
    return found if is_simple else None


def _party(party: Target | Holder, marked: Mapping[str, Entity]) -> tuple[Party, Mention | None]:
    if party.kind != "mention" or party.mention is None:
        return (party.kind, -1, -1, party.name or ""), None
    start, end, label = _mention(marked[party.mention])
    return ("mention", start, end, ""), (start, end, label)


def _renamed(entity: Entity, name: str) -> Entity:
    return entity if entity.id == name else msgspec.structs.replace(entity, id=name)


def _stance(name: str, between: tuple[Party, Party], side: _Side, ids: Mapping[Mention, str]) -> Stance:
    (_, _, _, target), (kind, _, _, holder) = between
    stance, target_mention, holder_mention = side
    if target_mention is not None:
        towards = Target(kind="mention", mention=ids[target_mention])
    else:
        towards = Target(kind="declared", name=target)
    if holder_mention is not None:
        held = Holder(kind="mention", mention=ids[holder_mention])
    elif kind == "named":
        held = Holder(kind="named", name=holder)
    else:
        held = Holder(kind="author" if kind == "author" else "unspecified")
    return Stance(id=name, stance=stance, target=towards, holder=held)

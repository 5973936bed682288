"""The gold of an article on which everybody said the same: told at a glance, where all else takes adjudication.

Who checks a corpus derives each gold line anew. Of most articles that have one, the annotators agreed in every mention
and stance, so that there is nothing to settle: what they said is gold, in gold's order and with gold's ids.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from kliping.annotation.adjudication.gold import latest_scheme
from kliping.annotation.adjudication.ledger import Side
from kliping.annotation.adjudication.strategies import STRATEGIES, Poll
from kliping.records import Gold, Holder, Stance, Target

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kliping.project.settings import StrategyName
    from kliping.records import Annotation, Article, Entity

__all__ = ["undisputed_gold"]


def undisputed_gold(
    article: Article, annotations: Sequence[Annotation], *, single_annotator: bool, strategy: StrategyName = "unanimous"
) -> Gold | None:
    """The gold that `adjudicate_article` gives of these annotations without a decision, where it takes no more than this.

    None says nothing: where annotators differ, where something is wrong, or where one of them annotated twice, only
    adjudication tells.
    """
    if not annotations or not _say_the_same(article, annotations):
        return None
    number = len(annotations)
    if STRATEGIES[strategy](Poll(number, 0, number, 1 if single_annotator else 2)) != "agreed":
        return None
    said = annotations[0]
    entities = _entities(article.text, said.entities)
    if entities is None:
        return None
    stances = _stances(said, entities)
    if stances is None:
        return None
    return Gold(
        article_id=article.id,
        text_sha256=article.text_sha256,
        scheme=latest_scheme(annotations),
        annotators=number,
        entities=tuple(entities.values()),
        stances=stances,
    )


def _say_the_same(article: Article, annotations: Sequence[Annotation]) -> bool:
    """Whether each is by another annotator, submitted, of the text of today, and in all that counts like the first."""
    first = annotations[0]
    return len({one.annotator for one in annotations}) == len(annotations) and all(
        one.status == "submitted"
        and one.text_sha256 == article.text_sha256
        and one.entities == first.entities
        and one.stances == first.stances
        for one in annotations
    )


def _entities(text: str, said: Sequence[Entity]) -> dict[str, Entity] | None:
    """The entities of gold in their order, by the ids that annotators' have; None where one is wrong or there twice."""
    found: dict[str, Entity] = {}
    before: tuple[int, int, str] | None = None
    for number, entity in enumerate(sorted(said, key=lambda one: (one.start, one.end, one.label)), 1):
        mention = (entity.start, entity.end, entity.label)
        if mention == before or entity.id in found or text[entity.start : entity.end] != entity.text:
            return None
        before, name = mention, f"e{number}"
        found[entity.id] = entity if entity.id == name else msgspec.structs.replace(entity, id=name)
    return found


def _stances(said: Annotation, entities: Mapping[str, Entity]) -> tuple[Stance, ...] | None:
    """The stances of gold in their order; None where two are of one holder towards one target, or one rests on nothing."""
    found: dict[tuple[Side, Side], Stance] = {}
    for stance in said.stances:
        target, holder = _side(stance.target, entities), _side(stance.holder, entities)
        if target is None or holder is None or (target, holder) in found:
            return None
        found[target, holder] = stance
    return tuple(
        Stance(
            id=f"s{number}",
            stance=stance.stance,
            target=_target(stance.target, entities),
            holder=_holder(stance.holder, entities),
        )
        for number, (_, stance) in enumerate(sorted(found.items(), key=lambda one: one[0]), 1)
    )


def _side(party: Target | Holder, entities: Mapping[str, Entity]) -> Side | None:
    if party.kind != "mention":
        return Side(party.kind, name=party.name or "")
    entity = entities.get(party.mention or "")
    return None if entity is None else Side("mention", entity.start, entity.end)


def _target(party: Target, entities: Mapping[str, Entity]) -> Target:
    if party.kind == "mention":
        return Target(kind="mention", mention=entities[party.mention or ""].id)
    return Target(kind="declared", name=party.name or "")


def _holder(party: Holder, entities: Mapping[str, Entity]) -> Holder:
    if party.kind == "mention":
        return Holder(kind="mention", mention=entities[party.mention or ""].id)
    if party.kind == "named":
        return Holder(kind="named", name=party.name or "")
    return Holder(kind=party.kind)

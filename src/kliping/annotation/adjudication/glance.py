"""The gold of an article told at a glance: where everybody said the same, and where it is plain that they did not.

Who checks a corpus derives each gold line anew. Most articles need no adjudication for it: what all annotators said is
gold, in gold's order and with gold's ids; where one mention is not everybody's, the strategy `unanimous` gives none.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import msgspec

from kliping.annotation.adjudication.gold import latest_scheme
from kliping.annotation.adjudication.strategies import STRATEGIES, Poll
from kliping.records import Gold, Holder, Stance, Target

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kliping.project.settings import StrategyName
    from kliping.records import Annotation, Article, Entity

__all__ = ["Glance", "glance"]

Side: TypeAlias = tuple[str, int, str]
"""A target or a holder: its kind, the number of its mention by place, or -1, and its name, or ""."""
Sides: TypeAlias = dict[tuple[Side, Side], str]
"""The stance between a target and a holder."""

_place = attrgetter("start", "end")
_mention = attrgetter("start", "end", "label")
_said = attrgetter("start", "end", "label", "ref", "origin", "unsure")
"""Of an entity: all but its id, which differs between annotators, and its text, which its place gives."""


class Glance(NamedTuple):
    """What a glance tells of an article: whether its gold is known, and, if so, the gold, or that there is none."""

    known: bool
    gold: Gold | None = None


_UNKNOWN, _NONE = Glance(known=False), Glance(known=True)


def glance(
    article: Article, annotations: Sequence[Annotation], *, single_annotator: bool, strategy: StrategyName = "unanimous"
) -> Glance:
    """The gold that `adjudicate_article` gives of these annotations without a decision, where that is seen at once.

    Args:
        article: the article.
        annotations: of it, by whomever; `annotation_faults` finds nothing in any of them by itself.
        single_annotator: whether one suffices.
        strategy: of `STRATEGIES`.
    """
    counted = [one for one in annotations if one.text_sha256 == article.text_sha256 and one.status == "submitted"]
    number = len(counted)
    if len({one.annotator for one in annotations}) < len(annotations):
        return _UNKNOWN
    if not counted:
        return _NONE
    is_enough = STRATEGIES[strategy](Poll(number, 0, number, 1 if single_annotator else 2)) == "agreed"
    if not is_enough:
        return _NONE if strategy == "unanimous" else _UNKNOWN
    marked = [sorted(one.entities, key=_place) for one in counted]
    said = [list(map(_said, entities)) for entities in marked]
    if said.count(said[0]) < number:
        differ = len({frozenset(map(_mention, entities)) for entities in marked}) > 1
        return _NONE if differ and strategy == "unanimous" else _UNKNOWN
    sides = [_sides(one, entities) for one, entities in zip(counted, marked, strict=True)]
    entities, between = marked[0], sides[0]
    if between is None or sides.count(between) < number or len(set(map(_place, entities))) < len(entities):
        return _UNKNOWN
    return Glance(
        known=True,
        gold=Gold(
            article_id=article.id,
            text_sha256=article.text_sha256,
            scheme=latest_scheme(counted),
            annotators=number,
            entities=tuple([_renamed(entity, f"e{at}") for at, entity in enumerate(entities, 1)]),
            stances=tuple([_stance(f"s{at}", *one) for at, one in enumerate(sorted(between.items()), 1)]),
        ),
    )


def _sides(annotation: Annotation, entities: Sequence[Entity]) -> Sides | None:
    """What is said, by target and holder; None where an id or a pair of the two is there twice."""
    if not annotation.stances:
        return {}
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

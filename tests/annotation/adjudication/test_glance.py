"""What a glance tells of an article's gold is what adjudication gives; of most articles it tells something."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from tests.annotation.adjudication.test_adjudication import (
    MARKET,
    MAYOR,
    PLACE,
    TRADERS,
    annotation,
    article,
    entity,
    stance,
)

from kliping.annotation import adjudicate_article
from kliping.annotation.adjudication.glance import Glance, glance
from kliping.annotation.adjudication.strategies import STRATEGIES
from kliping.records import Holder, Stance, Target

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kliping.project.settings import StrategyName
    from kliping.records import Annotation, Entity

PARTIES = st.sampled_from(["author", "unspecified", "RESIDENTS", "MAYOR"])


def glanced(annotations: Sequence[Annotation], **settings: object) -> Glance:
    return glance(article(), annotations, **{"single_annotator": False, **settings})  # type: ignore[arg-type]


def renamed(one: Annotation, who: str, prefix: str) -> Annotation:
    """The same said by another annotator, whose marks have other ids."""
    return msgspec.structs.replace(
        one,
        annotator=who,
        entities=tuple(msgspec.structs.replace(mark, id=prefix + mark.id) for mark in one.entities[::-1]),
        stances=tuple(
            Stance(id=prefix + said.id, stance=said.stance, target=side(said.target, prefix), holder=said.holder)
            if said.holder.kind != "mention"
            else Stance(
                id=prefix + said.id,
                stance=said.stance,
                target=side(said.target, prefix),
                holder=Holder(kind="mention", mention=f"{prefix}{said.holder.mention}"),
            )
            for said in one.stances
        ),
    )


def side(target: Target, prefix: str) -> Target:
    return Target(kind="mention", mention=f"{prefix}{target.mention}") if target.kind == "mention" else target


def test_what_two_say_alike_under_other_ids_is_gold_at_a_glance() -> None:
    mayor, market = entity(MAYOR, "PERSON"), entity(MARKET, "PLACE")
    first = annotation("a", market, mayor, stances=[stance("favor", market, mayor)])

    found = glanced([first, renamed(first, "b", "x")])
    assert found.gold is not None
    assert [(one.id, one.start) for one in found.gold.entities] == [("e1", 0), ("e2", 34)]
    assert found.gold.stances[0].target == Target(kind="mention", mention="e2")
    assert found.gold.stances[0].holder == Holder(kind="mention", mention="e1")


def test_where_one_marked_less_there_is_no_gold_at_a_glance() -> None:
    mayor, market = entity(MAYOR, "PERSON"), entity(MARKET, "PLACE")

    assert glanced([annotation("a", mayor, market), annotation("b", mayor)]) == Glance(known=True)
    assert not glanced([annotation("a", mayor, market), annotation("b", mayor)], strategy="majority").known


def test_one_annotator_alone_gives_no_gold_at_a_glance() -> None:
    mayor = entity(MAYOR, "PERSON")

    assert glanced([annotation("a", mayor)]) == Glance(known=True)
    assert glanced([annotation("a", mayor)], single_annotator=True).gold is not None


def test_who_annotated_twice_needs_adjudication() -> None:
    mayor = entity(MAYOR, "PERSON")

    assert not glanced([annotation("a", mayor), annotation("a", mayor, round=2)]).known


@st.composite
def annotations_of(draw: st.DrawFn, who: str) -> Annotation:
    """By somebody who marks little, so that two often agree."""
    places = st.sampled_from([(place, label) for place in (MAYOR, PLACE, TRADERS) for label in ("PERSON", "PLACE")])
    marked = [entity(*one, unsure=draw(st.booleans())) for one in draw(st.lists(places, max_size=3, unique=True))]
    stances = [draw(stances_on(marked, number)) for number in range(draw(st.integers(0, 2)))]
    status = draw(st.sampled_from(["submitted", "submitted", "submitted", "skipped"]))
    sha256 = article().text_sha256 if draw(st.integers(0, 5)) else "0" * 64
    scheme = draw(st.sampled_from(["1.0.0", "1.10.0", "1.9.0"]))
    return annotation(who, *marked, stances=stances, status=status, text_sha256=sha256, scheme=scheme)


@st.composite
def stances_on(draw: st.DrawFn, marked: Sequence[Entity], number: int) -> Stance:
    ids = [one.id for one in marked]
    target, holder = Target(kind="declared", name=draw(PARTIES)), Holder(kind="named", name=draw(PARTIES))
    if draw(st.booleans()):
        holder = Holder(kind=draw(st.sampled_from(["author", "unspecified"])))
    if draw(st.booleans()) and ids:
        target = Target(kind="mention", mention=draw(st.sampled_from(ids)))
    if draw(st.booleans()) and ids:
        holder = Holder(kind="mention", mention=draw(st.sampled_from(ids)))
    return Stance(id=f"s{number}", stance=draw(st.sampled_from(["favor", "against"])), target=target, holder=holder)


@st.composite
def crowds(draw: st.DrawFn) -> list[Annotation]:
    """Up to three annotators; each may say what the first said."""
    crowd = [draw(annotations_of("annotator-0"))]
    for number in range(1, draw(st.integers(1, 3))):
        who = f"annotator-{number}"
        crowd.append(renamed(crowd[0], who, who) if draw(st.booleans()) else draw(annotations_of(who)))
    return crowd


@given(crowd=crowds(), single_annotator=st.booleans(), strategy=st.sampled_from(sorted(STRATEGIES)))
def test_what_a_glance_tells_is_what_adjudication_gives(
    crowd: list[Annotation], single_annotator: bool, strategy: StrategyName
) -> None:
    found = glance(article(), crowd, single_annotator=single_annotator, strategy=strategy)
    whole = adjudicate_article(article(), crowd, (), single_annotator=single_annotator, strategy=strategy)

    assert not found.known or found.gold == whole.gold

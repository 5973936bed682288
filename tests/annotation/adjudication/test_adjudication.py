"""Adjudication as a maintainer sees it: a corpus folder goes in, gold and a receipt come out."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Literal, TypeAlias

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kliping.annotation import adjudicate
from kliping.errors import DataError
from kliping.records import (
    Annotation,
    Article,
    Block,
    Decision,
    Entity,
    Holder,
    Normaliser,
    Party,
    Source,
    Span,
    Stance,
    Stated,
    Target,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kliping.annotation import Adjudicated
    from kliping.records import Gold, Origin

Verdict: TypeAlias = Literal["accept", "edit", "reject"]

TEXT = "Wali Kota Rimbia menolak relokasi Pasar Lama. Pedagang Senar setuju. 🛶"
MAYOR, PLACE, MARKET, TRADERS = (0, 9), (10, 16), (34, 44), (46, 60)


def article(text: str = TEXT) -> Article:
    return Article(
        id="a1", text=text, text_sha256=sha256(text.encode()).hexdigest(),
        blocks=(Block(type="paragraph", start=0, end=len(text)),),
        title=None, subtitle=None, authors=(), publisher=None, published=None, modified=None, url=None, dateline=None,
        topics=(), figures=(), related=(), removed=(), repairs=(), confidence=None, language="id", language_score=None,
        source=Source(
            path="a1.txt", sha256="0" * 64, media_type="text/plain", retrieved=None, licence=None, rights_holder=None
        ),
        normaliser=Normaliser(name="kliping", version="0.1.0"), metadata={}, extra=None,
    )  # fmt: skip


def entity(place: tuple[int, int], label: str, **more: object) -> Entity:
    start, end = place
    fields: dict[str, object] = {"id": f"{start}-{label}", **more}
    return Entity(start=start, end=end, text=TEXT[start:end], label=label, **fields)  # type: ignore[arg-type]


def annotation(who: str, *entities: Entity, stances: Sequence[Stance] = (), **more: object) -> Annotation:
    fields: dict[str, object] = {
        "id": f"a1.{who}.1", "article_id": "a1", "text_sha256": article().text_sha256, "annotator": who, "round": 1,
        "scheme": "1.0.0", "status": "submitted", "comment": None, "created": None, "updated": None, "lead_time": None,
        "predictions_shown": None, "studio": None, **more,
    }  # fmt: skip
    return Annotation(entities=entities, stances=tuple(stances), **fields)  # type: ignore[arg-type]


def stance(name: str, target: Entity, holder: Entity | None = None) -> Stance:
    held = Holder(kind="author") if holder is None else Holder(kind="mention", mention=holder.id)
    return Stance(id=f"{name}-{target.id}", stance=name, target=Target(kind="mention", mention=target.id), holder=held)


def span(place: tuple[int, int], label: str) -> Span:
    return Span(start=place[0], end=place[1], text=TEXT[slice(*place)], label=label)


def party(place: tuple[int, int]) -> Party:
    return Party(kind="mention", start=place[0], end=place[1], text=TEXT[slice(*place)])


def stated(name: str, target: tuple[int, int]) -> Stated:
    return Stated(stance=name, target=party(target), holder=Party(kind="author"))


def decide(verdict: Verdict, subject: Span | Stated, edited: Span | Stated | None = None) -> Decision:
    return Decision(
        article_id="a1", text_sha256=article().text_sha256,
        mention=subject if isinstance(subject, Span) else None,
        stance=subject if isinstance(subject, Stated) else None,
        verdict=verdict,
        edited_mention=edited if isinstance(edited, Span) else None,
        edited_stance=edited if isinstance(edited, Stated) else None,
        by="adjudicator", when="2026-03-01", why="", guidelines="1.0.0",
    )  # fmt: skip


def settled(annotations: Sequence[Annotation], *decisions: Decision, single_annotator: bool = False) -> Adjudicated:
    outcome = adjudicate([article()], annotations, decisions, single_annotator=single_annotator)
    return outcome.articles[0]


def gold(annotations: Sequence[Annotation], *decisions: Decision, single_annotator: bool = False) -> Gold:
    line = settled(annotations, *decisions, single_annotator=single_annotator).gold
    assert line is not None
    return line


def places(line: Gold) -> list[tuple[int, int, str]]:
    return [(one.start, one.end, one.label) for one in line.entities]


def test_what_two_annotators_mark_alike_is_gold() -> None:
    line = gold([annotation("a", entity(MARKET, "PLACE")), annotation("b", entity(MARKET, "PLACE"))])

    assert line.annotators == 2
    assert line.entities == (Entity(id="e1", start=34, end=44, text="Pasar Lama", label="PLACE"),)


def test_what_one_of_two_marks_leaves_the_article_without_gold() -> None:
    one = settled([annotation("a", entity(MARKET, "PLACE")), annotation("b")])

    assert one.gold is None
    assert one.mentions.fates == {(34, 44, "PLACE"): "open"}


def test_a_single_annotator_suffices_only_where_the_settings_say_so() -> None:
    alone = [annotation("a", entity(MARKET, "PLACE"))]

    assert settled(alone).gold is None
    assert places(gold(alone, single_annotator=True)) == [(34, 44, "PLACE")]


def test_a_single_annotator_who_marked_nothing_is_no_agreement_that_there_is_nothing() -> None:
    assert settled([annotation("a")]).gold is None
    assert gold([annotation("a"), annotation("b")]).entities == ()


def test_a_skipped_annotation_does_not_vote() -> None:
    marked = [annotation("a", entity(MARKET, "PLACE")), annotation("b", entity(MARKET, "PLACE"))]
    one = settled([*marked, annotation("c", status="skipped")])

    assert one.gold is not None
    assert (one.gold.annotators, one.voters.skipped) == (2, 1)


def test_an_annotation_of_a_superseded_text_does_not_vote() -> None:
    marked = [annotation("a", entity(MARKET, "PLACE")), annotation("b", entity(MARKET, "PLACE"))]
    one = settled([*marked, annotation("c", text_sha256="f" * 64)])

    assert one.gold is not None
    assert one.voters.superseded == 1


def test_the_latest_round_of_an_annotator_votes() -> None:
    second = annotation("a", entity(MARKET, "PLACE"), round=2, id="a1.a.2")
    one = settled([annotation("a"), second, annotation("b", entity(MARKET, "PLACE"))])

    assert one.gold is not None
    assert one.voters.earlier == 1


@pytest.mark.parametrize(
    ("decision", "expected"),
    [
        (decide("accept", span(MARKET, "PLACE")), [(34, 44, "PLACE")]),
        (decide("edit", span(MARKET, "PLACE"), span(MARKET, "EVENT")), [(34, 44, "EVENT")]),
        (decide("reject", span(MARKET, "PLACE")), []),
    ],
)
def test_a_decision_settles_what_only_one_marked(decision: Decision, expected: list[tuple[int, int, str]]) -> None:
    assert places(gold([annotation("a", entity(MARKET, "PLACE")), annotation("b")], decision)) == expected


def test_a_decision_adds_what_nobody_marked() -> None:
    line = gold([annotation("a"), annotation("b")], decide("accept", span(TRADERS, "ORGANISATION")))

    assert places(line) == [(46, 60, "ORGANISATION")]


def test_a_decision_stands_above_agreement() -> None:
    both = [annotation(who, entity(MARKET, "PLACE")) for who in "ab"]

    assert places(gold(both, decide("reject", span(MARKET, "PLACE")))) == []


def test_what_an_edit_makes_needs_no_decision_of_its_own() -> None:
    both = [annotation("a", entity(MARKET, "PLACE")), annotation("b", entity(MARKET, "EVENT"))]
    one = settled(both, decide("edit", span(MARKET, "EVENT"), span(MARKET, "PLACE")))

    assert one.gold is not None
    assert places(one.gold) == [(34, 44, "PLACE")]
    assert one.mentions.merged == 1


def test_stances_of_two_annotators_that_meet_after_an_edit_agree() -> None:
    wide, narrow = entity(TRADERS, "PERSON"), entity((46, 54), "PERSON")
    both = [
        annotation("a", wide, stances=[stance("favor", wide)]),
        annotation("b", narrow, stances=[stance("favor", narrow)]),
    ]
    line = gold(both, decide("edit", span((46, 54), "PERSON"), span(TRADERS, "PERSON")))

    assert [(one.stance, one.target.mention) for one in line.stances] == [("favor", "e1")]


def test_a_stance_falls_with_its_rejected_mention() -> None:
    mention = entity(MARKET, "PLACE")
    both = [annotation("a", mention, stances=[stance("against", mention)]), annotation("b")]
    one = settled(both, decide("reject", span(MARKET, "PLACE")))

    assert one.gold is not None
    assert one.gold.stances == ()
    assert list(one.stances.fates.values()) == ["fallen"]


def test_a_stance_stays_where_another_label_stays_at_its_span() -> None:
    place, event = entity(MARKET, "PLACE"), entity(MARKET, "EVENT")
    both = [
        annotation("a", place, stances=[stance("against", place)]),
        annotation("b", event, stances=[stance("against", event)]),
    ]
    line = gold(both, decide("accept", span(MARKET, "PLACE")), decide("reject", span(MARKET, "EVENT")))

    assert [one.stance for one in line.stances] == ["against"]


def test_a_stance_points_to_the_label_its_annotators_gave_of_several_at_one_span() -> None:
    place, event = entity(MARKET, "PLACE"), entity(MARKET, "EVENT")
    line = gold([annotation(who, place, event, stances=[stance("against", place)]) for who in "ab"])

    assert [one.label for one in line.entities] == ["EVENT", "PLACE"]
    assert line.stances[0].target.mention == "e2"


def test_a_decision_about_a_stance_may_name_the_span_before_the_edit() -> None:
    narrow = entity((46, 54), "PERSON")
    line = gold(
        [annotation("a", narrow, stances=[stance("favor", narrow)]), annotation("b")],
        decide("edit", span((46, 54), "PERSON"), span(TRADERS, "PERSON")),
        decide("accept", stated("favor", (46, 54))),
    )

    assert [one.stance for one in line.stances] == ["favor"]


def test_different_sides_are_open_until_decided() -> None:
    mention = entity(MARKET, "PLACE")
    both = [
        annotation("a", mention, stances=[stance("against", mention)]),
        annotation("b", mention, stances=[stance("none", mention)]),
    ]
    decisions = decide("accept", stated("against", MARKET)), decide("reject", stated("none", MARKET))

    assert settled(both).gold is None
    assert [one.stance for one in gold(both, *decisions).stances] == ["against"]


def test_a_decision_for_a_stance_on_a_rejected_mention_is_refused() -> None:
    both = [annotation("a", entity(MARKET, "PLACE")), annotation("b")]

    with pytest.raises(DataError, match="another rejects a mention it rests on"):
        settled(both, decide("reject", span(MARKET, "PLACE")), decide("accept", stated("favor", MARKET)))


def test_an_accepted_stance_on_a_mention_nobody_marked_keeps_the_article_open() -> None:
    one = settled([annotation("a"), annotation("b")], decide("accept", stated("favor", MARKET)))

    assert one.gold is None
    assert list(one.stances.fates.values()) == ["open"]


def test_decisions_that_differ_about_one_mention_are_refused() -> None:
    both = [annotation("a", entity(MARKET, "PLACE")), annotation("b")]

    with pytest.raises(DataError, match="article a1: two decisions on the mention 34-44 PLACE differ"):
        settled(both, decide("accept", span(MARKET, "PLACE")), decide("reject", span(MARKET, "PLACE")))


def test_an_edit_into_what_is_rejected_is_refused() -> None:
    both = [annotation("a", entity(MARKET, "PLACE")), annotation("b", entity(MARKET, "EVENT"))]

    with pytest.raises(DataError, match="which another decision rejects or edits"):
        settled(
            both,
            decide("edit", span(MARKET, "PLACE"), span(MARKET, "EVENT")),
            decide("reject", span(MARKET, "EVENT")),
        )


def test_a_decision_whose_span_is_no_slice_is_refused() -> None:
    shifted = Span(start=35, end=45, text="Pasar Lama", label="PLACE")

    with pytest.raises(DataError, match="a decision says that 35-45 is 'Pasar Lama', and it is not"):
        settled([annotation("a"), annotation("b")], decide("accept", shifted))


def test_an_annotation_whose_span_is_no_slice_is_refused() -> None:
    shifted = Entity(id="x", start=35, end=45, text="Pasar Lama", label="PLACE")

    with pytest.raises(DataError, match="35-45 is not 'Pasar Lama' there"):
        settled([annotation("a", shifted)])


def test_every_contradiction_is_told_at_once() -> None:
    spans = [span(MARKET, "PLACE"), span(MAYOR, "PERSON")]

    with pytest.raises(DataError) as caught:
        settled([annotation("a")], *(decide("accept", one) for one in spans), *(decide("reject", one) for one in spans))

    assert len(str(caught.value).splitlines()) == 2


def test_a_decision_that_matches_nothing_is_noted() -> None:
    one = settled([annotation("a"), annotation("b")], decide("reject", span(MARKET, "PLACE")))

    assert one.gold is not None
    assert one.unused == ("a1: the decision to reject the mention 34-44 PLACE takes no effect: nobody marked that",)


def test_a_decision_on_a_superseded_text_is_noted() -> None:
    old = decide("accept", Span(start=0, end=3, text="old", label="PLACE"))
    old = msgspec.structs.replace(old, text_sha256="e" * 64)
    one = settled([annotation("a"), annotation("b")], old)

    assert one.gold is not None
    assert one.applied == 0
    assert "superseded text" in one.unused[0]


@pytest.mark.parametrize(
    ("origins", "expected"),
    [
        (("prediction", "manual"), "manual"),
        (("prediction", "prediction-changed"), "prediction-changed"),
        (("prediction", "prediction"), "prediction"),
    ],
)
def test_the_least_automatic_origin_is_kept(origins: Sequence[Origin], expected: Origin) -> None:
    both = [annotation(who, entity(MARKET, "PLACE", origin=one)) for who, one in zip("ab", origins, strict=True)]

    assert gold(both).entities[0].origin == expected


def test_a_decided_mention_is_manual_and_not_unsure() -> None:
    unsure = entity(MARKET, "PLACE", origin="prediction", unsure=True)
    line = gold([annotation("a", unsure), annotation("b")], decide("accept", span(MARKET, "PLACE")))

    assert (line.entities[0].origin, line.entities[0].unsure) == ("manual", False)


@pytest.mark.parametrize(("refs", "expected"), [(("X", "X"), "X"), (("X", "Y"), None), (("X", None), None)])
def test_only_an_agreed_reference_is_kept(refs: Sequence[str | None], expected: str | None) -> None:
    both = [annotation(who, entity(MARKET, "PLACE", ref=ref)) for who, ref in zip("ab", refs, strict=True)]

    assert gold(both).entities[0].ref == expected


def test_all_unsure_is_unsure_and_one_sure_is_not() -> None:
    sure, unsure = entity(MARKET, "PLACE"), entity(MARKET, "PLACE", unsure=True)

    assert gold([annotation("a", unsure), annotation("b", unsure)]).entities[0].unsure
    assert not gold([annotation("a", unsure), annotation("b", sure)]).entities[0].unsure


def test_entities_are_numbered_by_place_and_label() -> None:
    marked = [entity(MARKET, "PLACE"), entity(MAYOR, "PERSON"), entity(MARKET, "EVENT")]
    line = gold([annotation(who, *marked) for who in "ab"])

    assert [(one.id, one.start, one.label) for one in line.entities] == [
        ("e1", 0, "PERSON"),
        ("e2", 34, "EVENT"),
        ("e3", 34, "PLACE"),
    ]


def test_the_newest_scheme_is_recorded() -> None:
    both = [annotation("a", scheme="1.9.0"), annotation("b", scheme="1.10.0")]

    assert gold(both).scheme == "1.10.0"


def test_lines_of_an_article_that_is_not_there_are_counted() -> None:
    outcome = adjudicate([], [annotation("a")], [decide("accept", span(MARKET, "PLACE"))])

    assert (outcome.strays, outcome.stray_annotations, outcome.stray_decisions) == (("a1",), 1, 1)


# What holds for any annotations.

MENTIONS = st.sampled_from(
    [(place, label) for place in (MAYOR, PLACE, MARKET, TRADERS) for label in ("PERSON", "PLACE")]
)


@st.composite
def annotations_of(draw: st.DrawFn, who: str) -> Annotation:
    marked = [entity(*one) for one in sorted(draw(st.sets(MENTIONS, max_size=4)))]
    taken = [stance(draw(st.sampled_from(["favor", "against"])), one) for one in marked if draw(st.booleans())]
    return annotation(who, *marked, stances=taken)


CROWDS = st.integers(1, 3).flatmap(lambda number: st.tuples(*[annotations_of(f"annotator-{n}") for n in range(number)]))
DECISIONS = st.dictionaries(MENTIONS, st.sampled_from(["accept", "reject"]), max_size=5).map(
    lambda chosen: [decide(verdict, span(*one)) for one, verdict in chosen.items()]  # type: ignore[arg-type]
)


@given(crowd=CROWDS, decisions=DECISIONS, data=st.data())
def test_the_order_of_annotations_and_decisions_makes_no_difference(
    crowd: tuple[Annotation, ...], decisions: list[Decision], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(crowd)), data.draw(st.permutations(decisions))

    assert adjudicate([article()], *shuffled) == adjudicate([article()], crowd, decisions)


@given(one=annotations_of("annotator-0"))
def test_where_all_agree_gold_equals_them(one: Annotation) -> None:
    other = msgspec.structs.replace(one, annotator="annotator-1")
    line = gold([one, other])
    by_id = {held.id: held for held in line.entities}

    assert places(line) == sorted((held.start, held.end, held.label) for held in one.entities)
    assert {(held.stance, by_id[held.target.mention or ""].start) for held in line.stances} == {
        (held.stance, next(mark.start for mark in one.entities if mark.id == held.target.mention))
        for held in one.stances
    }


@given(crowd=CROWDS, decisions=DECISIONS)
def test_every_candidate_has_one_fate_and_gold_proves_its_offsets(
    crowd: tuple[Annotation, ...], decisions: list[Decision]
) -> None:
    one = settled(crowd, *decisions)
    candidates = {(mark.start, mark.end, mark.label) for vote in crowd for mark in vote.entities}

    assert candidates <= set(one.mentions.fates)
    assert set(one.mentions.fates.values()) <= {"agreed", "decided", "rejected", "open"}
    assert set(one.mentions.into) == {m for m, fate in one.mentions.fates.items() if fate in ("agreed", "decided")}
    for mark in one.gold.entities if one.gold else ():
        assert TEXT[mark.start : mark.end] == mark.text

"""What an adjudicator submitted becomes decisions; what cannot be proven decides nothing, and is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.corpora import SCHEMA
from tests.studio.adjudication.disagreement import MARKET, adjudicated, both, chose, marked, span, wrote

from kliping.annotation import adjudicate_article
from kliping.contract import load_contract
from kliping.records import Decision, Party, Span, Stated
from kliping.studio.adjudication.questions import questions
from kliping.studio.adjudication.reading import Answerer, Answers, Asked, read_answers

if TYPE_CHECKING:
    from kliping.studio.results import Item

SCHEME = load_contract(SCHEMA).scheme
ASKED = Asked("market", MARKET.text_sha256, MARKET.text, "1.0.0", tuple(questions(MARKET, adjudicated(), SCHEME, "id")))
"""1: the mayor as a person; 2: Rimbia; 3: the traders; 4: Sena Waluyo's side towards the move."""

WHO = Answerer("annotator-dd", "2026-03-01T10:00:00.000000Z")
MAYOR, RIMBIA = span("Wali Kota Rimbia", "PERSON"), span("Rimbia", "PLACE")
TRADERS = span("Pedagang Pasar Lama", "ORGANISATION")
MARKET_THERE = span("Pasar Lama", "PLACE", after="Pedagang ")
MOVE, SENA = span("pemindahan Pasar Lama", "POLICY"), span("Sena Waluyo", "PERSON")


def answers(*items: Item) -> Answers:
    return read_answers(ASKED, items, WHO, SCHEME, "code points")


def ruled(decision: Decision) -> tuple[str, Span | Stated | None, Span | Stated | None]:
    return decision.verdict, decision.mention or decision.stance, decision.edited_mention or decision.edited_stance


def stance_on(name: str) -> Item:
    return {"id": name, "from_name": "stance", "type": "choices", "value": {"choices": ["favor"]}}


def side(stance: str, holder: Party | None = None, target: Span = MOVE) -> Stated:
    return Stated(stance=stance, target=party(target), holder=holder or party(SENA))


def party(one: Span) -> Party:
    return Party(kind="mention", start=one.start, end=one.end, text=one.text)


def test_an_answer_is_a_decision_with_who_when_why_and_the_guidelines() -> None:
    found = answers(chose(1, "reject"), wrote(1, "a title, no name"))

    assert found.decisions == [
        Decision(
            article_id="market", text_sha256=MARKET.text_sha256, mention=MAYOR, stance=None, verdict="reject",
            edited_mention=None, edited_stance=None, by="annotator-dd", when="2026-03-01T10:00:00.000000Z",
            why="a title, no name", guidelines="1.0.0",
        )
    ]  # fmt: skip
    assert (found.answered, found.added, found.lost, found.notes) == (1, 0, 0, [])


def test_the_comment_is_the_reason_of_what_has_none_of_its_own() -> None:
    comment: Item = {"id": "c", "from_name": "comment", "type": "textarea", "value": {"text": ["see section 2"]}}

    assert [one.why for one in answers(chose(1, "reject"), wrote(1, "own"), chose(2, "accept"), comment).decisions] == [
        "own",
        "see section 2",
    ]


def test_an_edit_takes_the_new_region_that_overlaps() -> None:
    found = answers(chose(3, "edit"), marked("n", MARKET_THERE))

    assert [ruled(one) for one in found.decisions] == [("edit", TRADERS, MARKET_THERE)]
    assert (found.answered, found.added) == (1, 0)


def test_an_edit_into_itself_accepts() -> None:
    assert [ruled(one) for one in answers(chose(3, "edit"), marked("n", TRADERS)).decisions] == [
        ("accept", TRADERS, None)
    ]


@pytest.mark.parametrize(
    ("regions", "told"),
    [
        ([], "no new region overlaps it"),
        ([marked("n", MARKET_THERE), marked("m", span("Pedagang", "ORGANISATION"))], "2 new regions overlap it"),
    ],
)
def test_an_edit_without_one_outcome_stays_open(regions: list[Item], told: str) -> None:
    found = answers(chose(3, "edit"), *regions)

    assert found.decisions == []
    assert found.notes == [f"no-edit: question 3 is answered `edit`, and {told}; mark one, and update"]
    assert found.answered == 0


def test_one_region_may_be_what_two_candidates_become() -> None:
    mayor = span("Wali Kota Rimbia", "ORGANISATION")
    found = answers(chose(1, "edit"), chose(2, "edit"), marked("n", mayor))

    assert [ruled(one) for one in found.decisions] == [("edit", MAYOR, mayor), ("edit", RIMBIA, mayor)]


def test_one_side_is_chosen_for_all_that_was_said() -> None:
    assert [ruled(one) for one in answers(chose(4, "side:against")).decisions] == [
        ("accept", side("against"), None),
        ("edit", side("none"), side("against")),
    ]
    assert [ruled(one) for one in answers(chose(4, "side:favor")).decisions] == [
        ("edit", side("against"), side("favor")),
        ("edit", side("none"), side("favor")),
    ]
    assert [ruled(one) for one in answers(chose(4, "reject")).decisions] == [
        ("reject", side("against"), None),
        ("reject", side("none"), None),
    ]


def test_new_regions_and_the_stances_on_them_are_added() -> None:
    target = {"start": MARKET_THERE.start, "end": MARKET_THERE.end, "text": MARKET_THERE.text}
    stance: Item = {"id": "n", "from_name": "stance", "type": "choices", "value": {**target, "choices": ["favor"]}}
    holder: Item = {"id": "n", "from_name": "holder", "type": "choices", "value": {**target, "choices": ["author"]}}
    found = answers(marked("n", MARKET_THERE), stance, holder)

    assert [ruled(one) for one in found.decisions] == [
        ("accept", MARKET_THERE, None),
        ("accept", side("favor", Party(kind="author"), MARKET_THERE), None),
    ]
    assert (found.answered, found.added, found.lost) == (0, 2, 0)


def test_a_stance_on_a_layer_and_an_arrow_from_one_are_what_they_show() -> None:
    layers = [
        marked("agreed-1", MOVE, "layer", labels=["agreed:POLICY"]), marked("A-1", MAYOR, "layer", labels=["A:PERSON"])
    ]  # fmt: skip
    stance: Item = {"id": "agreed-1", "from_name": "stance", "type": "choices", "value": {"choices": ["favor"]}}
    arrow: Item = {"type": "relation", "from_id": "A-1", "to_id": "agreed-1", "direction": "right"}

    assert [ruled(one) for one in answers(*layers, stance, arrow).decisions] == [
        ("accept", side("favor", party(MAYOR)), None)
    ]


def test_layers_alone_decide_nothing() -> None:
    found = answers(marked("A-1", MAYOR, "layer", labels=["A:PERSON"]), marked("B-1", RIMBIA, "layer", labels=["?"]))

    assert (found.decisions, found.notes, found.lost) == ([], [], 0)


def test_a_region_that_cannot_be_proven_is_left_out_alone() -> None:
    unknown, moved = marked("u", RIMBIA, labels=["TOWN"]), marked("m", RIMBIA, text="Senara", start=3, end=9)
    found = answers(unknown, moved, marked("n", MARKET_THERE), chose(1, "reject"))

    assert [ruled(one) for one in found.decisions] == [("reject", MAYOR, None), ("accept", MARKET_THERE, None)]
    assert (found.answered, found.added, found.lost) == (1, 1, 2)
    assert [note.partition(":")[0] for note in found.notes] == ["label-unknown", "offset-unproven"]


def test_an_answer_to_what_is_not_asked_and_one_that_is_not_offered_are_told() -> None:
    found = answers(chose(9, "accept"), chose(1, "side:favor"), chose(4, "edit"), wrote(2, "because"))

    assert found.decisions == []
    assert found.notes == [
        "no-question: verdict_8 answers a question that the task does not ask",
        "no-choice: question 1 does not offer the answer 'side:favor'",
        "no-choice: question 2 has a reason, and no answer",
        "no-choice: question 4 does not offer the answer 'edit'",
    ]


def test_what_is_decided_twice_and_differently_is_decided_not_at_all() -> None:
    found = answers(chose(2, "reject"), marked("n", RIMBIA), chose(1, "reject"))

    assert [ruled(one) for one in found.decisions] == [("reject", MAYOR, None)]
    assert (found.answered, found.added, found.lost) == (1, 0, 1)
    assert found.notes == [
        f"contradiction: the mention {RIMBIA.start}-{RIMBIA.end} PLACE is decided twice, and differently"
    ]


def test_what_is_decided_twice_alike_is_decided_once() -> None:
    found = answers(chose(2, "accept"), marked("n", RIMBIA), marked("m", RIMBIA))

    assert [ruled(one) for one in found.decisions] == [("accept", RIMBIA, None)]
    assert (found.answered, found.added, found.lost) == (1, 0, 0)


def test_what_a_decision_cannot_hold_is_told() -> None:
    noted = {**marked("n", MARKET_THERE), "meta": {"text": ["the old one"]}}
    unsure: Item = {"id": "n", "from_name": "unsure", "type": "choices", "value": {"choices": ["unsure"]}}

    assert [note.partition(":")[0] for note in answers(noted, unsure).notes] == ["no-place", "no-place"]


@given(
    st.lists(
        st.one_of(
            st.builds(chose, st.integers(1, 6), st.sampled_from(["accept", "reject", "edit", "side:favor", "?"])),
            st.builds(wrote, st.integers(1, 6), st.text(max_size=5)),
            st.builds(
                marked, st.sampled_from("nmo"), st.sampled_from([MAYOR, RIMBIA, TRADERS, MARKET_THERE]),
                st.sampled_from(["label", "layer"]),
            ),
            st.builds(stance_on, st.sampled_from("nx")),
        ),
        max_size=8,
    )
)  # fmt: skip
def test_whatever_is_submitted_the_decisions_are_consistent_and_counted(items: list[Item]) -> None:
    found = answers(*items)

    assert 0 <= found.answered <= len(ASKED.questions)
    assert len({(one.mention, one.stance) for one in found.decisions}) == len(found.decisions)
    stances = sum(one.stance is not None for one in found.decisions)
    assert len(found.decisions) <= found.answered + found.added + stances
    mentions = [one for one in found.decisions if one.mention is not None]
    rejected = {one.mention for one in mentions if one.verdict == "reject"}
    if not rejected & {one.edited_mention for one in mentions}:
        adjudicate_article(MARKET, both(), mentions, single_annotator=False)

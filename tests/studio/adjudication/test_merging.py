"""One decision a subject, the later one; the ledger stays as it is where nothing new is said."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.studio.adjudication.disagreement import span

from kliping.records import Decision
from kliping.studio.adjudication.merging import Merged, Submission, merge, sort_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kliping.records import Span

RIMBIA, SENA = span("Rimbia", "PLACE"), span("Sena Waluyo", "PERSON")
ADJUDICATOR = "annotator-dd"


def at(hour: int) -> str:
    return f"2026-03-01T{hour:02}:00:00.000000Z"


def decided(
    verdict: Literal["accept", "reject"], when: str, about: Span = RIMBIA, by: str = ADJUDICATOR, why: str = ""
) -> Decision:
    return Decision(
        article_id="market", text_sha256="0" * 64, mention=about, stance=None, verdict=verdict, edited_mention=None,
        edited_stance=None, by=by, when=when, why=why, guidelines="1.0.0",
    )  # fmt: skip


def submission(number: int, *decisions: Decision, created: int, updated: int, by: str = ADJUDICATOR) -> Submission:
    said = tuple(msgspec.structs.replace(one, when=at(updated), by=by) for one in decisions)
    return Submission(number, by, at(created), at(updated), "market", "0" * 64, said)


def lines(merged: Merged) -> list[tuple[str, str]]:
    return [(one.verdict, one.when) for one in merged.decisions]


def test_a_first_decision_is_added() -> None:
    merged = merge([], [submission(1, decided("accept", ""), created=9, updated=10)])

    assert (lines(merged), merged.changed, merged.notes) == ([("accept", at(10))], 1, [])


def test_what_is_said_again_leaves_the_line_as_it_is() -> None:
    held = [decided("accept", at(10))]
    merged = merge(held, [submission(1, decided("accept", ""), created=9, updated=12)])

    assert (merged.decisions, merged.changed, merged.notes) == (held, 0, [])


def test_a_later_submission_replaces_the_line_and_says_so() -> None:
    merged = merge([decided("accept", at(10))], [submission(1, decided("reject", ""), created=9, updated=12)])

    assert (lines(merged), merged.changed) == ([("reject", at(12))], 1)
    assert merged.notes == [
        (
            "market: the mention 33-39 PLACE: the submission of 2026-03-01T12:00:00.000000Z to reject it replaces the "
            "line of 2026-03-01T10:00:00.000000Z to accept it"
        )
    ]


def test_a_new_reason_is_a_change() -> None:
    held = [decided("accept", at(10))]

    assert merge(held, [submission(1, decided("accept", "", why="2.1"), created=9, updated=12)]).changed == 1


@pytest.mark.parametrize(
    ("when", "stands"),
    [
        ("2026-03-01", True), ("2026-03", True), ("2026", True), ("2026-02-28", False), ("2025", False),
        ("2026-03-01T11:00", False), ("2026-03-01T13:00:00+01:00", False), ("2026-03-01T12:30Z", True), ("?", True),
    ],
)  # fmt: skip
def test_a_line_by_hand_stands_where_it_is_later_and_the_contradiction_is_told(when: str, *, stands: bool) -> None:
    by_hand = decided("accept", when, by="adjudicator")
    merged = merge([by_hand], [submission(1, decided("reject", ""), created=9, updated=12)])

    assert (merged.decisions == [by_hand], merged.changed) == ((True, 0) if stands else (False, 1))
    assert ("and stands" in merged.notes[0]) is stands


def test_of_two_adjudicators_the_later_one_decides() -> None:
    first = submission(1, decided("accept", ""), created=9, updated=10)
    second = submission(2, decided("reject", ""), created=9, updated=11, by="annotator-ee")
    merged = merge([], [second, first])

    assert lines(merged) == [("reject", at(11))]
    assert merge(merged.decisions, [first, second]).changed == 0


def test_what_a_submission_no_longer_says_is_withdrawn() -> None:
    held = [decided("accept", at(10)), decided("accept", at(10), SENA)]
    merged = merge(held, [submission(1, decided("accept", "", SENA), created=9, updated=12)])

    assert (merged.decisions, merged.changed) == ([held[1]], 1)
    assert merged.notes == [
        "market: the mention 33-39 PLACE: the decision to accept it was withdrawn: its submission no longer says so"
    ]


@pytest.mark.parametrize(
    "held",
    [
        decided("accept", at(8)),  # of an earlier task
        decided("accept", at(12)),  # of the submission as it is, of which no more can be read
        decided("accept", at(10), by="annotator-ee"),  # somebody else's
        decided("accept", "2026-03-01"),  # by hand
    ],
)
def test_nothing_else_is_withdrawn(held: Decision) -> None:
    merged = merge([held], [submission(1, decided("accept", "", SENA), created=9, updated=12)])

    assert held in merged.decisions
    assert merged.changed == 1


def test_nothing_is_withdrawn_where_another_task_of_the_same_person_cannot_be_read() -> None:
    held = decided("accept", at(10))
    readable = submission(1, decided("accept", "", SENA), created=9, updated=12)
    unread = replace(submission(2, created=10, updated=10), read=False)
    merged = merge([held], [readable, unread])

    assert held in merged.decisions
    assert merged.notes == []


def test_a_server_without_submissions_withdraws_nothing() -> None:
    held = [decided("accept", at(10))]

    assert merge(held, []) == Merged(held)


VERDICTS: st.SearchStrategy[Literal["accept", "reject"]] = st.sampled_from(["accept", "reject"])
DECISIONS = st.builds(decided, VERDICTS, st.just(""), st.sampled_from([RIMBIA, SENA]))
HELD = st.lists(
    st.builds(
        decided, VERDICTS, st.sampled_from([at(7), at(11), "2026-03-01", "2026-02"]), st.sampled_from([RIMBIA, SENA])
    ),
    max_size=2, unique_by=lambda one: one.mention,
)  # fmt: skip
SUBMISSIONS = st.lists(
    st.tuples(
        st.lists(DECISIONS, max_size=2, unique_by=lambda one: one.mention),
        st.integers(8, 10), st.integers(11, 14), st.sampled_from([ADJUDICATOR, "annotator-ee"]),
    ),
    max_size=3,
).map(
    lambda made: [
        submission(number, *said, created=created, updated=updated, by=by)
        for number, (said, created, updated, by) in enumerate(made)
    ]
)  # fmt: skip


@given(HELD, SUBMISSIONS, st.randoms())
def test_merging_twice_is_merging_once_in_any_order(
    held: list[Decision], made: Sequence[Submission], random: object
) -> None:
    merged = merge(held, made)
    shuffled = list(made)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    assert sorted(merge(held, shuffled).decisions, key=sort_key) == sorted(merged.decisions, key=sort_key)
    assert merge(merged.decisions, made).changed == 0
    assert len({one.mention for one in merged.decisions}) == len(merged.decisions)
    assert (merged.decisions == held) == (merged.changed == 0)

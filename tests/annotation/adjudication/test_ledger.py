"""How agreement and decisions settle things, whatever they are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kliping.annotation.adjudication.ledger import Fate, Mention, contradictions, overlapping, settle

NAMES = st.sampled_from("abcd")
FATES: st.SearchStrategy[Fate] = st.sampled_from(["agreed", "open", "outvoted"])
CANDIDATES = st.dictionaries(NAMES, FATES)
RULINGS = st.dictionaries(NAMES, st.none() | NAMES)


def test_a_ruling_stands_above_votes() -> None:
    settled = settle({"a": "agreed", "b": "outvoted", "c": "outvoted"}, {"a": None, "b": "b"})

    assert settled.fates == {"a": "rejected", "b": "decided", "c": "outvoted"}
    assert settled.into == {"b": "b"}


def test_an_edit_brings_in_what_was_outvoted() -> None:
    assert settle({"a": "open", "b": "outvoted"}, {"a": "b"}).fates == {"a": "decided", "b": "decided"}


def test_an_edit_of_what_nobody_marked_makes_nothing() -> None:
    settled = settle({}, {"a": "b"})

    assert not settled.fates
    assert settled.unused == {"a"}


@given(st.sets(st.builds(lambda at, length: Mention(at, at + length, "P"), st.integers(0, 9), st.integers(1, 5))))
def test_mentions_that_share_a_character_are_beside_each_other(mentions: set[Mention]) -> None:
    assert overlapping(mentions) == {
        one: {other for other in mentions if max(one.start, other.start) < min(one.end, other.end)} for one in mentions
    }


def test_a_chain_of_edits_is_a_contradiction() -> None:
    assert list(contradictions([("a", "b"), ("b", "c")])) == [
        "a decision makes a into b, which another decision rejects or edits; mend one"
    ]


@given(candidates=CANDIDATES, rulings=RULINGS)
def test_everything_has_one_fate_and_only_what_is_settled_becomes_something(
    candidates: dict[str, Fate], rulings: dict[str, str | None]
) -> None:
    settled = settle(candidates, rulings)

    assert candidates.keys() <= settled.fates.keys()
    assert settled.unused.isdisjoint(settled.fates)
    assert rulings.keys() <= settled.fates.keys() | settled.unused
    assert settled.into.keys() == {name for name, fate in settled.fates.items() if fate in ("agreed", "decided")}

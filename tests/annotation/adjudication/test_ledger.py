"""How agreement and decisions settle things, whatever they are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kliping.annotation.adjudication.ledger import contradictions, settle

NAMES = st.sampled_from("abcd")
CANDIDATES = st.dictionaries(NAMES, st.sets(st.sampled_from(["x", "y"]), min_size=1))
RULINGS = st.dictionaries(NAMES, st.none() | NAMES)


def test_agreement_takes_all_voters_and_at_least_the_least() -> None:
    settled = settle({"a": {"x", "y"}, "b": {"x"}}, {}, voters=2, least=2)

    assert settled.fates == {"a": "agreed", "b": "open"}
    assert settle({"a": {"x"}}, {}, voters=1, least=2).fates == {"a": "open"}
    assert settle({"a": {"x"}}, {}, voters=1, least=1).fates == {"a": "agreed"}


def test_an_edit_of_what_nobody_marked_makes_nothing() -> None:
    settled = settle({}, {"a": "b"}, voters=2, least=2)

    assert not settled.fates
    assert settled.unused == {"a"}


def test_a_chain_of_edits_is_a_contradiction() -> None:
    assert list(contradictions([("a", "b"), ("b", "c")])) == [
        "a decision makes a into b, which another decision rejects or edits; mend one"
    ]


@given(candidates=CANDIDATES, rulings=RULINGS)
def test_everything_has_one_fate_and_only_what_is_settled_becomes_something(
    candidates: dict[str, set[str]], rulings: dict[str, str | None]
) -> None:
    settled = settle(candidates, rulings, voters=2, least=2)

    assert candidates.keys() <= settled.fates.keys()
    assert settled.unused.isdisjoint(settled.fates)
    assert rulings.keys() <= settled.fates.keys() | settled.unused
    assert settled.into.keys() == {name for name, fate in settled.fates.items() if fate in ("agreed", "decided")}

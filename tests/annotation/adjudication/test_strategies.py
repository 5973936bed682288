"""When what annotators said settles something without an adjudicator."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.annotation.adjudication.test_adjudication import (
    MARKET,
    TRADERS,
    annotation,
    article,
    decide,
    entity,
    places,
    settled,
    stance,
    stated,
)

from kliping.annotation import adjudicate
from kliping.annotation.adjudication.ledger import Mention, overlapping
from kliping.annotation.adjudication.strategies import STRATEGIES, polled

if TYPE_CHECKING:
    from collections.abc import Mapping, Set

    from kliping.annotation.adjudication.ledger import Fate
    from kliping.project.settings import StrategyName

X, WIDER, ELSEWHERE = Mention(0, 4, "PLACE"), Mention(0, 9, "PLACE"), Mention(20, 24, "PLACE")


def fates(strategy: StrategyName, *said: Set[Mention], least: int = 2) -> Mapping[Mention, Fate]:
    named = {str(number): things for number, things in enumerate(said)}
    return polled(named, overlapping, STRATEGIES[strategy], least)


@pytest.mark.parametrize(
    ("strategy", "said", "expected"),
    [
        ("unanimous", [{X}, {X}], "agreed"),
        ("unanimous", [{X}, {X}, set()], "open"),
        ("unanimous", [{X}], "open"),
        ("majority", [{X}, {X}, set()], "agreed"),
        ("majority", [{X}, {X}, set(), set()], "open"),
        ("majority", [{X}, set()], "open"),
        ("majority", [{X}], "open"),
        ("majority", [{X}, set(), set()], "outvoted"),
        ("majority", [{X}, {ELSEWHERE}, set()], "outvoted"),
        ("majority", [{X}, {WIDER}, {WIDER}], "outvoted"),
        ("majority", [{X}, {WIDER}, set()], "open"),
    ],
)
def test_a_strategy_settles_a_mention(strategy: StrategyName, said: list[set[Mention]], expected: Fate) -> None:
    assert fates(strategy, *said)[X] == expected


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_one_annotator_suffices_where_one_is_least(strategy: StrategyName) -> None:
    assert fates(strategy, {X}, least=1) == {X: "agreed"}


def test_a_majority_makes_gold_where_unanimity_leaves_the_article_open() -> None:
    three = [annotation("a", entity(MARKET, "PLACE")), annotation("b", entity(MARKET, "PLACE")), annotation("c")]
    (by_majority,) = adjudicate([article()], three, [], strategy="majority").articles

    assert settled(three).gold is None
    assert by_majority.gold is not None
    assert places(by_majority.gold) == [(34, 44, "PLACE")]


def test_what_most_did_not_mark_is_left_out_and_three_sides_stay_open() -> None:
    market, traders = entity(MARKET, "PLACE"), entity(TRADERS, "ORGANISATION")
    sides = [stance(side, market) for side in ("favor", "against", "none")]
    crowd = [annotation(who, market, stances=[side]) for who, side in zip("abc", sides, strict=True)]
    crowd[0] = annotation("a", market, traders, stances=[sides[0]])
    (one,) = adjudicate([article()], crowd, [], strategy="majority").articles

    assert one.mentions.fates[Mention(*TRADERS, "ORGANISATION")] == "outvoted"
    assert set(one.stances.fates.values()) == {"open"}
    assert one.gold is None


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_two_sides_of_one_holder_are_never_agreed(strategy: StrategyName) -> None:
    market = entity(MARKET, "PLACE")
    favor, against = stance("favor", market), stance("against", market)
    both = [annotation(who, market, stances=[favor, against]) for who in "ab"]
    crowd = [*both, annotation("c", market, stances=[favor]), annotation("d", market, stances=[against])]
    for said in (both, crowd):
        (one,) = adjudicate([article()], said, [], strategy=strategy).articles

        assert set(one.stances.fates.values()) == {"open"}
        assert one.gold is None


def test_an_agreed_side_beside_one_that_was_decided_is_open() -> None:
    market = entity(MARKET, "PLACE")
    said = [annotation(who, market, stances=[stance("favor", market)]) for who in "ab"]
    decided = decide("accept", stated("against", MARKET))
    (one,) = adjudicate([article()], said, [decided]).articles

    assert {claim.stance: fate for claim, fate in one.stances.fates.items()} == {"favor": "open", "against": "decided"}
    assert one.gold is None


def test_who_did_not_mark_the_target_turns_no_stance_on_it_down() -> None:
    market = entity(MARKET, "PLACE")
    favor = annotation("a", market, stances=[stance("favor", market)])
    blind, silent = annotation("c"), annotation("c", market)
    (unseen,) = adjudicate([article()], [favor, annotation("b", market), blind], [], strategy="majority").articles
    (turned_down,) = adjudicate([article()], [favor, annotation("b", market), silent], [], strategy="majority").articles

    assert list(unseen.stances.fates.values()) == ["open"]
    assert list(turned_down.stances.fates.values()) == ["outvoted"]


MARKS = st.sampled_from([X, WIDER, ELSEWHERE, Mention(3, 6, "PERSON")])


@given(st.lists(st.frozensets(MARKS), min_size=1, max_size=6))
def test_a_majority_takes_all_that_is_unanimous_and_never_both_sides_of_a_vote(said: list[frozenset[Mention]]) -> None:
    unanimous, majority = fates("unanimous", *said), fates("majority", *said)

    for mention, fate in unanimous.items():
        votes = sum(mention in things for things in said)
        assert fate != "agreed" or majority[mention] == "agreed"
        assert (majority[mention] == "agreed") == (votes * 2 > len(said) and votes >= 2)
        assert majority[mention] != "outvoted" or votes * 2 < len(said)

"""What is a unit, and what is its value."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.annotation.agreement.readings import AUTHOR, at, coded, compared, declared, reading

from kliping.annotation.adjudication.ledger import Side

LEVY = declared("LEVY")
MOVE = declared("MOVE")
RESIDENTS = Side("named", name="RESIDENTS")


def test_only_questions_that_two_took_up_count_when_both_are_asked_for() -> None:
    found = compared([
        [reading("one", sides={LEVY: "favor", MOVE: "against"}), reading("other", sides={LEVY: "favor"})],
        [reading("one", sides={LEVY: "against"}), reading("other", sides={LEVY: "against"})],
    ]).declared  # fmt: skip
    assert (found.nominal.units, found.nominal.articles, found.nominal.value) == (2, 2, 1.0)


def test_end_to_end_who_does_not_take_up_a_question_differs_from_who_does() -> None:
    """Units: favor-favor, against-absent, against-against. By hand: n = 6, o = 4, n_c = 2, 3, 1: 1 - 5 * 2 / 22."""
    found = compared([
        [reading("one", sides={LEVY: "favor", MOVE: "against"}), reading("other", sides={LEVY: "favor"})],
        [reading("one", sides={LEVY: "against"}), reading("other", sides={LEVY: "against"})],
    ]).declared  # fmt: skip
    assert found.end_to_end.units == 3
    assert found.end_to_end.value == pytest.approx(1 - 5 * 2 / 22, abs=1e-6)
    assert (found.claims.units, found.claims.value) == (5, 0.8)


def test_none_is_an_answer_and_not_an_absence() -> None:
    found = compared(coded([["none", "favor", "none"], ["none", "favor", "none"]])).declared
    assert (found.nominal.units, found.nominal.value) == (3, 1.0)


def test_against_and_favor_are_further_apart_than_either_from_none() -> None:
    near = compared(coded([["against", "none", "favor"], ["against", "none", "none"]])).declared
    far = compared(coded([["against", "none", "favor"], ["against", "none", "against"]])).declared
    assert near.nominal.value is not None
    assert near.ordinal.value is not None
    assert far.ordinal.value is not None
    assert near.nominal.value == far.nominal.value
    assert near.ordinal.value > far.ordinal.value


def test_a_stance_on_a_mention_needs_the_same_target_and_the_same_holder() -> None:
    one = reading("one", sides={(at(0, 4), AUTHOR): "favor", (at(9, 12), at(20, 24)): "none"})
    other = reading("other", sides={(at(0, 4), RESIDENTS): "favor", (at(9, 12), at(20, 24)): "against"})
    found = compared([[one, other]])
    assert (found.mentions.nominal.units, found.mentions.end_to_end.units) == (1, 3)
    assert found.declared.nominal.units == 0


def test_an_answer_that_its_annotator_contradicts_is_left_out_and_counted() -> None:
    one = reading("one", sides={LEVY: None, MOVE: "favor"})
    other = reading("other", sides={LEVY: "favor", MOVE: "favor"})
    found = compared([[one, other]]).declared
    assert (found.nominal.units, found.end_to_end.units, found.contradictory) == (1, 1, 1)


def test_contradicted_answers_on_mentions_are_counted_apart() -> None:
    question = (at(0, 4), AUTHOR)
    found = compared([[reading("one", sides={question: None}), reading("other", sides={question: None})]])
    assert (found.mentions.contradictory, found.declared.contradictory) == (2, 0)


def test_the_claims_of_several_annotators_are_compared_in_pairs() -> None:
    """Three pairs: one and two share their claim, three has another."""
    sides = {"one": "favor", "two": "favor", "three": "against"}
    found = compared([[reading(who, sides={LEVY: side}) for who, side in sides.items()]]).declared.claims
    assert found.units == 3
    assert found.value == pytest.approx(2 * 1 / 6, abs=1e-6)


def test_mentions_that_tokens_hide_or_widen_are_counted_over_annotators() -> None:
    one = replace(reading("one", {"PERSON": [(0, 4)]}), unshown=2, widened=1)
    other = replace(reading("other", {"PERSON": [(0, 4)]}), unshown=1, widened=3)
    found = compared([[one, other], [one, other]]).entities
    assert (found.unshown, found.widened) == (6, 8)


def test_holders_are_compared_where_two_put_a_stance_on_the_same_span() -> None:
    one = reading(
        "one", sides={(at(0, 4), AUTHOR): "favor", (at(5, 9), RESIDENTS): "favor", (at(7, 9), AUTHOR): "none"}
    )
    other = reading("other", sides={(at(0, 4), AUTHOR): "against", (at(5, 9), AUTHOR): "favor"})
    found = compared([[one, other]]).holders
    assert (found.who.units, found.each.units, found.each.value) == (2, 4, 0.5)
    assert found.who.value == pytest.approx(1 - 3 * 2 / (16 - 10))


def test_two_holders_of_a_target_are_one_value_and_agree_in_part_one_by_one() -> None:
    one = reading("one", sides={(at(0, 4), at(10, 14)): "favor", (at(0, 4), AUTHOR): "favor"})
    other = reading("other", sides={(at(0, 4), at(10, 14)): "favor"})
    found = compared([[one, other]]).holders
    assert (found.who.units, found.who.value) == (1, 0.0)
    assert found.each.value == pytest.approx(2 / 3, abs=1e-6)


def test_a_mention_at_the_same_place_of_another_article_is_another_holder() -> None:
    """By hand: six values, all agree; were the two mentions one value, chance would explain more."""
    article = [reading(who, sides={(at(0, 4), at(10, 14)): "favor"}) for who in ("one", "other")]
    voice = [reading(who, sides={(at(0, 4), AUTHOR): "favor"}) for who in ("one", "other")]
    apart = [
        reading("one", sides={(at(0, 4), at(10, 14)): "favor"}),
        reading("other", sides={(at(0, 4), AUTHOR): "favor"}),
    ]
    found = compared([article, article, voice, apart]).holders
    # n = 8, agreeing 6; n_c: author 3; mentions 2, 2 and 1.
    assert found.who.value == pytest.approx(1 - 7 * 2 / (64 - 9 - 4 - 4 - 1), abs=1e-6)
    # Kinds: author 3, mention 5.
    assert found.kind.value == pytest.approx(1 - 7 * 2 / (64 - 9 - 25), abs=1e-6)


def test_a_holder_that_is_called_author_is_not_the_articles_voice() -> None:
    one = reading("one", sides={(at(0, 4), AUTHOR): "favor"})
    other = reading("other", sides={(at(0, 4), Side("named", name="author")): "favor"})
    assert compared([[one, other]]).holders.each.value == 0.0


def test_f1_over_several_annotators_is_over_their_pairs() -> None:
    """Pairs one-two 1 of 1 and 1, one-three and two-three 0 of 1 and 2."""
    article = [
        reading("one", {"PERSON": [(0, 4)]}),
        reading("two", {"PERSON": [(0, 4)]}),
        reading("three", {"PERSON": [(5, 9)], "PLACE": [(0, 4)]}),
    ]
    found = compared([article]).entities
    assert found.mentions == 4
    assert found.exact.value == 2 * 1 / (2 + 3 + 3)


def test_mentions_of_different_labels_never_match() -> None:
    found = compared([[reading("one", {"PERSON": [(0, 4)]}), reading("other", {"PLACE": [(0, 4)]})]]).entities
    assert (found.exact.value, found.overlap.value) == (0.0, 0.0)

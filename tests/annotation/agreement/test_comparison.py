"""Every number says what it rests on; what is not defined says why."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.annotation.agreement.readings import at, coded, compared, declared, reading

from kliping.annotation.adjudication.ledger import Side

if TYPE_CHECKING:
    from kliping.annotation.agreement.reading import Reading

BOTH = [reading("one", {"PERSON": [(0, 4)]}, tags=[1, 0]), reading("other", {"PERSON": [(0, 4)]}, tags=[1, 0])]


def test_a_label_that_nobody_used_has_no_support_and_no_value() -> None:
    person, place = compared([BOTH, BOTH]).entities.labels
    assert (person.mentions, person.exact.value, person.exact.units) == (4, 1.0, 4)
    assert (place.label, place.mentions) == ("PLACE", 0)
    for measure in (place.exact, place.overlap, place.tokens):
        assert (measure.value, measure.low, measure.reason) == (None, None, "nobody marked any")


def test_where_all_values_are_the_same_alpha_is_not_defined() -> None:
    found = compared(coded([["favor", "favor"], ["favor", "favor"]])).declared
    for measure in (found.nominal, found.ordinal, found.end_to_end):
        assert (measure.value, measure.units) == (None, 2)
        assert measure.reason == "all values are the same, so agreement cannot be told from chance"
    assert found.claims.value == 1.0


def test_where_no_two_annotators_met_nothing_is_defined() -> None:
    found = compared([[reading("one", {"PERSON": [(0, 4)]})], [reading("other")]])
    assert (found.annotators, found.articles, found.annotations) == ((), 0, 0)
    assert found.entities.exact.reason == "nobody marked any"
    assert found.entities.tokens.reason == "no two annotators answered the same"
    assert found.mentions.ordinal.reason == "no two annotators answered the same"
    assert found.holders.each.value is None


def test_one_article_gives_values_and_no_intervals() -> None:
    found = compared([BOTH]).entities.exact
    assert (found.value, found.low, found.high) == (1.0, None, None)
    assert found.reason == "no interval: it rests on one article"


def test_an_interval_that_most_samples_cannot_give_is_not_given() -> None:
    rare = [reading("one", {"PLACE": [(0, 4)]}), reading("other", {"PLACE": [(0, 4)]})]
    empty = [reading("one"), reading("other")]
    found = compared([rare, rare, *[empty] * 10]).entities.labels[1].exact
    assert (found.value, found.low, found.articles) == (1.0, None, 2)
    assert found.reason is not None
    assert found.reason.startswith("no interval: not defined in ")
    assert found.reason.endswith(" of 200 samples")


def test_articles_and_annotators_are_those_that_a_number_rests_on() -> None:
    levy = declared("LEVY")
    articles = [
        [reading("one", sides={levy: "favor"}), reading("two", sides={levy: "favor"}), reading("three")],
        [reading("one", sides={levy: "against"}), reading("two", sides={levy: "against"})],
        [reading("one"), reading("three")],
    ]
    found = compared(articles)
    assert (found.articles, found.annotations, found.annotators) == (3, 7, ("one", "three", "two"))
    nominal, every = found.declared.nominal, found.declared.end_to_end
    assert (nominal.units, nominal.articles, nominal.annotators) == (2, 2, 2)
    assert (every.units, every.articles, every.annotators) == (2, 2, 3)


QUESTIONS = st.tuples(
    st.sampled_from([at(0, 4), at(5, 9), Side("declared", name="LEVY")]), st.sampled_from([Side("author"), at(20, 24)])
)

MARKS = st.dictionaries(st.sampled_from(["PERSON", "PLACE"]), st.frozensets(st.sampled_from([(0, 4), (2, 6)])))


@st.composite
def articles(draw: st.DrawFn) -> list[list[Reading]]:
    """A few articles of up to three annotators."""
    made = []
    for _ in range(draw(st.integers(0, 4))):
        tokens = draw(st.integers(0, 4))
        made.append([
            reading(
                who,
                draw(MARKS),
                draw(st.dictionaries(QUESTIONS, st.sampled_from(["against", "none", "favor", None]))),
                draw(st.lists(st.integers(0, 2), min_size=tokens, max_size=tokens)),
            )
            for who in draw(st.sets(st.sampled_from(["one", "two", "three"])))
        ])  # fmt: skip
    return made


@settings(deadline=None)
@given(articles())
def test_whatever_people_say_every_number_has_a_value_or_a_reason(said: list[list[Reading]]) -> None:
    plain = msgspec.to_builtins(compared(said, samples=50))
    measures = list(_measures(plain))
    assert len(measures) == 3 + 2 * 3 + 2 * 4 + 3
    for measure in measures:
        defined = measure["value"] is not None and measure["low"] is not None
        assert defined == (measure["reason"] is None)
        if defined:
            assert measure["low"] <= measure["high"] <= 1
        if measure["value"] is not None:
            assert measure["value"] <= 1


@settings(deadline=None)
@given(articles())
def test_who_agrees_with_a_copy_of_themselves_agrees_in_all(said: list[list[Reading]]) -> None:
    twins = [[one, twin(one)] for readings in said for one in readings]
    found = compared(twins, samples=50)
    for measure in _measures(msgspec.to_builtins(found)):
        assert measure["value"] in (None, 1.0)


def twin(one: Reading) -> Reading:
    """The same reading by somebody else."""
    return replace(one, annotator=f"{one.annotator}'s twin")


def _measures(node: Any) -> list[dict[str, Any]]:
    """Every measure in a report made plain."""
    if isinstance(node, dict):
        if "value" in node:
            return [node]
        return [found for child in node.values() for found in _measures(child)]
    if isinstance(node, list | tuple):
        return [found for child in node for found in _measures(child)]
    return []

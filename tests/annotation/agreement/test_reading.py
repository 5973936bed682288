"""An annotation as what is compared."""

from __future__ import annotations

from tests.corpora import SCHEMA, annotation, article, entity, mention, stance

from kliping.annotation.adjudication.ledger import Side
from kliping.annotation.agreement.reading import read, word_faults
from kliping.contract import load_contract
from kliping.records import Entity, Holder, Target

SCHEME = load_contract(SCHEMA).scheme
MARKET = article("market", "Pasar Lama", "Sena Waluyo menolak pemindahan Pasar Lama di Rimbia.")
# The tokens: Pasar Lama / Sena Waluyo menolak pemindahan Pasar Lama di Rimbia .
PERSON = entity(MARKET, 1, "Sena Waluyo", "PERSON")
POLICY = entity(MARKET, 2, "pemindahan Pasar Lama", "POLICY")
PLACE = entity(MARKET, 3, "Pasar Lama", "PLACE", after="pemindahan ")
AUTHOR = Holder(kind="author")


def test_tokens_have_the_label_of_the_longest_mention_that_covers_them() -> None:
    (found,) = read(MARKET, [annotation(MARKET, "annotator-aa", [PERSON, PLACE, POLICY])], SCHEME)
    assert found.tags.tolist() == [0, 0, 1, 1, 0, 5, 5, 5, 0, 0, 0]
    assert (found.unshown, found.widened) == (1, 0)


def test_a_mention_that_cuts_a_token_takes_it_whole_and_is_counted() -> None:
    (found,) = read(MARKET, [annotation(MARKET, "annotator-aa", [entity(MARKET, 1, "Rimb", "PLACE")])], SCHEME)
    assert found.tags.tolist() == [0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0]
    assert (found.unshown, found.widened) == (0, 1)


def test_the_same_span_and_label_twice_is_one_mark() -> None:
    again = Entity(id="e9", start=POLICY.start, end=POLICY.end, text=POLICY.text, label="POLICY", origin="prediction")
    (found,) = read(MARKET, [annotation(MARKET, "annotator-aa", [POLICY, again])], SCHEME)
    assert found.marks == {"POLICY": {(POLICY.start, POLICY.end)}}
    assert found.unshown == 0
    assert found.origins == {"manual": 1, "prediction": 1}


def test_sides_are_by_the_places_of_target_and_holder() -> None:
    said = annotation(
        MARKET,
        "annotator-aa",
        [PERSON, POLICY],
        [
            stance(1, "against", mention("e2"), Holder(kind="mention", mention="e1")),
            stance(2, "none", Target(kind="declared", name="MARKET_MOVE"), AUTHOR),
        ],
    )
    (found,) = read(MARKET, [said], SCHEME)
    target, holder = Side("mention", POLICY.start, POLICY.end), Side("mention", PERSON.start, PERSON.end)
    assert found.sides == {
        (target, holder): "against",
        (Side("declared", name="MARKET_MOVE"), Side("author")): "none",
    }


def test_two_stances_of_one_holder_towards_one_span_that_differ_are_no_side() -> None:
    again = Entity(id="e9", start=POLICY.start, end=POLICY.end, text=POLICY.text, label="POLICY")
    stances = [stance(1, "favor", mention("e2"), AUTHOR), stance(2, "against", mention("e9"), AUTHOR)]
    for said in (stances, [*stances, stance(3, "favor", mention("e2"), AUTHOR)]):
        (found,) = read(MARKET, [annotation(MARKET, "annotator-aa", [POLICY, again], said)], SCHEME)
        assert list(found.sides.values()) == [None]


def test_words_that_the_scheme_lacks_are_told() -> None:
    foreign = entity(MARKET, 1, "Rimbia", "TOWN")
    said = annotation(MARKET, "annotator-aa", [foreign], [stance(1, "maybe", mention("e1"), AUTHOR)])
    assert list(word_faults([said], SCHEME)) == [
        "annotator-aa: schema/corpus.schema.json has no label 'TOWN'; run `kliping check`",
        "annotator-aa: schema/corpus.schema.json has no stance 'maybe'; run `kliping check`",
    ]

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.annotation.prediction.folder import DIKE, FERRY, GOLD, LAMPS, MARKET, ground, predicted_corpus
from tests.corpora import article, entity, gold

from kliping.annotation.prediction.gazetteer import cross_validated, gazetteer_offers, learn
from kliping.annotation.prediction.reading import predictions_by_article
from kliping.annotation.prediction.spans import pieces
from kliping.annotation.prediction.writing import write_predictions

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kliping.annotation.prediction.gazetteer import Gazetteer
    from kliping.records import Article, Gold

LABELS = ("PERSON", "ORGANISATION", "PLACE", "EVENT", "POLICY")


def learned(*pairs: tuple[Article, Gold], labels: Sequence[str] = LABELS) -> Gazetteer:
    return learn({about.id: one for about, one in pairs}, (about for about, _ in pairs), labels)


def marked(about: Article, *mentions: tuple[str, str]) -> tuple[Article, Gold]:
    """An article with gold; a surface and its label each, the next one after the one before."""
    entities, at = [], 0
    for number, (surface, label) in enumerate(mentions, 1):
        start = about.text.index(surface, at)
        entities.append(
            msgspec.structs.replace(entity(about, number, surface, label), start=start, end=start + len(surface))
        )
        at = start + len(surface)
    return about, gold(about, entities)


def found(made: Gazetteer, text: str) -> list[tuple[str, str]]:
    return [(text[start:end], label) for start, end, label in made.mentions(text)]


SAMPLE = learned((MARKET, GOLD[0]), (FERRY, GOLD[1]))


def test_names_are_found_again_from_left_to_right_the_longest_first() -> None:
    assert found(SAMPLE, DIKE.text) == [
        ("Rimbia", "PLACE"),
        ("Sena Waluyo", "PERSON"),
        ("Pemindahan Pasar Lama", "POLICY"),
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Rimbiana", []),
        ("Rimbia\u0301", []),
        ("Rimbia-Belida, Rimbia’s", ["Rimbia", "Rimbia"]),
        ("👩‍🌾Rimbia👩‍🌾", ["Rimbia"]),
        ("Pasar\n\nLama", []),
        ("PEMINDAHAN PASAR LAMA", ["PEMINDAHAN PASAR LAMA"]),
        ("pemindahan pasar lama", []),
        ("Pemindahan Pasar Lama, pemindahan PASAR LAMA", ["Pemindahan Pasar Lama", "pemindahan PASAR LAMA"]),
        ("the night ferry, Night Ferry", ["night ferry"]),  # gold leaves it unmarked where it is written `Night ferry`
        ("a vale, Vale", ["Vale"]),
        ("", []),
    ],
)
def test_a_name_has_word_borders_and_its_case_may_only_rise(text: str, told: list[str]) -> None:
    assert [surface for surface, _ in found(SAMPLE, text)] == told


def test_what_is_marked_no_oftener_than_not_is_left_out() -> None:
    twice = marked(article("a", "Senar", "Elang Senar dan Kali Senar, di Senar."), ("Senar", "PLACE"))
    assert found(learned(twice), "ke Senar") == []
    often = marked(article("b", "Senar", "di Senar, ke Senar"), *[("Senar", "PLACE")] * 3)
    assert found(learned(twice, often), "ke Senar") == [("Senar", "PLACE")]


def test_a_name_with_two_labels_is_left_out_and_so_is_what_lies_in_it() -> None:
    first = marked(article("a", "Balai Segara", "Segara."), ("Balai Segara", "PLACE"), ("Segara", "PLACE"))
    second = marked(article("b", "Balai Segara", "Segara."), ("Balai Segara", "ORGANISATION"), ("Segara", "PLACE"))
    assert found(learned(first, second), "Balai Segara di Segara") == [("Segara", "PLACE")]


def test_what_lies_inside_a_mention_does_not_count_against_a_name() -> None:
    river, town = ("Kali Senar", "PLACE"), ("Senar", "PLACE")
    made = learned(marked(article("a", "Kali Senar, Senar", "Kali Senar, Kali Senar."), river, town, river, river))
    assert ("Senar", "PLACE") in found(made, "ke Senar")


def test_a_label_that_the_screen_has_no_more_is_not_learned() -> None:
    made = learned((MARKET, GOLD[0]), labels=("PERSON", "POLICY"))
    assert found(made, "Sena Waluyo di Pasar Lama, Rimbia") == [("Sena Waluyo", "PERSON")]


SHORT = [
    marked(
        article(f"s{number}", f"{name} Lumbana", f"Kata {name} kemarin."),
        (f"{name} Lumbana", "PERSON"),
        (name, "PERSON"),
    )
    for number, name in enumerate(("Sena", "Okta", "Rui"))
]


def test_a_short_form_is_found_after_the_name_where_gold_has_the_habit() -> None:
    named = marked(article("n", "Tarsa Wibawa"), ("Tarsa Wibawa", "PERSON"))
    text = "Tarsa datang. Tarsa Wibawa pergi; Tarsa pulang, Wibawa juga."
    assert found(learned(*SHORT, named), text) == [("Tarsa Wibawa", "PERSON"), ("Tarsa", "PERSON")]
    assert found(learned(*SHORT[1:], named), text) == [("Tarsa Wibawa", "PERSON")]
    against = marked(article("o", "Ona Ori", "Ona, Ona, Ona."), ("Ona Ori", "PERSON"))
    assert found(learned(*SHORT, named, against), text) == [("Tarsa Wibawa", "PERSON")]


def test_an_article_is_never_predicted_from_its_own_gold() -> None:
    articles = (MARKET, FERRY, DIKE, LAMPS)
    held = {one.article_id: one for one in GOLD}
    made = learn(held, articles, LABELS)
    assert [offer.article.id for offer in gazetteer_offers(made, articles, held)] == ["dike", "lamps"]
    assert list(made.mentions(MARKET.text, without="market")) == []


def test_leave_one_out_is_what_learning_without_the_article_gives() -> None:
    pairs = [
        *SHORT,
        marked(article("a", "Senar", "Elang Senar, Okta Lumbana, Rui di Balai Segara."), ("Senar", "PLACE")),
        marked(article("b", "Senar", "Kali Senar, Rui Lumbana, Rui."), ("Senar", "PLACE"), ("Rui Lumbana", "PERSON")),
        marked(article("c", "Senar", "Okta di Balai Segara"), ("Senar", "PLACE"), ("Balai Segara", "PLACE")),
    ]
    whole = learned(*pairs)
    for about, _ in pairs:
        without = learned(*(pair for pair in pairs if pair[0] is not about))
        assert list(whole.mentions(about.text, without=about.id)) == list(without.mentions(about.text))


def test_the_estimate_is_told_by_label() -> None:
    pairs = [
        marked(article("a", "Senar"), ("Senar", "PLACE")),
        marked(article("b", "Senar dan Okta"), ("Senar", "PLACE"), ("Okta", "PERSON")),
    ]
    held = {about.id: one for about, one in pairs}
    scores = cross_validated(learned(*pairs), (about for about, _ in pairs), held)
    assert (scores.articles, dict(scores.right), dict(scores.in_gold)) == (2, {"PLACE": 2}, {"PLACE": 2, "PERSON": 1})


def test_the_version_is_of_what_was_learned() -> None:
    assert re.fullmatch(r"gazetteer-1\+[0-9a-f]{8}", SAMPLE.version)
    assert learned((FERRY, GOLD[1]), (MARKET, GOLD[0])).version == SAMPLE.version
    assert learned((MARKET, GOLD[0])).version != SAMPLE.version


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    corpus = predicted_corpus(tmp_path)
    base = ground(corpus)

    def run() -> tuple[int, bool]:
        made = learn(base.gold, corpus.articles(), LABELS)
        receipt = write_predictions(base, "gazetteer", gazetteer_offers(made, corpus.articles(), base.gold))
        return receipt.changes, receipt.adds_up

    assert [run(), run()] == [(2, True), (0, True)]
    made = predictions_by_article(corpus, "gazetteer")
    assert [one.text for one in made["dike"].entities] == ["Rimbia", "Sena Waluyo", "Pemindahan Pasar Lama"]
    assert (list(made), made["lamps"].entities) == (["dike", "lamps"], ())


PARTS = ["Sena Waluyo", "Pasar Lama", "Rimbia", "vale", "Am\u0303u", "👩‍🌾", " ", "\n\n", "’s", "ña"]


@given(st.lists(st.sampled_from(PARTS)))
def test_whatever_the_text_predictions_are_proven_and_do_not_overlap(parts: list[str]) -> None:
    text = "".join(parts)
    spans = list(SAMPLE.mentions(text))
    borders = {piece.start for piece in pieces(text)} | {len(text)}
    assert all({start, end} <= borders for start, end, _ in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))

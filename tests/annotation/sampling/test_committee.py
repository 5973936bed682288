"""A committee of annotators' gazetteers: what each would mark, and how far they are apart."""

from __future__ import annotations

from collections import Counter

import pytest
from tests.corpora import annotation, article, entity

from kliping.annotation.sampling.committee import Mark, committee, disagreement, gazetteer, marks

TEXT = "Wali Kota Rimbia membuka Pasar Lama. Rimbiana menolak.\n\nPasar\n\nLama tutup."


def test_a_member_marks_the_longest_surface_at_word_borders() -> None:
    member = gazetteer({"Rimbia": Counter(PLACE=1), "Wali Kota Rimbia": Counter(PERSON=1), "Lama": Counter(PLACE=1)})
    assert marks(member, TEXT) == {Mark(0, 16, "PERSON"), Mark(31, 35, "PLACE"), Mark(63, 67, "PLACE")}


def test_a_surface_does_not_run_on_into_the_next_block() -> None:
    assert marks(gazetteer({"Pasar Lama": Counter(PLACE=1)}), TEXT) == {Mark(25, 35, "PLACE")}


def test_a_surface_has_the_label_it_was_given_most_and_the_first_by_name_of_equals() -> None:
    member = gazetteer({"Rimbia": Counter(PLACE=2, PERSON=1), "Pasar": Counter(PLACE=1, ORGANISATION=1)})
    assert member.labels == {("Rimbia",): "PLACE", ("Pasar",): "ORGANISATION"}


def test_a_surface_of_white_space_alone_is_none() -> None:
    assert gazetteer({" ": Counter(PLACE=1)}).labels == {}


def test_members_are_those_who_marked_something_in_what_they_submitted() -> None:
    market = article("market", "Pasar Lama", "Rimbia membuka pasar.")
    place = entity(market, 1, "Rimbia", "PLACE")
    found = committee(
        [
            annotation(market, "annotator-b", (place,)),
            annotation(market, "annotator-a", (place,)),
            annotation(market, "annotator-c", ()),
            annotation(market, "annotator-d", (place,), status="skipped"),
        ]
    )
    assert list(found) == ["annotator-a", "annotator-b"]


def test_disagreement_is_the_mean_over_pairs_of_one_minus_f1() -> None:
    place = gazetteer({"Rimbia": Counter(PLACE=1), "Pasar Lama": Counter(PLACE=1)})
    market = gazetteer({"Pasar Lama": Counter(PLACE=1)})
    nothing = gazetteer({"Senar": Counter(PLACE=1)})
    text = "Rimbia menutup Pasar Lama."
    assert disagreement([place, place], text) == 0
    assert disagreement([nothing, nothing], text) == 0
    assert disagreement([place, nothing], text) == 1
    assert disagreement([place, market], text) == pytest.approx(1 - 2 / 3)
    assert disagreement([place, market, nothing], text) == pytest.approx((1 / 3 + 1 + 1) / 3)


def test_the_same_span_with_another_label_is_another_mark() -> None:
    first, second = gazetteer({"Rimbia": Counter(PLACE=1)}), gazetteer({"Rimbia": Counter(PERSON=1)})
    assert disagreement([first, second], "Rimbia menutup pasar.") == 1


def test_one_member_is_no_committee() -> None:
    with pytest.raises(ValueError, match="two members"):
        disagreement([gazetteer({})], "Rimbia")

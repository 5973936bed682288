from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from kliping.normaliser.page.holes import filled
from kliping.normaliser.page.segments import segment

ONE, TWO = "<p>Dewan kota menunda keputusan itu.</p>", "<p>Pedagang menyambutnya di dermaga.</p>"


def taken(between: str, before: str = ONE, after: str = TWO) -> list[str]:
    """The texts of an article whose two paragraphs were chosen, and what is between them."""
    root = LexborHTMLParser(f"<html><body><main>{before}{between}{after}</main></body></html>").root
    assert root is not None
    segments = segment(root)
    texts = [block.text for block in segments.blocks]
    chosen = [place for place, text in enumerate(texts) if text.startswith(("Dewan", "Pedagang"))]
    return [texts[place] for place in filled(segments, chosen)][1:-1]


def test_a_heading_and_a_list_between_two_paragraphs_are_the_articles() -> None:
    between = "<h3>Alasan</h3><ul><li>Harga</li><li><p>Jarak</p></li></ul>"
    assert taken(between) == ["Alasan", "Harga", "Jarak"]


@pytest.mark.parametrize(
    "between",
    [
        "<p>Iklan baris</p>",
        "<h3><a href='/x'>Kabar lain dari kota</a></h3>",
        "<div class='related'><h3>Baca juga</h3></div>",
        "<aside><h3>Catatan</h3></aside>",
        "<h3>Bagikan</h3><div>tombol</div>",
        "<ul class='share-buttons'><li>Kirim</li></ul>",
        "<h3>Judul</h3>" * 13,
    ],
)
def test_what_leads_elsewhere_is_not(between: str) -> None:
    assert taken(between) == []


def test_what_is_not_shown_is_passed_over() -> None:
    assert taken("<div hidden>Tak tampak</div><h3>Alasan</h3>") == ["Alasan"]


def test_a_list_is_completed_from_its_last_item() -> None:
    after = "<ul><li>Harga</li><li>Pedagang di dermaga</li></ul>"
    assert taken("<h3>Alasan</h3>", after=after) == ["Alasan", "Harga"]


def test_between_paragraphs_in_two_boxes_nothing_is_taken() -> None:
    assert taken("<h3>Alasan</h3>", f"<section>{ONE}</section>", f"<section>{TWO}</section>") == []


def test_a_page_of_which_nothing_was_chosen_stays_so() -> None:
    root = LexborHTMLParser(f"<main>{ONE}<h3>Alasan</h3>{TWO}</main>").root
    assert root is not None
    assert filled(segment(root), ()) == ()

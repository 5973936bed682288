from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from kliping.normaliser.page.anchors import likenesses, title_place, words
from kliping.normaliser.page.segments import segment


def titled(html: str, *titles: str) -> str | None:
    found = segment(LexborHTMLParser(html).root)
    place = title_place(found, titles)
    return found.blocks[place].text if place >= 0 else None


def test_the_heading_that_is_likest_to_the_stated_title_is_the_title() -> None:
    page = "<h2>Kabar terbaru</h2><h1>Feri malam berhenti</h1><p>Feri malam berhenti berlayar.</p>"
    assert titled(page, "Feri malam berhenti") == "Feri malam berhenti"


def test_the_name_of_the_site_is_not_the_title_though_it_is_a_first_heading_and_stated_too() -> None:
    page = "<h1>Harian Lembah</h1><h2>Feri malam berhenti</h2>"
    assert titled(page, "Feri malam berhenti", "Harian Lembah") == "Feri malam berhenti"


def test_a_first_heading_is_taken_where_nothing_is_stated() -> None:
    assert titled("<p>Beranda</p><h1>Feri malam</h1>") == "Feri malam"


def test_a_page_without_headings_and_likeness_has_no_title() -> None:
    assert titled("<p>Beranda</p>", "Feri malam") is None


def test_a_linked_copy_of_the_title_is_not_the_title() -> None:
    page = "<h3><a href=/feri>Feri malam berhenti</a></h3><h2>Feri malam berhenti</h2>"
    assert title_place(segment(LexborHTMLParser(page).root), ("Feri malam berhenti",)) == 1


def test_letters_are_the_words_of_scripts_without_spaces() -> None:
    assert words("Feri 港町") == ["feri", "港", "町"]


def test_texts_of_quite_other_length_have_no_likeness() -> None:
    assert likenesses(["feri malam", "feri", "feri malam " * 9], "feri pagi") == [1 / 3, 1 / 2, 0.0]

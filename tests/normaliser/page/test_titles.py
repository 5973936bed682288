from __future__ import annotations

import pytest

from kliping.normaliser.page.titles import page_title, without_site

SITE = ("Kabar Kota", "www.kabarkota.example")


@pytest.mark.parametrize(
    ("shared", "headlines", "headings", "head", "expected"),
    [
        (["Dermaga dibuka"], ["Feri berlayar"], ["Feri berlayar"], "Feri berlayar", "Dermaga dibuka"),
        ([], ["Feri berlayar lagi"], ["Dermaga dibuka"], "Dermaga", "Feri berlayar lagi"),
        ([], [], ["Masuk", "Dermaga dibuka lagi"], "Dermaga dibuka lagi | Kabar Kota", "Dermaga dibuka lagi"),
        ([], [], ["Dermaga dibuka"], "", "Dermaga dibuka"),
        ([], [], [], "Dermaga dibuka | Kabar Kota", "Dermaga dibuka"),
        (["Kabar Kota"], ["Dermaga dibuka"], [], "", "Dermaga dibuka"),
        (["Kabar Kota"], [], [], "", "Kabar Kota"),
        (["Ferinya kembali", "Dermaga dibuka"], [], ["Dermaga dibuka"], "", "Dermaga dibuka"),
        ([], [], [], " - ", None),
    ],
    ids=["shared", "headline", "heading", "a heading", "head", "no site", "only the site", "confirmed", "nothing"],
)
def test_the_title_is_the_first_that_is_stated(
    shared: list[str], headlines: list[str], headings: list[str], head: str, expected: str | None
) -> None:
    assert page_title(shared, headlines, headings, head, SITE) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Dermaga dibuka - Kabar Kota", "Dermaga dibuka"),
        ("Dermaga dibuka | Daerah | KabarKota.example", "Dermaga dibuka | Daerah"),
        ("Kabar Kota: Dermaga dibuka", "Kabar Kota: Dermaga dibuka"),
        ("Kabar Kota | Dermaga dibuka | Kabar Kota", "Dermaga dibuka"),
        ("Dermaga dibuka – lagi", "Dermaga dibuka – lagi"),
        ("Kabar Kota", "Kabar Kota"),
    ],
)
def test_a_segment_that_is_the_sites_goes(title: str, expected: str) -> None:
    assert without_site(title, (), (), SITE) == expected


def test_a_segment_goes_where_the_rest_is_another_title() -> None:
    assert without_site("Dermaga dibuka - Berita", (), ["Dermaga dibuka"], ()) == "Dermaga dibuka"
    assert without_site("Feri - Dermaga dibuka", ["Feri – dermaga dibuka"], ["Dermaga dibuka"], ()) == (
        "Feri - Dermaga dibuka"
    )


def test_a_title_of_many_segments_is_read_in_time() -> None:
    assert without_site("a - " * 250 + "b", (), (), ("a",)).endswith("b")

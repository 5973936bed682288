from __future__ import annotations

import pytest

from kliping.normaliser.page.likeness import (
    alike,
    folded,
    is_sites_name,
    likeness,
    same_address,
    site_names,
    squeezed,
    word_set,
)


def test_texts_are_folded_and_squeezed() -> None:
    assert folded("Dermaga: “Teluk  Sura”!") == "dermaga teluk sura"
    assert squeezed("Straße-9 | É") == "strasse9é"
    assert word_set("a b  a") == {"a", "b"}


def test_likeness_is_the_share_of_common_words() -> None:
    assert likeness("Dermaga dibuka", "dermaga DIBUKA!") == 1
    assert likeness("Dermaga dibuka lagi", "Dermaga ditutup") == 0.25
    assert likeness("", "Dermaga") == 0
    assert likeness("津波注意報", "津波警報") == 0.5


def test_alike_are_titles_that_share_half_of_the_longer() -> None:
    assert alike("Dermaga dibuka lagi", "Dermaga dibuka")
    assert not alike("Dermaga dibuka lagi besok", "Dermaga")
    assert not alike("", "")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("https://kabar.example/berita/feri", "http://www.kabar.example/berita/feri/", True),
        ("https://kabar.example/berita/feri/amp", "/berita/feri", True),
        ("https://kabar.example/", "https://kabar.example/", False),
        ("https://kabar.example/?id=7", "https://m.kabar.example/?id=7", True),
        ("https://kabar.example/?id=7", "https://kabar.example/?id=8", False),
        ("https://[kabar", "https://kabar.example/berita", False),
    ],
)
def test_the_same_address_has_the_same_path_on_any_host(one: str, other: str, expected: bool) -> None:
    assert same_address(one, other) is expected


def test_a_site_is_called_by_its_names_and_its_hosts() -> None:
    known = site_names(["Kabar Kota", "www.kabarkota.example", "K"])
    assert known == {"kabarkota", "wwwkabarkotaexample"}
    assert is_sites_name("KabarKota.example", known)
    assert is_sites_name("Kabarkota Daerah", known)
    assert not is_sites_name("Kabar", known)
    assert not is_sites_name("Dermaga Kabarkota dibuka lagi", known)

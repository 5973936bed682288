from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kliping.normaliser.text import cleaning
from kliping.normaliser.text.cleaning import clean_line, clean_text, has_words


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("a\r\nb\rc\u2028d\x0be\x85f", "a\nb\nc\nd\ne\nf"),
        ("a\u2029b", "a\n\nb"),
        ("30\u00a0perahu\t dan  \u2009kapal", "30 perahu dan kapal"),
        ("mem\u00adbusuk", "membusuk"),
        ("\ufeffTarif", "Tarif"),
        ("Zoe\u0301", "Zoé"),
        ("e\u00ad\u0301", "é"),
        ("a\x00b\x07c\x9dd", "abcd"),
        ("👩\u200d🌾 क्\u200dष", "👩\u200d🌾 क्\u200dष"),
        ("  a  \n  b ", "a\nb"),
    ],
)
def test_cleaning(raw: str, clean: str) -> None:
    assert clean_text(raw) == clean


@given(st.text())
def test_clean_text_is_composed_without_controls_and_stays_so(raw: str) -> None:
    clean = clean_text(raw)
    assert clean_text(clean) == clean
    assert unicodedata.is_normalized("NFC", clean)
    assert not [char for char in clean if unicodedata.category(char) == "Cc" and char != "\n"]
    assert "  " not in clean


def test_a_line_has_no_line_ends() -> None:
    assert clean_line(" a\n\n b ") == "a b"


@pytest.mark.parametrize(
    ("text", "expected"), [("***", False), ("— •", False), ("© ■", False), ("7", True), ("🎉", True)]
)
def test_bare_signs_are_no_words(text: str, *, expected: bool) -> None:
    assert has_words(text) is expected


def test_what_is_unclean_is_not_printable_so_that_one_may_be_asked_for_the_other() -> None:
    unclean = [char for char in map(chr, range(sys.maxunicode + 1)) if cleaning._UNCLEAN.search(char)]
    assert "\u00a0" in unclean
    assert [char for char in unclean if char.isprintable()] == []

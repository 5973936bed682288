"""An excerpt shows what it is about, is short, and shows no address."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kliping.check.excerpts import around, brief, masked
from kliping.records import Excerpt

ADDRESSED = "tanya tarsa.elun@pos.example soal feri"


def test_a_short_text_is_shown_whole() -> None:
    assert around("Pasar Lama Tetap Buka", 6, 10) == Excerpt(text="Pasar Lama Tetap Buka", start=6, end=10)


def test_of_a_long_text_some_words_around_are_shown() -> None:
    shown = around("a" * 500 + "Rimbia" + "b" * 500, 500, 506)
    assert shown == Excerpt(text="a" * 37 + "Rimbia" + "b" * 37, start=37, end=43)


def test_a_span_past_the_end_is_nothing_at_the_end() -> None:
    assert around("Rimbia", 9, 12) == Excerpt(text="Rimbia", start=6, end=6)


def test_an_address_is_masked_and_offsets_stay() -> None:
    assert around(ADDRESSED, 29, 33) == Excerpt(text=f"tanya {'•' * 22} soal feri", start=29, end=33)


def test_an_address_that_the_border_cuts_is_masked() -> None:
    text = f"{'a ' * 30}tarsa@pos.example{' b' * 60}"
    for at in range(len(text)):
        assert "@" not in around(text, at, at + 1).text
        assert "example" not in around(text, at, at + 1).text


def test_words_for_a_sentence_are_cut() -> None:
    assert brief("Pasar Lama") == "'Pasar Lama'"
    assert brief("Pasar Lama", 5) == "'Pasar…'"
    assert brief(ADDRESSED, 12) == "'tanya ••••••…'"


def test_a_mask_is_as_long_as_what_it_hides() -> None:
    assert len(masked(ADDRESSED)) == len(ADDRESSED)


@given(text=st.text(max_size=300), start=st.integers(-5, 320), end=st.integers(-5, 320))
def test_what_is_shown_is_what_stands_there(text: str, start: int, end: int) -> None:
    shown = around(text, start, end)
    assert len(shown.text) <= 80
    assert 0 <= shown.start <= shown.end <= len(shown.text)
    assert shown.text in masked(text)
    if 0 <= start < end <= len(text):
        assert shown.text[shown.start : shown.end] == masked(text)[start:end][:60]

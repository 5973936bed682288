from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from kliping.annotation.prediction.spans import counted_in, is_torn, pieces

TEXTS = st.text(
    st.one_of(st.characters(codec="utf-8"), st.sampled_from("aBé\u0301\u0303\u200d \n👩🌾🇮🇩’-0123กาข่าว日本"))
)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Haldane’s plan", ["Haldane", "’", "s", " ", "plan"]),
        ("Brandt-Oyo, 46", ["Brandt", "-", "Oyo", ",", " ", "46"]),
        ("Am\u0303u 👩‍🌾\n\n🇮🇩.", ["Am\u0303u", " ", "👩‍🌾", "\n", "\n", "🇮🇩", "."]),
        ("日本a", ["日", "本", "a"]),
    ],
)
def test_a_text_is_cut_at_every_border(text: str, told: list[str]) -> None:
    assert [piece.text for piece in pieces(text)] == told


@given(TEXTS)
def test_pieces_are_the_text_and_no_character_that_people_see_is_torn(text: str) -> None:
    assert "".join(piece.text for piece in pieces(text)) == text
    borders = {found.start() for found in regex.finditer(r"\X", text)} | {len(text)}
    assert {piece.start for piece in pieces(text)} <= borders


@given(TEXTS, st.integers(0, 30), st.integers(0, 30))
def test_a_span_is_torn_where_an_edge_is_inside_a_cluster(text: str, start: int, end: int) -> None:
    borders = {found.start() for found in regex.finditer(r"\X", text)}
    inside = any(0 < at < len(text) and at not in borders for at in (start, end))
    assert is_torn(text, start, end) == inside


def test_offsets_of_other_units_are_known_by_their_words() -> None:
    text = "🚢 Zoé ke Rimbia"
    assert (text.index("Rimbia"), counted_in(text, 9, 15, "Rimbia")) == (9, None)
    assert counted_in(text, 10, 16, "Rimbia") == "UTF-16 units"
    assert counted_in(text, 13, 19, "Rimbia") == "UTF-8 bytes"
    assert counted_in(text, 11, 17, "Rimbia") is None

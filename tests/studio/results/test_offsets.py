"""A span is taken where the text proves it, in whichever unit it was counted, and never shifted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kliping.studio.results.offsets import Place, in_utf16, place, unit_of

FAMILY = "Keluarga 👩‍👩‍👧 di Café Arum menolak pungutan."
LETTERS = st.text(alphabet="ab \n\u0301👧🎉\u200d", min_size=1, max_size=30)


def test_code_points_after_an_emoji_are_taken_as_they_are() -> None:
    start = FAMILY.index("Café Arum")
    assert place(FAMILY, [Place(start, start + 9, "Café Arum")]) == [(start, start + 9)]


def test_utf16_units_after_an_emoji_become_code_points() -> None:
    assert in_utf16(FAMILY, 18, 27) == (21, 30)
    assert place(FAMILY, [Place(21, 30, "Café Arum")]) == [(18, 27)]


def test_white_space_at_the_edges_is_trimmed_and_inside_it_is_folded() -> None:
    assert place("di  Kota \n Awan ini", [Place(3, 16, "Kota Awan")]) == [(4, 15)]


def test_stale_offsets_are_mended_where_the_words_occur_once() -> None:
    assert place("Sena pergi ke Rimbia.", [Place(0, 6, "Rimbia")]) == [(14, 20)]


def test_stale_offsets_are_not_guessed_where_the_words_occur_twice() -> None:
    assert place("Rimbia, kota Rimbia.", [Place(3, 9, "Rimbia")]) == [None]


@pytest.mark.parametrize(
    "region", [Place(5, 5, "x"), Place(-1, 2, "x"), Place(0, 99, "x"), Place(0, 1, ""), Place(3, 4, " ")]
)
def test_a_region_without_words_of_the_text_has_no_place(region: Place) -> None:
    assert place("abc def", [region]) == [None]


def test_a_region_that_fits_in_both_units_goes_with_the_others_of_its_result() -> None:
    text = "🎉 ha ha ha Rimbia"
    ambiguous = Place(6, 8, "ha")
    utf16 = Place(*in_utf16(text, 11, 17), "Rimbia")
    assert place(text, [ambiguous, utf16]) == [(5, 7), (11, 17)]
    assert place("🎉aaaa", [Place(2, 3, "a")]) == [None]
    assert place("🎉aaaa", [Place(2, 3, "a")], tie="code points") == [(2, 3)]
    assert place("🎉aaaa", [Place(2, 3, "a")], tie="utf-16") == [(1, 2)]


@given(text=LETTERS, data=st.data())
def test_no_span_is_ever_shifted(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    surface = text[start:end]
    lead, tail = len(surface) - len(surface.lstrip()), len(surface) - len(surface.rstrip())
    trimmed = (start + lead, end - tail) if surface.strip() else None
    for said in (Place(start, end, surface), Place(*in_utf16(text, start, end), surface)):
        assert place(text, [said])[0] in (trimmed, None)
    assert place(text, [Place(start, end, surface)], tie="code points") == [trimmed]
    assert place(text, [Place(*in_utf16(text, start, end), surface)], tie="utf-16") == [trimmed]


def test_only_servers_that_were_measured_are_known_to_count_code_points() -> None:
    assert [unit_of(one) for one in ((1, 23, 2), (1, 24), (1, 10, 1), ())] == ["code points", "code points", None, None]

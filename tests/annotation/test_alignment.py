from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kliping.annotation.alignment import CHANGED, ELSEWHERE, Alignment, Unmoved

OLD = "Feri Malam\n\nBaca juga: pasar\n\nWali Kota Sena Waluyo menolak pemindahan Pasar Lama pada Senin 👩‍🌾 lalu."
NEW = "Feri Malam\n\nWali Kota Sena Waluyo menolak pemindahan Pasar Lama pada Senin 👩‍🌾 lalu."


def span(text: str, surface: str) -> tuple[int, int]:
    return text.index(surface), text.index(surface) + len(surface)


@pytest.mark.parametrize("surface", ["Sena Waluyo", "Pasar Lama", "lalu", "pemindahan Pasar Lama", "👩‍🌾", "luyo men"])
def test_a_span_moves_with_the_words_around_it(surface: str) -> None:
    assert Alignment(OLD, NEW).move(*span(OLD, surface)) == span(NEW, surface)


def test_a_span_whose_words_went_is_nowhere() -> None:
    assert Alignment(OLD, NEW).move(*span(OLD, "pasar")) == CHANGED


def test_a_span_whose_words_changed_is_nowhere() -> None:
    assert Alignment(OLD, NEW.replace("Waluyo", "W.")).move(*span(OLD, "Sena Waluyo")) == CHANGED


def test_a_name_that_only_stands_elsewhere_is_not_taken_for_the_mention() -> None:
    new = "Sama sekali lain: hujan turun di Rimbia kemarin; tentang Pasar tidak ada."
    assert Alignment("Pasar ramai dan penuh sejak pagi sekali.", new).move(0, 5) == ELSEWHERE


@pytest.mark.parametrize(("new", "expected"), [("x b Sena c d e y", ELSEWHERE), ("a b Sena c d e y", (4, 8))])
def test_five_words_beside_a_span_must_be_the_same(new: str, expected: Unmoved | tuple[int, int]) -> None:
    assert Alignment("a b Sena c d e f", new).move(4, 8) == expected


def test_a_title_of_two_words_moves_where_it_is_all_there_is() -> None:
    assert Alignment("Feri Malam", "Feri Malam").move(0, 4) == (0, 4)


def test_other_white_space_between_the_words_of_a_span_is_no_proof() -> None:
    one, other = "satu dua tiga Sena Waluyo empat lima", "satu dua tiga Sena\n\nWaluyo empat lima"
    assert Alignment(one, other).move(*span(one, "Sena Waluyo")) == CHANGED
    assert Alignment(one, other).move(*span(one, "empat")) == span(other, "empat")


WORDS = st.lists(
    st.sampled_from(["Sena", "pasar", "lama", ",", "dan", "👩‍🌾", "ke\u0301", "\n\n", "."]), min_size=1, max_size=30
)


@given(WORDS, WORDS, st.data())
def test_a_span_that_moves_keeps_its_surface(one: list[str], other: list[str], data: st.DataObject) -> None:
    old, new = " ".join(one), " ".join(other)
    start = data.draw(st.integers(0, len(old) - 1))
    end = data.draw(st.integers(start + 1, len(old)))
    moved = Alignment(old, new).move(start, end)
    assert isinstance(moved, Unmoved) or new[slice(*moved)] == old[start:end]


@given(WORDS, st.data())
def test_in_the_same_text_every_word_stays_where_it_is(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert Alignment(text, text).move(start, end) in {(start, end), CHANGED}

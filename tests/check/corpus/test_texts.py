"""A text made of clean blocks breaks no rule of texts, whatever its characters."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from tests.corpora import article

from kliping.check.corpus.texts import TEXT_RULES, Claimed, TextSeen
from kliping.check.rules import Place

HERE = Place("corpus/articles/00000.jsonl", 1)
CHARACTERS = st.characters(exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp"], exclude_characters="\u00ad\ufeff|")
WORDS = st.text(CHARACTERS, min_size=1).map(lambda word: unicodedata.normalize("NFC", word))
BLOCKS = st.lists(st.lists(WORDS, min_size=1).map(" ".join), min_size=1)


@given(blocks=BLOCKS, data=st.data())
def test_clean_blocks_and_true_slices_break_no_rule(blocks: list[str], data: st.DataObject) -> None:
    made = article("made", *blocks)
    start = data.draw(st.integers(0, len(made.text) - 1))
    end = data.draw(st.integers(start + 1, len(made.text)))
    claimed = [Claimed(HERE, start, end, made.text[start:end])]

    assert list(TEXT_RULES.findings(TextSeen(HERE, made, claimed))) == []


@given(blocks=BLOCKS, data=st.data())
def test_a_span_with_another_surface_is_found(blocks: list[str], data: st.DataObject) -> None:
    made = article("made", *blocks)
    start, end = data.draw(st.integers(-3, 99)), data.draw(st.integers(-3, 99))
    surface = data.draw(st.text(max_size=5))
    found = {one.code for one in TEXT_RULES.findings(TextSeen(HERE, made, [Claimed(HERE, start, end, surface)]))}
    is_slice = 0 <= start < end <= len(made.text) and made.text[start:end] == surface

    assert found == (set() if is_slice else {"E401"})

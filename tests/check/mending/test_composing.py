"""A text in composed form has its blocks, its title and its hash, whatever its letters are."""

from __future__ import annotations

import unicodedata

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from tests.corpora import article

from kliping.check.corpus.texts import TEXT_RULES, TextSeen
from kliping.check.mending.composing import compose, is_composed
from kliping.check.mending.lines import Composed
from kliping.check.rules import Place

MARKED = st.sampled_from("e\u0301\u0323\u030aA\u212b\u1100\u1161\u11a8")
LETTERS = st.characters(exclude_categories=("Cc", "Cs", "Z"), exclude_characters="|") | MARKED
PIECES = st.lists(st.text(LETTERS, min_size=1, max_size=12), min_size=1, max_size=5)


@given(PIECES)
def test_any_text_keeps_every_rule_in_composed_form(pieces: list[str]) -> None:
    loose = article("pier", *pieces)
    made = compose(loose).article

    assert made is not None
    assert is_composed(made)
    assert made.text == unicodedata.normalize("NFC", loose.text)
    assert [block.type for block in made.blocks] == [block.type for block in loose.blocks]
    found = {one.code for one in TEXT_RULES.findings(TextSeen(Place(""), made, ()))}
    assert found <= {one.code for one in TEXT_RULES.findings(TextSeen(Place(""), loose, ()))}


def test_nothing_else_of_an_article_is_changed() -> None:
    loose = article("pier", "Dermaga Be\u0301lida", "Kafe\u0301 Arum buka.")
    made = compose(loose).article

    assert made is not None
    assert [name for name in loose.__struct_fields__ if getattr(loose, name) != getattr(made, name)] == [
        "text",
        "text_sha256",
        "blocks",
        "title",
    ]
    assert [(block.start, block.end) for block in made.blocks] == [(0, 14), (16, 31)]


def test_a_text_whose_blocks_are_not_sure_is_left() -> None:
    loose = article("pier", "Dermaga", "Kafe\u0301 Arum buka.")
    doubtful = msgspec.structs.replace(loose, title="Pier", blocks=loose.blocks[:1])

    assert compose(doubtful) == Composed(None, "its text breaks E406, E407 too; normalise the article again")

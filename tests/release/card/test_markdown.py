"""Words from sources stay words: no reader of Markdown or HTML takes them for more."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from kliping.release.card.markdown import linked, listed, nested, plain, share, table

MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
PIECES = (*"ab1. )(\\`*_{}[]<>#|~$&!:/-+=\"'\n\t", "http://", "<!--", "&amp;", "é", "😀")
NASTY = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


def shown(markdown: str) -> tuple[list[str], str]:
    """The kinds of the blocks that a reader sees, and the text of the words in them."""
    tokens = MARKDOWN.parse(markdown)
    inline = [child for token in tokens if token.type == "inline" for child in token.children or ()]
    kinds = [token.type for token in tokens] + [child.type for child in inline if child.type != "text"]
    return kinds, "".join(child.content for child in inline)


@given(NASTY)
def test_words_of_a_line_are_shown_as_they_are(text: str) -> None:
    kinds, words = shown(plain(text))
    said = " ".join(text.split())
    assert words == said
    assert kinds == (["paragraph_open", "inline", "paragraph_close"] if said else [])


@given(NASTY, NASTY)
def test_words_of_a_cell_stay_in_it(one: str, other: str) -> None:
    lines = list(table(("a", "b"), [(plain(one), plain(other))]))
    tokens = MARKDOWN.parse("\n".join(lines))
    cells = [token for token in tokens if token.type == "inline"]
    assert len(cells) == 4
    for cell, text in zip(cells[2:], (one, other), strict=True):
        assert {child.type for child in cell.children or ()} <= {"text"}
        assert "".join(child.content for child in cell.children or ()) == " ".join(text.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pos | Harian", "Pos &#124; Harian"),
        ("<script>", "&#60;script&#62;"),
        ("a\n# b", "a &#35; b"),
        ("1. Rimbia", "1&#46; Rimbia"),
        ("version 1.0.0", "version 1.0.0"),
        ("1.0.0", "1.0.0"),
        ("- a", "&#45; a"),
        ("---", "&#45;--"),
    ],
)
def test_what_has_a_meaning_becomes_an_entity(text: str, expected: str) -> None:
    assert plain(text) == expected


def test_only_an_address_becomes_a_link() -> None:
    assert linked("https://pos.example/a_b") == "<https://pos.example/a_b>"
    assert linked("javascript:x") == "javascript:x"
    assert linked("https://pos.example/><b>") == "https://pos.example/&#62;&#60;b&#62;"


def test_the_most_frequent_comes_first_and_equal_ones_by_name() -> None:
    assert listed(Counter({"b": 1, "c": 2, "a": 1})) == "c (2), a (1), b (1)"
    assert listed(Counter()) == "none"


def test_a_part_is_told_with_its_share() -> None:
    assert (share(1, 3), share(0, 0), share(1500, 3000)) == ("1 (33.3 %)", "0", "1,500 (50.0 %)")


def test_headings_go_below_and_relative_links_become_words() -> None:
    assert nested("# A\n###### B\n![x](y.png) [z](#w)") == "#### A\n###### B\nx z"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("```\nopen", "```\nopen\n```"),
        ("~~~~ py\nopen\n~~~", "~~~~ py\nopen\n~~~\n~~~~"),
        ("```\nclosed\n```", "```\nclosed\n```"),
        ("``` `no fence`", "``` `no fence`"),
    ],
)
def test_a_block_of_code_that_is_left_open_is_closed(words: str, expected: str) -> None:
    assert nested(words) == expected

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from kliping.normaliser.page.elements import (
    ancestors,
    attribute,
    beside,
    classed,
    following,
    is_beneath,
    plain,
    selected,
    short_text,
    text_of,
)


def found(html: str, selector: str) -> list[LexborNode]:
    return LexborHTMLParser(html).css(selector)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p></p>", ""),
        ("<p> Feri\n berlayar </p>", "Feri berlayar"),
        ("<p>Feri<br>berlayar <b>la</b>gi</p>", "Feri berlayar lagi"),
        ("<p>Feri<script>x</script><svg><title>y</title></svg>!</p>", "Feri!"),
        ("<p><span><div>Feri</div></span>berlayar</p>", ""),
    ],
)
def test_the_words_of_an_element_are_one_line(html: str, expected: str) -> None:
    (node, *_) = found(html, "p")
    assert text_of(node) == expected
    assert short_text(node, 100) == expected


def test_blocks_stand_apart() -> None:
    (node,) = found("<section>Tika Laruna<div>Sura</div> <i>Desa</i></section>", "section")
    assert text_of(node) == "Tika Laruna Sura Desa"
    assert short_text(node, 100, apart=" | ") == "Tika Laruna | Sura | Desa"


def test_a_longer_text_is_not_read_out() -> None:
    (node,) = found("<p>Feri berlayar</p>", "p")
    assert short_text(node, 13) == "Feri berlayar"
    assert short_text(node, 12) == ""
    (node,) = found("<section>" + "<i></i>" * 30 + "Feri</section>", "section")
    assert short_text(node, 10) == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Feri &amp;amp; <b>dermaga</b>", "Feri & dermaga"),
        ("a < b & c", "a < b & c"),
        ("R&copy Sura &nosuch;", "R&copy Sura &nosuch;"),
        ("Teluk&nbsp;Sura&#8217;s \ud83d", "Teluk Sura’s"),
    ],
)
def test_what_is_written_in_an_attribute_is_text(text: str, expected: str) -> None:
    assert plain(text) == expected


def test_an_element_that_several_selectors_select_is_selected_once() -> None:
    nodes = list(selected(LexborHTMLParser("<h1 class=a>1</h1><h2 class=a>2</h2>"), "h1,.a"))
    assert [node.tag for node in nodes] == ["h1", "h2"]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("deck", True),
        ("article__Deck x", True),
        ("post-deck", True),
        ("decked", False),
        ("deck-box", False),
        ("", False),
    ],
)
def test_a_class_name_is_or_ends_in_a_word(names: str, expected: bool) -> None:
    (node,) = found(f'<p class="{names}">x</p>', "p")
    assert classed(node, frozenset({"deck"})) is expected


def test_what_is_around_and_behind_an_element() -> None:
    (node,) = found("<main><div><p id=x>1<b>2</b></p><i>3<u>4</u></i></div><s>5</s></main>", "#x")
    assert [above.tag for above in ancestors(node)] == ["div", "main", "body", "html"]
    assert [behind.tag for behind in following(node)] == ["i", "u", "s"]
    assert is_beneath(node, frozenset({"main"}))
    assert not is_beneath(node, frozenset({"p"}))
    assert (attribute(node, "id"), attribute(node, "href")) == ("x", "")


def test_elements_beside_the_first_share_an_element_around_them() -> None:
    nodes = found("<main><div><a>1</a> <p><a>2</a></p></div><div><a>3</a></div></main>", "a")
    assert [text_of(node) for node in beside(nodes)] == ["1", "2"]
    assert [text_of(node) for node in beside(nodes, nodes[2])] == ["3"]
    assert list(beside([])) == []

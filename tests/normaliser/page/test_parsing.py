from __future__ import annotations

import pytest

from kliping import Rejected
from kliping.normaliser.page.parsing import parse


@pytest.mark.parametrize("opening", ["<div>", "<span>", "<a href=x>", "<DIV class='a'>", "<x-y>"])
def test_a_page_that_is_nested_to_exhaust_the_parser_is_turned_down(opening: str) -> None:
    with pytest.raises(Rejected) as raised:
        parse(f"<html><body>{opening * 100_000}<p>Kalimat.</p>")
    assert raised.value.reason == "too-large"


@pytest.mark.parametrize(
    "hidden",
    [
        "<div><!--</div>-->",
        "<div><script></div></script>",
        "<div a='</div>'>",
        "<div/>",
        "<svg><p><rect/>",
        "<svg/><rect/>",
        "<svg><title><rect/></title></svg><rect/>",
        "<title><script></title><div>",
    ],
)
def test_a_depth_that_is_hidden_is_found(hidden: str) -> None:
    with pytest.raises(Rejected):
        parse(f"<html><body>{hidden * 20_000}<p>Kalimat.</p>")


@pytest.mark.parametrize(
    "whole",
    [
        f"<svg>{'<rect x=1 /><title>a</title>' * 12_000}</svg>",
        f"<svg><g>{'<circle/>' * 12_000}</g></svg>",
        f"<script>{'<div>' * 12_000}</script>",
        f"<!--{'<div>' * 12_000}-->",
        f"<STYLE>{'<b>' * 12_000}</Style>",
        f"<textarea>{'<i>' * 12_000}</textarea>",
    ],
    ids=["rect", "circle", "script", "comment", "style", "textarea"],
)
def test_what_is_not_nested_is_parsed(whole: str) -> None:
    assert parse(f"<html><body>{whole}<p>Kalimat.</p></body>")[1].tag == "html"


@pytest.mark.parametrize("repeated", ["<div>a</div>", "<p>a", "<li>a", "<tr><td>a", "<br>", "<img src=x>", "<svg/>"])
def test_a_page_with_many_elements_beside_each_other_is_parsed(repeated: str) -> None:
    assert parse(f"<html><body>{repeated * 20_000}</body>")[1].tag == "html"


def test_an_empty_page_has_a_root_all_the_same() -> None:
    assert parse("")[1].tag == "html"


def test_a_page_with_a_tag_that_is_flooded_with_attributes_is_turned_down() -> None:
    for attribute in ("a{0}=1", "a{0}", 'a{0}="x y"'):
        attributes = " ".join(attribute.format(number) for number in range(60_000))
        with pytest.raises(Rejected) as raised:
            parse(f"<html><body><div {attributes}><p>Kalimat.</p>")
        assert raised.value.reason == "too-large"


def test_a_page_with_a_long_attribute_is_parsed() -> None:
    drawn = " ".join(f"L {number} 0" for number in range(100_000))
    assert parse(f"<html><body><svg><path d='{drawn}'/></svg><p>Kalimat.</p>")[1].tag == "html"

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from kliping.normaliser.page.bylines import labelled_byline, marked_byline


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<h1>D</h1><div class="article-byline">By Tika Laruna | 20 June 2024</div>', ["Tika Laruna"]),
        ('<h1>D</h1><a href="/authors/tika">Tika Laruna</a>', ["Tika Laruna"]),
        ('<a href="/author/x">Jaya Mandira</a><h1>D</h1><a href="/author/y">Tika Laruna</a>', ["Tika Laruna"]),
        ('<p class="penulis">MASUK AKUN</p><p class="penulis">Oleh TIKA LARUNA</p>', ["TIKA LARUNA"]),
        (
            '<h1>D</h1><div class="byline"><b class="author">Tika Laruna dan Jaya Mandira</b> <b>Kabar Desa</b></div>',
            ["Tika Laruna", "Jaya Mandira"],
        ),
        (
            '<h1>D</h1><div class="byline">Tika Laruna<br>Kantor Berita Sura</div>',
            ["Tika Laruna", "Kantor Berita Sura"],
        ),
        ('<h1>D</h1><aside class="author">Tika Laruna</aside><nav><a class="author">Jaya Mandira</a></nav>', []),
        ('<h1>D</h1><figure><span class="author">Tika Laruna</span></figure>', []),
        ('<h1>D</h1><div class="author">Follow us</div><div class="author">林一郎</div>', ["林一郎"]),
        ('<h1>D</h1><button class="automatic">Tika Laruna</button>', []),
    ],
    ids=[
        "class",
        "link",
        "after the title",
        "capitals",
        "inside",
        "lines",
        "aside",
        "figure",
        "no name",
        "another word",
    ],
)
def test_a_byline_is_told_by_its_class_or_where_it_leads(html: str, expected: list[str]) -> None:
    assert marked_byline(LexborHTMLParser(html)) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<div>By <i>Tika Laruna</i>, <i>Jaya Mandira</i> on June 20, 2024</div>", ["Tika Laruna", "Jaya Mandira"]),
        ("<p>Penulis: Tika Laruna</p>", ["Tika Laruna"]),
        ("<h2>By the river</h2><p>By Tika Laruna we mean nobody in this town, said the mayor.</p>", []),
        ("<p>Tika Laruna</p>", []),
        ("<p>x</p>" * 40 + "<p>Penulis: Tika Laruna</p>", []),
    ],
    ids=["by", "label", "prose", "no label", "far"],
)
def test_a_byline_that_nothing_marks_is_told_by_its_label_behind_the_title(html: str, expected: list[str]) -> None:
    assert labelled_byline(LexborHTMLParser(f"<h1>Dermaga dibuka</h1>{html}").css_first("h1")) == expected


def test_without_a_title_nothing_stands_behind_it() -> None:
    assert labelled_byline(None) == []

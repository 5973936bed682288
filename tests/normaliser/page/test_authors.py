from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from kliping.normaliser.page.head import read_stated

ORGANISATION = '{"@type": "Article", "author": {"@type": "Organization", "name": "Kantor Berita Sura"}}'
SITE = '{"@type": "Article", "author": {"@type": "Organization", "name": "Redaksi Kabar Kota"}}'
BOTH = """{"@type": "Article", "author": [{"@type": "Person", "name": "Tika Laruna"},
{"@type": "Organization", "name": "Kantor Berita Sura"}, {"@type": "Organization", "name": "Kabar Kota"}]}"""
PERSON = '{"@type": "Article", "author": {"@type": "Person", "name": "Tika Laruna"}}'


def authors(html: str) -> tuple[str, ...]:
    return read_stated(LexborHTMLParser(f'<meta property="og:site_name" content="Kabar Kota">{html}'), None).authors


def script(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (f'{script(PERSON)}<meta name="author" content="Jaya Mandira">', ("Tika Laruna",)),
        (f'{script(ORGANISATION)}<meta name="author" content="Jaya Mandira">', ("Jaya Mandira",)),
        (f'{script(ORGANISATION)}<meta name="author" content="Kabar Kota">', ("Kantor Berita Sura",)),
        (f'{script(ORGANISATION)}<h1>D</h1><p class="byline">Tika Laruna</p>', ("Kantor Berita Sura",)),
        (f'{script(SITE)}<h1>D</h1><p class="byline">Tika Laruna</p>', ("Tika Laruna",)),
        (script(f"[{SITE}]"), ("Redaksi Kabar Kota",)),
        (script(BOTH), ("Tika Laruna", "Kantor Berita Sura")),
        (script('{"@type": "Article", "creator": ["Tika Laruna", "Jaya Mandira"]}'), ("Tika Laruna", "Jaya Mandira")),
        (script('{"@type": "Article", "author": "Tika Laruna and Jaya Mandira"}'), ("Tika Laruna", "Jaya Mandira")),
        ('<meta name="author" content="admin"><meta name="byl" content="By Tika Laruna">', ("Tika Laruna",)),
        ('<meta property="article:author" content="https://social.example/tika">', ()),
        ('<meta name="author" content="Kabar Kota">', ("Kabar Kota",)),
        ('<meta name="author" content="kabarkota.com">', ("kabarkota.com",)),
        ("<p>Tika Laruna menulis tentang feri.</p>", ()),
    ],
)
def test_people_come_before_organisations_and_before_the_site(html: str, expected: tuple[str, ...]) -> None:
    assert authors(html) == expected


def test_a_marked_author_is_the_name_inside() -> None:
    html = """<h1>Dermaga</h1><div itemprop="author" itemscope itemtype="https://schema.org/Person">
    Oleh <span itemprop="name">Tika Laruna</span>, wartawan kota</div>"""
    assert authors(html) == ("Tika Laruna",)


def test_links_to_authors_that_stand_together_are_the_articles() -> None:
    html = """<h1>Dermaga</h1><p class="by"><a rel="author">Tika Laruna</a> dan <a rel="author">Jaya Mandira</a></p>
    <ul><li><div><p><b><i><a rel="author">Rima Sagara</a></i></b></p></div></li></ul>"""
    assert authors(html) == ("Tika Laruna", "Jaya Mandira")


def test_a_desk_of_the_site_in_a_byline_is_no_author() -> None:
    assert authors('<h1>D</h1><p class="byline">Oleh Tika Laruna<br>Kabarkota Malam</p>') == ("Tika Laruna",)

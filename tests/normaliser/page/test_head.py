from __future__ import annotations

import gzip
import random
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from kliping.normaliser.page.head import Head, read_head, read_stated
from kliping.normaliser.stated import Stated

PAGE = """<!doctype html>
<html lang="id-ID">
<head>
<title>Dermaga Teluk Sura dibuka lagi - Kabar Kota</title>
<link rel="canonical" href="/daerah/dermaga-teluk-sura?utm_source=surat">
<meta property="og:title" content="Dermaga Teluk Sura dibuka lagi">
<meta property="og:site_name" content="Kabar Kota">
<meta property="og:description" content="Feri kembali berlayar &amp;amp; pasar ramai.">
<meta name="keywords" content="feri, dermaga, Kabar Kota">
<script type="application/ld+json">
{"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Dermaga Teluk Sura dibuka lagi",
 "datePublished": "2024-06-20T15:00:00+07:00", "dateModified": "2024-06-21T08:30:00+07:00",
 "author": [{"@type": "Person", "name": "Tika Laruna"}], "publisher": {"@type": "Organization", "name": "PT Kabar"},
 "articleBody": "Feri pertama berlayar pukul enam."}
</script>
</head>
<body>
<article><header><h1>Dermaga Teluk Sura dibuka lagi</h1>
<p class="article__standfirst">Feri kembali berlayar setelah dua tahun.</p></header>
<p>Feri pertama berlayar pukul enam.</p></article>
</body></html>"""


def head(html: str, url: str | None = "https://kabarkota.example/daerah/dermaga") -> Head:
    return read_head(LexborHTMLParser(html), url)


def test_a_page_states_its_article() -> None:
    assert read_stated(LexborHTMLParser(PAGE), "https://kabarkota.example/") == Stated(
        title="Dermaga Teluk Sura dibuka lagi",
        subtitle="Feri kembali berlayar setelah dua tahun.",
        authors=("Tika Laruna",),
        publisher="Kabar Kota",
        published="2024-06-20T15:00:00+07:00",
        modified="2024-06-21T08:30:00+07:00",
        url="https://kabarkota.example/daerah/dermaga-teluk-sura?utm_source=surat",
        topics=("feri", "dermaga"),
        language="id-ID",
    )


def test_the_body_can_be_found_by_titles_description_and_the_stated_body() -> None:
    found = head(PAGE)
    assert found.titles == ("Dermaga Teluk Sura dibuka lagi", "Dermaga Teluk Sura dibuka lagi - Kabar Kota")
    assert found.description == "Feri kembali berlayar & pasar ramai."
    assert found.body == "Feri pertama berlayar pukul enam."


@pytest.mark.parametrize("html", ["", "<p>Feri berlayar.</p>", "<html><head></head></html>", "\x00", "<h1></h1>"])
def test_a_page_that_states_nothing_has_nothing(html: str) -> None:
    assert head(html) == Head()


@pytest.mark.parametrize(
    ("root", "meta", "expected"),
    [
        ('lang="pt_BR"', "", "pt-BR"),
        ('xml:lang="in"', "", "id"),
        ('lang=""', '<meta property="og:locale" content="fr_FR">', "fr-FR"),
        ('lang="x"', '<meta http-equiv="content-language" content="de">', "de"),
        ("", "", None),
    ],
)
def test_the_language_is_the_documents_else_that_of_its_meta_elements(
    root: str, meta: str, expected: str | None
) -> None:
    assert head(f"<html {root}><head>{meta}</head></html>").stated.language == expected


def test_the_publisher_is_a_name_and_no_address() -> None:
    page = """<meta property="og:site_name" content="https://kabarkota.example">
    <script type="application/ld+json">{"@type": "NewsArticle", "publisher": {"name": "Kabar Kota"}}</script>"""
    assert head(page).stated.publisher == "Kabar Kota"
    assert head('<meta property="og:site_name" content="@kabarkota">').stated.publisher == "kabarkota"


@pytest.mark.parametrize(
    ("behind", "expected"),
    [
        ('<p class="lead deck">Feri kembali berlayar.</p>', "Feri kembali berlayar."),
        ('<p itemprop="alternativeHeadline">Feri kembali berlayar.</p>', "Feri kembali berlayar."),
        ('<h4 class="widget__title with-subtitle">Terpopuler</h4>', None),
        ('<div class="subhead">Tika Laruna, 20 Juni 2024</div>', None),
        ('<p class="subtitle">Dermaga dibuka</p>', None),
        (f'<p class="subtitle">{"kata " * 100}</p>', None),
        ("<p>x</p>" * 30 + '<p class="subtitle">Feri kembali berlayar.</p>', None),
    ],
)
def test_a_subtitle_is_marked_near_the_title(behind: str, expected: str | None) -> None:
    page = f'<meta name="author" content="Tika Laruna"><h1>Kabar Kota</h1><h1>Dermaga dibuka</h1>{behind}'
    page = f'<meta property="og:title" content="Dermaga dibuka">{page}'
    assert head(page).stated.subtitle == expected


@settings(deadline=None, max_examples=200)
@given(st.integers(0, len(PAGE)), st.integers(0, len(PAGE)), st.text(max_size=8))
@example(len(PAGE), 0, "")
@example(700, 900, '"\\ud83d{[')
def test_a_cut_and_garbled_page_is_read_without_a_fault(start: int, end: int, between: str) -> None:
    stated = head(PAGE[:start] + between + PAGE[end:]).stated
    for text in (stated.title, stated.publisher, stated.published, *stated.authors, *stated.topics):
        assert text is None or text.encode().strip()


@pytest.mark.parametrize(
    "part",
    [
        "<div class='author date tag'>",
        "<span class='date'>x",
        "<div class='author'>x</div>",
        "<time>x</time>",
        "<p itemprop='author keywords'>x</p>",
        "<meta name='keywords' content='a, b'>",
        "<h1>x</h1>",
        "<a rel='tag author' href='/tag/x'>x</a>",
        "<script type='application/ld+json'>{'@type': 'Article'</script>",
    ],
)
def test_of_a_page_made_to_exhaust_only_so_much_is_looked_at(part: str) -> None:
    assert head(f"<h1>Dermaga</h1>{part * 5000}").stated.title == "Dermaga"


PAGES = Path(__file__).parents[4] / "shared" / "extraction"


@pytest.mark.skipif(not PAGES.exists(), reason="the study's pages are not beside this checkout")
def test_real_pages_cut_at_random_places_are_read_without_a_fault() -> None:
    chosen = random.Random(4)  # noqa: S311 — for places, not for secrets
    for path in chosen.sample(sorted(PAGES.rglob("*.html.gz")), 20):
        page = gzip.decompress(path.read_bytes()).decode("utf-8", "replace")
        places = [chosen.randrange(len(page)) for _ in range(4)]
        for first, second in pairwise(places):
            assert isinstance(head(page[:first] + page[second:]), Head)

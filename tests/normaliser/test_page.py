from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kliping import Article, Rejected, normalise
from kliping.records import Dateline, Figure, Related

PAGES = Path(__file__).parents[2] / "corpus/raw/pages"


def read(name: str) -> Article:
    return normalise((PAGES / f"{name}.html").read_bytes())


def kinds(article: Article) -> list[str]:
    return [block.type for block in article.blocks]


def page(body: str, head: str = "") -> bytes:
    paragraphs = "".join(f"<p>{'Kalimat yang cukup panjang untuk sebuah artikel. ' * 4}{n}.</p>" for n in range(4))
    return f"<!doctype html><html><head>{head}</head><body><article>{body}{paragraphs}</article></body></html>".encode()


def test_a_page_keeps_the_kinds_of_its_blocks() -> None:
    assert kinds(read("pasar-lama-survei")) == [
        "title", "paragraph", "paragraph", "quote", "paragraph", "heading", "list_item", "list_item", "list_item",
        "paragraph", "paragraph",
    ]  # fmt: skip


def test_what_a_page_states() -> None:
    article = read("pasar-lama-survei")
    assert article.title == "Survei: Pembeli Lebih Suka Bangunan yang Diperbaiki"
    assert article.subtitle is None
    assert article.authors == ("Tika Laruna",)
    assert article.publisher == "Harian Lembah"
    assert article.published == "2024-05-14T07:30:00+07:00"
    assert article.modified == "2024-05-14T09:05:00+07:00"
    assert article.url == "https://harianlembah.example/kota/2024/05/survei-pembeli"
    assert article.topics == ("Pasar Lama", "Survei")
    assert article.dateline == Dateline(place="Selawara", agency="Harian Lembah", date=None)
    assert article.figures == (Figure(caption="Pewawancara di dermaga kayu.", credit="Harian Lembah/Sekar"),)
    assert article.language == "id"


def test_a_marked_subtitle_is_a_block() -> None:
    article = read("old-market-heritage")
    assert article.subtitle == "A plan to widen two lanes would keep stalls where they are"
    assert kinds(article)[:3] == ["title", "subtitle", "paragraph"]


def test_a_read_also_box_is_related_with_its_link() -> None:
    assert read("feri-kandas").related == (
        Related(
            title="Penjaga Mercusuar yang Memelihara Lebah", url="https://www.kabarselawara.example/kota/mercusuar"
        ),
    )


def test_the_byline_of_a_page_is_not_listed_twice() -> None:
    article = read("feri-kandas")
    assert article.authors == ("Bagas Omara",)
    assert "Bagas" not in article.text


def test_a_latin_1_page_is_read_by_its_declared_charset() -> None:
    assert read("sanggar-kota-tua").title == "Sanggar Ülgar Terancam Kehilangan Atap"


def test_an_amp_address_and_tracking_parameters_are_folded() -> None:
    assert read("tanggul-ganti-rugi").url == "https://harianlembah.example/kota/2024/09/ganti-rugi-bantaran"
    assert read("pasar-lama-gedung-sentra").url == "https://kabarselawara.example/kota/gedung-sentra"


def test_comments_menus_and_footers_are_no_text() -> None:
    text = read("old-market-heritage").text
    assert [words for words in ("bell alone", "Skip to the story", "cookies", "More stories") if words in text] == []


def test_a_page_not_found_is_rejected() -> None:
    with pytest.raises(Rejected) as raised:
        read("not-found")
    assert raised.value.reason == "not-found"


def test_a_page_without_text_is_rejected() -> None:
    with pytest.raises(Rejected) as raised:
        normalise(b"<!doctype html><html><body><script>x()</script></body></html>")
    assert raised.value.reason == "no-article"


def test_a_canonical_address_that_is_the_sites_own_is_no_identity() -> None:
    head = (
        '<link rel="canonical" href="https://kabar.example/"><meta property="og:url" content="https://kabar.example/a">'
    )
    assert normalise(page("<h1>Judul</h1>", head)).url == "https://kabar.example/a"


def test_a_relative_canonical_address_is_resolved() -> None:
    found = normalise(page("<h1>Judul</h1>", '<link rel="canonical" href="/a">'), url="https://kabar.example/b?x=1")
    assert found.url == "https://kabar.example/a"


def test_the_name_of_the_site_is_cut_from_the_title() -> None:
    head = (
        '<meta property="og:site_name" content="Kabar"><meta property="og:title" content="Feri Tidak Berlayar | Kabar">'
    )
    assert normalise(page("", head)).title == "Feri Tidak Berlayar"


def test_the_word_before_a_stated_author_is_no_part_of_the_name() -> None:
    assert normalise(page("<h1>Judul</h1>", '<meta name="author" content="By Nell Astrand">')).authors == (
        "Nell Astrand",
    )


def test_a_date_is_never_guessed_from_the_body() -> None:
    assert (
        normalise(page("<h1>Judul</h1><p>Selawara, 18 Oktober 2021. Rapat dewan kota berakhir larut.</p>")).published
        is None
    )


def test_words_across_inline_elements_are_not_torn() -> None:
    assert normalise(page("<h1>Ju<b>dul</b><br>Kedua</h1>")).title == "Judul Kedua"


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 4000), st.binary(max_size=20))
def test_a_cut_or_damaged_page_gives_an_article_or_a_reason(at: int, junk: bytes) -> None:
    data = (PAGES / "pasar-lama-survei.html").read_bytes()
    with suppress(Rejected):
        normalise(data[:at] + junk + data[at + len(junk) :], media_type="text/html")
    with suppress(Rejected):
        normalise(data[:at] + junk, media_type="text/html")


def stated_body(body: str) -> bytes:
    """A page that shows hardly anything, and states its whole text in JSON-LD."""
    data = json.dumps({"@type": "NewsArticle", "headline": "Pasar Lama Tetap di Tempatnya", "articleBody": body})
    script = f'<script type="application/ld+json">{data}</script>'
    return (
        f"<html><head>{script}</head><body><h1>Pasar Lama Tetap di Tempatnya</h1><p>Memuat…</p></body></html>".encode()
    )


@pytest.mark.parametrize("form", ["{}\n\n{}\n\n{}", "<p>{}</p><p>{}</p><p>{}</p>", "&lt;p&gt;{}&lt;/p&gt;{}<br/>{}"])
def test_a_body_that_only_json_ld_has_is_taken_paragraph_by_paragraph(form: str) -> None:
    paragraphs = [
        f"Dewan kota menunda keputusan tentang pasar itu untuk kali ke-{n}, kata ketuanya seusai rapat yang panjang."
        for n in range(3)
    ]
    article = normalise(stated_body(form.format(*paragraphs)))
    assert article.text.split("\n\n") == ["Pasar Lama Tetap di Tempatnya", *paragraphs]
    assert article.confidence is None


def test_a_page_of_too_many_pieces_is_turned_down_rather_than_cut_short() -> None:
    with pytest.raises(Rejected) as raised:
        normalise(page("<p>Kata</p>" * 20_000))
    assert raised.value.reason == "too-large"


@pytest.mark.parametrize(
    "told",
    [
        "<time datetime='1998-03-03'>3 Maret 1998</time>",
        "<a href='/arsip'>March 3, 1998</a>",
        "<span class='date'>3 March 1998</span>",
        "<blockquote><p>Pesan seorang warga <a href='/x'>March 3, 1998</a></p></blockquote>",
    ],
)
def test_a_date_in_the_prose_or_in_a_quotation_is_not_when_the_article_was_published(told: str) -> None:
    prose = f"<p>Dewan kota pernah menunda keputusan yang sama pada {told} dan sekali lagi sesudahnya, kata ketua itu "
    article = normalise(
        page(f"<h1>Judul</h1>{prose}ketika ditanya wartawan seusai rapat yang panjang di balai kota.</p>")
    )
    assert article.published is None

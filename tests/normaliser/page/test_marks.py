from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from kliping.normaliser.page.elements import text_of
from kliping.normaliser.page.marks import Marks, first, read_marks


def marks(html: str) -> Marks:
    return read_marks(LexborHTMLParser(html))


def test_meta_elements_are_found_by_any_spelling_of_their_name() -> None:
    found = marks("""
    <meta property="article:published_time" content="2024-06-20">
    <meta name="Article.Published-Time" content="2024-06-21">
    <meta itemprop="keywords" content=" feri,  dermaga "><meta name="keywords" content="">
    <meta http-equiv="Content-Language" content="id">
    """)
    assert found.metas("articlePublishedTime") == ("2024-06-20", "2024-06-21")
    assert found.metas("keywords", "content-language") == ("feri, dermaga", "id")


def test_what_a_meta_element_states_is_text() -> None:
    found = marks('<meta property="og:title" content="Feri &amp;amp; &lt;b&gt;dermaga&lt;/b&gt; R&amp;D">')
    assert found.metas("og:title") == ("Feri & dermaga R&D",)


def test_the_title_is_that_of_the_head_not_of_a_drawing() -> None:
    assert marks("<svg><title>Logo</title></svg><title>Dermaga  dibuka</title>").title == "Dermaga dibuka"


def test_times_behind_the_title_come_first() -> None:
    found = marks("<time>1</time><h1>Dermaga</h1><time>2</time><time>3</time>")
    assert [text_of(node) for node in found.times] == ["2", "3", "1"]


def test_a_category_is_no_tag() -> None:
    found = marks('<a rel="category tag">Daerah</a><a rel="TAG nofollow">feri</a>')
    assert [text_of(node) for node in found.tags] == ["feri"]


def test_items_are_the_articles_and_the_pages_own() -> None:
    found = marks("""
    <div itemscope itemtype="https://schema.org/WebPage"><i itemprop="datePublished">page</i>
    <article itemscope itemtype="https://schema.org/NewsArticle"><h1>Dermaga</h1><i itemprop="datePublished">own</i>
    <div itemscope itemtype="https://schema.org/Comment"><i itemprop="datePublished">comment</i></div>
    </article>
    <article itemscope itemtype="https://schema.org/NewsArticle"><i itemprop="datePublished">other</i></article></div>
    """)
    assert [text_of(node) for node in found.items["datePublished"]] == ["page", "own"]


def test_where_no_item_holds_a_title_the_first_articles_is_the_pages() -> None:
    found = marks("""<h1>Dermaga</h1>
    <div itemscope itemtype="http://schema.org/Article"><i itemprop="author">Tika Laruna</i></div>
    <div itemscope itemtype="http://schema.org/Article"><i itemprop="author">Jaya Mandira</i></div>""")
    assert [text_of(node) for node in found.items["author"]] == ["Tika Laruna"]


def test_the_first_value_of_the_first_place_that_has_any() -> None:
    assert first((), ("", "a"), ("b",)) == "a"
    assert first((), ("",)) is None

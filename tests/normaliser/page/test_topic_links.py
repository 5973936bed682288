from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from kliping.normaliser.page.head import read_stated


def topics(html: str) -> tuple[str, ...]:
    return read_stated(LexborHTMLParser(html), None).topics


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<p>Tag: <a rel="tag">feri</a> <a rel="tag">dermaga</a></p>', ("feri", "dermaga")),
        ('<article><footer><a rel="tag">feri</a></footer></article>', ("feri",)),
        ('<footer><a rel="tag">feri</a></footer><aside><a rel="tag">pasar</a></aside>', ()),
        (
            '<ul><li><a href="/tag/feri">Feri</a></li><li><a href="/tag/dermaga">Dermaga</a></li></ul>',
            ("Feri", "Dermaga"),
        ),
        ('<nav><a href="/topic/feri">Feri</a></nav><p>Baca <a href="/topic/feri">feri</a></p>', ()),
        ('<div class="article-tags"><a href="/x">Feri</a><a href="/y">Dermaga</a></div>', ("Feri", "Dermaga")),
        ('<div><button class="tag" role="link">Feri</button><button class="tag">Ikuti</button></div>', ("Feri",)),
        ('<div class="tags"><a class="share-button" href="/tag/x">Bagikan</a></div>', ()),
    ],
    ids=["rel", "footer of the article", "elsewhere", "address", "menu and prose", "class", "button", "share"],
)
def test_links_to_topics_behind_the_title(html: str, expected: tuple[str, ...]) -> None:
    assert topics(f"<h1>Kapal</h1>{html}") == expected


def test_of_links_before_the_title_only_those_in_the_article_count() -> None:
    links = '<div><a href="/tag/feri">Feri</a><a href="/tag/dermaga">Dermaga</a></div>'
    assert topics(f"{links}<h1>Kapal</h1>") == ()
    assert topics(f"<main>{links}<h1>Kapal</h1></main>") == ("Feri", "Dermaga")

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from selectolax.lexbor import LexborHTMLParser

from kliping.normaliser.page.head import read_stated

if TYPE_CHECKING:
    from kliping.normaliser.stated import Stated


def stated(html: str, url: str | None = None) -> Stated:
    return read_stated(LexborHTMLParser(html), url)


def script(fields: str) -> str:
    return f'<script type="application/ld+json">{{"@type": "Article", {fields}}}</script>'


META = '<meta property="article:published_time" content="2024-06-20T15:00:00+07:00">'


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (script('"datePublished": "2024-06-19T08:00:00Z"') + META, "2024-06-19T08:00:00Z"),
        (script('"datePublished": "2024-06-20"') + META, "2024-06-20T15:00:00+07:00"),
        (script('"datePublished": "2024-06-19"') + META, "2024-06-19"),
        (script('"datePublished": "2024"') + META, "2024-06-20T15:00:00+07:00"),
        (script('"datePublished": "kemarin"') + META, "2024-06-20T15:00:00+07:00"),
        (script('"datePublished": "0001-01-01T00:00:00"'), None),
        (script('"dateCreated": "2024-06-18T08:00:00"') + META, "2024-06-20T15:00:00+07:00"),
        (script('"dateCreated": "2024-06-18T08:00:00"'), "2024-06-18T08:00:00"),
        ('<h1>D</h1><i itemprop="datePublished" content="2024-06-20">kemarin</i>', "2024-06-20"),
        (
            '<time datetime="2024-01-01">x</time><h1>D</h1><time datetime="2024-06-20T15:00">x</time>',
            "2024-06-20T15:00",
        ),
        ('<h1>D</h1><time class="updated" datetime="2024-06-21">x</time><time>20 June 2024</time>', "2024-06-20"),
        ('<h1>D</h1><aside><time datetime="2024-01-01">x</time></aside>', None),
        ('<h1>D</h1><div class="post-date">Published on: June 20, 2024 3:05 pm</div>', "2024-06-20T15:05"),
        ('<h1>D</h1><div class="post-date">20 June 2024 (updated 21 June 2024)</div>', "2024-06-20"),
        ('<h1>D</h1><div class="post-date">Updated 21 June 2024</div>', None),
        ('<main><p class="tanggal">Kamis, 20 Juni 2024, 15.00 WIB</p><h1>D</h1></main>', "2024-06-20T15:00+07:00"),
        ('<p class="tanggal">20 Juni 2024</p><h1>D</h1>', None),
        ("<h1>D</h1><div><span>20. Juni 2024</span></div>", "2024-06-20"),
        ("<h1>D</h1><ul><li>20. Juni 2024</li></ul>", "2024-06-20"),
        ("<h1>D</h1><p>On 20 June 2024 the ferry came back to the pier of the town.</p>", None),
    ],
)
def test_when_a_page_says_that_it_was_published(html: str, expected: str | None) -> None:
    assert stated(html).published == expected


def test_the_day_in_the_address_is_the_last_resort() -> None:
    url = "https://kabar.example/2024/06/20/dermaga"
    assert stated("<h1>D</h1>", url).published == "2024-06-20"
    assert stated("<h1>D</h1><time>19 June 2024</time>", url).published == "2024-06-19"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (script('"dateModified": "2024-06-21T08:00:00Z"'), "2024-06-21T08:00:00Z"),
        ('<meta property="og:updated_time" content="1718928000">', "2024-06-21T00:00:00+00:00"),
        ('<i itemprop="dateModified">Last updated 21 June 2024</i>', "2024-06-21"),
        ('<h1>D</h1><time class="entry-updated">Diperbarui 21 Juni 2024</time>', "2024-06-21"),
        ("<h1>D</h1><time>20 June 2024</time>", None),
    ],
)
def test_when_a_page_says_that_it_was_changed(html: str, expected: str | None) -> None:
    assert stated(html).modified == expected

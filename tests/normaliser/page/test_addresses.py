from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from kliping.normaliser.page.addresses import host
from kliping.normaliser.page.head import read_stated

BASE = "https://kabar.example/berita/feri?ref=surat"


def url(html: str, base: str | None = BASE) -> str | None:
    return read_stated(LexborHTMLParser(html), base).url


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<link rel="canonical" href="/berita/feri"><meta property="og:url" content="/x">', "https://kabar.example/berita/feri"),
        ('<link rel="shortcut CANONICAL" href=" feri-2 ">', "https://kabar.example/berita/feri-2"),
        ('<link rel="canonical" href="https://kabar.example/"><meta property="og:url" content="/b/7">', "https://kabar.example/b/7"),
        ('<meta property="og:url" content="https://[x"><link rel="canonical" href="mailto:a@kabar.example">', None),
        (
            '<script type="application/ld+json">{"@type": "Article", "mainEntityOfPage": {"@id": "/b/8"}}</script>',
            "https://kabar.example/b/8",
        ),
        ("<p>https://kabar.example/b/9</p>", None),
    ],
    ids=["canonical", "relative", "the site's", "no address", "json-ld", "prose"],
)  # fmt: skip
def test_the_address_that_a_page_gives_itself(html: str, expected: str | None) -> None:
    assert url(html) == expected


def test_a_relative_address_needs_to_know_where_the_page_was_fetched() -> None:
    assert url('<link rel="canonical" href="/berita/feri">', None) is None


def test_half_a_surrogate_pair_is_no_part_of_an_address() -> None:
    page = '{"@type": "Article", "mainEntityOfPage": {"@id": "/b/8\\ud800"}}'
    assert url(f'<script type="application/ld+json">{page}</script>') == "https://kabar.example/b/8"


def test_the_host_of_an_address() -> None:
    assert host(BASE) == "kabar.example"
    assert host("https://[x") is None
    assert host(None) is None

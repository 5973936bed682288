from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from kliping.normaliser.page.head import read_stated

HEAD = '<meta property="og:site_name" content="Kabar Kota"><meta name="author" content="Tika Laruna">'


def topics(html: str) -> tuple[str, ...]:
    return read_stated(LexborHTMLParser(HEAD + html), "https://kabarkota.example/feri-dermaga").topics


def keywords(*contents: str, name: str = "keywords") -> str:
    return "".join(f'<meta name="{name}" content="{content}">' for content in contents)


def script(text: str) -> str:
    return f'<script type="application/ld+json">{{"@type": "Article", "keywords": {text}}}</script>'


def things(about: str, mentions: str) -> str:
    return f"""<script type="application/ld+json">
    {{"@type": "Article", "about": {about}, "mentions": {mentions}}}</script>"""


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (keywords("feri; dermaga;feri") + script('["pasar", "kota"]'), ("pasar", "kota")),
        (keywords("a, b", name="news_keywords") + keywords("c", "d", name="article:tag"), ("a", "b")),
        (keywords("feri") + script('"pasar"'), ("pasar",)),
        (keywords("feri, dermaga") + script('"pasar"'), ("feri", "dermaga")),
        (script('[{"@type": "DefinedTerm", "name": "feri"}, {"name": "dermaga"}]'), ("feri", "dermaga")),
        (things('{"name": "feri"}', '["dermaga", {"name": "pasar"}]'), ("feri", "dermaga", "pasar")),
        (things('"feri"', '"dermaga"') + keywords("kota, desa"), ("kota", "desa")),
        (keywords("feri-malam, pasar-lama", name="sailthru.tags"), ("feri malam", "pasar lama")),
        ("<p>#feri #dermaga</p>", ()),
    ],
)
def test_the_first_place_that_states_two_else_one(html: str, expected: tuple[str, ...]) -> None:
    assert topics(html) == expected


def test_the_site_the_authors_and_what_programs_keep_are_no_topics() -> None:
    found = keywords("#feri., Kabar Kota, Tika Laruna, 4711, @river, /berita, kanal_utama, a:b, kabar.example, dermaga")
    assert topics(found) == ("feri", "dermaga")


def test_what_nobody_gave_a_topic_has_none() -> None:
    assert topics(keywords("Uncategorized", name="article:tag")) == ()


def test_a_comma_in_a_topic_that_is_stated_alone_stays() -> None:
    assert topics(keywords("Sorel, Ana (1970- )", "Feri", "Dermaga", name="article:tag")) == (
        "Sorel, Ana (1970- )",
        "Feri",
        "Dermaga",
    )
    assert topics(keywords("feri, dermaga, pasar", "kota", "desa", name="article:tag")) == (
        "feri", "dermaga", "pasar", "kota", "desa",
    )  # fmt: skip


def test_keys_before_topics_go() -> None:
    assert topics(keywords("Subject: Ferries, Medium: Web, Topic: Piers, Desk: Night")) == ("Ferries", "Piers")
    assert topics(keywords("Topic: Ferries, Piers, Market")) == ("Ferries", "Piers", "Market")


def test_the_words_of_the_title_or_the_title_itself_are_no_topics() -> None:
    title = "<title>Dermaga teluk sura dibuka lagi besok</title>"
    assert topics(title + keywords("dermaga,teluk,sura,dibuka,besok")) == ()
    assert topics(title + keywords("Dermaga teluk sura dibuka lagi besok, feri")) == ("feri",)

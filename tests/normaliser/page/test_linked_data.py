from __future__ import annotations

import pytest

from kliping.normaliser.page.linked_data import Agent, LinkedData, named, read_linked_data, strings

GRAPH = """{"@graph": [
  {"@type": "WebSite", "name": "Kabar"},
  {"@type": "WebPage", "datePublished": "2024-06-19"},
  {"@type": "Person", "@id": "#tika", "name": "Tika Laruna"},
  {"@type": ["Thing", "NewsArticle"], "headline": "Feri &amp; <b>dermaga</b>",
   "author": [{"@id": "#tika"}, "Jaya Mandira", {"@type": "NewsMediaOrganization", "name": "Kabar"}]}
]}"""


def read(*scripts: str, titles: tuple[str, ...] = (), addresses: tuple[str, ...] = ()) -> LinkedData:
    return read_linked_data(scripts, titles, addresses)


def test_the_article_is_found_in_a_graph_with_its_authors() -> None:
    found = read("no json", GRAPH)
    assert found.strings("headline") == ("Feri & dermaga",)
    assert found.agents("author") == (
        Agent("Tika Laruna", is_organisation=False),
        Agent("Jaya Mandira", is_organisation=False),
        Agent("Kabar", is_organisation=True),
    )
    assert found.page_strings("datePublished") == ("2024-06-19",)


def test_of_several_articles_the_one_with_the_pages_title_is_the_pages() -> None:
    other = '{"@type": "NewsArticle", "headline": "Pasar lama ramai", "datePublished": "2024-01-01", "author": "Jaya"}'
    own = '{"@type": "ReportageNewsArticle", "headline": "Dermaga dibuka lagi"}'
    found = read(f"[{other}, {own}]", titles=("Dermaga dibuka lagi | Kabar",))
    assert found.strings("headline") == ("Dermaga dibuka lagi",)
    assert found.agents("author") == ()


def test_of_several_articles_the_one_at_the_pages_address_is_the_pages() -> None:
    script = """[{"@type": "Article", "headline": "Satu", "url": "https://kabar.example/satu"},
    {"@type": "Article", "headline": "Dua", "mainEntityOfPage": {"@id": "/berita/dua"}}]"""
    assert read(script, addresses=("https://kabar.example/berita/dua",)).strings("headline") == ("Dua",)


def test_an_article_in_a_list_beneath_comes_last() -> None:
    script = """{"@type": "Report", "hasPart": [{"@type": "Article", "headline": "Satu"}], "headline": "Dua"}"""
    assert read(script).strings("headline") == ("Dua",)


def test_scripts_about_the_same_article_fill_each_other() -> None:
    first = '{"@type": "Article", "headline": "Dermaga dibuka", "datePublished": "2024-06-20"}'
    second = '{"@type": "BlogPosting", "headline": "Dermaga dibuka", "keywords": ["feri"]}'
    assert read(first, second).strings("keywords") == ("feri",)


@pytest.mark.parametrize(
    "script",
    [
        '{"@type": "BlogPosting", "headline": "a\nb"};',
        '<!-- {"@type": "BlogPosting", "headline": "a b"} -->',
        '//<![CDATA[\n{"@type": "BlogPosting", "headline": "a b"}\n//]]>',
        '{"@type": "BlogPosting", "headline": "a b",}',
        '{"@type": "BlogPosting", /* the title */ "headline": "a b"}',
        '{"@type": "BlogPosting", "headline": "a b", "articleBody": "cut sh',
        '{"@type": "BlogPosting", "headline": {"@value": "a b", "@language": "id"}}',
        '{"@type": "BlogPosting", "headline": "a b\\ud83d"}',
    ],
    ids=["line end", "comment around", "cdata", "comma", "comment", "cut", "value object", "half a character"],
)
def test_a_script_that_is_not_quite_json_is_read(script: str) -> None:
    assert read(script).strings("headline") == ("a b",)


@pytest.mark.parametrize(
    "script",
    ['{"@type": "WebSite"}', "[" * 100_000, "{" * 100_000, '{"a": ' * 5000, '{"a":"b"c"d,' * 5000, "", "null", "7"],
)
def test_a_script_without_an_article_states_nothing(script: str) -> None:
    found = read(script)
    assert (found.articles, found.pages) == ((), ())


def test_a_name_in_parts_is_joined() -> None:
    script = """{"@type": "Article", "author": [{"@type": "Person", "givenName": "Tika", "familyName": "Laruna"},
    {"@type": "Person", "url": "/orang/jaya"}]}"""
    assert read(script).agents("author") == (Agent("Tika Laruna", is_organisation=False),)


def test_references_that_go_in_circles_end() -> None:
    script = """{"@type": "Article", "headline": "a",
    "author": {"@id": "#a", "@list": [{"@id": "#a"}, {"@id": "#b", "name": ["Tika Laruna"]}]}}"""
    assert read(script).agents("author") == (Agent("Tika Laruna", is_organisation=False),)


def test_keywords_are_text_or_terms_with_a_name() -> None:
    assert named(["feri", {"@type": "DefinedTerm", "name": "dermaga"}, {"@value": "pasar"}, 7]) == (
        "feri",
        "dermaga",
        "pasar",
    )
    assert named(None) == ()


def test_strings_are_clean_and_not_empty() -> None:
    assert strings([" Teluk&amp;nbsp;Sura ", "", 7, None]) == ("Teluk Sura",)


@pytest.mark.parametrize(("lists", "headlines"), [(900, ["Satu"]), (1100, [])])
def test_a_script_of_very_many_objects_and_lists_is_not_repaired(lists: int, headlines: list[str]) -> None:
    script = f'{{"@type": "Article", "headline": "Satu", "about": [{"[]," * lists}],}}'
    assert [node["headline"] for node in read_linked_data([script], [], []).articles] == headlines

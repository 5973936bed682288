from __future__ import annotations

from kliping.normaliser.linked_data import article_node, names, string, strings

GRAPH = """{"@graph": [
  {"@type": "WebSite", "name": "Kabar"},
  {"@type": "Person", "@id": "#tika", "name": "Tika Laruna"},
  {"@type": ["Thing", "NewsArticle"], "headline": "Feri &amp; dermaga", "author": [{"@id": "#tika"}, "Jaya Mandira"]}
]}"""


def test_the_article_is_found_in_a_graph_with_its_authors() -> None:
    node, known = article_node(["no json", GRAPH])
    assert string(node["headline"]) == "Feri & dermaga"
    assert names(node["author"], known) == ("Tika Laruna", "Jaya Mandira")


def test_a_script_with_line_ends_in_strings_and_a_semicolon_is_read() -> None:
    node, _ = article_node(['{"@type": "BlogPosting", "headline": "a\nb"};'])
    assert strings(node["headline"]) == ("a b",)


def test_no_article_is_an_empty_node() -> None:
    assert article_node(['{"@type": "WebSite"}', "[" * 100_000]) == ({}, {})

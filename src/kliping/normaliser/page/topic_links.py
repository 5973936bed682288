"""The links of an article to its topics' pages, told by where they lead and by their class names."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from kliping.normaliser.page.categories import bit, categories
from kliping.normaliser.page.elements import ancestors, attribute, is_beneath, selected, short_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from selectolax.lexbor import LexborHTMLParser, LexborNode

__all__ = ["topic_links", "topics_together"]

LONGEST_LINK = 60
"""Code points of a link to a topic, at most."""
_AROUND = 5
"""A list of links is looked for in this many elements around one."""
_NAMED = 3
"""Class names of this many elements around a link are looked at."""
_MOST = 200
"""So many links are looked at."""

_BY_ADDRESS = 'h1,a[href*="/t" i],a[href*="/keyword" i]'
_BY_CLASS = 'h1,[class*="tag" i],[class*="topic" i]'
_LEADS = re.compile(r"/(?:tags?|topics?|topik|keywords?|themen?|temas?|thema)/[^/]", re.IGNORECASE)
_SPEAKS = re.compile(r"/(?:tag|topi|keyword|thema|tema)", re.IGNORECASE)
_ELSEWHERE = frozenset({"nav", "aside", "figure", "form"})
_IN_PROSE = frozenset({"p", "h2", "h3", "h4"})
_ARTICLE = frozenset({"article", "main"})
_TAGS = bit("tags")
_NO_TOPIC = bit("share")


def topic_links(tree: LexborHTMLParser) -> list[str]:
    """The texts of the first two or more links to topics that stand together after the title, else of the first one."""
    return _together(_links(_by_address(tree))) or _together(_links(_by_class(tree)))


def topics_together(nodes: Sequence[LexborNode]) -> list[str]:
    """The texts of the first marked elements that stand together, but for those beside the article."""
    return _together([(node, text) for node in nodes if (text := _text(node)) and not _is_elsewhere(node)])


def _by_address(tree: LexborHTMLParser) -> Iterator[LexborNode]:
    """Titles, and links whose address speaks of topics."""
    nodes = selected(tree, _BY_ADDRESS)
    return (node for node in nodes if node.tag == "h1" or _SPEAKS.search(attribute(node, "href")))


def _by_class(tree: LexborHTMLParser) -> Iterator[LexborNode]:
    """Titles, and links in elements whose class names speak of topics; also such as only WAI-ARIA calls links."""
    for node in islice(selected(tree, _BY_CLASS), _MOST):
        if node.tag in {"h1", "a"} or attribute(node, "role") == "link":
            yield node
        elif categories(node.attributes) & _TAGS:
            yield from selected(node, 'a,[role="link"]')


def _links(nodes: Iterable[LexborNode]) -> list[tuple[LexborNode, str]]:
    """The links with their texts; of those before the title only what is in the article."""
    found: dict[int, tuple[LexborNode, str]] = {}
    is_after = False
    for node in islice(nodes, _MOST):
        if node.tag == "h1":
            found = found if is_after else {key: one for key, one in found.items() if is_beneath(one[0], _ARTICLE)}
            is_after = True
        elif node.mem_id not in found and (text := _text(node)) and _is_topic(node):
            found[node.mem_id] = (node, text)
    return list(found.values())


def _together(found: Iterable[tuple[LexborNode, str]]) -> list[str]:
    """The texts of the first two or more that share an element around them, else of the first."""
    placed = [(text, [above.mem_id for above in islice(ancestors(node), _AROUND)]) for node, text in found]
    counts = Counter(place for _, places in placed for place in places)
    lists: dict[int, list[str]] = {}
    for text, places in placed:
        place = next((place for place in places if counts[place] > 1), places[0] if places else 0)
        lists.setdefault(place, []).append(text)
    return next((texts for texts in lists.values() if len(texts) > 1), next(iter(lists.values()), []))


def _text(node: LexborNode) -> str:
    return short_text(node, LONGEST_LINK)


def _is_elsewhere(node: LexborNode) -> bool:
    """Whether an element stands in no article: in lists of the site, or in a footer that is not the article's."""
    tags = [above.tag for above in ancestors(node)]
    return not _ELSEWHERE.isdisjoint(tags) or ("footer" in tags and _ARTICLE.isdisjoint(tags))


def _is_topic(node: LexborNode) -> bool:
    if categories(node.attributes) & _NO_TOPIC or is_beneath(node, _IN_PROSE) or _is_elsewhere(node):
        return False
    if _LEADS.search(attribute(node, "href")):
        return True
    return any(categories(one.attributes) & _TAGS for one in (node, *islice(ancestors(node), _NAMED)))

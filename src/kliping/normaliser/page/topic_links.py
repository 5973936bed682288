"""The links of an article to its topics' pages, told by where they lead and by their class names."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from kliping.normaliser.page.categories import bit, categories
from kliping.normaliser.page.elements import ancestors, attribute, selected, text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from selectolax.lexbor import LexborHTMLParser, LexborNode

__all__ = ["topic_links"]

LONGEST_LINK = 60
"""Code points of a link to a topic, at most."""
_AROUND = 5
"""A list of links is looked for in this many elements around one."""

_NAMED = 3
"""Class names of this many elements around a link are looked at."""

_BY_ADDRESS = "h1," + ",".join(f'a[href*="/{word}" i]' for word in ("tag", "topi", "keyword", "thema", "tema"))
_BY_CLASS = 'h1,[class*="tag" i] a,[class*="topic" i] a'
_LEADS = re.compile(r"/(?:tags?|topics?|topik|keywords?|themen?|temas?|thema)/[^/]", re.IGNORECASE)
_ELSEWHERE = frozenset({"nav", "aside", "footer", "p", "h2", "h3", "h4", "figure", "form"})


def topic_links(tree: LexborHTMLParser) -> list[str]:
    """The texts of the first two or more links to topics that stand together after the title, else of the first one so classed."""
    return _together(_links(tree, _BY_ADDRESS)) or _together(_links(tree, _BY_CLASS))


def _links(tree: LexborHTMLParser, selector: str) -> list[tuple[LexborNode, list[int]]]:
    """The links, each with the elements around it; of those before the title only what is in the article."""
    found: list[tuple[LexborNode, list[int]]] = []
    is_after = False
    for node in selected(tree, selector):
        if node.tag == "h1":
            found = found if is_after else [one for one in found if _is_inside(one[0])]
            is_after = True
        elif _is_topic(node):
            found.append((node, [above.mem_id for above in islice(ancestors(node), _AROUND)]))
    return found


def _together(found: Sequence[tuple[LexborNode, Sequence[int]]]) -> list[str]:
    """The texts of the first links that share an element around them."""
    counts = Counter(place for _, places in found for place in places)
    lists: dict[int, list[str]] = {}
    for node, places in found:
        place = next((place for place in places if counts[place] > 1), places[0])
        lists.setdefault(place, []).append(text_of(node))
    return next((texts for texts in lists.values() if len(texts) > 1), next(iter(lists.values()), []))


def _is_inside(node: LexborNode) -> bool:
    """Whether a link before the title is in the article: beneath an `article`, and in no list of the site's."""
    return any(above.tag in {"article", "main"} for above in ancestors(node))


def _is_topic(node: LexborNode) -> bool:
    around = list(ancestors(node))
    if any(above.tag in _ELSEWHERE for above in around):
        return False
    if not 0 < len(text_of(node)) <= LONGEST_LINK:
        return False
    if _LEADS.search(attribute(node, "href")):
        return True
    return any(categories(one.attributes) & bit("tags") for one in (node, *around[:_NAMED]))

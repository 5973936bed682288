"""The marks by which a page states things, collected in one look: meta elements, links, microdata, headings, times."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from kliping.normaliser.cleaning import clean_line
from kliping.normaliser.page.elements import ancestors, attribute, plain, selected

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from selectolax.lexbor import LexborHTMLParser, LexborNode

__all__ = ["Marks", "first", "read_marks"]

_SELECTOR = (
    'meta,title,h1,time,[itemprop],link[rel~="canonical" i],[rel~="author" i],[rel~="tag" i],script[type*="ld+json" i]'
)
_ITEMS = frozenset(
    "headline alternativeHeadline author datePublished dateCreated dateModified keywords publisher".split()
)
MOST = 100
"""So many elements of one kind are looked at: pages have hardly more, and some are made to exhaust."""

_PAGE_TYPES = ("article", "posting", "webpage", "report")


@dataclass(slots=True)
class Marks:
    """What a page is marked with, each in the page's order.

    Attributes:
        meta: contents of the meta elements by the letters and digits of their name, property, itemprop or http-equiv:
            `article:published_time` and `article:published:time` are both `articlepublishedtime`.
        canonical: addresses of the canonical links.
        title: the `title` of the head.
        headings: the elements `h1`.
        times: the elements `time` that begin after the first `h1`, then the others.
        items: elements with an `itemprop` of the article or the page, by its name.
        authors: elements with the link type `author`.
        tags: elements with the link type `tag`, without those that are a category's too.
        scripts: the JSON-LD.
    """

    meta: dict[str, list[str]] = field(default_factory=dict)
    canonical: list[str] = field(default_factory=list)
    title: str = ""
    headings: list[LexborNode] = field(default_factory=list)
    times: list[LexborNode] = field(default_factory=list)
    items: dict[str, list[LexborNode]] = field(default_factory=dict)
    authors: list[LexborNode] = field(default_factory=list)
    tags: list[LexborNode] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)

    def metas(self, *names: str) -> tuple[str, ...]:
        """The contents of all meta elements of some names, name by name, as text."""
        found = (plain(content) for name in names for content in self.meta.get(_key(name), ()))
        return tuple(content for content in found if content)


def read_marks(tree: LexborHTMLParser) -> Marks:
    """The marks of a page."""
    marks = Marks()
    early: list[LexborNode] = []
    for node in selected(tree, _SELECTOR):
        tag, attributes = node.tag, node.attributes
        if tag == "meta":
            _add_meta(marks, attributes)
        elif tag == "title":
            if not marks.title and node.parent is not None and node.parent.tag != "svg":
                marks.title = clean_line(node.text())
        elif tag == "script":
            marks.scripts.append(node.text())
        elif tag == "link":
            marks.canonical.append(attributes.get("href") or "")
        else:
            if tag == "h1":
                _add(marks.headings, node)
            elif tag == "time":
                _add(marks.times if marks.headings else early, node)
            _add_marked(marks, node, attributes)
    marks.times += early
    marks.items = {name: [node for node in nodes if _is_pages_own(node)] for name, nodes in marks.items.items()}
    return marks


def _add(known: list[LexborNode], node: LexborNode) -> None:
    if len(known) < MOST:
        known.append(node)


def _add_meta(marks: Marks, attributes: Mapping[str, str | None]) -> None:
    content = attributes.get("content")
    if content:
        for key in ("property", "name", "itemprop", "http-equiv"):
            name = _key(attributes.get(key) or "")
            if name:
                marks.meta.setdefault(name, []).append(content)
                return


@lru_cache(maxsize=4096)
def _key(name: str) -> str:
    return "".join(char for char in name.lower() if char.isalnum())


def _add_marked(marks: Marks, node: LexborNode, attributes: Mapping[str, str | None]) -> None:
    for name in (attributes.get("itemprop") or "").split()[:MOST]:
        if name in _ITEMS:
            _add(marks.items.setdefault(name, []), node)
    links = (attributes.get("rel") or "").lower().split()
    if "author" in links:
        _add(marks.authors, node)
    if "tag" in links and "category" not in links:
        _add(marks.tags, node)


def _is_pages_own(node: LexborNode) -> bool:
    """Whether an element belongs to the article's or the page's item, not to a comment's or an author's."""
    scope = next((above for above in ancestors(node) if "itemscope" in above.attributes), None)
    kind = attribute(scope, "itemtype").lower() if scope is not None else ""
    return not kind or kind.rstrip("/").endswith(_PAGE_TYPES)


def first(*places: Iterable[str]) -> str | None:
    """The first value of the first place that has any."""
    return next((value for place in places for value in place if value), None)

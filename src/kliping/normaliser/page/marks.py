"""The marks by which a page states things, collected in one look: meta elements, links, microdata, headings, times."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from kliping.normaliser.page.elements import ancestors, attribute, plain, selected, short_text
from kliping.normaliser.page.likeness import word_set

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from selectolax.lexbor import LexborHTMLParser, LexborNode

__all__ = ["LONGEST_TITLE", "Marks", "first", "read_marks"]

_SELECTOR = (
    'meta,title,h1,time,[itemprop],link[rel~="canonical" i],[rel~="author" i],[rel~="tag" i],script[type*="ld+json" i]'
)
_ITEMS = word_set("headline alternativeHeadline author datePublished dateCreated dateModified keywords publisher")
MOST = 100
"""So many elements of one kind are looked at: pages have hardly more, and some are made to exhaust."""
LONGEST_TITLE = 1000
"""Code points of a title, at most."""
LONGEST_CONTENT = 20_000
"""So many code points of what a meta element states are kept."""

T = TypeVar("T")
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
                marks.title = short_text(node, LONGEST_TITLE)
        elif tag == "script":
            marks.scripts.append(node.text())
        elif tag == "link":
            _add(marks.canonical, attributes.get("href") or "")
        else:
            if tag == "h1":
                _add(marks.headings, node)
            elif tag == "time":
                _add(marks.times if marks.headings else early, node)
            _add_marked(marks, node, attributes)
    marks.times += early
    if marks.items:
        _drop_others(marks)
    return marks


def _drop_others(marks: Marks) -> None:
    """Drop what is marked in another item of microdata than the page's: only a page with such marks has items."""
    own = frozenset(scope.mem_id for heading in marks.headings if (scope := _scope(heading)) and _is_articles(scope))
    marks.items = {name: list(_of_page(nodes, own)) for name, nodes in marks.items.items()}
    marks.authors = list(_of_page(marks.authors, own))
    marks.tags = list(_of_page(marks.tags, own))


def _add(known: list[T], one: T) -> None:
    if len(known) < MOST:
        known.append(one)


def _add_meta(marks: Marks, attributes: Mapping[str, str | None]) -> None:
    content = attributes.get("content")
    if content:
        for key in ("property", "name", "itemprop", "http-equiv"):
            name = _key(attributes.get(key) or "")
            if name:
                _add(marks.meta.setdefault(name, []), content[:LONGEST_CONTENT])
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


def _of_page(nodes: Iterable[LexborNode], own: frozenset[int]) -> Iterator[LexborNode]:
    """The elements of the page's or the article's item, not of a comment's, an author's or another article's.

    `own` are the articles' items that hold a title; where there is none, the first article's item is the page's.
    """
    for node in nodes:
        scope = _scope(node)
        if scope is None or not attribute(scope, "itemtype"):
            yield node
        elif _is_articles(scope):
            own = own or frozenset((scope.mem_id,))
            if scope.mem_id in own or _is_whole(scope):
                yield node


def _scope(node: LexborNode) -> LexborNode | None:
    """The microdata item that an element belongs to."""
    return next((above for above in ancestors(node) if "itemscope" in above.attributes), None)


def _kind(scope: LexborNode) -> str:
    return attribute(scope, "itemtype").lower().rstrip("/")


def _is_articles(scope: LexborNode) -> bool:
    return _kind(scope).endswith(_PAGE_TYPES)


def _is_whole(scope: LexborNode) -> bool:
    return _kind(scope).endswith("webpage")


def first(*places: Iterable[str]) -> str | None:
    """The first value of the first place that has any."""
    return next((value for place in places for value in place if value), None)

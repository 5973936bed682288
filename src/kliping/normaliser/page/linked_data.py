"""What a page says of its article in JSON-LD (schema.org): the article's nodes, with references resolved."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from html import unescape
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import msgspec

from kliping.normaliser.page.elements import plain
from kliping.normaliser.page.likeness import alike, likeness, same_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

__all__ = ["Agent", "LinkedData", "Node", "named", "read_linked_data", "strings"]

Node: TypeAlias = dict[str, object]
"""An object of JSON-LD."""

DEEPEST = 20
"""Objects nested deeper than this are not looked at."""
LONGEST_REPAIRED = 20_000
"""So many code points of a page's scripts are repaired, which takes some 3 µs each, and far more where they are made
to exhaust."""
MOST_REPAIRED = 1000
"""A script with more objects and lists is not repaired: for some that are made to exhaust, it takes their square."""
MOST = 20_000
"""So many objects of a page are looked at."""
MOST_ARTICLES = 200
"""So many of its articles are."""
MOST_AGENTS = 100
"""So many persons and organisations of a field are."""

LONGEST_HEADLINE = 1000
"""So many code points of a headline are compared."""

_BEFORE = re.compile(r"^(?:\s|//|/\*|\*/|<!--|<!\[CDATA\[)+")
_AFTER = re.compile(r"^(?:\s|//|/\*|\*/|>--|>\]\]|;)+")
"""What stands around some scripts; the second is for the script read backwards."""
_BETWEEN = re.compile(r"\n|</?(?:p|div|br|h[1-6]|li|ul|ol|blockquote|section)\b[^<>]*>", re.IGNORECASE)
"""What parts a text into paragraphs."""
_LESSER = frozenset(
    {"itemListElement", "hasPart", "liveBlogUpdate", "isPartOf", "citation", "mentions", "about", "comment", "review",
     "relatedLink", "isBasedOn", "associatedMedia", "video", "subjectOf"}
)  # fmt: skip
"""What stands beneath these is part of the article, or another one."""
_ARTICLES = ("Article", "Posting", "Report")
_PAGES = ("WebPage", "ItemPage")
_PARTS_OF_NAMES = ("givenName", "familyName")
_ORGANISATIONS = ("Organization", "Corporation", "Publisher", "Brand", "WebSite")


class Agent(NamedTuple):
    """A person or an organisation by its name."""

    name: str
    is_organisation: bool


class _Place(NamedTuple):
    """An object of JSON-LD and where it stands: how deep, and whether beneath another article."""

    node: Node
    depth: int
    lesser: bool


@dataclass(frozen=True, slots=True)
class LinkedData:
    """The nodes about the page's article, the best first, and every node by its `@id`."""

    articles: tuple[Node, ...] = ()
    pages: tuple[Node, ...] = ()
    known: Mapping[str, Node] = field(default_factory=dict)

    def strings(self, name: str) -> tuple[str, ...]:
        """The strings of a field, from the first node that has it."""
        return next((found for node in self.articles if (found := strings(node.get(name)))), ())

    def paragraphs(self, name: str) -> tuple[str, ...]:
        """The paragraphs of a field that holds a text: what stands between line ends, or between elements of blocks."""
        for node in self.articles:
            value = node.get(name)
            text = value.get("@value") if isinstance(value, dict) else value
            if isinstance(text, str) and (found := tuple(filter(None, map(plain, _BETWEEN.split(unescape(text)))))):
                return found
        return ()

    def page_strings(self, name: str) -> tuple[str, ...]:
        """The strings of a field of the page's own nodes (`WebPage`)."""
        return tuple(value for page in self.pages for value in strings(page.get(name)))

    def agents(self, name: str) -> tuple[Agent, ...]:
        """The persons and organisations of a field, from the first node that has it."""
        places = (tuple(islice(self._agents(node.get(name), 0), MOST_AGENTS)) for node in self.articles)
        return next(filter(None, places), ())

    def _agents(self, value: object, depth: int) -> Iterator[Agent]:
        """Strings, nodes with a `name`, references to such nodes, and lists of those."""
        if depth > DEEPEST:
            return
        if isinstance(value, list):
            for one in value:
                yield from self._agents(one, depth + 1)
        elif isinstance(value, dict):
            node = self.known.get(str(value.get("@id")), value) if "name" not in value else value
            is_organisation = _is(node, _ORGANISATIONS)
            names = strings(node.get("name")) or (" ".join(map(_string, map(node.get, _PARTS_OF_NAMES))).strip(),)
            yield from (Agent(name, is_organisation) for name in names if name)
            yield from self._agents(value.get("@list"), depth + 1)
        else:
            yield from (Agent(name, False) for name in strings(value))


def read_linked_data(scripts: Iterable[str], titles: Sequence[str], addresses: Sequence[str]) -> LinkedData:
    """The JSON-LD of a page, whose titles and addresses tell its article from others in the same graph.

    An article has a type that ends in `Article`, `Posting` or `Report` (`NewsArticle`, `BlogPosting`, …). A script that
    is no JSON is repaired where that is possible, else passed over.
    """
    places = list(islice((place for value in _values(scripts) for place in _places(value, 0, lesser=False)), MOST))
    known: dict[str, Node] = {}
    for place in places:
        identifier = place.node.get("@id")
        if isinstance(identifier, str) and len(place.node) > len(known.get(identifier, {"@id": ""})):
            known[identifier] = place.node
    articles = [place for place in places if _is(place.node, _ARTICLES)][:MOST_ARTICLES]
    ranked = sorted(articles, key=lambda place: -_fitness(place, titles, addresses))
    pages = tuple(place.node for place in places if _is(place.node, _PAGES) and not place.lesser)
    return LinkedData(tuple(_same_article([place.node for place in ranked])), pages, known)


def strings(value: object) -> tuple[str, ...]:
    """The strings of a value that may be one or a list, entities resolved and tags dropped, empty ones left out."""
    values = value if isinstance(value, list) else [value]
    literal = (one.get("@value") if isinstance(one, dict) else one for one in values)
    cleaned = (plain(one) for one in literal if isinstance(one, str))
    return tuple(one for one in cleaned if one)


def _string(value: object) -> str:
    return next(iter(strings(value)), "")


def named(value: object) -> tuple[str, ...]:
    """The strings of a value, and the names of its objects: keywords are text or a `DefinedTerm`."""
    values = value if isinstance(value, list) else [value]
    names = (one.get("name", one) if isinstance(one, dict) else one for one in values)
    return tuple(name for one in names for name in strings(one))


def _is(node: Node, endings: tuple[str, ...]) -> bool:
    kinds = node.get("@type")
    if isinstance(kinds, str):
        return kinds.endswith(endings)
    return isinstance(kinds, list) and any(isinstance(kind, str) and kind.endswith(endings) for kind in kinds)


def _fitness(place: _Place, titles: Sequence[str], addresses: Sequence[str]) -> float:
    """How surely a node is about the page's article."""
    node = place.node
    headline = _string(node.get("headline") or node.get("name"))[:LONGEST_HEADLINE]
    page = node.get("mainEntityOfPage")
    own = [node.get("url"), node.get("@id"), page.get("@id") if isinstance(page, dict) else page]
    is_here = any(same_address(one, address) for one in own if isinstance(one, str) for address in addresses)
    return (
        2.0 * is_here
        + 2.0 * max((likeness(headline, title) for title in titles), default=0.0)
        + 0.5 * bool(node.get("datePublished"))
        + 0.5 * bool(node.get("author"))
        - 2.0 * place.lesser
        - 0.01 * place.depth
    )


def _same_article(nodes: Sequence[Node]) -> Iterator[Node]:
    """The best node, and those that have its headline or none: several scripts often share one article."""
    if not nodes:
        return
    yield nodes[0]
    headline = _string(nodes[0].get("headline"))
    for node in nodes[1:]:
        other = _string(node.get("headline"))
        if headline and other and alike(headline, other):
            yield node


def _values(scripts: Iterable[str]) -> Iterator[object]:
    """The values of scripts: strict JSON, else what can be told of it, as long as little has been repaired."""
    left = LONGEST_REPAIRED
    for script in scripts:
        try:
            yield msgspec.json.decode(script)
        except (msgspec.DecodeError, RecursionError, UnicodeEncodeError):
            bare = _AFTER.sub("", _BEFORE.sub("", script)[::-1])[::-1]
            value = _loaded(bare)
            if value is None and _is_repairable(bare) and len(bare) <= left:
                left -= len(bare)
                value = _repaired(bare)
            yield value


def _loaded(script: str) -> object:
    """The value of a script that may hold line ends in its strings; None where it is no JSON."""
    try:
        return json.loads(script, strict=False)
    except (ValueError, RecursionError):
        return None


def _is_repairable(script: str) -> bool:
    return script.startswith(("{", "[")) and script.count("{") + script.count("[") <= MOST_REPAIRED


def _repaired(script: str) -> object:
    """The value of a script that is not quite JSON: trailing commas, comments, bare quotes, two objects, a cut end."""
    import json_repair  # 50 ms to import, and few pages need it

    try:
        return json_repair.loads(script, skip_json_loads=True)
    except (ValueError, RecursionError):
        return None


def _places(value: object, depth: int, *, lesser: bool) -> Iterator[_Place]:
    """Every object in a value, outer ones first."""
    if depth > DEEPEST:
        return
    if isinstance(value, dict):
        yield _Place(value, depth, lesser)
        for name, inner in value.items():
            if isinstance(inner, (dict, list)):
                yield from _places(inner, depth + 1, lesser=lesser or name in _LESSER)
    elif isinstance(value, list):
        for inner in value:
            yield from _places(inner, depth + 1, lesser=lesser)

"""What a page says of its article in JSON-LD (schema.org): the article's nodes, with references resolved."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
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
LONGEST_REPAIRED = 100_000
"""A script with more code points than this is not repaired, which takes some 3 µs each."""

_BEFORE = re.compile(r"^(?:\s|//|/\*|\*/|<!--|<!\[CDATA\[)+")
_AFTER = re.compile(r"^(?:\s|//|/\*|\*/|>--|>\]\]|;)+")
"""What stands around some scripts; the second is for the script read backwards."""
_LESSER = frozenset(
    {"itemListElement", "hasPart", "liveBlogUpdate", "isPartOf", "citation", "mentions", "about", "comment", "review",
     "relatedLink", "isBasedOn", "associatedMedia", "video", "subjectOf"}
)  # fmt: skip
"""What stands beneath these is part of the article, or another one."""
_PAGES = ("WebPage", "ItemPage")
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

    def page_strings(self, name: str) -> tuple[str, ...]:
        """The strings of a field of the page's own nodes (`WebPage`)."""
        return tuple(value for page in self.pages for value in strings(page.get(name)))

    def agents(self, name: str) -> tuple[Agent, ...]:
        """The persons and organisations of a field, from the first node that has it."""
        return next((found for node in self.articles if (found := tuple(self._agents(node.get(name), 0)))), ())

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
            yield from (Agent(name, is_organisation) for name in strings(node.get("name")))
            yield from self._agents(node.get("@list"), depth + 1)
        else:
            yield from (Agent(name, False) for name in strings(value))


def read_linked_data(scripts: Iterable[str], titles: Sequence[str], addresses: Sequence[str]) -> LinkedData:
    """The JSON-LD of a page, whose titles and addresses tell its article from others in the same graph.

    An article has a type that ends in `Article`, `Posting` or `Report` (`NewsArticle`, `BlogPosting`, …). A script that
    is no JSON is repaired where that is possible, else passed over.
    """
    places = [place for script in scripts for place in _places(_parsed(script), 0, lesser=False)]
    known: dict[str, Node] = {}
    for place in places:
        identifier = place.node.get("@id")
        if isinstance(identifier, str) and len(place.node) > len(known.get(identifier, {"@id": ""})):
            known[identifier] = place.node
    articles = [place for place in places if _is(place.node, ("Article", "Posting", "Report"))]
    ranked = sorted(articles, key=lambda place: -_fitness(place, titles, addresses))
    pages = tuple(place.node for place in places if _is(place.node, _PAGES) and not place.lesser)
    return LinkedData(tuple(_same_article([place.node for place in ranked])), pages, known)


def strings(value: object) -> tuple[str, ...]:
    """The strings of a value that may be one or a list, entities resolved and tags dropped, empty ones left out."""
    values = value if isinstance(value, list) else [value]
    cleaned = (plain(one) for one in values if isinstance(one, str))
    return tuple(one for one in cleaned if one)


def named(value: object) -> tuple[str, ...]:
    """The strings of a value, and the names of its objects: keywords are text or a `DefinedTerm`."""
    values = value if isinstance(value, list) else [value]
    return tuple(name for one in values for name in strings(one.get("name") if isinstance(one, dict) else one))


def _is(node: Node, endings: tuple[str, ...]) -> bool:
    kinds = node.get("@type")
    return any(
        isinstance(kind, str) and kind.endswith(endings) for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def _fitness(place: _Place, titles: Sequence[str], addresses: Sequence[str]) -> float:
    """How surely a node is about the page's article."""
    node = place.node
    headline = next(iter(strings(node.get("headline") or node.get("name"))), "")
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
    headline = next(iter(strings(nodes[0].get("headline"))), "")
    for node in nodes[1:]:
        other = next(iter(strings(node.get("headline"))), "")
        if headline and other and alike(headline, other):
            yield node


def _parsed(script: str) -> object:
    """The value of a script: strict JSON, else what can be told of it."""
    try:
        return msgspec.json.decode(script)
    except (msgspec.DecodeError, RecursionError, UnicodeEncodeError):
        script = _AFTER.sub("", _BEFORE.sub("", script)[::-1])[::-1]
    try:
        return json.loads(script, strict=False)
    except (ValueError, RecursionError):
        return _repaired(script)


def _repaired(script: str) -> object:
    """The value of a script that is not quite JSON: trailing commas, comments, bare quotes, two objects, a cut end."""
    if not script.startswith(("{", "[")) or len(script) > LONGEST_REPAIRED:
        return None
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

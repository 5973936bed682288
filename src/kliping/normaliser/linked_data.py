"""What a page says of its article in JSON-LD (schema.org): the article's node, with references resolved."""

from __future__ import annotations

import json
from html import unescape
from typing import TYPE_CHECKING, TypeAlias

from kliping.normaliser.cleaning import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["Node", "article_node", "names", "string", "strings"]

Node: TypeAlias = dict[str, object]
"""An object of JSON-LD."""

DEEPEST = 20
"""Objects nested deeper than this are not looked at."""


def article_node(scripts: Iterable[str]) -> tuple[Node, Mapping[str, Node]]:
    """The first node that is an article, and every node by its `@id`; both empty where there is none.

    An article has a type that ends in `Article` or `Posting` (`NewsArticle`, `BlogPosting`, …). A script that is no
    JSON is passed over.
    """
    nodes = [node for script in scripts for node in _nodes(_parsed(script), 0)]
    known = {identifier: node for node in nodes if isinstance(identifier := node.get("@id"), str) and len(node) > 1}
    found = (
        node for node in nodes if any(kind.endswith(("Article", "Posting")) for kind in strings(node.get("@type")))
    )
    return next(found, {}), known


def string(value: object) -> str | None:
    """A string of JSON-LD as clean text, the first of several; None for anything else."""
    return next(iter(strings(value)), None)


def strings(value: object) -> tuple[str, ...]:
    """The strings of a value that may be one or a list, entities resolved, empty ones left out."""
    values = value if isinstance(value, list) else [value]
    cleaned = (clean_line(unescape(one)) for one in values if isinstance(one, str))
    return tuple(one for one in cleaned if one)


def names(value: object, known: Mapping[str, Node]) -> tuple[str, ...]:
    """The names of persons or organisations: strings, nodes with a `name`, references to such nodes."""
    found: list[str] = []
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            node = known.get(str(one.get("@id")), one) if "name" not in one else one
            found += strings(node.get("name"))
        else:
            found += strings(one)
    return tuple(dict.fromkeys(found))


def _parsed(script: str) -> object:
    try:
        return json.loads(script.strip().removesuffix(";"), strict=False)
    except (ValueError, RecursionError):
        return None


def _nodes(value: object, depth: int) -> Iterator[Node]:
    """Every object in a value, outer ones first."""
    if depth > DEEPEST:
        return
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _nodes(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            yield from _nodes(inner, depth + 1)

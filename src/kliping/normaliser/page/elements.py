"""The words of an element of a parsed page, and what its class names say."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from itertools import islice
from typing import TYPE_CHECKING

from kliping.normaliser.text.cleaning import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from selectolax.lexbor import LexborHTMLParser, LexborNode

__all__ = [
    "ancestors",
    "attribute",
    "beside",
    "classed",
    "following",
    "is_beneath",
    "plain",
    "selected",
    "short_text",
    "text_of",
]

DEEPEST = 200
"""Pages nest hardly deeper; those that do are made to exhaust."""

AROUND = 5
"""Elements stand beside each other where one of this many elements around them is the same."""

_WHOLE = frozenset({"article", "main", "section", "body", "html"})
"""What holds a whole article says nothing of what stands beside what."""
_APART = frozenset({"br", "p", "div", "li", "tr", "td", "th", "ul", "ol", "h1", "h2", "h3", "h4", "section", "header"})
_BREAK = "\x00"
"""Where a block or a line breaks off; no parsed page holds it."""
_BLANK = f" \t\r\n{_BREAK}"
_UNSEEN = frozenset({"script", "style", "template", "noscript", "svg", "title", "desc"})
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.IGNORECASE)
_SURROGATE = re.compile("[\ud800-\udfff]")
"""Half a character, as escapes in JSON may leave it."""
_TAG = re.compile(r"<[a-zA-Z/!][^<>]*>")


def text_of(node: LexborNode) -> str:
    """All words of an element, as one line, with a space where a block or a line break stands between them."""
    only = node.first_child
    if only is None:
        return ""
    if only.next is None and only.is_text_node:
        return clean_line(only.text_content or "")
    return clean_line("".join(_texts(node)).replace(_BREAK, " "))


def short_text(node: LexborNode, most: int, apart: str = " ") -> str:
    """The words of an element where they are at most `most` code points, else nothing.

    A longer one is not read out, nor is one that holds more than twice as many elements and texts. `apart` stands where
    a block or a line break does.
    """
    pieces, length = [], 0
    for number, piece in enumerate(_texts(node)):
        length += len(piece.strip(_BLANK))
        if length > most or number > 2 * most:
            return ""
        pieces.append(piece)
    text = clean_line("".join(pieces).strip(_BLANK).replace(_BREAK, apart))
    return text if len(text) <= most else ""


def plain(text: str) -> str:
    """What is written in an attribute or a script as text: `Feri &amp;amp; <b>dermaga</b>` is `Feri & dermaga`."""
    for _ in range(2):
        if "&" in text:
            text = _ENTITY.sub(lambda entity: unescape(entity[0]), text)
    if "<" in text:
        text = _TAG.sub("", text)
    return clean_line(text if text.isascii() else _SURROGATE.sub("", text))


def _texts(node: LexborNode) -> Iterator[str]:
    """What each node in an element adds to its words, and `_BREAK` at its blocks' edges; of many that is nothing."""
    for inner in node.traverse(include_text=True):
        if not inner.is_text_node:
            yield _BREAK if inner.tag in _APART else ""
            continue
        holder = inner.parent
        is_last = holder is not None and holder.tag in _APART and inner.next is None
        is_seen = holder is None or holder.tag not in _UNSEEN or holder.mem_id == node.mem_id
        yield (inner.text_content or "" if is_seen else "") + (_BREAK if is_last else "")


def selected(tree: LexborHTMLParser | LexborNode, selector: str) -> Iterator[LexborNode]:
    """The elements that a list of CSS selectors selects, in the page's order, each once (lexbor: once a selector)."""
    last = 0
    for node in tree.css(selector):
        if node.mem_id != last:
            last = node.mem_id
            yield node


def attribute(node: LexborNode, name: str) -> str:
    """An attribute's value; empty where there is none."""
    return node.attributes.get(name) or ""


def classed(node: LexborNode, kinds: frozenset[str]) -> bool:
    """Whether a class name of an element is or ends in one of some words: `standfirst`, `article__subtitle`."""
    return _ends_in(node.attributes.get("class") or "", kinds)


@lru_cache(maxsize=16384)
def _ends_in(names: str, kinds: frozenset[str]) -> bool:
    """Cached: a site says the same again on every page."""
    tokens = names.lower().split()
    return any(token in kinds or token.replace("_", "-").rsplit("-", 1)[-1] in kinds for token in tokens)


def ancestors(node: LexborNode) -> Iterator[LexborNode]:
    """The elements around an element, the nearest first; at most `DEEPEST`."""
    above = node.parent
    for _ in range(DEEPEST):
        if above is None or not above.is_element_node:
            return
        yield above
        above = above.parent


def following(node: LexborNode) -> Iterator[LexborNode]:
    """The elements that begin after an element has ended, in the page's order."""
    at: LexborNode | None = node
    while at is not None:
        while at is not None and at.next is None:
            at = at.parent
        at = at.next if at is not None else None
        if at is not None and at.is_element_node:
            yield from at.traverse()


def is_beneath(node: LexborNode, tags: frozenset[str]) -> bool:
    """Whether an element stands beneath one of some tags."""
    return any(above.tag in tags for above in ancestors(node))


def beside(nodes: Iterable[LexborNode], first: LexborNode | None = None) -> Iterator[LexborNode]:
    """The elements that stand beside the first one, or beside another element: the others are of other articles."""
    around = _around(first) if first is not None else frozenset()
    for node in nodes:
        around = around or _around(node)
        if around & _around(node):
            yield node


def _around(node: LexborNode) -> frozenset[int]:
    """An element, and the few around it."""
    near = (above.mem_id for above in islice(ancestors(node), AROUND) if above.tag not in _WHOLE)
    return frozenset((node.mem_id, *near))

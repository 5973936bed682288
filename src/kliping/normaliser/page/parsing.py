"""Characters to a parsed page, but for one that was made to exhaust the parser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from kliping.errors import Rejected

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

__all__ = ["parse"]

DEEPEST = 5000
"""Elements nested deeper than this are not parsed: the parser's time grows with the square of the depth."""
MANY = 10_000
"""A page with fewer signs `<` is not looked at: its depth takes the parser no time that counts."""

LARGE = 300_000
"""A page with fewer code points is not searched for tags that are flooded with attributes."""
LONG = 20_000
MOST_ATTRIBUTES = 5000
"""A tag of more attributes is not parsed: the parser compares each with all before it."""

_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
_UNNESTED = frozenset(
    "area base br col embed hr img input link meta source track wbr p li dt dd tr td th tbody thead option path".split()
)
"""Elements that have no end, or often go without it."""


def parse(text: str) -> tuple[LexborHTMLParser, LexborNode]:
    """A parsed page and its root.

    Raises:
        Rejected: `too-large` where it would exhaust the parser, `no-article` where it has no elements.
    """
    if text.count("<") >= MANY and _depth(text) > DEEPEST:
        raise Rejected("too-large", f"its elements are nested more than {DEEPEST} deep")
    if len(text) >= LARGE and _is_flooded(text):
        raise Rejected("too-large", f"one of its elements has more than {MOST_ATTRIBUTES} attributes")
    tree = LexborHTMLParser(text)
    if tree.root is None:
        raise Rejected("no-article", "the page has no elements")
    return tree, tree.root


def _depth(text: str) -> int:
    """How deep elements are nested at most, about: by their tags, wherever they stand."""
    depth = deepest = 0
    for tag in _TAG.finditer(text):
        if tag[2].lower() not in _UNNESTED:
            depth = max(depth - 1, 0) if tag[1] else depth + 1
            deepest = max(deepest, depth)
    return deepest


def _is_flooded(text: str) -> bool:
    """Whether a tag has more attributes than one may have; what an attribute holds may be as long as it likes."""
    tags = (piece[piece.rfind("<") :] for piece in text.split(">") if len(piece) >= LONG)
    return any(len(_QUOTED.sub("", tag).split()) > MOST_ATTRIBUTES for tag in tags)

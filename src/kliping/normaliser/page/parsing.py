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

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
_UNNESTED = frozenset(
    "area base br col embed hr img input link meta source track wbr p li dt dd tr td th tbody thead option path".split()
)
"""Elements that have no end, or often go without it."""


def parse(text: str) -> tuple[LexborHTMLParser, LexborNode]:
    """A parsed page and its root.

    Raises:
        Rejected: `too-large` where its elements are nested too deep, `no-article` where it has none.
    """
    if text.count("<") >= MANY and _depth(text) > DEEPEST:
        raise Rejected("too-large", f"its elements are nested more than {DEEPEST} deep")
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

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
_TAG = re.compile(
    r"<(?:!--|(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*)(?P<attributes>(?:[^\"'<>]++|\"[^\"]*+\"|'[^']*+')*+))"
)
_WORDS_ALONE = re.compile(r"[^<>]*>[^<]*</")
_UNNESTED = frozenset(
    "area base br col embed hr img input link meta source track wbr p li dt dd tr td th tbody thead option path".split()
)
"""Elements that have no end, or often go without it."""
_RAW = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})
"""What stands in these is no element (HTML, 13.2.5.1 and after), but in a drawing."""
_DRAWN = frozenset(
    "svg g defs symbol use rect circle ellipse line polyline polygon path image text tspan stop mask marker pattern "
    "clippath lineargradient radialgradient filter animate".split()
)
"""Elements of a drawing; any other one may end it, for the parser too."""
_TOLD = frozenset({"title", "desc", "style"})
"""What says something of a drawing, in words alone."""


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
    """How deep elements are nested at most, about: by their tags, but for those in comments and scripts."""
    depth = deepest = at = 0
    is_drawing = False
    while tag := _TAG.search(text, at):
        at, name = tag.end(), (tag["name"] or "").lower()
        if not name:
            at = _after(text, "-->", tag.start() + 2)
            continue
        if name in _RAW and not tag["end"] and not is_drawing:
            at = _end_of(name, text, at)
        is_drawing = _stays_drawing(name, tag, is_drawing)
        closes_itself = (is_drawing or name == "svg") and tag["attributes"].endswith("/")
        if name not in _UNNESTED and not closes_itself:
            depth = max(depth - 1, 0) if tag["end"] else depth + 1
            deepest = max(deepest, depth)
    return deepest


def _stays_drawing(name: str, tag: re.Match[str], is_drawing: bool) -> bool:
    """Whether what follows a tag stands in a drawing, where `<rect/>` is a whole element."""
    if name == "svg":
        return not (tag["end"] or tag["attributes"].endswith("/"))
    is_told = name in _TOLD and (bool(tag["end"]) or bool(_WORDS_ALONE.match(tag.string, tag.end())))
    return is_drawing and (name in _DRAWN or is_told)


def _end_of(name: str, text: str, start: int) -> int:
    """Where the end tag of an element begins, whatever stands before it."""
    end = re.compile(f"</{name}", re.IGNORECASE).search(text, start)
    return end.start() if end else len(text)


def _after(text: str, mark: str, start: int) -> int:
    found = text.find(mark, start)
    return found + len(mark) if found >= 0 else len(text)


def _is_flooded(text: str) -> bool:
    """Whether a tag has more attributes than one may have; what an attribute holds may be as long as it likes."""
    tags = (piece[piece.rfind("<") :] for piece in text.split(">") if len(piece) >= LONG)
    return any(len(_QUOTED.sub("", tag).split()) > MOST_ATTRIBUTES for tag in tags)

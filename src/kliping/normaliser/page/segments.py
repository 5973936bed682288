"""A page's text as blocks: the runs of inline text between block elements, and the elements that hold them.

One walk over the parsed tree. Blocks lie in document order, so the blocks below an element are a range of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from kliping.normaliser.page.categories import HIDDEN, categories

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

__all__ = ["DEEPEST", "MOST", "Block", "Element", "Segments", "segment"]

DEEPEST = 400
"""Elements nested deeper than this are read as if they were at this depth: no article needs more."""
MOST = 20_000
"""Blocks of a page, at most; what comes after them is not read. No article needs a tenth of it."""

_SKIPPED = frozenset(
    {"script", "style", "noscript", "template", "iframe", "svg", "math", "button", "select", "option", "textarea",
     "input", "object", "embed", "canvas", "audio", "video", "head", "title", "map", "datalist", "dialog", "progress",
     "meter", "img", "link", "meta", "source", "picture"}
)  # fmt: skip
_INLINE = frozenset(
    {"a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
     "ins", "kbd", "label", "mark", "nobr", "output", "q", "rb", "rp", "rt", "rtc", "ruby", "s", "samp", "small",
     "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"}
)  # fmt: skip
_STYLES = {"a": "link", "b": "bold", "strong": "bold", "i": "italic", "em": "italic"}
_TELLING = frozenset({"a", "span", "time", "small", "cite", "em", "label"})
"""Inline elements whose attributes are looked at."""
_CELLS = frozenset({"td", "th", "p", "div", "tbody"})
"""What stands in a row of data and breaks no line there."""
_LAYOUT = "p, div, table, h1, h2, h3, ul, ol, td br ~ br, th br ~ br"
"""What a row of a table of data does not hold, but one that a page is laid out with."""
_BREAK = "\0"
"""Stands for a line break in a run of text; no parsed page holds it."""
_DIGITS = re.compile(r"\d+")


@dataclass(slots=True)
class Element:
    """An element that is no inline one: `first` and `end` are the range of the blocks below it, half open.

    Attributes:
        tag: its name.
        parent: the place of the element that holds it; -1 for the root.
        depth: how many elements hold it, at most `DEEPEST`.
        bits: the categories that its attributes name.
        above: the categories of all elements that hold it.
        path: a number that elements share whose tags and class names, up to the root, are the same but for digits.
        hidden: whether it, or an element that holds it, is not shown.
    """

    tag: str
    parent: int
    depth: int
    bits: int
    above: int
    path: int
    hidden: bool
    first: int
    end: int = 0


@dataclass(slots=True)
class Block:
    """A run of inline text.

    Attributes:
        text: its words with single spaces, line breaks as LF.
        element: the place of the element that holds it.
        inline: the categories of the inline elements in it.
        link, bold, italic: code points that are so.
        breaks: line breaks in it.
        href: the address of its first link.
        leads: whether it begins with a link, and does not end with it.
    """

    text: str
    element: int
    inline: int
    link: int
    bold: int
    italic: int
    breaks: int
    href: str | None
    leads: bool


@dataclass(slots=True)
class Segments:
    """The blocks of a page and the elements that hold them; elements are in document order, parents first."""

    elements: list[Element] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)


def segment(root: LexborNode | None) -> Segments:
    """The blocks of a parsed page. Scripts, forms' fields and embedded objects have no text here."""
    walk = _Walk()
    node = root.child if root is not None else None
    while len(walk.found.blocks) < MOST:
        if node is None:
            if not walk.entered:
                break
            node = walk.leave()
        elif walk.enters(node):
            node = node.child
        else:
            node = node.next
    return walk.ended()


class _Walk:
    """Where a walk stands: the elements that it is in, and the inline text since the last block began or ended."""

    __slots__ = (
        "bits", "bold", "bolds", "breaks", "current", "entered", "found", "href", "inline", "italic", "italics",
        "leads", "link", "links", "paths", "pieces", "rows",
    )  # fmt: skip

    def __init__(self) -> None:
        self.found = Segments([Element("html", -1, 0, 0, 0, 0, hidden=False, first=0)])
        self.entered: list[tuple[LexborNode, str, int]] = []
        """The nodes that the walk is in, what leaving each means, and the element to go back to."""
        self.paths: dict[tuple[int, str, str], int] = {}
        self.inline = [0]
        """The categories of the inline elements that the walk is in."""
        self.current = self.rows = self.links = self.bolds = self.italics = 0
        self._begin()

    def _begin(self) -> None:
        self.pieces: list[str] = []
        self.link = self.bold = self.italic = self.breaks = self.bits = 0
        self.href: str | None = None
        self.leads = False

    def enters(self, node: LexborNode) -> bool:
        """Take in a node; whether what is in it comes next, and not what follows it."""
        tag = node.tag
        if tag == "-text":
            self._text(node.text_content or "")
            return False
        if tag is None or tag in _SKIPPED or tag.startswith(("-", "!", "#", "_")):
            return False
        if tag in ("br", "hr"):
            self._break() if tag == "br" else self._flush()
            return False
        if tag in _INLINE or "-" in tag:
            return self._enters_inline(node, tag)
        if self.rows and tag in _CELLS:
            self.pieces.append(" ")
            self.entered.append((node, "cell", 0))
        else:
            self._enter_block(node, tag)
        return True

    def leave(self) -> LexborNode | None:
        """Close the innermost node; what follows it comes next."""
        node, kind, back = self.entered.pop()
        if kind in ("block", "row"):
            self._flush()
            self.found.elements[self.current].end = len(self.found.blocks)
            self.current = back
            self.rows -= kind == "row"
        elif kind != "cell":
            self.inline.pop()
            self._count(kind, -1)
        return node.next

    def ended(self) -> Segments:
        """What was found; what is still open ends here."""
        self._flush()
        place = self.current
        while place >= 0:
            self.found.elements[place].end = len(self.found.blocks)
            place = self.found.elements[place].parent
        return self.found

    def _text(self, text: str) -> None:
        if text.isspace():
            if self.pieces:
                self.pieces.append(" ")
            return
        size = len(text)
        if self.links and not self.pieces:
            self.leads = True
        self.pieces.append(text)
        self.bits |= self.inline[-1]
        if self.links:
            self.link += size
        if self.bolds:
            self.bold += size
        if self.italics:
            self.italic += size

    def _break(self) -> None:
        """A line break; two of them end a block, but not a row."""
        if not self.pieces:
            return
        if not self.rows:
            if self.pieces[-1] == " " and len(self.pieces) > 1 and self.pieces[-2] == _BREAK:
                self.pieces.pop()
            if self.pieces[-1] == _BREAK:
                self._flush()
                return
        self.pieces.append(_BREAK)
        self.breaks += 1

    def _enters_inline(self, node: LexborNode, tag: str) -> bool:
        kind = _STYLES.get(tag, "inline")
        attributes = node.attributes if tag in _TELLING or "-" in tag else {}
        bits = categories(attributes) if attributes else 0
        if bits & HIDDEN and kind != "link":
            return False
        self.inline.append(self.inline[-1] | bits)
        self._count(kind, 1)
        if kind == "link":
            self.href = self.href or attributes.get("href")
        self.entered.append((node, kind, 0))
        return True

    def _count(self, kind: str, step: int) -> None:
        """One more, or one less, of the links, bold or italic elements that the walk is in."""
        if kind == "link":
            self.links += step
        elif kind == "bold":
            self.bolds += step
        elif kind == "italic":
            self.italics += step

    def _enter_block(self, node: LexborNode, tag: str) -> None:
        self._flush()
        attributes = node.attributes
        parent = self.found.elements[self.current]
        bits = categories(attributes) if attributes else 0
        key = (parent.path, tag, _undated(attributes.get("class") or ""))
        path = self.paths.setdefault(key, len(self.paths) + 1)
        depth = parent.depth + 1 if parent.depth < DEEPEST else DEEPEST
        hidden = parent.hidden or bits & HIDDEN != 0
        element = Element(tag, self.current, depth, bits, parent.above | parent.bits, path, hidden, self._next())
        is_row = tag == "tr" and not self.rows and node.css_first(_LAYOUT) is None
        self.rows += is_row
        self.entered.append((node, "row" if is_row else "block", self.current))
        self.current = len(self.found.elements)
        self.found.elements.append(element)

    def _next(self) -> int:
        return len(self.found.blocks)

    def _flush(self) -> None:
        """Close a run of inline text: a block, if it holds anything."""
        if not self.pieces:
            return
        text = " ".join("".join(self.pieces).split())
        if _BREAK in text:
            text = "\n".join(filter(None, (line.strip() for line in text.split(_BREAK))))
        if text:
            leads = self.leads and self.link < len(text)
            self.found.blocks.append(
                Block(text, self.current, self.bits, self.link, self.bold, self.italic, self.breaks, self.href, leads)
            )
        self._begin()


@lru_cache(maxsize=65536)
def _undated(names: str) -> str:
    """Class names without digits, which often number what is alike. Cached: a site repeats itself."""
    return _DIGITS.sub("", names)

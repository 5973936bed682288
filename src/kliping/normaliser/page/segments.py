"""A page's text as blocks: the runs of inline text between block elements, and the elements that hold them.

One walk over the parsed tree. Blocks lie in document order, so the blocks below an element are a range of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kliping.normaliser.page.categories import HIDDEN, categories

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

__all__ = ["Block", "Element", "Segments", "segment"]

_SKIPPED = frozenset({
    "script", "style", "noscript", "template", "iframe", "svg", "math", "button", "select", "option", "textarea", "input",
    "object", "embed", "canvas", "audio", "video", "head", "map", "datalist", "dialog", "progress", "meter",
})  # fmt: skip
_INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "nobr", "output", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong",
    "sub", "sup", "time", "tt", "u", "var", "wbr", "center-inline",
})  # fmt: skip
_ROW = "tr"
_LAYOUT = "p, div, table, h1, h2, h3, ul, ol, td br ~ br, th br ~ br"
"""What a row of a table of data does not hold, but one that a page is laid out with."""
_BOLD = frozenset({"b", "strong"})
_ITALIC = frozenset({"i", "em"})
_DIGITS = re.compile(r"\d+")

DEEPEST = 400
"""Elements nested deeper than this are read as if they were at this depth: no article needs more."""


@dataclass(slots=True)
class Element:
    """An element that is no inline one: `first` and `end` are the range of the blocks below it, half open."""

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
    """A run of inline text: its words with single spaces, line breaks as LF; counts are of code points."""

    text: str
    element: int
    inline: int
    link: int
    bold: int
    italic: int
    breaks: int
    href: str | None


@dataclass(slots=True)
class Segments:
    """The blocks of a page and the elements that hold them; elements are in document order, parents first."""

    elements: list[Element] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)


class _Run:
    """The inline text that is being collected."""

    __slots__ = ("bits", "bold", "breaks", "href", "italic", "link", "pieces")

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.link = self.bold = self.italic = self.breaks = self.bits = 0
        self.href: str | None = None


def segment(root: LexborNode) -> Segments:
    """The blocks of a parsed page. Scripts, forms' fields and embedded objects have no text here."""
    found = Segments()
    paths: dict[tuple[int, str, str], int] = {}
    found.elements.append(Element("html", -1, 0, 0, 0, 0, hidden=False, first=0))
    run, current = _Run(), 0
    links = bolds = italics = rows = 0
    stack: list[tuple[LexborNode, str, int]] = []  # the node, what leaving it means, the element to go back to
    node: LexborNode | None = root.child
    href: str | None = None
    inline_bits: list[int] = []
    while True:
        while node is None:
            if not stack:
                _flush(found, run, current)
                found.elements[0].end = len(found.blocks)
                return found
            left, kind, back = stack.pop()
            if kind == "block":
                _flush(found, run, current)
                run = _Run()
                found.elements[current].end = len(found.blocks)
                current = back
            elif kind == "row":
                rows -= 1
                _flush(found, run, current)
                run = _Run()
                found.elements[current].end = len(found.blocks)
                current = back
            elif kind == "a":
                links -= 1
                href = None
            elif kind == "bold":
                bolds -= 1
            elif kind == "italic":
                italics -= 1
            if kind in ("a", "bold", "italic", "inline"):
                inline_bits.pop()
            node = left.next
        tag = node.tag
        if tag == "-text":
            text = node.text_content or ""
            if text:
                run.pieces.append(text)
                size = len(text) if not text.isspace() else 0
                if links:
                    run.link += size
                    run.href = run.href or href
                if bolds:
                    run.bold += size
                if italics:
                    run.italic += size
                if inline_bits and size:
                    run.bits |= inline_bits[-1]
            node = node.next
        elif tag == "br":
            if run.pieces and run.pieces[-1].isspace() and len(run.pieces) > 1 and run.pieces[-2] == "\0" and not rows:
                run.pieces.pop()
            if run.pieces and run.pieces[-1] == "\0" and not rows:
                _flush(found, run, current)
                run = _Run()
            else:
                run.pieces.append("\0")
                run.breaks += 1
            node = node.next
        elif tag is None or tag in _SKIPPED or tag.startswith(("-", "!", "#", "_")):
            node = node.next
        elif tag in _INLINE or "-" in tag:
            kind = "a" if tag == "a" else "bold" if tag in _BOLD else "italic" if tag in _ITALIC else "inline"
            attributes = (
                node.attributes if tag in ("span", "a", "time", "small", "cite", "em", "label") or "-" in tag else None
            )
            bits = categories(attributes) if attributes else 0
            if attributes and (bits & HIDDEN) and kind != "a":
                node = node.next
                continue
            inline_bits.append((inline_bits[-1] if inline_bits else 0) | bits)
            if kind == "a":
                links += 1
                href = (attributes or {}).get("href")
            elif kind == "bold":
                bolds += 1
            elif kind == "italic":
                italics += 1
            stack.append((node, kind, 0))
            node = node.child
        else:
            if rows and tag in ("td", "th", "p", "div", "tbody"):
                run.pieces.append(" ")
                stack.append((node, "cell", 0))
                node = node.child
                continue
            _flush(found, run, current)
            run = _Run()
            attributes = node.attributes
            parent = found.elements[current]
            bits = categories(attributes)
            key = (parent.path, tag, _DIGITS.sub("", attributes.get("class") or "") if attributes else "")
            path = paths.setdefault(key, len(paths) + 1)
            found.elements.append(
                Element(
                    tag,
                    current,
                    min(parent.depth + 1, DEEPEST),
                    bits,
                    parent.above | parent.bits,
                    path,
                    hidden=parent.hidden or bool(bits & HIDDEN),
                    first=len(found.blocks),
                )  # fmt: skip
            )
            is_row = tag == _ROW and not rows and node.css_first(_LAYOUT) is None
            rows += is_row
            stack.append((node, "row" if is_row else "block", current))
            current = len(found.elements) - 1
            node = node.child


def _flush(found: Segments, run: _Run, element: int) -> None:
    """Close a run of inline text: a block, if it holds anything."""
    if not run.pieces:
        return
    joined = "".join(run.pieces)
    text = " ".join(joined.split())
    if not text.strip("\0 "):
        return
    if "\0" in text:
        text = "\n".join(filter(None, (line.strip() for line in text.split("\0"))))
    found.blocks.append(Block(text, element, run.bits, run.link, run.bold, run.italic, run.breaks, run.href))

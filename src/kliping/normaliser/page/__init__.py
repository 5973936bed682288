"""The reader of HTML pages: what they state, and their body's lines as trafilatura finds them.

The one module that imports lxml and trafilatura (the extra `html`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import urljoin, urlsplit

from lxml import etree, html
from selectolax.lexbor import LexborHTMLParser
from trafilatura import bare_extraction
from trafilatura.settings import Document

from kliping.errors import Rejected
from kliping.normaliser.cleaning import clean_line, has_words
from kliping.normaliser.lines import Line
from kliping.normaliser.packs import words
from kliping.normaliser.page.head import read_stated
from kliping.normaliser.pictures import picture_words
from kliping.normaliser.stated import Page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kliping.records import BlockType

__all__ = ["read_page"]

Element: TypeAlias = Any
"""An element of lxml, which has no types."""

_KINDS: dict[str, BlockType] = {"head": "heading", "quote": "quote", "item": "list_item"}
_BLOCKS = frozenset({"p", "head", "quote", "list", "item", "table", "row", "cell", "code", "body", "div"})
_ELSEWHERE = ("aside", "nav", "footer", "form")


def read_page(text: str, url: str | None) -> Page:
    """The lines of a page's article, title and subtitle first, then captions, then the body; and what the page states.

    Raises:
        Rejected: `no-article`.
    """
    tree = _parsed(text)
    stated = read_stated(LexborHTMLParser(text), url)
    captions = tuple(dict.fromkeys(_captions(tree)))
    body = [line for line in _body(tree, stated.url or url) if line.text not in captions]
    if not body:
        raise Rejected("no-article", "the page has no text that reads like an article")
    lines = (
        *([Line(stated.title, kind="title")] if stated.title else ()),
        *([Line(stated.subtitle, kind="subtitle")] if stated.subtitle else ()),
        *(Line(caption).claimed(picture_words(caption, words()), "figure") for caption in captions),
        *body,
    )
    return Page(lines, stated)


def _parsed(text: str) -> Element:
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
    try:
        return html.document_fromstring(text.encode(), parser=parser)
    except (etree.LxmlError, ValueError):
        raise Rejected("no-article", "the page has no elements") from None


def _captions(tree: Element) -> Iterator[str]:
    """The captions of the page's figures, but for those beside the article."""
    for element in tree.iter("figcaption"):
        text = text_of(element)
        if has_words(text) and next(element.iterancestors(*_ELSEWHERE), None) is None:
            yield text


def _body(tree: Element, base: str | None) -> Iterator[Line]:
    try:
        found = bare_extraction(
            tree, include_comments=False, include_tables=True, include_formatting=True, include_links=True,
            include_images=False, deduplicate=False,
        )  # fmt: skip
    except (etree.LxmlError, ValueError, RecursionError):
        found = None
    for kind, line, link in _lines(found.body, "paragraph") if isinstance(found, Document) else ():
        text = clean_line(line)
        if has_words(text):
            yield Line(text, kind=kind, url=_address(link, base))


def _lines(element: Element, kind: BlockType) -> Iterator[tuple[BlockType, str, str | None]]:
    """Each run of inline text between block elements and line breaks, with its kind and the link in it."""
    run, link = element.text or "", None
    for child in element:
        if child.tag in _BLOCKS and not _is_inline_quote(child, element):
            yield kind, run, link
            yield from _cells(child) if child.tag == "row" else _lines(child, _KINDS.get(child.tag, kind))
            run, link = "", None
        elif child.tag == "lb":
            yield kind, run, link
            run, link = "", None
        else:
            run += "".join(child.itertext())
            link = link or _first_link(child)
        run += child.tail or ""
    yield kind, run, link


def _cells(row: Element) -> Iterator[tuple[BlockType, str, str | None]]:
    """A row of a table as one line."""
    yield "paragraph", " | ".join(text_of(cell) for cell in row), None


def text_of(element: Element) -> str:
    """All words of an element, as one line."""
    return clean_line("".join(element.itertext()))


def _is_inline_quote(element: Element, parent: Element) -> bool:
    """A `q` inside a paragraph: trafilatura calls it a quote like a block quotation."""
    return bool(element.tag == "quote" and parent.tag == "p" and len(element) == 0)


def _first_link(element: Element) -> str | None:
    links: Sequence[Element] = [element] if element.tag == "ref" else element.findall(".//ref")
    return next((link.get("target") for link in links if link.get("target")), None)


def _address(link: str | None, base: str | None) -> str | None:
    """A link's absolute web address, or None."""
    try:
        address = urljoin(base or "", link or "")
        return address if link and urlsplit(address).scheme in {"http", "https"} else None
    except ValueError:
        return None

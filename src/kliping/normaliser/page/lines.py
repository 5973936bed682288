"""A page's blocks as the lines of an article: those that were chosen with their kinds, and what else stands among them.

Captions become figures, links to other articles are kept as related, and what the page shows between the first and the
last line of its article without being of it (an embed, a pull quote, a newsletter's box) is removed by a rule that
names it. What lies before and after the article is the page's, and is not listed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin, urlsplit

from kliping.normaliser.lines import Line, Segment, removed
from kliping.normaliser.page.categories import bit
from kliping.normaliser.rules.packs import words
from kliping.normaliser.rules.pictures import picture_words
from kliping.normaliser.text.cleaning import clean_line, has_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kliping.normaliser.page.segments import Block, Element, Segments
    from kliping.records import BlockType

__all__ = ["ASIDES", "PAGE_RULES", "article_lines"]

LINKED = 0.6
"""From this share of its characters on, a block is a link to another page."""
LONGEST_LINK = 200
"""A link's words with more code points are a paragraph that was linked as a whole."""

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_KINDS: tuple[tuple[str, BlockType], ...] = (("blockquote", "quote"), ("li", "list_item"), ("dt", "list_item"))
_CAPTIONS = frozenset({"figcaption", "figure"})


@dataclass(frozen=True, slots=True)
class Aside:
    """A rule for a block among the article's that is not of it: the elements or categories that tell it."""

    rule: str
    sentence: str
    categories: int
    tags: frozenset[str] = frozenset()


PULL_QUOTE = "page-pull-quote"

ASIDES = (
    Aside("page-embed", "A post or a film of another site.", bit("embed")),
    Aside(PULL_QUOTE, "A sentence of the article, shown once more.", bit("quote"), frozenset({"blockquote"})),
    Aside("page-comments", "What readers wrote, or the place for it.", bit("comment")),
    Aside("page-newsletter", "A form, an offer to subscribe.", bit("newsletter") | bit("paywall"), frozenset({"form"})),
    Aside("page-advertisement", "An advertisement.", bit("ad")),
    Aside("page-share", "Links to share, to print, to save.", bit("share") | bit("tool")),
    Aside("page-byline", "Who wrote it and when, as the page shows it.", bit("byline") | bit("date")),
    Aside("page-box", "A box, a table, a notice.", bit("box") | bit("table") | bit("notice"), frozenset({"table"})),
    Aside(
        "page-aside",
        "What stands beside the article, above or below it.",
        bit("side") | bit("nav"),
        frozenset({"aside", "nav", "footer", "header"}),
    ),
)
"""In the order they are asked; what none of them tells is `page-other`."""

FIGURE, LINK, OTHER = "figure", "page-link", "page-other"

PAGE_RULES: Mapping[str, str] = {
    FIGURE: "The words of a picture: its caption and its credit, and the label before them.",
    LINK: "A link to another article; a label such as `Read also:` is removed from its title.",
    **{aside.rule: aside.sentence for aside in ASIDES},
    OTHER: "What else the page shows among the blocks of its article; all of it, where there is no article.",
}
"""What a page's lines are claimed by before the rules are asked, and what each claims."""

_NO_ARTICLES = frozenset({"page-comments", "page-newsletter", "page-advertisement", "page-share", "page-byline"})
"""Links that these rules tell lead to no other article."""
SHORTEST_QUOTE = 20
"""Fewer code points may stand in a paragraph by chance."""
_QUOTING = " \"'“”„‟«»‹›‘’—–-"


def article_lines(segments: Segments, chosen: Sequence[int], base: str | None, known: frozenset[str]) -> Iterator[Line]:
    """The lines of an article, in the page's order.

    Args:
        segments: the page.
        chosen: the places of the article's blocks, in order; where there is none, all that the page shows is removed.
        base: the page's address, to resolve links with.
        known: texts that are lines already, as the title and the subtitle are: they are not repeated.
    """
    if not chosen:
        yield from _nothing(segments)
        return
    yield from _Window(segments, tuple(chosen), base, known).lines()


def _related(text: str) -> tuple[Segment, ...]:
    """The pieces of a link to another article: a label such as `Read also:` is no part of its title."""
    found = words().related.fullmatch(text)
    if found and found["rest"]:
        return removed(found["label"]), Segment("related", found["rest"])
    return (Segment("related", text),)


def _nothing(segments: Segments) -> Iterator[Line]:
    for block in segments.blocks:
        text = clean_line(block.text)
        if has_words(text) and not segments.elements[block.element].hidden:
            yield Line(text).claimed((removed(text),), OTHER)


class _Around(NamedTuple):
    """The tags and the categories of the elements that hold a block, up to the one that holds the whole article."""

    tags: frozenset[str]
    bits: int


_NOTHING_AROUND = _Around(frozenset(), 0)


@dataclass(frozen=True)
class _Window:
    """The blocks from the article's first to its last."""

    segments: Segments
    chosen: tuple[int, ...]
    base: str | None
    known: frozenset[str]
    _arounds: dict[int, _Around] = field(default_factory=dict)
    _linked: set[str] = field(default_factory=set)

    def lines(self) -> Iterator[Line]:
        article = frozenset(self.chosen)
        seen = set(self.known)
        for place in range(self._first(), self._last() + 1):
            block = self.segments.blocks[place]
            if place in article:
                yield from (line for line in self._of_article(block) if line.text not in self.known)
            elif not self.segments.elements[block.element].hidden and (text := clean_line(block.text)) not in seen:
                seen.add(text)
                yield from self._beside(block, text)

    def _first(self) -> int:
        """The first block; captions right above it belong to the article's first picture."""
        first = self.chosen[0]
        while first and self._is_caption(self.segments.blocks[first - 1]):
            first -= 1
        return first

    def _last(self) -> int:
        last = self.chosen[-1]
        while last + 1 < len(self.segments.blocks) and self._is_caption(self.segments.blocks[last + 1]):
            last += 1
        return last

    def _of_article(self, block: Block) -> Iterator[Line]:
        kind = self._kind(block)
        link = self._address(block.href)
        if self._is_quotation(block, kind) and self._is_said_in_prose(text := clean_line(block.text)):
            yield Line(text).claimed((removed(text),), PULL_QUOTE)
            return
        texts = [block.text.replace("\n", " ")] if kind == "heading" else block.text.split("\n")
        for text in map(clean_line, texts):
            if has_words(text):
                yield Line(text, kind=kind, url=link)

    def _beside(self, block: Block, text: str) -> Iterator[Line]:
        if not has_words(text):
            return
        line = Line(text, url=self._address(block.href))
        rule = self._rule(block)
        if self._is_caption(block):
            yield line.claimed(picture_words(text, words()), FIGURE)
        elif line.url and rule not in _NO_ARTICLES and self._leads_elsewhere(block, line.url):
            self._linked.add(line.url)
            yield line.claimed(_related(text), LINK)
        else:
            yield line.claimed((removed(text),), rule)

    def _leads_elsewhere(self, block: Block, address: str) -> bool:
        """Whether a block is a link to another page, told for the first time."""
        is_own = bool(self.base) and address.partition("#")[0] == (self.base or "").partition("#")[0]
        is_link = block.link >= LINKED * len(block.text) and len(block.text) <= LONGEST_LINK
        return is_link and not is_own and address not in self._linked

    def _is_quotation(self, block: Block, kind: BlockType | None) -> bool:
        return kind == "quote" or bool((self._around(block).bits | block.inline) & bit("quote"))

    def _is_said_in_prose(self, text: str) -> bool:
        """Whether a quotation says only what a paragraph of the article says as well: a pull quote."""
        said = text.strip(_QUOTING)
        return len(said) >= SHORTEST_QUOTE and said in self._prose

    @cached_property
    def _prose(self) -> str:
        """What the article says outside of quotations, a block a line; found once, and only where it has quotations."""
        blocks = (self.segments.blocks[place] for place in self.chosen)
        return "\n".join(clean_line(one.text) for one in blocks if not self._is_quotation(one, self._kind(one)))

    def _rule(self, block: Block) -> str:
        around = self._around(block)
        bits = around.bits | block.inline
        found = (aside.rule for aside in ASIDES if aside.categories & bits or not around.tags.isdisjoint(aside.tags))
        return next(found, OTHER)

    def _kind(self, block: Block) -> BlockType | None:
        """What the page marks a block as; a line in bold letters may be a heading, which is left to the rules."""
        if self.segments.elements[block.element].tag in _HEADINGS:
            return "heading"
        tags = self._around(block).tags
        for tag, kind in _KINDS:
            if tag in tags:
                return kind
        return None if block.bold >= 0.9 * len(block.text) else "paragraph"

    def _is_caption(self, block: Block) -> bool:
        bits = self.segments.elements[block.element].bits | block.inline
        return bool(bits & bit("caption")) or not self._around(block).tags.isdisjoint(_CAPTIONS)

    def _around(self, block: Block) -> _Around:
        elements, place = self.segments.elements, block.element
        inside: list[int] = []
        while place >= 0 and place not in self._arounds and not self._holds_all(elements[place]):
            inside.append(place)
            place = elements[place].parent
        found = self._arounds.get(place, _NOTHING_AROUND)
        for place in reversed(inside):
            element = elements[place]
            tags = found.tags if element.tag in found.tags else found.tags | {element.tag}
            found = self._arounds[place] = _Around(tags, found.bits | element.bits)
        return found

    def _holds_all(self, element: Element) -> bool:
        return element.first <= self.chosen[0] and self.chosen[-1] < element.end and len(self.chosen) > 1

    def _address(self, link: str | None) -> str | None:
        """A link's absolute web address, or None."""
        try:
            address = urljoin(self.base or "", link or "")
            return address if link and urlsplit(address).scheme in {"http", "https"} else None
        except ValueError:
            return None

"""What a page states about its article, and what its body can be found by. Nothing is guessed from the body."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from kliping.normaliser.language import stated_language
from kliping.normaliser.page.addresses import host, linked_addresses, marked_addresses
from kliping.normaliser.page.anchors import Anchors
from kliping.normaliser.page.authors import authors
from kliping.normaliser.page.categories import bit, categories
from kliping.normaliser.page.dates import modified, published
from kliping.normaliser.page.elements import attribute, classed, following, short_text
from kliping.normaliser.page.likeness import likeness, squeezed, word_set
from kliping.normaliser.page.linked_data import read_linked_data
from kliping.normaliser.page.marks import LONGEST_TITLE, first, read_marks
from kliping.normaliser.page.titles import page_title
from kliping.normaliser.page.topics import topics
from kliping.normaliser.stated import Stated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from kliping.normaliser.page.linked_data import LinkedData
    from kliping.normaliser.page.marks import Marks

__all__ = ["Head", "read_head", "read_stated"]

LONGEST_SUBTITLE = 300
"""Code points of a subtitle, at most."""
NEAR = 30
"""A subtitle stands within this many elements after the title."""

_SUBTITLE = word_set(
    "subtitle standfirst subheadline subhead deck dek sapo strapline subjudul untertitel sottotitolo subtitulo"
)
_NO_SUBTITLE = bit("related") | bit("side") | bit("byline")
"""What an element is called that holds no subtitle of the article."""
_SITE = ("og:site_name", "application-name", "apple-mobile-web-app-title", "al:ios:app_name", "twitter:app:name:iphone")
_SHARED = ("og:title", "twitter:title")
_PUBLISHER = ("publisher", "dc.publisher", "dcterms.publisher", "citation_publisher")
_LANGUAGES = ("og:locale", "content-language", "language", "dc.language")
_DESCRIPTIONS = ("og:description", "description", "twitter:description")


@dataclass(frozen=True, slots=True)
class Head:
    """What a page states, and what its body can be found by.

    Attributes:
        stated: what it states of its article.
        titles: titles as stated, the chosen one first, then those of OpenGraph, JSON-LD, the headings and the head.
        description: the first description, or an empty text.
        body: `articleBody` of JSON-LD, a paragraph a line, or an empty text. It is often cut short.
    """

    stated: Stated = field(default_factory=Stated)
    titles: tuple[str, ...] = ()
    description: str = ""
    body: str = ""

    @property
    def anchors(self) -> Anchors:
        """What the body can be found by."""
        return Anchors(self.titles, self.description, self.body)


def read_stated(tree: LexborHTMLParser, url: str | None) -> Stated:
    """What a parsed page states; `url` is where it was fetched, to resolve relative addresses with."""
    return read_head(tree, url).stated


def read_head(tree: LexborHTMLParser, url: str | None) -> Head:
    """What a parsed page states, and what its body can be found by; `url` is where it was fetched."""
    marks = read_marks(tree)
    headings = [text for text in map(_title_of, marks.headings) if text]
    shared = _short(marks.metas(*_SHARED))
    addresses = marked_addresses(marks, url)
    fetched = (url,) if url else ()
    known = [title for title in (*shared, *headings, marks.title) if title]
    linked = read_linked_data(marks.scripts, known, (*addresses, *fetched))
    headlines = [*_short(linked.strings("headline")), *map(_title_of, marks.items.get("headline", ()))]
    publisher = _publisher(marks, linked)
    site = tuple(_site(marks, publisher, (*addresses, *fetched)))
    title = page_title(shared, headlines, headings, marks.title, site)
    heading = max(marks.headings, key=lambda one: likeness(_title_of(one), title or ""), default=None)
    people = authors(tree, marks, linked, site, heading)
    stated = Stated(
        title=title,
        subtitle=_subtitle(heading, title, people),
        authors=people,
        publisher=publisher,
        published=published(tree, marks, linked, (*addresses, *fetched), heading),
        modified=modified(marks, linked),
        url=first(addresses, linked_addresses(linked, url)),
        topics=topics(tree, marks, linked, (*site, *people), _told(known, addresses)),
        language=_language(tree, marks, linked),
    )
    return Head(
        stated,
        titles=tuple(dict.fromkeys(one for one in (title, *shared, *headlines, *headings, marks.title) if one)),
        description=first(marks.metas(*_DESCRIPTIONS), linked.strings("description")) or "",
        body="\n".join(linked.paragraphs("articleBody")),
    )


def _told(titles: Iterable[str], addresses: Iterable[str]) -> tuple[str, ...]:
    """Where keywords may have been cut from: the titles, and the addresses, which are often made of them."""
    return (*titles, *(address.rpartition("://")[2].replace("-", " ") for address in addresses))


def _short(titles: Iterable[str]) -> tuple[str, ...]:
    """Titles without what is too long for one."""
    return tuple(title for title in titles if len(title) <= LONGEST_TITLE)


def _title_of(node: LexborNode) -> str:
    return short_text(node, LONGEST_TITLE)


def _publisher(marks: Marks, linked: LinkedData) -> str | None:
    """The site's name for sharing, else JSON-LD's publisher, else the meta elements'; an address is no name."""
    stated = (
        *marks.metas("og:site_name"),
        *(agent.name for agent in linked.agents("publisher")),
        *marks.metas(*_PUBLISHER),
        *map(_title_of, marks.items.get("publisher", ())),
    )
    names = (name.lstrip("@") for name in stated if "://" not in name)
    return first(names, stated)


def _site(marks: Marks, publisher: str | None, addresses: Iterable[str]) -> Iterator[str]:
    """What the site is called: its names, its publisher, its hosts."""
    for name in _SITE:
        yield from marks.metas(name)
    if publisher:
        yield publisher
    yield from filter(None, map(host, addresses))


def _subtitle(heading: LexborNode | None, title: str | None, people: Iterable[str]) -> str | None:
    """What the page marks as subtitle behind its title, and what is neither the title nor a byline of `people`."""
    if heading is None:
        return None
    known = {squeezed(title or "")}
    for node in filter(_is_subtitle, islice(following(heading), NEAR)):
        text = short_text(node, LONGEST_SUBTITLE)
        if text and squeezed(text) not in known and not text.startswith(tuple(people)):
            return text
    return None


def _is_subtitle(node: LexborNode) -> bool:
    if not classed(node, _SUBTITLE) and attribute(node, "itemprop") != "alternativeHeadline":
        return False
    return not categories(node.attributes) & _NO_SUBTITLE


def _language(tree: LexborHTMLParser, marks: Marks, linked: LinkedData) -> str | None:
    """The document's language, else JSON-LD's, else what the meta elements state."""
    root = tree.root
    attributes = root.attributes if root is not None else {}
    stated = (
        *(attributes.get(name) or "" for name in ("lang", "xml:lang")),
        *linked.strings("inLanguage"),
        *marks.metas(*_LANGUAGES),
    )
    return first(filter(None, map(stated_language, stated)))

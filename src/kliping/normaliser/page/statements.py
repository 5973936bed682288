"""What a page states about its article: JSON-LD, meta elements, links, and marks in its HTML. Nothing is guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import urljoin, urlsplit

from kliping.normaliser.cleaning import clean_line
from kliping.normaliser.language import stated_language
from kliping.normaliser.linked_data import Node, article_node, names, string, strings
from kliping.normaliser.moments import moment
from kliping.normaliser.packs import words
from kliping.normaliser.stated import Stated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["Element", "classed", "read_stated", "text_of"]

Element: TypeAlias = Any
"""An element of lxml, which has no types."""

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "date", "pubdate", "publishdate",
    "publish-date", "publish_date", "dc.date.issued", "dc.date", "dcterms.date", "dcterms.created", "parsely-pub-date",
    "sailthru.date", "article.published", "content_published_date",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "og:updated_time", "datemodified", "lastmod", "last-modified", "dcterms.modified",
    "article.updated",
)  # fmt: skip
_TOPICS = ("article:tag", "news_keywords", "keywords", "parsely-tags", "sailthru.tags")
_SUBTITLE = frozenset(
    {"subtitle", "standfirst", "subheadline", "subhead", "deck", "dek", "sapo", "strapline", "subjudul"}
)
_AUTHOR = frozenset({"author", "byline", "penulis", "reporter"})

_APART = frozenset({"br", "p", "div", "li", "tr", "td", "lb", "item", "cell"})

LONGEST_NAME = 60
LONGEST_SUBTITLE = 300
NEAR = 30
"""A subtitle stands within this many elements after the title."""


def read_stated(tree: Element, url: str | None) -> Stated:
    """What a parsed page states; `url` is where it was fetched, to resolve relative addresses with."""
    node, known = article_node(script.text or "" for script in tree.iterfind(".//script[@type='application/ld+json']"))
    meta = _meta(tree)
    publisher = _first(meta.get("og:site_name", ()), names(node.get("publisher"), known))
    headings = [text for text in map(text_of, tree.iterfind(".//h1")) if text]
    return Stated(
        title=_title(tree, node, meta, headings, publisher),
        subtitle=_subtitle(tree),
        authors=_authors(tree, node, known, meta),
        publisher=publisher,
        published=_published(tree, node, meta),
        modified=_moment(strings(node.get("dateModified")), *(meta.get(name, ()) for name in _MODIFIED)),
        url=_url(tree, node, meta, url),
        topics=_topics(tree, node, meta, publisher),
        language=stated_language(tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")),
    )


def text_of(element: Element) -> str:
    """All words of an element, as one line."""
    return clean_line("".join(_texts(element)))


def _texts(element: Element) -> Iterator[str]:
    """The texts in an element, with a space where a block or a line break stands between them."""
    for text in element.xpath(".//text()"):
        holder = text.getparent()
        apart = holder.tag in _APART and holder is not element
        yield f" {text}" if apart else text


def classed(element: Element, kinds: frozenset[str]) -> bool:
    """Whether a class name of an element is or ends in one of some words: `standfirst`, `article__subtitle`."""
    tokens = (element.get("class") or "").lower().split()
    return any(token in kinds or token.replace("_", "-").rsplit("-", 1)[-1] in kinds for token in tokens)


def _meta(tree: Element) -> Mapping[str, tuple[str, ...]]:
    """The content of every meta element by its lower-case name, property or itemprop."""
    found: dict[str, tuple[str, ...]] = {}
    for element in tree.iter("meta"):
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").lower()
        content = clean_line(element.get("content") or "")
        if name and content:
            found[name] = (*found.get(name, ()), content)
    return found


def _first(*values: Iterable[str]) -> str | None:
    return next((one for value in values for one in value), None)


def _title(
    tree: Element, node: Node, meta: Mapping[str, tuple[str, ...]], headings: list[str], publisher: str | None
) -> str | None:
    """The one heading of the first level that metadata confirm, else the metadata's title, else any such heading."""
    stated = [_without_site(title, publisher) for title in (*strings(node.get("headline")), *meta.get("og:title", ()))]
    confirmed = [heading for heading in headings if any(_alike(heading, title) for title in stated)]
    page = [_without_site(text_of(element), publisher) for element in tree.iterfind(".//head/title")]
    return _first(confirmed, stated, headings, (title for title in page if title))


def _alike(one: str, other: str) -> bool:
    """Whether two titles share at least half of the words of the longer one."""
    first, second = set(one.casefold().split()), set(other.casefold().split())
    return 2 * len(first & second) >= max(len(first), len(second))


def _without_site(title: str, publisher: str | None) -> str:
    """A title without the site's name at its end: `Title - Site`, `Title | Site`."""
    for dash in (" - ", " | ", " – ", " — ", " :: "):
        if publisher and title.casefold().endswith(dash + publisher.casefold()):
            return title[: -len(dash + publisher)].strip()
    return title


def _subtitle(tree: Element) -> str | None:
    """What the page marks as subtitle near its title."""
    title = tree.find(".//h1")
    if title is None:
        return None
    for number, element in enumerate(title.xpath("following::*")):
        if number == NEAR:
            return None
        text = text_of(element)
        marked = classed(element, _SUBTITLE) or element.get("itemprop") == "alternativeHeadline"
        if marked and text and len(text) <= LONGEST_SUBTITLE:
            return text
    return None


def _authors(
    tree: Element, node: Node, known: Mapping[str, Node], meta: Mapping[str, tuple[str, ...]]
) -> tuple[str, ...]:
    """JSON-LD, then meta elements, then what the HTML marks as author; addresses are no names, `By` is no part."""
    marked = (text_of(element) for element in tree.xpath("//*[@rel='author' or @itemprop='author']"))
    by_class = (text_of(element) for element in tree.xpath("//span[@class] | //a[@class]") if classed(element, _AUTHOR))
    for found in (
        names(node.get("author"), known),
        meta.get("author", ()),
        meta.get("article:author", ()),
        tuple(marked),
        tuple(by_class)[:1],
    ):
        bare = [labelled["rest"] if (labelled := words().by.fullmatch(name)) else name for name in found]
        people = [name for name in bare if 0 < len(name) <= LONGEST_NAME and "://" not in name and "@" not in name]
        if people:
            return tuple(dict.fromkeys(people))
    return ()


def _published(tree: Element, node: Node, meta: Mapping[str, tuple[str, ...]]) -> str | None:
    marked = tree.xpath("//time[@itemprop='datePublished' or @pubdate]/@datetime")
    inside = tree.xpath("//article//time/@datetime")
    stated = _moment(strings(node.get("datePublished")), *(meta.get(name, ()) for name in _PUBLISHED), marked)
    return stated or (moment(inside[0]) if inside else None)


def _moment(*values: Iterable[str]) -> str | None:
    return next((found for value in values for one in value if (found := moment(one))), None)


def _url(tree: Element, node: Node, meta: Mapping[str, tuple[str, ...]], fetched: str | None) -> str | None:
    """The address that the page gives itself. One without a path is the site's, as careless templates write it."""
    page = node.get("mainEntityOfPage")
    entity = string(page.get("@id")) if isinstance(page, dict) else string(page)
    links = (
        link.get("href") or "" for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower().split()
    )
    for address in (*links, *meta.get("og:url", ()), string(node.get("url")), entity):
        absolute = _absolute(address, fetched)
        if absolute:
            return absolute
    return None


def _absolute(address: str | None, base: str | None) -> str | None:
    try:
        parts = urlsplit(urljoin(base or "", (address or "").strip()))
    except ValueError:
        return None
    is_page = parts.path.strip("/") or parts.query
    return parts.geturl() if parts.scheme in {"http", "https"} and parts.netloc and is_page else None


def _topics(tree: Element, node: Node, meta: Mapping[str, tuple[str, ...]], publisher: str | None) -> tuple[str, ...]:
    """The first place that states two or more, else the first that states any."""
    places = [meta.get(_TOPICS[0], ()), strings(node.get("keywords")), *(meta.get(name, ()) for name in _TOPICS[1:])]
    linked = tuple(text_of(element) for element in tree.xpath("//a[contains(concat(' ', @rel, ' '), ' tag ')]"))
    found = [tuple(dict.fromkeys(_split(place, publisher))) for place in (*places, linked)]
    return next((topics for topics in found if len(topics) > 1), next(filter(None, found), ()))


def _split(values: Iterable[str], publisher: str | None) -> Iterator[str]:
    for value in values:
        for topic in value.replace(";", ",").split(","):
            bare = topic.strip().lstrip("#").strip()
            if any(char.isalnum() for char in bare) and bare != publisher:
                yield bare

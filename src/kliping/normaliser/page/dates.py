"""When an article was published and changed, as its page states it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kliping.normaliser.moments import LONGEST, day_in_url, moment
from kliping.normaliser.page.elements import ancestors, attribute, classed, selected, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from kliping.normaliser.page.linked_data import LinkedData
    from kliping.normaliser.page.marks import Marks

__all__ = ["modified", "published"]

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "article:published", "datepublished",
    "og:pubdate", "pubdate", "publishdate", "publish-date", "publish_date", "publication_date", "publicationdate",
    "published_time", "published_at", "parsely-pub-date", "sailthru.date", "article.published", "dc.date.issued",
    "dcterms.issued", "dc.issued", "dc.date", "dcterms.date", "dcterms.created", "dc.date.created", "date",
    "content_published_date", "content:publishdate", "cxenseparse:recs:publishtime", "cxense:publishtime",
    "prism.publicationdate", "citation_publication_date", "citation_date", "originalpublicationdate", "date.available",
    "rnews:datepublished", "article_date_original", "published", "release_date", "displaydate", "vr:published_time",
    "bt:pubdate", "article:post_date", "shareaholic:article_published_time",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "og:updated_time", "og:article:modified_time", "datemodified", "lastmod", "last-modified",
    "dcterms.modified", "dc.date.modified", "article.updated", "date.modified", "article:modified", "revision_date",
)  # fmt: skip
_CLASSED = 'h1,[class*="date" i],[class*="publish" i],[class*="time" i],[class*="tanggal" i]'
_CHANGED = frozenset({"modified", "moddate", "updated", "update", "dateupdated", "datemodified", "lastmodified"})
_CHANGING = frozenset(
    [
        "updated",
        "update",
        "modified",
        "last",
        "aktualisiert",
        "stand",
        "actualizado",
        "actualizada",
        "última",
        "mis",
        "mise",
        "modifié",
        "diperbarui",
        "terakhir",
        "aggiornato",
        "atualizado",
        "bijgewerkt",
    ]
)
"""Words before the time of a change."""
_LABEL = 3
"""So many words may stand before the time of a publication."""
_ELSEWHERE = frozenset({"aside", "nav", "footer", "li"})
_DEFAULTS = ("0001-", "1900-01-01", "1970-01-01")
"""What programs write where they know no date."""


def published(tree: LexborHTMLParser, marks: Marks, linked: LinkedData, addresses: Iterable[str]) -> str | None:
    """JSON-LD, meta elements, microdata, a time or a date after the title, and last the day in the address."""
    stated = (
        *linked.strings("datePublished"),
        *marks.metas(*_PUBLISHED),
        *_marked(marks, "datePublished"),
        *linked.strings("dateCreated"),
        *(value for page in linked.pages for value in (page.get("datePublished"),) if isinstance(value, str)),
        *_marked(marks, "dateCreated"),
    )
    return (
        _first(stated)
        or _first(value for node in marks.times if _is_publication(node) for value in _values(node))
        or _first(_classed(tree))
        or next((day for address in addresses if (day := day_in_url(address))), None)
    )


def modified(marks: Marks, linked: LinkedData) -> str | None:
    """JSON-LD, meta elements, microdata, the page's node, and a time that is marked as the last change."""
    return _first(
        (
            *linked.strings("dateModified"),
            *marks.metas(*_MODIFIED),
            *_marked(marks, "dateModified"),
            *(value for page in linked.pages for value in (page.get("dateModified"),) if isinstance(value, str)),
        )
    )


def _first(values: Iterable[str]) -> str | None:
    found = (moment(value) for value in values)
    return next((one for one in found if one and not one.startswith(_DEFAULTS)), None)


def _marked(marks: Marks, name: str) -> Iterator[str]:
    for node in marks.items.get(name, ()):
        yield from _values(node)


def _classed(tree: LexborHTMLParser) -> Iterator[str]:
    """The words of elements of a date's class, after the title or beside it in the article."""
    is_after = False
    for node in selected(tree, _CLASSED):
        if node.tag == "h1":
            is_after = True
        elif _is_publication(node) and (is_after or any(above.tag == "article" for above in ancestors(node))):
            for one in (node, *node.iter()):
                text = text_of(one)
                if 0 < len(text) <= LONGEST:
                    yield text


def _values(node: LexborNode) -> Iterator[str]:
    """How an element states a date: for machines, else for people, with up to three words before it."""
    stated = attribute(node, "datetime") or attribute(node, "content")
    if stated:
        yield stated
        return
    words = text_of(node)[:LONGEST].split()
    if words and words[0].casefold().strip(":") not in _CHANGING:
        for start in range(_LABEL + 1):
            yield " ".join(words[start:])


def _is_publication(node: LexborNode) -> bool:
    """A time that is of the article, and not of its last change, nor of another article in a list beside it."""
    if classed(node, _CHANGED) or attribute(node, "itemprop") == "dateModified":
        return False
    return all(above.tag not in _ELSEWHERE for above in ancestors(node))

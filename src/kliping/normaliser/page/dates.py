"""When an article was published and changed, as its page states it."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from kliping.normaliser.moments import LONGEST, day_in_url, moment
from kliping.normaliser.page.elements import ancestors, attribute, classed, following, is_beneath, selected, short_text
from kliping.normaliser.page.likeness import word_set

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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
_FOR_MACHINES = ("datetime", "content", "data-datetime", "data-timestamp")


_CLASSED = (
    'h1,[class*="date" i],[class*="publish" i],[class*="time" i],[class*="tanggal" i],[class*="datum" i],'
    '[class*="fecha" i],[class*="meta" i],[class*="byline" i]'
)
_MOST = 50
"""So many elements of a date's class are looked at, before the title and after it."""
_NEAR = 40
"""A date that nothing marks stands alone in one of this many elements behind the title."""
_CHANGED = word_set("modified moddate updated update dateupdated datemodified lastmodified")
_CHANGING = word_set(
    "updated update modified last edited aktualisiert stand actualizado actualizada última mis mise modifié modifiée "
    "diperbarui diperbaharui terakhir aggiornato atualizado atualizada bijgewerkt oppdatert uppdaterad opdateret"
)
"""Words before the time of a change."""
_LINE = 120
"""A paragraph with more code points is prose; a byline has fewer."""
_AROUND = 4
"""So many elements around one are looked at."""
_LABEL = 3
"""So many words may stand before the time of a publication."""
_ASIDE = word_set("aside nav footer")
_ELSEWHERE = word_set("aside nav footer li")
"""Lists are mostly of other articles; those right behind the title are not."""
_ARTICLE = word_set("article main")
_DAY = len("2024-06-20")
_DEFAULTS = ("0001-", "1900-01-01", "1970-01-01")
"""What programs write where they know no date."""


def published(
    tree: LexborHTMLParser, marks: Marks, linked: LinkedData, addresses: Iterable[str], heading: LexborNode | None
) -> str | None:
    """JSON-LD, meta elements, microdata, a time or a date beside the title, and last the day in the address.

    A date that nothing marks is looked for behind the `heading` that is the title.
    """
    own = (
        *linked.strings("datePublished"),
        *marks.metas(*_PUBLISHED),
        *_marked(marks, "datePublished"),
        *linked.page_strings("datePublished"),
    )
    return (
        _first(own)
        or _first((*linked.strings("dateCreated"), *_marked(marks, "dateCreated")))
        or _first(value for node in marks.times if _is_publication(node) for value in _values(node))
        or _first(_classed(tree))
        or _first(_behind(heading))
        or next((day for address in addresses if (day := day_in_url(address))), None)
    )


def modified(marks: Marks, linked: LinkedData) -> str | None:
    """JSON-LD, meta elements, microdata, the page's node, and a time that is marked as the last change."""
    stated = (
        *linked.strings("dateModified"),
        *marks.metas(*_MODIFIED),
        *_marked(marks, "dateModified", of_change=True),
        *linked.page_strings("dateModified"),
    )
    changes = (node for node in marks.times if classed(node, _CHANGED) and not is_beneath(node, _ELSEWHERE))
    return _first(stated) or _first(value for node in changes for value in _values(node, of_change=True))


def _first(values: Iterable[str]) -> str | None:
    """The first moment that tells the day, with the time that a later one gives for that day; else the first of all."""
    rough = None
    found = (moment(value) for value in values)
    known = (one for one in found if one and not one.startswith(_DEFAULTS))
    for one in known:
        if len(one) == _DAY:
            return next((other for other in known if other.startswith(one)), one)
        if len(one) > _DAY:
            return one
        rough = rough or one
    return rough


def _marked(marks: Marks, name: str, *, of_change: bool = False) -> Iterator[str]:
    for node in marks.items.get(name, ()):
        yield from _values(node, of_change=of_change)


def _classed(tree: LexborHTMLParser) -> Iterator[str]:
    """What elements of a date's class say, and those in them: after the title, else before it in the article."""
    before: list[LexborNode] = []
    after: list[LexborNode] | None = None
    for node in selected(tree, _CLASSED):
        if node.tag == "h1":
            after = [] if after is None else after
        elif len(found := before if after is None else after) < _MOST:
            found.append(node)
    nodes: Sequence[LexborNode] = [*(after or ()), *(node for node in before if is_beneath(node, _ARTICLE))]
    for node in filter(_is_publication, nodes):
        for one in (node, *islice(node.iter(), _MOST)):
            yield from _values(one)


def _behind(heading: LexborNode | None) -> Iterator[str]:
    """What the elements behind the title say."""
    for node in islice(following(heading), _NEAR) if heading is not None else ():
        if _is_publication(node, _ASIDE):
            yield from _values(node)


def _values(node: LexborNode, *, of_change: bool = False) -> Iterator[str]:
    """How an element states a date: for machines, and for people, with up to three words before it.

    Of a publication only what stands before the time of a change is read: `20 June 2024, updated 21 June 2024`.
    """
    yield from filter(None, (attribute(node, name) for name in _FOR_MACHINES))
    words = short_text(node, LONGEST).split()
    if not of_change:
        changes = (number for number, word in enumerate(words) if word.casefold().strip(":.(") in _CHANGING)
        words = words[: next(changes, None)]
    for start in range(min(_LABEL + 1, len(words))):
        yield " ".join(words[start:]).strip("(|,- ")


def _is_publication(node: LexborNode, elsewhere: frozenset[str] = _ELSEWHERE) -> bool:
    """A time that is of the article: not of its last change, of what its prose tells, or of another article."""
    if classed(node, _CHANGED) or attribute(node, "itemprop") == "dateModified":
        return False
    return not is_beneath(node, elsewhere) and not _is_in_prose(node)


def _is_in_prose(node: LexborNode) -> bool:
    """Whether an element stands in a paragraph that says more than when, or in what is quoted: `On 3 March 1998 …`."""
    around = (node, *islice(ancestors(node), _AROUND))
    if any(above.tag == "blockquote" for above in around):
        return True
    return any(above.tag == "p" and not short_text(above, _LINE) for above in around)

"""What an article is about, as its page states it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kliping.normaliser.page.elements import attribute, text_of
from kliping.normaliser.page.likeness import folded, squeezed
from kliping.normaliser.page.linked_data import strings
from kliping.normaliser.page.topic_links import topic_links

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from selectolax.lexbor import LexborHTMLParser

    from kliping.normaliser.page.linked_data import LinkedData
    from kliping.normaliser.page.marks import Marks

__all__ = ["topics"]

LONGEST_TOPIC = 80
"""A topic has at most this many code points."""

_META = (
    "news_keywords", "keywords", "og:tags", "og:article:tag", "parsely-tags", "tags", "dc.subject", "dcterms.subject",
)  # fmt: skip
_SLUGS = ("sailthru.tags",)
_SEPARATOR = re.compile(r"\s*[,;|、，]\s*")
_IDENTIFIER = re.compile(r"[0-9a-f]{8,}(?:-[0-9a-f]{4,})*|[\w.-]+\.[a-z]{2,}|\d+|[\w-]+[:=]\S+", re.IGNORECASE)
_KEYED = re.compile(r"(?P<key>[\w ]{2,30}): (?P<value>\S.*)")
_PATH = re.compile(r"(?P<key>[a-z]+)/(?P<value>[^/]+)")
_TOPICAL = re.compile(r"subject|topic|tag|keyword|entit|theme", re.IGNORECASE)


def topics(
    tree: LexborHTMLParser, marks: Marks, linked: LinkedData, known: Sequence[str], titles: Sequence[str]
) -> tuple[str, ...]:
    """The first place that states two or more topics, else the first that states any.

    `known` are names that are no topics: of the site and of the authors. Keywords that are no more than the words of
    one of the `titles` are none either.
    """
    dropped = {squeezed(name) for name in known}
    sole: tuple[str, ...] = ()
    for place in _places(tree, marks, linked):
        found = tuple(_distinct(place, dropped))
        if found and not any(_is_cut_from(found, title) for title in titles):
            if len(found) > 1:
                return found
            sole = sole or found
    return sole


def _places(tree: LexborHTMLParser, marks: Marks, linked: LinkedData) -> Iterator[Iterable[str]]:
    """JSON-LD of another script about the same article comes after the meta elements: it is often a plug-in's."""
    yield marks.metas("article:tag")
    yield from (strings(node.get("keywords")) for node in linked.articles[:1])
    for name in _META:
        yield marks.metas(name)
    yield from (strings(node.get("keywords")) for node in linked.articles[1:])
    yield [attribute(node, "content") or text_of(node) for node in marks.items.get("keywords", ())]
    yield [text_of(node) for node in marks.tags]
    yield topic_links(tree)
    for name in _SLUGS:
        yield [value.replace("-", " ") for value in marks.metas(name)]


def _distinct(values: Iterable[str], dropped: set[str]) -> Iterator[str]:
    """The topics in some statements, each once."""
    seen = set(dropped)
    pieces = [piece.strip(" .#\"'").strip() for value in values for piece in _SEPARATOR.split(value)]
    for topic in _without_keys(pieces):
        bare = squeezed(topic)
        if not bare or bare in seen or len(topic) > LONGEST_TOPIC or _IDENTIFIER.fullmatch(topic):
            continue
        if not any(bare in name and 2 * len(bare) >= len(name) for name in dropped):
            seen.add(bare)
            yield topic


def _without_keys(pieces: Sequence[str]) -> Sequence[str]:
    """The values of topics that mostly come with keys: `Subject: Ferries`, `Medium: Web`; only those of a topic's key."""
    for keyed in (_KEYED, _PATH):
        found = [one for piece in pieces if (one := keyed.fullmatch(piece))]
        if len(found) > 1 and 2 * len(found) > len(pieces):
            return [one["value"] for one in found if keyed is _PATH or _TOPICAL.search(one["key"])]
    return pieces


def _is_cut_from(found: Sequence[str], title: str) -> bool:
    """Whether topics are single small words of a title, as programs cut them out of it."""
    if len(found) < 3 or not all(topic.islower() and " " not in topic for topic in found):
        return False
    words = folded(title).split()
    return 3 * sum(folded(topic) in words for topic in found) > 2 * len(found)

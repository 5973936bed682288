"""What an article is about, as its page states it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kliping.normaliser.page.elements import attribute, plain
from kliping.normaliser.page.likeness import folded, likeness, squeezed
from kliping.normaliser.page.linked_data import named
from kliping.normaliser.page.topic_links import topic_links, topics_together

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from selectolax.lexbor import LexborHTMLParser

    from kliping.normaliser.page.linked_data import LinkedData
    from kliping.normaliser.page.marks import Marks

__all__ = ["topics"]

LONGEST_TOPIC = 80
"""A topic has at most this many code points."""
MOST = 300
"""So many pieces of a list are looked at."""

_META = (
    "keywords", "og:tags", "og:article:tag", "parsely-tags", "tags", "dc.subject", "dcterms.subject",
)  # fmt: skip
_THINGS = ("about", "mentions")
"""What an article is about, and what it deals with besides (schema.org)."""
_SLUGS = ("sailthru.tags",)
_SEPARATOR = re.compile(r"\s*[,;|、，]\s*")
_IDENTIFIER = re.compile(
    r"[0-9a-f]{8,}(?:-[0-9a-f]{4,})*|[\w.-]+\.[a-z]{2,}|\d+|[\w-]+[:=]\S+|[@/_]\S+|[^\s_]+_\S+", re.IGNORECASE
)
"""What stands among keywords for programs: digests, domains, numbers, `key:value`, `@channel`, `/path`, `two_words`."""
_NOTHING = frozenset({"uncategorized", "uncategorised", "nonclassé", "sincategoría", "takberkategori", "ohnekategorie"})
"""What publishing systems call what nobody gave a topic, squeezed."""
_KEYED = re.compile(r"(?P<key>[\w ]{2,30}): (?P<value>\S.*)")
_PATH = re.compile(r"(?P<key>[a-z]+)/(?P<value>[^/]+)")
_TOPICAL = re.compile(r"subject|topic|tag|keyword|entit|theme", re.IGNORECASE)


def topics(
    tree: LexborHTMLParser, marks: Marks, linked: LinkedData, known: Sequence[str], titles: Sequence[str]
) -> tuple[str, ...]:
    """The first place that states two or more topics, else the first that states any.

    `known` are names that are no topics: of the site and of the authors. One of the `titles` is none either, nor are
    keywords that are no more than its words.
    """
    dropped = {squeezed(name) for name in known} | _NOTHING
    sole: tuple[str, ...] = ()
    for place in _places(tree, marks, linked):
        found = tuple(topic for topic in _distinct(place, dropped) if not _is_title(topic, titles))
        if found and not any(_is_cut_from(found, title) for title in titles):
            if len(found) > 1:
                return found
            sole = sole or found
    return sole


def _places(tree: LexborHTMLParser, marks: Marks, linked: LinkedData) -> Iterator[Iterable[str]]:
    """JSON-LD of another script about the same article comes after the meta elements: it is often a plug-in's."""
    yield marks.metas("news_keywords")
    yield marks.metas("article:tag")
    yield from (named(node.get("keywords")) for node in linked.articles[:1])
    for name in _META:
        yield marks.metas(name)
    yield from (named(node.get("keywords")) for node in linked.articles[1:])
    items = marks.items.get("keywords", ())
    yield [plain(content) for node in items if (content := attribute(node, "content"))]
    yield topics_together(items)
    yield topics_together(marks.tags)
    yield topic_links(tree)
    yield [name for node in linked.articles[:1] for field in _THINGS for name in named(node.get(field))]
    for name in _SLUGS:
        yield [value.replace("-", " ") for value in marks.metas(name)]


def _distinct(values: Iterable[str], dropped: set[str]) -> Iterator[str]:
    """The topics in some statements, each once."""
    seen = set(dropped)
    pieces = [piece.strip(" .#\"'").strip() for piece in _pieces(tuple(values))[:MOST]]
    for topic in _without_keys(pieces):
        bare = squeezed(topic)
        if not bare or bare in seen or len(topic) > LONGEST_TOPIC or _IDENTIFIER.fullmatch(topic):
            continue
        if not any(bare in name and 2 * len(bare) >= len(name) for name in dropped):
            seen.add(bare)
            yield topic


def _pieces(values: Sequence[str]) -> Sequence[str]:
    """The topics of lists that commas delimit; where topics are stated one by one, a lone comma is part of one."""
    split = [[piece for piece in _SEPARATOR.split(value) if piece] for value in values]
    is_apart = len(values) > 1 and 2 * sum(len(pieces) > 1 for pieces in split) < len(values)
    whole = ([value] if is_apart and len(pieces) == 2 else pieces for value, pieces in zip(values, split, strict=True))
    return [piece for pieces in whole for piece in pieces]


def _without_keys(pieces: Sequence[str]) -> Sequence[str]:
    """The values of topics that come with keys: `Topic: Ferries`; where most do, only those of a topic's key."""
    for keyed in (_KEYED, _PATH):
        found = [one for piece in pieces if (one := keyed.fullmatch(piece))]
        if len(found) > 1 and 2 * len(found) > len(pieces):
            return [one["value"] for one in found if keyed is _PATH or _TOPICAL.search(one["key"])]
    return [_without_key(piece) for piece in pieces]


def _without_key(piece: str) -> str:
    keyed = _KEYED.fullmatch(piece)
    return keyed["value"] if keyed and _TOPICAL.search(keyed["key"]) else piece


def _is_title(topic: str, titles: Iterable[str]) -> bool:
    """Whether a topic of four words or more is nearly a title."""
    return topic.count(" ") > 2 and any(likeness(topic, title) >= 0.8 for title in titles)


def _is_cut_from(found: Sequence[str], title: str) -> bool:
    """Whether topics are single small words of a title, as programs cut them out of it."""
    if len(found) < 3 or not all(topic.islower() and " " not in topic for topic in found):
        return False
    words = set(folded(title).split())
    return 3 * sum(folded(topic) in words for topic in found) > 2 * len(found)

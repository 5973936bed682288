"""Who wrote an article, as its page states it: names of people before names of organisations."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from kliping.normaliser.packs import words
from kliping.normaliser.page.elements import ancestors, attribute, selected, text_of
from kliping.normaliser.page.likeness import folded, site_names, squeezed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from kliping.normaliser.page.linked_data import LinkedData
    from kliping.normaliser.page.marks import Marks

__all__ = ["authors", "names_in"]

LONGEST_NAME = 60
"""A name has at most this many code points."""
LONGEST_LIST = 300
"""Names together have at most this many."""

_META = (
    "author", "article:author", "article:author_name", "og:author", "og:article:author", "articleauthor", "byl",
    "parsely-author", "sailthru.author", "cxenseparse:author", "dcterms.creator", "dc.creator", "creator",
    "citation_author", "rnews:author", "content_author", "dc.contributor",
)  # fmt: skip
_BYLINE = (
    '[class*="author" i],[class*="byline" i],[class*="autor" i],[class*="auteur" i],[class*="penulis" i],'
    'a[href*="/author" i],a[href*="/autor" i],a[href*="/auteur" i],a[href*="/penulis" i],'
    '[id*="author" i],[id*="byline" i],[data-testid*="byline" i],[data-testid*="author" i]'
)
_BYLINES = 12
"""So many marked elements are looked at."""
_AROUND = 4
"""Elements stand beside each other where one of this many around them is the same."""
_WHOLE = frozenset({"article", "main", "section", "body", "html"})
_ELSEWHERE = frozenset({"aside", "nav", "footer", "form"})

_ADDRESS = re.compile(r"\S*@\S+|https?://\S+|www\.\S+")
_BRACKETS = re.compile(r"\s*[(\[{][^()\[\]{}]*[)\]}]")
_APART = re.compile(r"\s*[,;|•·/、，]\s*|\s+[-–—]\s+|\n")
_DIGITS = re.compile(r"\d")
_SLUG = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*")
_INVERTED = re.compile(r"(?P<last>[^\s,]+), (?P<first>[^\s,]+(?: [^\s,]+)?)")
_DOMAIN = re.compile(r"\w\.(?:com|net|org|info|[a-z]{2})\b", re.IGNORECASE)


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_ACCOUNTS = _set("admin administrator webmaster root superadmin unknown null none n/a guest undefined")
_SOCIAL = _set("facebook twitter instagram youtube whatsapp telegram linkedin tiktok email rss follow share")
_ROLES = _set(
    "reporter correspondent editor journalist columnist contributor writer author producer photographer analyst fellow "
    "redakteur redakteurin redaktor autor autorin korrespondent korrespondentin reporterin volontär volontärin "
    "periodista redactor redactora corresponsal journaliste rédacteur rédactrice correspondant correspondante "
    "penulis wartawan pewarta kontributor redaktur jurnalis jornalista repórter giornalista inviato redaktorka "
    "redacteur verslaggever"
)
"""What people are called by their work. A part of a byline with such a word is no name."""


def authors(tree: LexborHTMLParser, marks: Marks, linked: LinkedData, site: Sequence[str]) -> tuple[str, ...]:
    """The authors, from the first place that names people: JSON-LD, meta elements, marked elements; then organisations.

    `site` are names of the site: one of them as author says no more than the publisher does, and comes last.
    """
    own = site_names(site)
    agents = linked.agents("author")
    late = tuple(agent.name for agent in agents if agent.is_organisation)
    for place in _places(tree, marks, tuple(agent.name for agent in agents if not agent.is_organisation)):
        people: list[str] = []
        for names in map(names_in, place):
            if names and _is_sites(names[0], own):
                late = late or tuple(names[:1])
            else:
                people += [name for name in names if not _is_account(name) and not _is_sites(name, own)]
        if people:
            return tuple(dict.fromkeys(people))
    return tuple(dict.fromkeys(late))


def _places(tree: LexborHTMLParser, marks: Marks, people: Sequence[str]) -> Iterator[Iterable[str]]:
    yield people
    for name in _META:
        yield marks.metas(name)
    yield _texts(_beside(marks.items.get("author", ())))
    yield _texts(_beside(marks.authors))
    yield _byline(tree)


def _is_sites(name: str, own: set[str]) -> bool:
    """Whether a name is the site's, or a domain's, which is no person's either."""
    return squeezed(name) in own or _DOMAIN.search(name) is not None


def names_in(text: str) -> list[str]:
    """The names in a statement of authors: `By Ana Sorel, Reporter and Jon Vale (Lisbon)` has `Ana Sorel`, `Jon Vale`.

    Labels, roles, addresses and what stands in brackets go.
    """
    text = _without_label(_BRACKETS.sub("", _ADDRESS.sub("", text)).strip(" ,;|-–—"))
    if not text or len(text) > LONGEST_LIST:
        return []
    inverted = _INVERTED.fullmatch(text)
    if inverted and not _is_role(inverted["first"]) and not inverted["first"].isupper():
        return [f"{inverted['first']} {inverted['last']}"]
    pieces = (piece for part in _APART.split(text) for piece in words().conjunctions.split(part) if piece)
    names = (_without_label(piece.strip(" .:")) for piece in pieces)
    return [name for name in names if _is_name(name)]


def _without_label(text: str) -> str:
    """A statement of authors without the words before it: `By`, `Penulis:`."""
    known = words()
    labelled = known.authors.fullmatch(text) or known.by.fullmatch(text)
    return labelled["rest"].strip() if labelled else text


def _is_name(text: str) -> bool:
    return (
        0 < len(text) <= LONGEST_NAME
        and any(char.isalpha() for char in text)
        and len(text.split()) <= 8
        and not _is_role(text)
        and folded(text) not in words().pack.conjunctions
    )


def _is_role(text: str) -> bool:
    return bool((_ROLES | _SOCIAL).intersection(folded(text).split()))


def _is_account(name: str) -> bool:
    """The name of a user of a publishing system, not of a person: `admin`, `jon-vale`."""
    return name.casefold() in _ACCOUNTS or (("-" in name or "_" in name) and _SLUG.fullmatch(name) is not None)


def _beside(nodes: Sequence[LexborNode]) -> Iterator[LexborNode]:
    """The first element that is not empty, and those that stand beside it: others are of other articles."""
    around: set[int] = set()
    for node in nodes:
        places = {above.mem_id for above in islice(ancestors(node), _AROUND) if above.tag not in _WHOLE}
        if (not around or around & places) and _texts([node]):
            around = around or places
            yield node


def _texts(nodes: Iterable[LexborNode]) -> list[str]:
    """The words of marked elements: the name inside them where one is marked."""
    found = []
    for node in nodes:
        inner = node.css_first('[itemprop="name"]')
        named = (attribute(inner, "content") or text_of(inner)) if inner is not None else ""
        found.append(named or attribute(node, "content") or text_of(node))
    return [text for text in found if text]


def _byline(tree: LexborHTMLParser) -> list[str]:
    """The people in the first element of a byline's class that begins with a name."""
    for node in islice(selected(tree, _BYLINE), _BYLINES):
        text = text_of(node)
        found = names_in(text) if 0 < len(text) <= LONGEST_LIST else []
        if found and _is_persons(found[0]) and not any(above.tag in _ELSEWHERE for above in ancestors(node)):
            return [name for name in found if _is_persons(name)]
    return []


def _is_persons(name: str) -> bool:
    """Two to four words that begin with a capital, or a few characters of a script without capitals."""
    parts = [part for part in name.split() if part.casefold() not in words().particles]
    if _DIGITS.search(name) or len(name) > 40:
        return False
    if not any(char.isupper() or char.islower() for char in name):
        return 2 <= len(name) <= 20
    return 2 <= len(parts) <= 4 and all(part[0].isupper() and not part.isupper() for part in parts)

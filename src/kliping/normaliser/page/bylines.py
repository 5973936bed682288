"""Bylines that are written for people: told by their class, or by their label behind the title."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from kliping.normaliser.page.elements import ancestors, attribute, following, is_beneath, selected, short_text
from kliping.normaliser.page.names import LONGEST_LIST, is_labelled, names_in
from kliping.normaliser.rules.packs import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from selectolax.lexbor import LexborHTMLParser, LexborNode

__all__ = ["labelled_byline", "marked_byline"]

_BYLINE = (
    'h1,[class*="aut" i],[class*="byline" i],[class*="penulis" i],a[href*="/aut" i],a[href*="/penulis" i],'
    '[id*="author" i],[id*="byline" i],[data-testid*="byline" i],[data-testid*="author" i]'
)
_NAMED = re.compile(r"autor|author|auteur|byline|penulis", re.IGNORECASE)
"""What an element of a byline is called, or where it leads; `aut` above stands for three of them, which is faster."""
_BYLINES = 12
"""So many marked elements are looked at, before the title and after it."""
_NEAR = 25
"""A byline that nothing marks stands in one of this many elements behind the title."""
_LONGEST_BYLINE = 120
"""Code points of such a byline, at most."""
_ELSEWHERE = frozenset({"aside", "nav", "footer", "form", "figure", "figcaption"})


def marked_byline(tree: LexborHTMLParser) -> list[str]:
    """The people in the first element of a byline's class that begins with a name: after the title, else before it."""
    before: list[LexborNode] = []
    after: list[LexborNode] | None = None
    for node in selected(tree, _BYLINE):
        if node.tag == "h1":
            after = [] if after is None else after
        elif len(found := before if after is None else after) < _BYLINES and _is_named(node):
            found.append(node)
    nodes = [*(after or ()), *before]
    place = next((number for number, node in enumerate(nodes) if _people(node)), len(nodes))
    names = (name for node in nodes[place:] if _is_inside(node, nodes[place]) for name in _people(node))
    return _apart(list(dict.fromkeys(names)))


def labelled_byline(heading: LexborNode | None) -> list[str]:
    """The people in the first short element behind the title that begins with a byline's label."""
    nodes = islice(following(heading), _NEAR) if heading is not None else ()
    texts = (short_text(node, _LONGEST_BYLINE) for node in nodes)
    found = (names_in(text) for text in texts if is_labelled(text))
    return next((names for names in found if names and all(map(_is_persons, names))), [])


def _is_inside(node: LexborNode, other: LexborNode) -> bool:
    return other.mem_id in (node.mem_id, *(above.mem_id for above in ancestors(node)))


def _apart(names: Sequence[str]) -> list[str]:
    """Names without those that go on behind another one: `Ana Sorel Kabar Kota`, where `Ana Sorel` is marked inside."""
    return [name for name in names if not any(name.startswith(f"{other} ") for other in names)]


def _is_named(node: LexborNode) -> bool:
    return any(_NAMED.search(attribute(node, name)) for name in ("class", "href", "id", "data-testid"))


def _people(node: LexborNode) -> list[str]:
    """The people that an element begins with. Names in capitals need a label, for buttons are written so too."""
    text = short_text(node, LONGEST_LIST, apart=" | ")
    found = names_in(text)
    if not found or node.tag in _ELSEWHERE or is_beneath(node, _ELSEWHERE):
        return []
    is_labelled = not text.startswith(found[0])
    people = [name for name in found if _is_persons(name) and (is_labelled or not name.isupper())]
    return people if found[0] in people else []


def _is_persons(name: str) -> bool:
    """Two to four words that begin with a capital, or a few characters of a script without capitals."""
    parts = [part for part in name.split() if part.casefold() not in words().particles]
    if len(name) > 40 or any(map(str.isdigit, name)):
        return False
    if not any(char.isupper() or char.islower() for char in name):
        return 2 <= len(name) <= 20
    return 2 <= len(parts) <= 4 and all(part[0].isupper() for part in parts)

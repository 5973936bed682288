"""Who wrote an article, as its page states it: names of people before names of organisations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kliping.normaliser.packs import words
from kliping.normaliser.page.elements import ancestors, attribute, beside, is_beneath, selected, short_text
from kliping.normaliser.page.likeness import site_names, squeezed
from kliping.normaliser.page.names import LONGEST_LIST, is_account, is_domain, names_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from kliping.normaliser.page.linked_data import Agent, LinkedData
    from kliping.normaliser.page.marks import Marks

__all__ = ["authors"]

_META = (
    "author", "article:author", "article:author_name", "og:author", "og:article:author", "articleauthor", "byl",
    "author.name", "parsely-author", "sailthru.author", "cxenseparse:author", "mrf:authors", "dcterms.creator",
    "dc.creator", "creator", "citation_author", "rnews:author", "content_author", "dc.contributor",
)  # fmt: skip
_BYLINE = (
    'h1,[class*="aut" i],[class*="byline" i],[class*="penulis" i],a[href*="/aut" i],a[href*="/penulis" i],'
    '[id*="author" i],[id*="byline" i],[data-testid*="byline" i],[data-testid*="author" i]'
)
_NAMED = re.compile(r"autor|author|auteur|byline|penulis", re.IGNORECASE)
"""What an element of a byline is called, or where it leads; `aut` above stands for three of them, which is faster."""
_BYLINES = 12
"""So many marked elements are looked at, before the title and after it."""
_ELSEWHERE = frozenset({"aside", "nav", "footer", "form", "figure", "figcaption"})


def authors(tree: LexborHTMLParser, marks: Marks, linked: LinkedData, site: Sequence[str]) -> tuple[str, ...]:
    """The authors, from the first place that names people: JSON-LD, meta elements, marked elements, a byline.

    Organisations stand where JSON-LD names them beside people, or where nothing but a byline's class tells of people.
    `site` are names of the site: one of them as author says no more than the publisher does, and comes last.
    """
    own = site_names(site)
    agents = linked.agents("author") or linked.agents("creator")
    late = tuple(agent.name for agent in agents if agent.is_organisation)
    for place in _places(tree, marks, _without_site(agents, own)):
        people: list[str] = []
        for names in map(names_in, place):
            if names and _is_sites(names[0], own):
                late = late or tuple(names[:1])
            else:
                people += [name for name in names if not is_account(name) and not _is_sites(name, own)]
        if people:
            return tuple(dict.fromkeys(people))
    return tuple(dict.fromkeys(late))


def _places(tree: LexborHTMLParser, marks: Marks, agents: Sequence[Agent]) -> Iterator[Iterable[str]]:
    names = [agent.name for agent in agents]
    has_people = not all(agent.is_organisation for agent in agents)
    yield names if has_people else ()
    for name in _META:
        yield marks.metas(name)
    yield _named_together(marks.items.get("author", ()))
    yield _named_together(marks.authors)
    yield names
    yield _byline(tree)


def _without_site(agents: Iterable[Agent], own: set[str]) -> list[Agent]:
    """Persons, and organisations whose name neither holds one of the site's nor is part of one."""
    return [
        agent
        for agent in agents
        if not agent.is_organisation
        or not any(name in squeezed(agent.name) or squeezed(agent.name) in name for name in own if len(name) > 2)
    ]


def _is_sites(name: str, own: set[str]) -> bool:
    """Whether a name is the site's, or a domain's, which is no person's either."""
    return squeezed(name) in own or is_domain(name)


def _named_together(nodes: Sequence[LexborNode]) -> list[str]:
    """The words of the first marked element that has any, and of those beside it: others are of other articles."""
    named = {node.mem_id: text for node in nodes if (text := _name_of(node))}
    return [named[node.mem_id] for node in beside(node for node in nodes if node.mem_id in named)]


def _name_of(node: LexborNode) -> str:
    """The words of a marked element: the name inside it where one is marked."""
    inner = node.css_first('[itemprop="name"]')
    named = (attribute(inner, "content") or short_text(inner, LONGEST_LIST)) if inner is not None else ""
    return named or attribute(node, "content") or short_text(node, LONGEST_LIST)


def _byline(tree: LexborHTMLParser) -> list[str]:
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
    return _apart([name for node in nodes[place:] if _is_inside(node, nodes[place]) for name in _people(node)])


def _is_inside(node: LexborNode, other: LexborNode) -> bool:
    return other.mem_id in (node.mem_id, *(above.mem_id for above in ancestors(node)))


def _apart(names: Sequence[str]) -> list[str]:
    """Names without those that go on behind another one: `Ana Sorel Kabar Kota`, where `Ana Sorel` is marked inside."""
    return [name for name in names if not any(name.startswith(f"{other} ") for other in names)]


def _is_named(node: LexborNode) -> bool:
    return any(_NAMED.search(attribute(node, name)) for name in ("class", "href", "id", "data-testid"))


def _people(node: LexborNode) -> list[str]:
    """The people that an element begins with. Names in capitals need a label, for buttons are written so too."""
    text = short_text(node, LONGEST_LIST, apart=" | ").strip(" |")
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

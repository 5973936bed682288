"""Who wrote an article, as its page states it: names of people before names of organisations."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from kliping.normaliser.page.bylines import labelled_byline, marked_byline
from kliping.normaliser.page.elements import attribute, beside, short_text
from kliping.normaliser.page.likeness import is_sites_name, site_names, squeezed
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


def authors(
    tree: LexborHTMLParser, marks: Marks, linked: LinkedData, site: Sequence[str], heading: LexborNode | None
) -> tuple[str, ...]:
    """The authors, from the first place that names people: JSON-LD, meta elements, marked elements, a byline.

    Organisations stand where JSON-LD names them beside people, or where nothing but a byline tells of people. `site`
    are names of the site: one of them as author says no more than the publisher does, and comes last. A byline that
    nothing marks is looked for behind the `heading` that is the title.
    """
    own = site_names(site)
    agents = linked.agents("author") or linked.agents("creator")
    late = tuple(agent.name for agent in agents if agent.is_organisation)
    for place in chain(_stated(marks, _without_site(agents, own)), _bylines(tree, heading, own)):
        people: list[str] = []
        for names in map(names_in, place):
            if names and _is_sites(names[0], own):
                late = late or tuple(names[:1])
            else:
                people += [name for name in names if not is_account(name) and not _is_sites(name, own)]
        if people:
            return tuple(dict.fromkeys(people))
    return tuple(dict.fromkeys(late))


def _stated(marks: Marks, agents: Sequence[Agent]) -> Iterator[Iterable[str]]:
    """What is stated for machines, or marked as the author."""
    names = [agent.name for agent in agents]
    has_people = not all(agent.is_organisation for agent in agents)
    yield names if has_people else ()
    for name in _META:
        yield marks.metas(name)
    yield _named_together(marks.items.get("author", ()))
    yield _named_together(marks.authors)
    yield names


def _bylines(tree: LexborHTMLParser, heading: LexborNode | None, own: set[str]) -> Iterator[Iterable[str]]:
    """What is written for people, without a desk of the site's: `Kabar Desa` of `Kabar`."""
    yield [name for name in marked_byline(tree) if not is_sites_name(name, own)]
    yield [name for name in labelled_byline(heading) if not is_sites_name(name, own)]


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

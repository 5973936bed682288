"""Pages that list articles instead of holding one: a section's front, a tag's page, a search result."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from kliping.errors import Rejected

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kliping.normaliser.page.segments import Block, Segments
    from kliping.normaliser.stated import Stated

__all__ = ["require_no_index"]

LINKED = 0.3
"""From this share of its characters on, a block is a link, or a link with a few words beside it."""
SHORTEST_PROSE = 60
SHORTEST_HEADLINE, LONGEST_HEADLINE = 20, 200
"""A link to an article has as many code points as headlines have."""
LONGEST_TEASER = 400
"""A block with more code points is prose, whatever share of it is a link."""
SHORT = 300
"""A page with less prose than this among many headlines lists them."""


class _Bounds(NamedTuple):
    """From how many linked headlines on a page is a list: among its text, for each block of prose, and in all."""

    among: int
    a_block: float
    in_all: int


_DATED = _Bounds(among=12, a_block=0.9, in_all=80)
_UNDATED = _Bounds(among=5, a_block=0.7, in_all=20)
"""Articles state when they were published, so less is needed where none is stated."""


def require_no_index(segments: Segments, chosen: Sequence[int], stated: Stated, url: str | None) -> None:
    """Turn down a page that lists articles.

    Told by headlines that are links and alternate with what reads like text, or by hardly any text beside many of them.
    A list between two paragraphs counts once, for articles hold such boxes.

    Args:
        segments: the page.
        chosen: the places of the blocks that read most like an article.
        stated: what the page states.
        url: where it was fetched.

    Raises:
        Rejected: `index-page`.
    """
    bounds = _DATED if stated.published else _UNDATED
    headlines = [_is_headline(block) for block in segments.blocks]
    prose = [segments.blocks[place] for place in chosen if _is_prose(segments.blocks[place])]
    among = sum(headlines[place] for place in chosen)
    among += sum(any(headlines[before + 1 : after]) for before, after in pairwise(chosen))
    text, everywhere = sum(len(block.text) for block in prose), sum(headlines)
    if among >= max(bounds.among, bounds.a_block * len(prose)):
        raise Rejected("index-page", f"linked headlines alternate with its {len(prose)} paragraphs: a list of articles")
    if everywhere >= bounds.in_all and text < SHORT:
        raise Rejected("index-page", f"{everywhere} linked headlines and {text} characters of text: a list of articles")
    if not stated.published and _is_front(url) and everywhere:
        raise Rejected("index-page", "its address is a site's front page, and it states no date of publication")


def _is_headline(block: Block) -> bool:
    linked = SHORTEST_HEADLINE <= block.link <= LONGEST_HEADLINE
    return linked and len(block.text) <= LONGEST_TEASER and block.link >= LINKED * len(block.text)


def _is_prose(block: Block) -> bool:
    return len(block.text) >= SHORTEST_PROSE and not _is_headline(block) and 2 * block.link < len(block.text)


def _is_front(url: str | None) -> bool:
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return False
    return bool(parts.netloc) and not parts.path.strip("/") and not parts.query

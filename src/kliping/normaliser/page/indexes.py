"""Pages that list articles instead of holding one: a section's front, a tag's page, a search result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from kliping.errors import Rejected

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kliping.normaliser.page.segments import Block, Segments
    from kliping.normaliser.stated import Stated

__all__ = ["require_no_index"]

LINKED = 0.6
"""From this share of its characters on, a block is a link."""
PROSE_LINKS = 0.35
"""Below this share, a block of some length is prose."""
SHORTEST_PROSE = 60
SHORTEST_HEADLINE, LONGEST_HEADLINE = 20, 200
"""A link to an article has as many code points as headlines have."""
SHORT = 600
"""A page with less prose than this among many headlines lists them."""


@dataclass(frozen=True, slots=True)
class _Bounds:
    """From how many headlines on a page is a list: among its text at least, for each block of prose, and in all."""

    among: int
    a_block: float
    in_all: int


_DATED = _Bounds(among=12, a_block=2.0, in_all=80)
_UNDATED = _Bounds(among=5, a_block=0.7, in_all=20)
"""Articles state when they were published; among the pages at hand every one does."""


def require_no_index(segments: Segments, chosen: Sequence[int], stated: Stated, url: str | None) -> None:
    """Turn down a page that lists articles.

    Told by headlines that are links and stand among what reads like text, or by hardly any text beside many of them.

    Args:
        segments: the page.
        chosen: the places of the blocks that read most like an article.
        stated: what the page states.
        url: where it was fetched.

    Raises:
        Rejected: `index-page`.
    """
    bounds = _DATED if stated.published else _UNDATED
    prose = [block for block in (segments.blocks[place] for place in chosen) if _is_prose(block)]
    among = _headlines(segments.blocks[chosen[0] : chosen[-1] + 1]) if chosen else 0
    everywhere = _headlines(segments.blocks)
    text = sum(len(block.text) for block in prose)
    if among >= max(bounds.among, bounds.a_block * len(prose)):
        raise Rejected("index-page", f"{among} linked headlines stand among {len(prose)} paragraphs: a list of articles")
    if everywhere >= bounds.in_all and text < SHORT:
        raise Rejected("index-page", f"{everywhere} linked headlines and {text} characters of text: a list of articles")
    if not stated.published and _is_front(url) and everywhere:
        raise Rejected("index-page", "its address is a site's front page, and it states no date of publication")


def _headlines(blocks: Sequence[Block]) -> int:
    return sum(SHORTEST_HEADLINE <= len(one.text) <= LONGEST_HEADLINE and _links(one) >= LINKED for one in blocks)


def _is_prose(block: Block) -> bool:
    return len(block.text) >= SHORTEST_PROSE and _links(block) < PROSE_LINKS


def _links(block: Block) -> float:
    return block.link / max(len(block.text), 1)


def _is_front(url: str | None) -> bool:
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return False
    return bool(parts.netloc) and not parts.path.strip("/") and not parts.query

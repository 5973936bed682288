"""The reader of HTML pages: one parse, what the page states, and which of its blocks are the article.

The room that imports selectolax and numpy (the extra `html`). Read `read_page` first; then `head.py` for what is
stated, `segments.py` for the blocks, `choice.py` for the choice among them, `lines.py` for what the chosen become.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kliping.errors import Rejected
from kliping.normaliser.lines import Line
from kliping.normaliser.page.choice import choose
from kliping.normaliser.page.head import read_head
from kliping.normaliser.page.holes import filled
from kliping.normaliser.page.indexes import require_no_index
from kliping.normaliser.page.lines import article_lines
from kliping.normaliser.page.parsing import parse
from kliping.normaliser.page.segments import MOST, segment
from kliping.normaliser.stated import Page
from kliping.normaliser.text.cleaning import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kliping.normaliser.page.trees import Trees
    from kliping.normaliser.stated import Stated

__all__ = ["read_page"]


def read_page(text: str, url: str | None, trees: Trees | None = None) -> Page:
    """The lines of a page's article, title and subtitle first; what the page states; and how sure the choice is.

    Args:
        text: the page's characters.
        url: where it was fetched, to resolve relative addresses with.
        trees: what tells the article's blocks; None takes those that ship. Others are for judging how they are grown.

    Raises:
        Rejected: `index-page`, `too-large` or `no-article`.
    """
    tree, root = parse(text)
    head = read_head(tree, url)
    segments = segment(root)
    if len(segments.blocks) >= MOST:
        raise Rejected("too-large", f"the page has {MOST} pieces of text or more")
    choice = choose(segments, head.anchors, trees)
    require_no_index(segments, choice.blocks, head.stated, url)
    heads = tuple(_heads(head.stated))
    known = frozenset(line.text for line in heads)
    if choice.stated:
        stated = (Line(text, kind="paragraph") for text in head.body.split("\n") if text not in known)
        return Page((*heads, *stated), head.stated)
    body = article_lines(segments, filled(segments, choice.blocks), head.stated.url or url, known)
    return Page((*heads, *body), head.stated, round(choice.confidence, 3))


def _heads(stated: Stated) -> Iterator[Line]:
    """The title and the subtitle as lines."""
    if stated.title:
        yield Line(clean_line(stated.title), kind="title")
    if stated.subtitle:
        yield Line(clean_line(stated.subtitle), kind="subtitle")

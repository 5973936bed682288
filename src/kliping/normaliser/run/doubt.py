"""The articles that are the least sure to be right: of pages, where the body was hard to tell from the rest."""

from __future__ import annotations

from heapq import nsmallest
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from kliping.files import read_shards

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["DOUBTFUL", "Doubt", "least_sure"]

DOUBTFUL = 0.8
"""An article with less confidence is named in the receipt. It is the share of its text that is expected to be true."""


class Doubt(NamedTuple):
    """An article of a page, and how sure the extractor was of it, from 0 to 1."""

    confidence: float
    path: str
    id: str
    title: str | None


def least_sure(articles: Path, most: int) -> list[Doubt]:
    """The articles with the least confidence, the worst first; those without any, as of dumps, are not among them.

    Args:
        articles: the folder of their shards. It is streamed: memory holds `most` of them.
        most: how many at most.

    Raises:
        DataError: a line that is no article, with its file and line.
    """
    return nsmallest(most, _doubts(articles))


class _Source(msgspec.Struct):
    path: str | None


class _Seen(msgspec.Struct):
    """What is looked at of an article's line."""

    id: str
    title: str | None
    confidence: float | None
    source: _Source


def _doubts(articles: Path) -> Iterator[Doubt]:
    for one in read_shards(articles, _Seen):
        if one.confidence is not None:
            yield Doubt(one.confidence, one.source.path or "", one.id, one.title)

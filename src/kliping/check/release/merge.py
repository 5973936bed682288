"""The tables of a release side by side: all rows about one article, in every config and split, and no more at a time.

Rows are in the order of their articles' ids in each config and split, so the tables are merged as they pass. Rows of
one that is in another order go through a temporary file first.
"""

from __future__ import annotations

import os
import tempfile
from array import array
from contextlib import ExitStack, closing
from dataclasses import dataclass
from heapq import merge
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from kliping.check.rules import Place

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Sequence

    from kliping.check.release.survey import Surveyed
    from kliping.check.release.tables import Row

__all__ = ["ArticleRows", "Member", "merged", "put_in_order"]


class Member(NamedTuple):
    """A row and where it is; nothing in it is null that may not be."""

    place: Place
    config: str
    split: str
    article_id: str
    row: Row

    @property
    def id(self) -> str:
        """The row's own id."""
        return str(self.row["id"])


@dataclass(frozen=True, slots=True)
class ArticleRows:
    """All rows about one article, those of `articles` first, and the release they are in."""

    id: str
    members: Sequence[Member]
    surveyed: Surveyed

    def of(self, config: str) -> list[Member]:
        """The rows of one config."""
        return [member for member in self.members if member.config == config]


def merged(streams: Sequence[Generator[Member]], surveyed: Surveyed) -> Iterator[ArticleRows]:
    """What all tables hold of each article, in the order of the ids.

    Args:
        streams: the rows of each config and split, in the order of their articles; those of `articles` come first.
        surveyed: the release as a whole.
    """
    with ExitStack() as opened:
        for stream in streams:
            opened.enter_context(closing(stream))
        for name, members in groupby(merge(*streams, key=_article), key=_article):
            yield ArticleRows(name, tuple(members), surveyed)


def put_in_order(members: Iterable[Member]) -> Generator[Member]:
    """The same rows in the order of their articles, those of one as they came: by way of a temporary file."""
    names: list[str] = []
    ends = array("q", [0])
    with tempfile.TemporaryFile() as file:
        for member in members:
            names.append(member.article_id)
            file.write(msgspec.msgpack.encode(member))
            ends.append(file.tell())
        file.flush()
        for at in sorted(range(len(names)), key=names.__getitem__):
            data = os.pread(file.fileno(), ends[at + 1] - ends[at], ends[at])
            place, *rest = msgspec.msgpack.decode(data)
            yield Member(Place(*place), *rest)


def _article(member: Member) -> str:
    return member.article_id

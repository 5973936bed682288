"""Claimed lines to the parts of an article: text, blocks and fields."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from kliping.normaliser.lines import BLOCK_ROLES, Line, Role, Segment
from kliping.records import Block, Dateline, Figure, Related, Removed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kliping.records import BlockType

__all__ = ["Parts", "assemble"]

SEPARATOR = "\n\n"
"""Between two blocks of the text."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What the lines of a source give; the fields are those of an article, offsets are code points of `text`."""

    text: str
    blocks: tuple[Block, ...]
    title: str | None
    subtitle: str | None
    authors: tuple[str, ...]
    dateline: Dateline | None
    topics: tuple[str, ...]
    figures: tuple[Figure, ...]
    related: tuple[Related, ...]
    removed: tuple[Removed, ...]

    @property
    def body_length(self) -> int:
        """Code points of the blocks that are neither title nor subtitle, without the empty lines between them."""
        return sum(block.end - block.start for block in self.blocks if block.type not in {"title", "subtitle"})


def assemble(lines: Sequence[Line], authors: Sequence[str] = (), topics: Sequence[str] = ()) -> Parts:
    """The parts of an article from lines that rules have claimed, and the authors and topics that metadata state."""
    lines = _without_repeats(lines, {"author": set(authors), "topic": set(topics)})
    segments = [segment for line in lines for segment in line.segments]
    text, blocks = _text([segment for segment in segments if segment.role in BLOCK_ROLES])
    return Parts(
        text=text,
        blocks=blocks,
        title=_first(segments, "title"),
        subtitle=_first(segments, "subtitle"),
        authors=(*authors, *_all(segments, "author")),
        dateline=_dateline(segments),
        topics=(*topics, *_all(segments, "topic")),
        figures=tuple(_figures(lines)),
        related=tuple(_related(lines)),
        removed=tuple(
            Removed(rule=segment.rule, text=segment.text)
            for segment in segments
            if segment.role == "removed" and any(char.isalnum() for char in segment.text)
        ),
    )


def _without_repeats(lines: Sequence[Line], known: dict[Role, set[str]]) -> list[Line]:
    """The lines, where an author or topic that is listed already is removed instead: lists hold each once."""

    def once(segment: Segment) -> Segment:
        listed = known.get(segment.role)
        if listed is None:
            return segment
        if segment.text in listed:
            return Segment("removed", segment.text, f"{segment.role}-repeated")
        listed.add(segment.text)
        return segment

    return [replace(line, segments=tuple(map(once, line.segments))) for line in lines]


def _text(segments: Iterable[Segment]) -> tuple[str, tuple[Block, ...]]:
    blocks, texts, at = [], [], 0
    for segment in segments:
        end = at + len(segment.text)
        blocks.append(Block(type=cast("BlockType", segment.role), start=at, end=end))
        texts.append(segment.text)
        at = end + len(SEPARATOR)
    return SEPARATOR.join(texts), tuple(blocks)


def _all(segments: Iterable[Segment], role: Role) -> tuple[str, ...]:
    return tuple(segment.text for segment in segments if segment.role == role)


def _first(segments: Iterable[Segment], role: Role) -> str | None:
    return next(iter(_all(segments, role)), None)


def _joined(segments: Iterable[Segment], role: Role) -> str | None:
    return ", ".join(_all(segments, role)) or None


def _dateline(segments: Sequence[Segment]) -> Dateline | None:
    parts = Dateline(
        place=_joined(segments, "place"), agency=_joined(segments, "agency"), date=_joined(segments, "date")
    )
    return parts if parts.place or parts.agency or parts.date else None


def _figures(lines: Iterable[Line]) -> Iterator[Figure]:
    for line in lines:
        caption = " ".join(_all(line.segments, "caption")) or None
        credit = _joined(line.segments, "credit")
        if caption or credit:
            yield Figure(caption=caption, credit=credit)


def _related(lines: Iterable[Line]) -> Iterator[Related]:
    for line in lines:
        for title in _all(line.segments, "related"):
            yield Related(title=title, url=line.url)

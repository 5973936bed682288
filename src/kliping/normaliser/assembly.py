"""Claimed lines to the parts of an article: text, blocks and fields."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from msgspec.structs import replace

from kliping.normaliser.lines import BLOCK_ROLES, Line, Role, Segment
from kliping.normaliser.text.cleaning import has_letters
from kliping.records import Block, Dateline, Figure, Related, Removed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kliping.records import Article, BlockType

__all__ = ["ONCE_RULES", "Parts", "assemble", "pieces", "without_repeats"]

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
        return sum([block.end - block.start for block in self.blocks if block.type not in {"title", "subtitle"}])


def assemble(lines: Iterable[Line], authors: Sequence[str] = (), topics: Sequence[str] = ()) -> Parts:
    """The parts of an article from lines that rules have claimed, and the authors and topics that metadata state."""
    lines = tuple(lines)
    text, blocks = _text(lines)
    cut = without_repeats([line for line in lines if not line.is_text], {"author": authors, "topic": topics})
    texts = _by_role(cut)
    return Parts(
        text=text,
        blocks=blocks,
        title=_first(blocks, "title", text),
        subtitle=_first(blocks, "subtitle", text),
        authors=(*authors, *texts["author"]),
        dateline=_dateline(texts),
        topics=(*topics, *texts["topic"]),
        figures=tuple(_figures(cut)) if texts["caption"] or texts["credit"] else (),
        related=tuple(_related(cut)) if texts["related"] else (),
        removed=tuple(_removed(cut)) if texts["removed"] else (),
    )


def pieces(whole: Article | Parts) -> Iterator[str]:
    """Every piece of an article that holds words of its source, each once: title and subtitle are blocks."""
    yield from (whole.text[block.start : block.end] for block in whole.blocks)
    if whole.dateline:
        yield from filter(None, (whole.dateline.place, whole.dateline.agency, whole.dateline.date))
    yield from whole.authors
    yield from whole.topics
    for figure in whole.figures:
        yield from filter(None, (figure.caption, figure.credit))
    yield from (related.title for related in whole.related if related.title)
    yield from (removed.text for removed in whole.removed)


def _text(lines: Iterable[Line]) -> tuple[str, tuple[Block, ...]]:
    blocks, texts, at = [], [], 0
    for line in lines:
        for segment in line.segments:
            if segment.role in BLOCK_ROLES:
                end = at + len(segment.text)
                blocks.append(Block(type=cast("BlockType", segment.role), start=at, end=end))
                texts.append(segment.text)
                at = end + len(SEPARATOR)
    return SEPARATOR.join(texts), tuple(blocks)


def _first(blocks: Iterable[Block], kind: BlockType, text: str) -> str | None:
    for block in blocks:
        if block.type == kind:
            return text[block.start : block.end]
    return None


_REPEATED: Mapping[Role, str] = {"author": "author-repeated", "topic": "topic-repeated"}
_STATED: Mapping[Role, str] = {"author": "author-stated", "topic": "topic-stated"}

ONCE_RULES: Mapping[str, str] = {
    _REPEATED["author"]: "An author whom the article's list holds already.",
    _REPEATED["topic"]: "A topic that the article's list holds already.",
    _STATED["author"]: "An author in the lines, where the source states others: what is stated wins.",
    _STATED["topic"]: "A topic in the lines, where the source states others.",
}
"""What authors and topics are removed by after the rules, and what each claims."""


def without_repeats(lines: Iterable[Line], stated: Mapping[Role, Sequence[str]]) -> list[Line]:
    """The lines, where an author or topic is removed instead: one that was there already, or any where some are stated.

    What a source states beats what its lines name: a byline spells a stated name in capitals, or adds a translator.
    """
    listed: dict[Role, set[str]] = {role: set(names) for role, names in stated.items()}

    def once(segment: Segment) -> Segment:
        known = listed.get(segment.role)
        if known is None:
            return segment
        if segment.text in known:
            return Segment("removed", segment.text, _REPEATED[segment.role])
        if stated[segment.role]:
            return Segment("removed", segment.text, _STATED[segment.role])
        known.add(segment.text)
        return segment

    return [replace(line, segments=tuple(map(once, line.segments))) for line in lines]


def _by_role(lines: Iterable[Line]) -> defaultdict[Role, list[str]]:
    texts: defaultdict[Role, list[str]] = defaultdict(list)
    for line in lines:
        for segment in line.segments:
            texts[segment.role].append(segment.text)
    return texts


_DATELINE: tuple[Role, ...] = ("place", "agency", "date")


def _dateline(texts: Mapping[Role, list[str]]) -> Dateline | None:
    if texts.keys().isdisjoint(_DATELINE):
        return None
    place, agency, date = (", ".join(texts.get(role, ())) or None for role in _DATELINE)
    return Dateline(place=place, agency=agency, date=date)


def _figures(lines: Iterable[Line]) -> Iterator[Figure]:
    for line in lines:
        caption = " ".join(_all(line, "caption")) or None
        credit = ", ".join(_all(line, "credit")) or None
        if caption or credit:
            yield Figure(caption=caption, credit=credit)


def _related(lines: Iterable[Line]) -> Iterator[Related]:
    for line in lines:
        for title in _all(line, "related"):
            yield Related(title=title, url=line.url)


def _removed(lines: Iterable[Line]) -> Iterator[Removed]:
    """What was dropped, where it holds a letter or a digit, with the rule that dropped it."""
    for line in lines:
        for segment in line.segments:
            if segment.role == "removed" and has_letters(segment.text):
                yield Removed(rule=segment.rule or line.rule, text=segment.text)


def _all(line: Line, role: Role) -> list[str]:
    return [segment.text for segment in line.segments if segment.role == role]

"""The lines of a source and what the rules made of them: a trace that loses nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kliping.records import BlockType

__all__ = [
    "BLOCK_ROLES",
    "Claim",
    "Line",
    "Lines",
    "Role",
    "Segment",
    "ends_sentence",
    "is_prose",
    "removed",
]

BlockRole: TypeAlias = Literal["title", "subtitle", "heading", "paragraph", "quote", "list_item"]
FieldRole: TypeAlias = Literal[
    "place", "agency", "date", "author", "topic", "caption", "credit", "related", "removed"
]  # fmt: skip
Role: TypeAlias = BlockRole | FieldRole
"""Where a piece of the source goes: a block of the text, a field, or `removed`."""

BLOCK_ROLES = frozenset(get_args(BlockRole))

PROSE = 40
"""From this many code points on, a line that ends like a sentence is a paragraph of the article."""

LONG = 200
"""A line with more code points than this is a paragraph, however it ends."""

_CLOSERS = "\"'”’»)]*_ "
_DASHES = frozenset("-–—")
_STOPS = (".", "…", "。", "।")
_ENDS = (*_STOPS, "!", "?", ":", ";", ",", "؟")
_END_SIGNS = frozenset(_ENDS)
_PROSE_ROLES = frozenset({"paragraph", "quote", "list_item"})


class Segment(msgspec.Struct, frozen=True, gc=False):
    """A piece of a line and where it goes; `rule` where another rule than the line's said so."""

    role: Role
    text: str
    rule: str = ""


class Line(msgspec.Struct, frozen=True, gc=False):
    """A line of the source, cleaned.

    Attributes:
        text: without the bullet or quotation sign that stood before it.
        mark: that sign, or nothing.
        kind: what the source marks it as; None where it is left to the rules, as in a dump.
        start: its first code point in the cleaned source.
        url: where the link led that the line holds, if any.
        segments: what became of it; empty until a rule claims it. Their letters and digits are the line's, in order.
        rule: the name of the rule that claimed it.
    """

    text: str
    mark: str = ""
    kind: BlockType | None = None
    start: int = 0
    url: str | None = None
    segments: tuple[Segment, ...] = ()
    rule: str = ""

    @property
    def whole(self) -> str:
        """The text as a paragraph: an opening dash is part of it, for it may open direct speech."""
        return f"{self.mark} {self.text}" if self.mark in _DASHES else self.text

    @property
    def is_text(self) -> bool:
        """Whether the whole line is a block of the article."""
        return len(self.segments) == 1 and self.segments[0].role in BLOCK_ROLES

    @property
    def role(self) -> Role | None:
        """The role of the line's block, or of its first piece; None while it is open."""
        for segment in self.segments:
            if segment.role in BLOCK_ROLES:
                return segment.role
        return self.segments[0].role if self.segments else None

    def claimed(self, segments: tuple[Segment, ...], rule: str) -> Line:
        """The line with its pieces and the name of the rule that cut it."""
        return Line(self.text, self.mark, self.kind, self.start, self.url, segments, rule)


Claim: TypeAlias = tuple[int, tuple[Segment, ...]]
"""What a rule says about the line at an index."""


class Lines(tuple[Line, ...]):
    """The lines of a source as the rules have left them so far; what many rules ask is found once.

    Attributes:
        openings: for a field of the language packs, or one of `SIGNS`, the lines that may begin with its like.
    """

    openings: Mapping[str, tuple[int, ...]]
    _open: list[tuple[int, Line]] | None = None
    _body: tuple[int, int] | None = None

    def __new__(cls, lines: Iterable[Line], openings: Mapping[str, tuple[int, ...]]) -> Lines:  # noqa: D102
        made = super().__new__(cls, lines)
        made.openings = openings
        return made

    @property
    def open(self) -> Sequence[tuple[int, Line]]:
        """The lines that no rule has claimed, with their indices."""
        if self._open is None:
            self._open = [(index, line) for index, line in enumerate(self) if not line.segments]
        return self._open

    @property
    def body(self) -> tuple[int, int]:
        """The index of the first line that is surely the article's, and one past the last; (len, 0) without any."""
        if self._body is None:
            first = next((index for index, line in enumerate(self) if is_prose(line)), len(self))
            last = next((index for index in range(len(self), first, -1) if is_prose(self[index - 1])), 0)
            self._body = first, last
        return self._body

    def opening(self, *fields: str) -> list[tuple[int, Line]]:
        """The open lines that may begin with a label of some fields or with a sign, in order."""
        if self.openings.keys().isdisjoint(fields):
            return []
        indices = sorted({index for field in fields for index in self.openings.get(field, ())})
        return [(index, self[index]) for index in indices if not self[index].segments]

    def outside(self, index: int) -> bool:
        """Whether a line stands before the body or after it."""
        first, last = self.body
        return not first <= index < last

    def claimed(self, claims: Iterable[Claim], rule: str) -> Lines:
        """The lines, where those that a rule claims and no earlier one did hold its pieces."""
        lines: list[Line] | None = None
        for index, segments in claims:
            if not self[index].segments:
                lines = list(self) if lines is None else lines
                lines[index] = self[index].claimed(segments, rule)
        return self if lines is None else Lines(lines, self.openings)


def removed(text: str) -> Segment:
    """A piece that is dropped."""
    return Segment("removed", text)


def ends_sentence(text: str) -> bool:
    """Whether a line ends like a sentence or leads on to what follows; quotes and brackets at its end do not count."""
    return text[-1:] in _END_SIGNS or text.rstrip(_CLOSERS).endswith(_ENDS)


def is_prose(line: Line) -> bool:
    """Whether a line is surely a paragraph of the article: long, or a full sentence. Headlines end without a stop."""
    if line.segments:
        return line.role in _PROSE_ROLES
    text = line.text
    if not PROSE <= len(text) <= LONG:
        return len(text) > LONG
    text = text.rstrip(_CLOSERS)
    return len(text) >= PROSE and text.endswith(_STOPS)

"""The lines of a source and what the rules made of them: a trace that loses nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kliping.records import BlockType

__all__ = ["BLOCK_ROLES", "Claim", "Line", "Role", "Segment", "body_limits", "ends_sentence", "is_prose", "removed"]

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


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a line, where it goes, and the rule that said so."""

    role: Role
    text: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the source, cleaned.

    Attributes:
        text: without the bullet or quotation sign that stood before it.
        mark: that sign, or nothing.
        kind: what the source marks it as; None where it is left to the rules, as in a dump.
        start: its first code point in the cleaned source.
        url: where the link led that the line holds, if any.
        segments: what became of it; empty until a rule claims it. Their letters and digits are the line's, in order.
    """

    text: str
    mark: str = ""
    kind: BlockType | None = None
    start: int = 0
    url: str | None = None
    segments: tuple[Segment, ...] = ()

    @property
    def whole(self) -> str:
        """The text as a paragraph: an opening dash is part of it, for it may open direct speech."""
        return f"{self.mark} {self.text}" if self.mark in _DASHES else self.text

    @property
    def role(self) -> Role | None:
        """The role of the line's block, or of its first piece; None while it is open."""
        roles = [segment.role for segment in self.segments]
        return next((role for role in roles if role in BLOCK_ROLES), roles[0] if roles else None)

    def claimed(self, segments: tuple[Segment, ...], rule: str) -> Line:
        """The line with its pieces, each naming the rule."""
        return replace(self, segments=tuple(replace(segment, rule=segment.rule or rule) for segment in segments))


Claim: TypeAlias = tuple[int, tuple[Segment, ...]]
"""What a rule says about the line at an index."""


def removed(text: str) -> Segment:
    """A piece that is dropped."""
    return Segment("removed", text)


def ends_sentence(text: str) -> bool:
    """Whether a line ends like a sentence or leads on to what follows; quotes and brackets at its end do not count."""
    return text.rstrip(_CLOSERS).endswith((".", "!", "?", "…", ":", ";", ",", "。", "؟", "।"))


def is_prose(line: Line) -> bool:
    """Whether a line is surely a paragraph of the article: long, or a full sentence. Headlines end without a stop."""
    if line.segments:
        return line.role in {"paragraph", "quote", "list_item"}
    text = line.text.rstrip(_CLOSERS)
    return len(line.text) > LONG or (len(text) >= PROSE and text.endswith((".", "…", "。", "।")))


def body_limits(lines: Sequence[Line]) -> tuple[int, int]:
    """The index of the first paragraph that is surely the article's, and one past the last; (len, 0) without any."""
    found = [index for index, line in enumerate(lines) if is_prose(line)]
    return (found[0], found[-1] + 1) if found else (len(lines), 0)

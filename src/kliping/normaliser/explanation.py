"""What became of one input, step by step: what its bytes are, what it states, what each rule did, what came out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

import msgspec

from kliping.errors import Rejected
from kliping.files import sha256
from kliping.normaliser.article import made_of
from kliping.normaliser.assembly import without_repeats
from kliping.normaliser.examination import examine
from kliping.normaliser.failure import failing_alone
from kliping.normaliser.language import UNKNOWN
from kliping.normaliser.lines import BLOCK_ROLES
from kliping.normaliser.raw import Reading
from kliping.normaliser.stated import Stated
from kliping.normaliser.text.media import MediaType, identify

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kliping.normaliser.examination import Examined
    from kliping.normaliser.inputs import Refused
    from kliping.normaliser.lines import Line, Role, Segment
    from kliping.normaliser.raw import Raw
    from kliping.normaliser.run.treatment import Treatment
    from kliping.records import Article, Repair

__all__ = ["FIELDS", "Explanation", "LanguageFrom", "Outcome", "Piece", "Traced", "explain", "refusal"]

Outcome: TypeAlias = Literal["kept", "moved", "removed"]
"""Whether a piece of the source is in the text, in a field of the article, or in `removed`."""

LanguageFrom: TypeAlias = Literal["settings", "source", "text", "corpus"]
"""Who says what language it is: a source's table, the source itself, the identifier, or the corpus as a whole."""

FIELDS: dict[Role, str] = {
    "place": "dateline.place",
    "agency": "dateline.agency",
    "date": "dateline.date",
    "author": "authors",
    "topic": "topics",
    "caption": "figures.caption",
    "credit": "figures.credit",
    "related": "related",
    "removed": "removed",
}
"""The article's field that a role fills; a block's role is its type."""


class Piece(msgspec.Struct, frozen=True):
    """A piece of a line and what became of it.

    Attributes:
        outcome: kept, moved or removed.
        to: the type of the block, or the field.
        rule: the name of the rule that said so.
        text: as it stands there.
    """

    outcome: Outcome
    to: str
    rule: str
    text: str


class Traced(msgspec.Struct, frozen=True):
    """A line of the source; `start` is its first code point in the cleaned text of a dump, 0 in a page."""

    text: str
    mark: str
    start: int
    url: str | None
    pieces: tuple[Piece, ...]


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one input.

    Attributes:
        path: as it was given.
        size: bytes; None where they were not read.
        sha256: of the bytes.
        media_type: what they are; None where they are nothing that can be read.
        charset: what they were read in, by Python's name.
        repairs: what was put right in wrongly decoded text, in the whole input.
        stated: what the source states beside its body.
        confidence: of a page, how well its body was told from the rest, from 0 to 1.
        lines: what each rule did, in the source's order.
        language_from: who says what language the article is in.
        article: what came out; None where it was rejected.
        reason: why it was rejected, a code of the contract.
        detail: the reason in a sentence.
    """

    path: str | None
    size: int | None = None
    sha256: str
    media_type: MediaType | None = None
    charset: str | None = None
    repairs: tuple[Repair, ...] = ()
    stated: Stated = Stated()
    confidence: float | None = None
    lines: tuple[Traced, ...] = ()
    language_from: LanguageFrom | None = None
    article: Article | None = None
    reason: str | None = None
    detail: str | None = None

    @property
    def pieces(self) -> Iterator[Piece]:
        """Every piece of every line, in order."""
        return (piece for line in self.lines for piece in line.pieces)


def explain(raw: Raw, treatment: Treatment | None = None) -> Explanation:
    """What becomes of one input.

    Args:
        raw: the input.
        treatment: how a corpus treats it; None outside of a corpus.

    Raises:
        CallError: it is a page and the extra `html` is not installed.
    """
    raw = treatment.stated(raw) if treatment else raw
    reading = treatment.reading_of(raw) if treatment else Reading()
    told = Explanation(path=raw.path, size=len(raw.data), sha256=sha256(raw.data))
    try:
        with failing_alone():  # this is how one looks into an input that a run failed on
            told = msgspec.structs.replace(told, media_type=identify(raw.data, name=raw.path, given=raw.media_type))
            examined = examine(raw, reading)
            told = _with_findings(told, examined)
            article = made_of(examined, raw, reading)
    except Rejected as why:
        return msgspec.structs.replace(told, reason=why.reason, detail=why.detail)
    completed = treatment.completed(article) if treatment else article
    language_from = _language_from(reading, examined.stated, article, completed)
    return msgspec.structs.replace(told, article=completed, language_from=language_from)


def refusal(refused: Refused) -> Explanation:
    """What became of an input that could not even be handed on."""
    return Explanation(path=refused.path, sha256=refused.sha256, reason=refused.reason, detail=refused.detail)


def _with_findings(told: Explanation, examined: Examined) -> Explanation:
    stated = examined.stated
    once = without_repeats(examined.lines, {"author": stated.authors, "topic": stated.topics})
    return msgspec.structs.replace(
        told,
        charset=examined.charset,
        repairs=examined.repairs,
        stated=stated,
        confidence=examined.confidence,
        lines=tuple(map(_traced, once)),
    )


def _traced(line: Line) -> Traced:
    pieces = tuple(_piece(segment, line) for segment in line.segments)
    return Traced(line.text, line.mark, line.start, line.url, pieces)


def _piece(segment: Segment, line: Line) -> Piece:
    return Piece(
        _outcome(segment.role), FIELDS.get(segment.role, segment.role), segment.rule or line.rule, segment.text
    )


def _outcome(role: Role) -> Outcome:
    if role == "removed":
        return "removed"
    return "kept" if role in BLOCK_ROLES else "moved"


def _language_from(reading: Reading, stated: Stated, article: Article, completed: Article) -> LanguageFrom | None:
    if reading.language:
        return "settings"
    if stated.language:
        return "source"
    if article.language != UNKNOWN:
        return "text"
    return "corpus" if completed.language != article.language else None

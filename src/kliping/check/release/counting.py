"""The tables of a release counted as they pass, as when it was built: by the records that their rows were made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import msgspec

from kliping.records import (
    Annotation,
    Article,
    Block,
    Entity,
    Gold,
    Holder,
    Normaliser,
    Source,
    SplitEntry,
    Stance,
    Target,
)
from kliping.release.card.statistics import Statistics
from kliping.release.splitting.names import SPLITS
from kliping.release.tables.annotated import Annotated, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kliping.check.release.merge import ArticleRows, Member
    from kliping.check.release.tables import Row
    from kliping.check.rules import Place
    from kliping.contract import Contract
    from kliping.records import SplitName
    from kliping.release.card.agreement import Places
    from kliping.release.tables.annotated import Words

__all__ = ["Tally", "TextRow", "text_row"]

_NOT_SAID: dict[str, Any] = {
    "authors": (), "modified": None, "url": None, "dateline": None, "topics": (), "figures": (), "related": (),
    "removed": (), "repairs": (), "confidence": None, "language_score": None, "metadata": {}, "extra": None,
}  # fmt: skip
"""Fields of an article that no count and no rule about texts asks for."""

_ERRORS = (msgspec.ValidationError, LookupError, TypeError, ValueError, AttributeError)
"""What a row that other rules find may end in."""


@dataclass(frozen=True, slots=True)
class TextRow:
    """A row of `articles`, and the article that it says."""

    place: Place
    split: SplitName
    article: Article


@dataclass(slots=True)
class Tally:
    """Counts over the articles that passed; `is_whole` says whether all of them could be counted."""

    classes: tuple[str, ...]
    words: Words
    statistics: Statistics = field(default_factory=Statistics)
    is_whole: bool = True

    @classmethod
    def of(cls, contract: Contract) -> Tally:
        """Nothing counted yet."""
        said = words(contract)
        return cls(tuple(said.stances), said)

    def add(self, seen: ArticleRows, articles: Sequence[TextRow]) -> None:
        """Count one article with all that is said of it."""
        try:
            (one,) = articles
            annotated = Annotated(
                article=one.article,
                placed=SplitEntry(id=seen.id, split=one.split, cluster=""),
                gold=self._gold(seen, one.article),
                annotations=tuple(_annotation(member.row) for member in seen.of("annotations")),
            )
            self.statistics.add(annotated, one.split, self.words, _tokens(seen))
            for member in seen.of("entities"):
                self.statistics.add_row("entities", member.row)
        except _ERRORS:
            self.is_whole = False

    def _gold(self, seen: ArticleRows, article: Article) -> Gold | None:
        rows = [member.row for member in seen.of("entities")]
        if not rows:
            return None
        return Gold(
            article_id=article.id,
            text_sha256=article.text_sha256,
            scheme="",
            annotators=rows[0]["annotators"],
            entities=tuple(msgspec.convert(rows[0]["entities"], list[Entity])),
            stances=tuple(self._stance(member) for member in seen.of("stances")),
        )

    def _stance(self, member: Member) -> Stance:
        row = member.row
        return Stance(
            id=row["id"],
            stance=self.classes[row["stance"]],
            target=Target(kind=row["target_kind"], name=row["target_name"]),
            holder=Holder(kind=row["holder_kind"], name=row["holder_name"]),
        )


def text_row(member: Member) -> TextRow | None:
    """A row of `articles` as an article; None where it is none, as other rules say."""
    row = member.row
    splits = [split for split in SPLITS if split == member.split]
    try:
        article = Article(
            id=row["id"],
            text=row["text"],
            text_sha256=row["text_sha256"],
            blocks=tuple(msgspec.convert(row["blocks"], list[Block])),
            title=row["title"],
            subtitle=row["subtitle"],
            publisher=row["publisher"],
            published=row["published"],
            language=row["language"],
            source=Source(
                path=None,
                sha256=row["source_sha256"],
                media_type="",
                retrieved=None,
                licence=row["licence"],
                rights_holder=row["rights_holder"],
            ),
            normaliser=Normaliser(**row["normaliser"]),
            **_NOT_SAID,
        )
    except _ERRORS:
        return None
    return TextRow(member.place, splits[0], article) if splits else None


def _tokens(seen: ArticleRows) -> Places | None:
    """The tokens of the text, where a table has them."""
    for member in seen.of("entities"):
        spans = member.row["token_spans"]
        return [span["start"] for span in spans], [span["end"] for span in spans]
    return None


def _annotation(row: Row) -> Annotation:
    return msgspec.convert(row | {"studio": None}, Annotation)

"""How each raw file is treated: what `[tool.kliping]` and its `sources` tables say of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import msgspec

from kliping.errors import CallError
from kliping.normaliser.language import UNKNOWN, language_tag
from kliping.normaliser.raw import Reading
from kliping.normaliser.rules import ALL_RULES, Furniture, furniture_from
from kliping.project import FurnitureTable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kliping.normaliser.raw import Raw
    from kliping.project import Settings, SourceTable
    from kliping.records import Article

__all__ = ["Treatment", "Treatments"]


@dataclass(frozen=True, slots=True)
class Treatment:
    """How an input is read, and what the corpus states of it where the input and its sidecar do not.

    Attributes:
        reading: how it is read.
        language: BCP 47 tag to put where none is stated and none was told from the text.
        licence: SPDX identifier where there is one.
        rights_holder: who holds the rights.
        publisher: who published it.
        columns: our field to a table's column.
        max_bytes: bytes that an input may have.
    """

    reading: Reading
    language: str
    licence: str | None
    rights_holder: str | None
    publisher: str | None
    columns: Mapping[str, str]
    max_bytes: int

    def reading_of(self, raw: Raw) -> Reading:
        """How one input is read: the language that stands beside it beats the one that holds for its source."""
        if raw.stated.language and self.reading.language:
            return Reading(self.reading.min_length, None, self.reading.accepted, self.reading.furniture)
        return self.reading

    def completed(self, article: Article) -> Article:
        """The article with what the corpus states where its source does not."""
        language, score = article.language, article.language_score
        if language == UNKNOWN and self.language != UNKNOWN:
            language, score = self.language, None  # the corpus says so, and not the text
        publisher = article.publisher or self.publisher
        if (language, publisher) == (article.language, article.publisher):
            return article
        return msgspec.structs.replace(article, language=language, language_score=score, publisher=publisher)

    def stated(self, raw: Raw) -> Raw:
        """The input with the licence and the rights holder that the corpus states where they do not stand beside it."""
        licence, holder = raw.licence or self.licence, raw.rights_holder or self.rights_holder
        if (licence, holder) == (raw.licence, raw.rights_holder):
            return raw
        return replace(raw, licence=licence, rights_holder=holder)


@dataclass(slots=True)
class Treatments:
    """The treatment of every input of a corpus; those that the same tables name share one.

    Example:
        `Treatments(corpus.settings).of("kabar/1.html").reading`
    """

    settings: Settings
    _known: dict[tuple[str, ...], Treatment] = field(default_factory=dict)

    def __post_init__(self) -> None:
        faults = []
        for globs in [(), *((glob,) for glob in self.settings.sources)]:
            try:
                self._of_globs(globs)
            except CallError as error:
                place = "".join(f'.sources."{glob}"' for glob in globs)
                faults += [f"[tool.kliping{place}]: {line}" for line in str(error).splitlines()]
        if faults:
            raise CallError("\n".join(faults))

    def of(self, path: str) -> Treatment:
        """How an input is treated; `path` is relative to the raw folder."""
        return self._of_globs(self.settings.globs(path) if self.settings.sources else ())

    def columns(self, path: str) -> Mapping[str, str]:
        """For a table of articles: our field to the table's column."""
        return self.of(path).columns

    def _of_globs(self, globs: tuple[str, ...]) -> Treatment:
        if globs not in self._known:
            self._known[globs] = _treatment(self.settings, self.settings.merged(globs))
        return self._known[globs]


def _treatment(settings: Settings, table: SourceTable) -> Treatment:
    return Treatment(
        reading=Reading(
            min_length=settings.min_length if table.min_length is None else table.min_length,
            language=language_tag(table.language) if table.language else None,
            accepted=frozenset(map(language_tag, settings.languages if table.languages is None else table.languages)),
            furniture=_furniture(table.furniture),
        ),
        language=language_tag(settings.language),
        licence=table.licence or settings.licence,
        rights_holder=table.rights_holder or settings.rights_holder,
        publisher=table.publisher,
        columns=table.columns,
        max_bytes=settings.max_bytes if table.max_bytes is None else table.max_bytes,
    )


def _furniture(table: FurnitureTable) -> Furniture:
    if table == FurnitureTable():
        return ALL_RULES
    return furniture_from(off=table.off, words=table.words, packs=table.packs, limits=table.limits)

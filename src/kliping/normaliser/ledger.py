"""What one run of `kliping normalise` finds: kept as ids, digests and sentences, never as texts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from kliping.contract import violations
from kliping.normaliser.archive import Archive, digest
from kliping.normaliser.sources import Sources

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from kliping.contract import Contract, Kind
    from kliping.project import Corpus
    from kliping.records import Article, Record, Rejection, SourceEntry

__all__ = ["Ledger", "count_changes"]

NAMED = 5
"""A note names at most this many articles."""


@dataclass(slots=True)
class Ledger:
    """The books of one run.

    Attributes:
        digests: of the articles that are to be written, by id.
        held: ids of annotated articles whose text this run would have changed.
        superseded: ids of articles whose earlier text goes to the revisions.
        gone: paths of raw files that gave no article this time although there is one.
        faults: what breaks the contract, a sentence each.
    """

    corpus: Corpus
    contract: Contract
    annotated: AbstractSet[str]
    sources: Sources
    earlier: Archive
    rejections: list[Rejection] = field(default_factory=list)
    digests: dict[str, bytes] = field(default_factory=dict)
    held: list[str] = field(default_factory=list)
    superseded: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @classmethod
    def open(cls, corpus: Corpus, contract: Contract, annotated: AbstractSet[str]) -> Ledger:
        """The books before the run: what earlier ones wrote."""
        return cls(corpus, contract, annotated, Sources.of(corpus.sources()), Archive.of(corpus.corpus / "articles"))

    def check(self, article: Article) -> Article:
        """The article, noted, and whatever breaks the contract in it."""
        self.validate("article", article, article.source.path or article.id)
        self.digests[article.id] = digest(article)
        return article

    def validate(self, kind: Kind, record: Record, place: str) -> None:
        """Note how a record breaks the contract."""
        self.faults += [f"{place}: {kind}: {fault}" for fault in violations(self.contract, kind, record)]

    def changes(self) -> int:
        """Records of articles, sources and rejections that this run adds, removes or changes."""
        rejected = {rejection.path: msgspec.json.encode(rejection) for rejection in self.corpus.rejected()}
        return (
            count_changes(self.earlier.digests(), self.digests)
            + count_changes(_lines(self.corpus.sources()), _lines(self.sources.entries.values()))
            + count_changes(rejected, {one.path: msgspec.json.encode(one) for one in self.rejections})
        )

    def notes(self) -> Iterator[str]:
        """Sentences for people."""
        if self.rejections:
            yield f"rejected, see corpus/rejected.jsonl: {_named([f'{r.path} ({r.reason})' for r in self.rejections])}"
        if self.held:
            yield f"annotated, so the text stays although this run would change it: {_named(self.held)}"
        if self.superseded:
            yield f"the earlier text is in corpus/revisions: {_named(self.superseded)}"
        if self.gone:
            yield f"gives no article any more, the earlier one stays: {_named(self.gone)}"


def count_changes(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> int:
    """Records added, removed or changed, by their keys."""
    return sum(before.get(key) != after.get(key) for key in before.keys() | after.keys())


def _lines(entries: Iterable[SourceEntry]) -> dict[str, bytes]:
    return {entry.id: msgspec.json.encode(entry) for entry in entries}


def _named(names: list[str]) -> str:
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return f"{len(names)}: {', '.join(names[:NAMED])}{more}"

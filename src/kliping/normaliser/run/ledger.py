"""What one run of `kliping normalise` finds: kept as ids, digests, places and sentences, never as texts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from kliping.contract import violations
from kliping.normaliser.run.sources import Sources

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kliping.contract import Contract, Kind
    from kliping.normaliser.run.archive import Archive, Place
    from kliping.project import Corpus
    from kliping.records import Record, Rejection, SourceEntry

__all__ = ["Books", "Held", "Ledger", "count_changes", "named"]

NAMED = 5
"""A note names at most this many articles."""


class Held(NamedTuple):
    """An annotated article whose text this run would have changed."""

    id: str
    earlier: Place
    new: Place


class Books(NamedTuple):
    """What earlier runs wrote: the articles, and the lines of sources and rejections by id and by path."""

    articles: Archive
    sources: Mapping[str, bytes]
    rejected: Mapping[str, bytes]

    @classmethod
    def of(cls, corpus: Corpus, articles: Archive) -> Books:
        """The books of a corpus as they are."""
        sources = {entry.id: msgspec.json.encode(entry) for entry in corpus.sources()}
        return cls(articles, sources, {one.path: msgspec.json.encode(one) for one in corpus.rejected()})


@dataclass(slots=True)
class Ledger:
    """The books of one run.

    Attributes:
        contract: what records are held against.
        sources: the ids.
        entries: every source, by path.
        inputs: how many were read.
        made: how many articles were made from them.
        lines: where the line of each article is that is to be written, by id.
        rejections: inputs that became no article.
        failed: paths of those of them that this tool failed on.
        unread: paths of those of them that could not be read at all.
        duplicates: path of an input, and of the one that its article was made from.
        held: annotated articles that keep their text.
        differences: of each of them its id and how many lines would be added and taken away.
        accepted: ids of annotated articles that take the new text, as the caller wished.
        superseded: ids of articles whose earlier text goes to the revisions.
        gone: paths of inputs that gave no article this time although there is one.
        doubtful: confidence and path of each input whose article is hardly sure to be right.
        faults: what breaks the contract, a sentence each.
    """

    contract: Contract
    sources: Sources = field(default_factory=Sources)
    entries: list[SourceEntry] = field(default_factory=list)
    inputs: int = 0
    made: int = 0
    lines: dict[str, Place] = field(default_factory=dict)
    rejections: list[Rejection] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    duplicates: list[tuple[str, str]] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)
    accepted: list[str] = field(default_factory=list)
    superseded: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    doubtful: list[tuple[float, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def validate(self, kind: Kind, record: Record, place: str) -> None:
        """Note how a record breaks the contract."""
        self.faults += [f"{place}: {kind}: {fault}" for fault in violations(self.contract, kind, record)]

    def changes(self, before: Books) -> int:
        """Records of articles, sources and rejections that this run adds, removes or changes."""
        return (
            count_changes(before.articles.digests(), {name: place.digest for name, place in self.lines.items()})
            + count_changes(before.sources, {entry.id: msgspec.json.encode(entry) for entry in self.entries})
            + count_changes(before.rejected, {one.path: msgspec.json.encode(one) for one in self.rejections})
        )

    def notes(self) -> Iterator[str]:
        """Sentences for people."""
        if self.duplicates:
            twice = [f"{path} (of {first})" for path, first in self.duplicates]
            yield f"the same article as another input, listed with it in corpus/sources.jsonl: {named(twice)}"
        if self.failed:
            yield f"kliping failed on these inputs, please report it: {named(self.failed)}"
        if self.rejections:
            reasons = Counter(one.reason for one in self.rejections)
            counted = ", ".join(f"{reason} {count}" for reason, count in sorted(reasons.items()))
            paths = [f"{one.path} ({one.reason})" for one in self.rejections]
            yield f"rejected, see corpus/rejected.jsonl ({counted}): {named(paths)}"
        if self.doubtful:
            worst = [f"{path} ({confidence:.2f})" for confidence, path in sorted(self.doubtful)]
            yield f"doubtful, the worst first; `kliping doubtful` lists more: {named(worst)}"
        if self.held:
            yield (
                f"annotated, so the text stays although this run would change it: {named(self.differences)}; "
                "see .kliping/would-change.diff, and take the new text with --accept ID or --accept all"
            )
        changed = [name for name in self.superseded if name in self.lines]
        if changed:
            yield f"the earlier text is in corpus/revisions: {named(changed)}"
        left = [name for name in self.superseded if name not in self.lines]
        if left:
            yield f"left the corpus, the text is in corpus/revisions: {named(left)}"
        if self.gone:
            yield f"gives no article any more, the earlier one stays: {named(self.gone)}"


def count_changes(before: Mapping[str, object], after: Mapping[str, object]) -> int:
    """Records added, removed or changed, by their keys."""
    return sum(before.get(key) != after.get(key) for key in before.keys() | after.keys())


def named(names: Sequence[str] | Iterable[str]) -> str:
    """How many there are, and the first of them."""
    listed = list(names)
    more = f" and {len(listed) - NAMED} more" if len(listed) > NAMED else ""
    return f"{len(listed)}: {', '.join(listed[:NAMED])}{more}"

"""From what became of each input to what is to be written: ids, duplicates, and texts that someone annotated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

import msgspec

from kliping.normaliser.run.archive import Place, Places
from kliping.normaliser.run.doubt import DOUBTFUL
from kliping.normaliser.run.ledger import Held, Ledger
from kliping.normaliser.run.listing import path_order
from kliping.normaliser.run.sources import Sources
from kliping.normaliser.run.staging import Made, Turned, digest
from kliping.records import Article, Rejection

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from kliping.contract import Contract
    from kliping.normaliser.run.archive import Archive
    from kliping.normaliser.run.staging import Fact
    from kliping.project import Corpus
    from kliping.records import SourceEntry

__all__ = ["Known", "Wishes", "settle"]


@dataclass(frozen=True, slots=True)
class Wishes:
    """What people have laid down about texts.

    Attributes:
        annotated: ids of articles that someone annotated: their text is not changed.
        accept: ids of those of them that take the new text all the same; None is all of them.
    """

    annotated: AbstractSet[str] = frozenset()
    accept: AbstractSet[str] | None = frozenset()

    def hold(self, identifier: str) -> bool:
        """Whether an article keeps its text."""
        return identifier in self.annotated and not (self.accept is None or identifier in self.accept)


class Known(NamedTuple):
    """What the corpus is before the run, and by what it is judged."""

    corpus: Corpus
    contract: Contract
    earlier: Archive
    wishes: Wishes


class _Staged(NamedTuple):
    made: Made
    place: Place


def settle(known: Known, facts: Iterable[tuple[Path, Fact]], remade: Path) -> Ledger:
    """Settle a run, in the order of the inputs' paths.

    Args:
        known: what was there before.
        facts: what became of each input, with the file that its line is in.
        remade: a file for the lines that change with what earlier runs knew.
    """
    ledger = Ledger(known.contract)
    staged = _sorted_out(ledger, facts)
    hashes = frozenset(one.made.sha256 for one in staged)
    ledger.sources = Sources.of(known.corpus.sources(), hashes)
    groups: dict[str, list[_Staged]] = {}
    for one in staged:
        groups.setdefault(ledger.sources.claim(one.made), []).append(one)
    with Places() as lines, remade.open("wb") as file:
        settling = _Settling(known, ledger, lines, _Remade(remade, file))
        for identifier, group in groups.items():
            settling.take(identifier, group)
        settling.keep()
    ledger.duplicates.sort(key=lambda pair: path_order(pair[0]))
    ledger.entries = ledger.sources.listed()
    for entry in ledger.entries:
        ledger.validate("source_entry", entry, entry.path)
    return ledger


def _sorted_out(ledger: Ledger, facts: Iterable[tuple[Path, Fact]]) -> list[_Staged]:
    staged, broken = [], []
    for file, fact in facts:
        ledger.inputs += 1
        if not isinstance(fact, Made):
            _reject(ledger, fact)
        elif fact.faults:
            broken.append(fact)
        else:
            place = Place(file, fact.offset, fact.length, fact.digest, fact.text_sha256, fact.path)
            staged.append(_Staged(fact, place))
            if fact.confidence is not None and fact.confidence < DOUBTFUL:
                ledger.doubtful.append((fact.confidence, fact.path))
    _set_aside(ledger, broken, alone=bool(staged))
    ledger.rejections.sort(key=lambda one: path_order(one.path))
    return sorted(staged, key=lambda one: path_order(one.made.path))


def _set_aside(ledger: Ledger, broken: Sequence[Made], *, alone: bool) -> None:
    """Deal with articles that break the contract.

    Where others do not, that is the input's own fault, and it is rejected alone. Where all do, the contract or the
    settings are wrong, and not a hundred thousand inputs.
    """
    for made in broken:
        if alone:
            what = f"its article breaks the contract: {'; '.join(made.faults)}; mend what it states, or the schema"
            _reject(ledger, Turned(made.path, made.sha256, "broken", what))
        else:
            ledger.faults += [f"{made.path}: article: {fault}" for fault in made.faults]


def _reject(ledger: Ledger, turned: Turned) -> None:
    rejection = Rejection(path=turned.path, sha256=turned.sha256, reason=turned.reason, detail=turned.detail)
    ledger.rejections.append(rejection)
    ledger.failed += [turned.path] if turned.failed else []
    ledger.unread += [turned.path] if turned.unread else []
    ledger.validate("rejection", rejection, rejection.path)


@dataclass(slots=True)
class _Remade:
    """Lines that are not as the workers made them."""

    path: Path
    file: BinaryIO
    offset: int = 0

    def add(self, article: Article) -> Place:
        line = msgspec.json.encode(article) + b"\n"
        self.file.write(line)
        self.file.flush()
        place = Place(self.path, self.offset, len(line), digest(line), article.text_sha256, article.source.path or "")
        self.offset += len(line)
        return place


@dataclass(slots=True)
class _Settling:
    """One settlement going on."""

    known: Known
    ledger: Ledger
    lines: Places
    remade: _Remade

    def take(self, identifier: str, group: Sequence[_Staged]) -> None:
        """An article from the inputs that hold it: one is taken, the others are listed with it."""
        first = _first(group, self.ledger.sources.entries.get(identifier))
        others = [one.made for one in group if one is not first]
        self.ledger.made += 1
        entry = self.ledger.sources.see(identifier, first.made, others)
        self.ledger.duplicates += [(made.path, first.made.path) for made in others]
        self.ledger.lines[identifier] = self._settled(identifier, self._identified(first, entry))

    def keep(self) -> None:
        """Deal with the earlier articles that no input gave this time.

        One whose input is gone stays, for raw files may live elsewhere; so does one that someone annotated, and one
        whose input this version fails on or could not read. One whose input is now rejected or turned out to be
        another article, or whose line in `corpus/sources.jsonl` was deleted, goes to the revisions.
        """
        sources, turned = self.ledger.sources, {one.path for one in self.ledger.rejections}
        rejected = turned.difference(self.ledger.failed, self.ledger.unread)
        for identifier, into in sources.merged.items():
            if identifier not in self.ledger.lines and identifier not in self.known.wishes.annotated:
                sources.merge(identifier, into)
        for path, identifier in self.known.earlier.by_raw_path():
            if identifier in self.ledger.lines:
                continue
            if identifier in self.known.wishes.annotated or (identifier in sources.entries and path not in rejected):
                self.ledger.gone.append(path)
                self.ledger.lines[identifier] = self._checked(self.known.earlier.places[identifier])
            else:
                self.ledger.superseded.append(identifier)

    def _checked(self, place: Place) -> Place:
        """An earlier line, which the contract of today may not allow."""
        self.ledger.validate("article", self.lines.article(place), place.raw)
        return place

    def _identified(self, staged: _Staged, entry: SourceEntry) -> Place:
        """The line with the id for ever, and with when it was fetched as far as an earlier run knew."""
        made = staged.made
        if (made.id, made.retrieved) == (entry.id, entry.retrieved):
            return staged.place
        article = self.lines.article(staged.place)
        source = msgspec.structs.replace(article.source, retrieved=entry.retrieved)
        return self.remade.add(msgspec.structs.replace(article, id=entry.id, source=source))

    def _settled(self, identifier: str, new: Place) -> Place:
        """The line to be written: the earlier one where that says the same, or where its text was annotated."""
        earlier = self.known.earlier.places.get(identifier)
        if earlier is None:
            return new
        if earlier.text_sha256 == new.text_sha256:
            return earlier if self._same(earlier, new) else new
        if self.known.wishes.hold(identifier):
            self.ledger.held.append(Held(identifier, earlier, new))
            return self._checked(earlier)
        if identifier in self.known.wishes.annotated:
            self.ledger.accepted.append(identifier)
        self.ledger.superseded.append(identifier)
        return new

    def _same(self, earlier: Place, new: Place) -> bool:
        """Whether two lines say the same; that a newer version says it is no change."""
        if earlier.digest == new.digest:
            return True
        one, other = self.lines.article(earlier), self.lines.article(new)
        return msgspec.structs.replace(other, normaliser=one.normaliser) == one


def _first(group: Sequence[_Staged], earlier: SourceEntry | None) -> _Staged:
    """The input that an article is made from: the one that it was made from before, else the first."""
    if earlier is not None:
        for same in ("path", "sha256"):
            for one in group:
                if getattr(one.made, same) == getattr(earlier, same):
                    return one
    return group[0]

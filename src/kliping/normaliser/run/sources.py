"""The ids of raw files, minted once: which earlier source a raw file is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from kliping.normaliser.run.listing import path_order
from kliping.records import Duplicate, SourceEntry

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from kliping.normaliser.run.staging import Made

__all__ = ["Sources"]


@dataclass(slots=True)
class Sources:
    """`corpus/sources.jsonl` while a run goes on: what was known, and what this run has seen.

    Attributes:
        entries: by id.
        present: SHA-256 of every input of this run that holds an article.
        merged: an earlier source, by its id, that turned out to be another one by its URL.
    """

    present: AbstractSet[str] = frozenset()
    entries: dict[str, SourceEntry] = field(default_factory=dict)
    merged: dict[str, str] = field(default_factory=dict)
    _url: dict[str, str] = field(default_factory=dict)
    _path: dict[str, str] = field(default_factory=dict)
    _sha256: dict[str, str] = field(default_factory=dict)
    _id: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, entries: Iterable[SourceEntry], present: AbstractSet[str] = frozenset()) -> Sources:
        """What earlier runs wrote."""
        sources = cls(present)
        for entry in entries:
            sources.entries[entry.id] = entry
            sources._know(entry)
        return sources

    def claim(self, made: Made) -> str:
        """The id of the source that an article is made from: an earlier one's or a minted one, known from now on.

        A raw file is known again by canonical URL, then SHA-256, then path. Bytes come before the path, for a row of a
        table moves up where another is deleted. A path does not count where another article lies there now: where both
        state a URL and they differ, or where the bytes that lay there have moved elsewhere.
        """
        by_url = self._url.get(made.url) if made.url else None
        by_path, by_bytes = self._by_path(made), self._sha256.get(made.sha256)
        identifier = by_url or by_bytes or by_path or self._id.get(made.id) or made.id
        if by_url:
            self.merged |= {one: by_url for one in (by_path, by_bytes) if one and self._may_be(one, made)}
        if made.url:
            self._url.setdefault(made.url, identifier)
        self._sha256.setdefault(made.sha256, identifier)
        self._id.setdefault(made.id, identifier)
        self._id.setdefault(identifier, identifier)
        return identifier

    def see(self, identifier: str, first: Made, others: Sequence[Made]) -> SourceEntry:
        """Note from which inputs an article is made: later knowledge adds an alias, never a new id."""
        earlier = self.entries.get(identifier)
        names = dict.fromkeys([*(earlier.aliases if earlier else ()), *(made.id for made in (first, *others))])
        entry = SourceEntry(
            id=identifier,
            aliases=tuple(name for name in names if name != identifier and self._id[name] == identifier),
            path=first.path,
            sha256=first.sha256,
            media_type=first.media_type,
            url=_first([*(made.url for made in (first, *others)), earlier.url if earlier else None]),
            retrieved=_first([first.retrieved, earlier.retrieved if earlier else None]),
            licence=first.licence,
            rights_holder=first.rights_holder,
            duplicates=tuple(Duplicate(path=made.path, sha256=made.sha256) for made in others),
        )
        if entry != earlier:
            self.entries[identifier] = entry
        return self.entries[identifier]

    def merge(self, gone: str, into: str) -> None:
        """One source turned out to be another: its id and its aliases are now that one's."""
        entry, target = self.entries.pop(gone), self.entries[into]
        aliases = tuple(dict.fromkeys((*target.aliases, entry.id, *entry.aliases)))
        self.entries[into] = msgspec.structs.replace(target, aliases=aliases)

    def listed(self) -> list[SourceEntry]:
        """Every source, by path."""
        return sorted(self.entries.values(), key=lambda entry: (path_order(entry.path), entry.id))

    def _by_path(self, made: Made) -> str | None:
        identifier = self._path.get(made.path)
        entry = self.entries.get(identifier) if identifier else None
        if entry is None:
            return identifier
        moved = entry.sha256 != made.sha256 and entry.sha256 in self.present
        return None if moved or not self._may_be(entry.id, made) else identifier

    def _may_be(self, identifier: str, made: Made) -> bool:
        """Whether no URL speaks against an earlier source being this one."""
        entry = self.entries.get(identifier)
        return entry is None or made.url is None or entry.url in {None, made.url}

    def _know(self, entry: SourceEntry) -> None:
        self._path.setdefault(entry.path, entry.id)
        self._sha256.setdefault(entry.sha256, entry.id)
        for name in (entry.id, *entry.aliases):
            self._id.setdefault(name, entry.id)
        if entry.url:
            self._url.setdefault(entry.url, entry.id)


def _first(values: Iterable[str | None]) -> str | None:
    return next((value for value in values if value), None)

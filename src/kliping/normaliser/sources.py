"""The ids of raw files, minted once: which earlier source a raw file is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kliping.normaliser.identity import article_id
from kliping.records import SourceEntry

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kliping.records import Article

__all__ = ["Sources"]


@dataclass(slots=True)
class Sources:
    """`corpus/sources.jsonl` while a run goes on: what was known, and what this run has seen."""

    entries: dict[str, SourceEntry] = field(default_factory=dict)
    seen: dict[str, str] = field(default_factory=dict)
    """Path of the raw file that took an id in this run, by id."""
    _by_key: dict[tuple[str, str], str] = field(default_factory=dict)

    @classmethod
    def of(cls, entries: Iterable[SourceEntry]) -> Sources:
        """What earlier runs wrote."""
        sources = cls()
        for entry in entries:
            sources._keep(entry)
        return sources

    def known_id(self, article: Article) -> str:
        """The id of the source that this article is made from: an earlier one's, or the one that it would mint.

        A raw file is known again by canonical URL, then path, then SHA-256. A path does not count where both the
        earlier and the present file state a URL and they differ: then another article lies there now.
        """
        minted = article_id(article.url, article.source.sha256)
        by_path = self._by_key.get(("path", article.source.path or ""))
        if by_path and article.url and self.entries[by_path].url not in {None, article.url}:
            by_path = None
        return (
            (self._by_key.get(("url", article.url)) if article.url else None)
            or by_path
            or self._by_key.get(("sha256", article.source.sha256))
            or self._by_key.get(("id", minted))
            or minted
        )

    def see(self, article: Article) -> None:
        """Note that this run made an article, with its final id: later knowledge adds an alias, never a new id."""
        source, earlier = article.source, self.entries.get(article.id)
        minted = article_id(article.url, source.sha256)
        aliases = earlier.aliases if earlier else ()
        self.seen[article.id] = source.path or ""
        self._keep(
            SourceEntry(
                id=article.id,
                aliases=aliases if minted in {article.id, *aliases} else (*aliases, minted),
                path=source.path or "",
                sha256=source.sha256,
                media_type=source.media_type,
                url=article.url or (earlier.url if earlier else None),
                retrieved=source.retrieved or (earlier.retrieved if earlier else None),
                licence=source.licence,
                rights_holder=source.rights_holder,
            )
        )

    def retrieved(self, identifier: str) -> str | None:
        """When the raw file of an id was fetched, as far as an earlier run knew."""
        entry = self.entries.get(identifier)
        return entry.retrieved if entry else None

    def listed(self) -> list[SourceEntry]:
        """Every source, by path."""
        return sorted(self.entries.values(), key=lambda entry: (entry.path, entry.id))

    def _keep(self, entry: SourceEntry) -> None:
        self.entries[entry.id] = entry
        keys = [("path", entry.path), ("sha256", entry.sha256), *(("id", name) for name in (entry.id, *entry.aliases))]
        for key in [*keys, ("url", entry.url)] if entry.url else keys:
            self._by_key.setdefault(key, entry.id)

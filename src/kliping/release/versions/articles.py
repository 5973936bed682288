"""How two versions differ, article by article: both are in the order of the ids, and are merged as they are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kliping.release.versions.changes import ArticleChanges, Change
from kliping.release.versions.mentions import gold_changes

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

    from kliping.release.versions.held import Held

__all__ = ["changes_between"]


def changes_between(old: Iterator[Held], new: Iterator[Held], alike: Set[str]) -> Iterator[ArticleChanges]:
    """Every article that differs, in the order of the ids; two articles are held at a time.

    Args:
        old: what the older version holds, by id.
        new: what the newer one holds, by id.
        alike: the configs with the same columns and labels in both: rows of others cannot be compared by their hashes.
    """
    was, now = next(old, None), next(new, None)
    while was is not None or now is not None:
        if now is None or (was is not None and was.id < now.id):
            assert was is not None  # noqa: S101 — one of the two is there
            yield ArticleChanges(id=was.id, changes=(Change(kind="article_removed", was=(was.status,)),))
            was = next(old, None)
        elif was is None or now.id < was.id:
            yield ArticleChanges(id=now.id, changes=(Change(kind="article_added", now=(now.status,)),))
            now = next(new, None)
        else:
            if was != now:
                changes = tuple(_article_changes(was, now, alike))
                if changes:
                    yield ArticleChanges(id=was.id, changes=changes)
            was, now = next(old, None), next(new, None)


def _article_changes(was: Held, now: Held, alike: Set[str]) -> Iterator[Change]:
    """What differs in one article that both versions hold.

    Where its text changed, its mentions are at places of another text, and are not compared one by one. Its row in
    `articles` holds its status, so that where the status changed nothing can be said of the rest of its metadata.
    """
    found = list(_told(was, now, alike))
    yield from found
    if not found:
        yield from _derived(was, now, alike)


def _told(was: Held, now: Held, alike: Set[str]) -> Iterator[Change]:
    if was.split != now.split:
        yield Change(kind="article_moved", was=(was.split,), now=(now.split,))
    if was.text != now.text:
        yield Change(kind="text_changed", was=(was.text,), now=(now.text,))
    elif was.article != now.article and was.status == now.status and "articles" in alike:
        yield Change(kind="metadata_changed", was=(was.article,), now=(now.article,))
    yield from _gold(was, now)
    yield from _annotations(was, now, alike)


def _gold(was: Held, now: Held) -> Iterator[Change]:
    if was.status != "gold" and now.status == "gold":
        yield Change(kind="newly_gold", was=(was.status,), now=(now.status,))
    elif was.status == "gold" and now.status != "gold":
        yield Change(kind="no_longer_gold", was=(was.status,), now=(now.status,))
    elif was.text == now.text:
        yield from gold_changes(
            (was.entities or (), was.stances or ()),
            (now.entities or (), now.stances or ()),
        )


def _annotations(was: Held, now: Held, alike: Set[str]) -> Iterator[Change]:
    for name in sorted({*was.annotations, *now.annotations}):
        old, new = was.annotations.get(name), now.annotations.get(name)
        if old is None and new is not None:
            yield Change(kind="annotation_added", now=(name, new))
        elif old is not None and new is None:
            yield Change(kind="annotation_removed", was=(name, old))
        elif old is not None and new is not None and old != new and "annotations" in alike:
            yield Change(kind="annotation_changed", was=(name, old), now=(name, new))


def _derived(was: Held, now: Held, alike: Set[str]) -> Iterator[Change]:
    """Rows of other configs that differ though nothing that they are made of does, as far as can be told."""
    for config in sorted({*was.rows, *now.rows}):
        old, new = was.rows.get(config), now.rows.get(config)
        if old is not None and new is not None and old != new and config in alike:
            yield Change(kind="derived_changed", was=(config, old), now=(config, new))

"""Annotations of a server and of files, by article, annotator and round: of several the newest, and nothing is lost.

An annotation that came from a file has no place on a server (`studio` is null). Where a newer one takes its place, it
goes to quarantine whole, still without a place, and takes part again in the next pull: what comes out does not depend
on the order in which servers and files were read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from kliping.annotation.quarantined import annotation_in
from kliping.records import Annotation, Quarantined
from kliping.studio.pull.sameness import moment, says_the_same

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kliping.studio.pull.earlier import Earlier

__all__ = ["Merged", "Own", "merge", "own_of"]


@dataclass(frozen=True, slots=True)
class Own:
    """What the corpus has of an article that is on no server: annotations, and what was set aside for good."""

    annotations: list[Annotation] = field(default_factory=list)
    quarantined: list[Quarantined] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Merged:
    """What is kept; the server's that a file's newer one supersedes; and what is in quarantine without a place."""

    kept: list[Annotation]
    superseded_on_server: list[Annotation]
    quarantined: list[Quarantined]

    def reason(self, superseded: Annotation) -> str:
        """Why an annotation of the server is not kept."""
        return f"superseded: a newer one by the same person came from a file, of {self._newer(superseded) or 'no time'}"

    def _newer(self, superseded: Annotation) -> str | None:
        return next(one.updated for one in self.kept if one.id == superseded.id)


def own_of(earlier: Earlier) -> Own:
    """What the files had of an article without a place on a server."""
    aside = [one for one in earlier.quarantined if one.studio is None]
    again = [(one, annotation_in(one)) for one in aside]
    return Own(
        [one for one in earlier.annotations if one.studio is None] + [one for _, one in again if one is not None],
        [one for one, annotation in again if annotation is None],
    )


def merge(server: Iterable[Annotation], own: Own) -> Merged:
    """One annotation for each annotator and round.

    Args:
        server: what a server has, one for each id already.
        own: what came from files, several for an id perhaps.
    """
    by_id: dict[str, list[Annotation]] = {}
    for one in (*server, *own.annotations):
        group = by_id.setdefault(one.id, [])
        if not any(_is_twice(one, other) for other in group):
            group.append(one)
    merged = Merged([], [], list(own.quarantined))
    for group in by_id.values():
        # At equal times the server's is taken: it has a place where people can look at it.
        *older, newest = sorted(group, key=lambda one: (moment(one.updated), one.studio is not None))
        merged.kept.append(newest)
        for one in older:
            if one.studio is not None:
                merged.superseded_on_server.append(one)
            elif not says_the_same(one, newest):
                merged.quarantined.append(_aside(one, newest))
    return merged


def _is_twice(one: Annotation, other: Annotation) -> bool:
    """Whether a file brought again what is there."""
    return one.studio == other.studio and one.updated == other.updated and says_the_same(one, other)


def _aside(one: Annotation, newest: Annotation) -> Quarantined:
    where = "on the server" if newest.studio else "in another file"
    return Quarantined(
        article_id=one.article_id,
        annotator=one.annotator,
        studio=None,
        reason=f"superseded: a newer one by the same person is {where}, of {newest.updated or 'no time'}",
        pulled=msgspec.json.encode(one).decode(),
    )

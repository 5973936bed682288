"""Counting what was pulled on both sides: the items of results, and what annotations say, independently."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kliping.records import Count
from kliping.studio.results.reading import kind_of, read_comment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kliping.records import Annotation
    from kliping.studio.results.reading import Item

__all__ = ["KINDS", "counts", "in_annotation", "in_result"]

KINDS = ("annotations", "regions", "relations", "choices", "comments")


def in_result(items: Iterable[Item]) -> Counter[str]:
    """How many items of each kind; an annotator's comment is one, however many boxes it fills."""
    found = list(items)
    tally = Counter(kind_of(item) for item in found)
    tally["comments"] = int(read_comment(found) is not None)
    return tally


def in_annotation(annotation: Annotation) -> Counter[str]:
    """How many items of each kind an annotation's mentions and stances stand for."""
    stances = annotation.stances
    sides = {stance.target.mention for stance in stances if stance.target.kind == "mention"}
    chosen = [s for s in stances if s.target.kind == "declared" or s.holder.kind in ("author", "named")]
    return Counter(
        annotations=1,
        regions=len(annotation.entities),
        relations=sum(stance.holder.kind == "mention" for stance in stances),
        choices=len(sides) + len(chosen) + sum(entity.unsure for entity in annotation.entities),
        comments=int(annotation.comment is not None),
    )


def counts(taken: Counter[str], kept: Counter[str], set_aside: Counter[str]) -> tuple[Count, ...]:
    """The lines of a receipt."""
    return tuple(Count(what=kind, taken=taken[kind], kept=kept[kind], set_aside=set_aside[kind]) for kind in KINDS)

"""Counting what was pulled on both sides: the items of results, and what annotations say, independently.

What is counted is what was said, in words that both sides have:

- `regions`: the marked mentions.
- `relations`: who takes a side towards a mention: an arrow, or a holder chosen from the list. In an annotation, a
  holder who is a mention may be from either.
- `choices`: the sides that are taken towards a mention, each once, by a choice or on an arrow; the stances of the
  article; the marks of doubt; and what was chosen in a control that the contract lacks.
- `comments`: one an annotator, however many boxes it fills.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TypeAlias

from kliping.contract.labeling import STANCE, side_of
from kliping.studio.results.items import chosen, ends, kind_of, read_comment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kliping.contract import Scheme
    from kliping.records import Annotation
    from kliping.studio.results.items import Item

__all__ = ["KINDS", "in_annotation", "in_aside", "in_result"]

KINDS = ("annotations", "regions", "relations", "choices", "comments")

Side: TypeAlias = tuple[str, str]
"""A region and a side that is taken towards its mention."""


def in_result(items: Iterable[Item], scheme: Scheme) -> Counter[str]:
    """How many of each kind the items of one result say."""
    found = list(items)
    tally = Counter(kind_of(item) for item in found if item.get("from_name") != STANCE)
    tally["choices"] += len(_sides(found, scheme))
    tally["comments"] = int(read_comment(found) is not None)
    return tally


def in_annotation(annotation: Annotation) -> Counter[str]:
    """How many of each kind an annotation says."""
    on_mentions = [stance for stance in annotation.stances if stance.target.kind == "mention"]
    declared = len(annotation.stances) - len(on_mentions)
    return Counter(
        annotations=1,
        regions=len(annotation.entities),
        relations=sum(stance.holder.kind != "unspecified" for stance in on_mentions),
        choices=len(_said(annotation)) + declared + sum(entity.unsure for entity in annotation.entities),
        comments=int(annotation.comment is not None),
    )


def in_aside(items: Iterable[Item], annotation: Annotation, scheme: Scheme) -> Counter[str]:
    """How many of each kind items say that were set aside of a result; a side that the annotation says is no loss."""
    found = list(items)
    tally = Counter(kind_of(item) for item in found if item.get("from_name") != STANCE)
    tally["choices"] += len(_sides(found, scheme) - _said(annotation))
    return tally


def _sides(items: list[Item], scheme: Scheme) -> set[Side]:
    """The sides that choices and arrows take, each once; what was chosen is a side even where the scheme lacks it."""
    chosen_ones = {(str(item.get("id")), "+".join(chosen(item))) for item in items if item.get("from_name") == STANCE}
    labelled = {
        ((ends(item) or ("", str(item.get("to_id"))))[1], side_of(label, scheme) or label)
        for item in items
        if item.get("type") == "relation"
        for label in chosen(item)
    }
    return chosen_ones | labelled


def _said(annotation: Annotation) -> set[Side]:
    """The sides that an annotation's stances take towards mentions, each once."""
    return {(str(one.target.mention), one.stance) for one in annotation.stances if one.target.kind == "mention"}

"""Which annotations of an article count: submitted ones on its current text, the latest round of each annotator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kliping.annotation.adjudication.ledger import Claim, Mention, Side

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kliping.records import Annotation, Article, Entity, Holder, Target

__all__ = ["Vote", "Voters", "annotation_faults", "count_voters", "mention_of", "votes"]


@dataclass(frozen=True, slots=True)
class Voters:
    """The annotations that count, one an annotator, and how many do not and why."""

    counted: tuple[Annotation, ...]
    skipped: int
    superseded: int
    earlier: int


@dataclass(frozen=True, slots=True)
class Vote:
    """One annotator's stance as a claim, with the labels of the mentions it rests on."""

    annotator: str
    claim: Claim
    target_label: str | None
    holder_label: str | None


def count_voters(article: Article, annotations: Iterable[Annotation]) -> Voters:
    """Sort out which annotations of one article count."""
    submitted, skipped, superseded = [], 0, 0
    for annotation in annotations:
        if annotation.text_sha256 != article.text_sha256:
            superseded += 1
        elif annotation.status == "skipped":
            skipped += 1
        else:
            submitted.append(annotation)
    latest = {one.annotator: one for one in sorted(submitted, key=lambda one: (one.annotator, one.round, one.id))}
    return Voters(tuple(latest.values()), skipped, superseded, len(submitted) - len(latest))


def annotation_faults(article: Article, annotations: Iterable[Annotation]) -> Iterator[str]:
    """What keeps annotations from being compared: a wrong span, a missing mention, a repetition."""
    seen: set[tuple[str, int]] = set()
    for annotation in annotations:
        if annotation.text_sha256 != article.text_sha256:
            continue
        if (annotation.annotator, annotation.round) in seen:
            yield f"{annotation.annotator} has two annotations in round {annotation.round}; keep one"
        seen.add((annotation.annotator, annotation.round))
        for entity in annotation.entities:
            if article.text[entity.start : entity.end] != entity.text:
                yield f"{annotation.annotator}: {entity.start}-{entity.end} is not {entity.text!r} there; pull again"
        known = {entity.id for entity in annotation.entities}
        for stance in annotation.stances:
            for side in (stance.target, stance.holder):
                if side.kind == "mention" and side.mention not in known:
                    yield f"{annotation.annotator}: stance {stance.id} rests on a mention that is not there; pull again"


def mention_of(entity: Entity) -> Mention:
    """An entity by its place and label."""
    return Mention(entity.start, entity.end, entity.label)


def votes(annotation: Annotation, into: Mapping[Mention, Mention]) -> Iterator[Vote]:
    """An annotator's stances as claims, with mentions moved to where edits put them."""
    moved = {entity.id: into.get(mention_of(entity), mention_of(entity)) for entity in annotation.entities}
    for stance in annotation.stances:
        target, holder = _side(stance.target, moved), _side(stance.holder, moved)
        yield Vote(
            annotation.annotator,
            Claim(target, holder, stance.stance),
            _label(stance.target, moved),
            _label(stance.holder, moved),
        )


def _side(party: Target | Holder, moved: Mapping[str, Mention]) -> Side:
    if party.kind == "mention" and party.mention is not None:
        return Side("mention", *moved[party.mention].place)
    return Side(party.kind, name=party.name or "")


def _label(party: Target | Holder, moved: Mapping[str, Mention]) -> str | None:
    return moved[party.mention].label if party.kind == "mention" and party.mention is not None else None

"""Writing down what is settled: the gold line of one article."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from kliping.annotation.adjudication.votes import mention_of
from kliping.records import Entity, Gold, Holder, Stance, Target

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kliping.annotation.adjudication.ledger import Claim, Mention, Place, Settled, Side
    from kliping.annotation.adjudication.votes import Vote
    from kliping.records import Annotation, Article, Origin

__all__ = ["gold_line", "latest_scheme"]

_LEAST_AUTOMATIC: tuple[Origin, ...] = ("manual", "prediction-changed", "prediction")


def gold_line(
    article: Article,
    counted: Sequence[Annotation],
    cast: Iterable[Vote],
    mentions: Settled[Mention],
    stances: Settled[Claim],
) -> Gold:
    """The gold of an article where nothing is open.

    Entities are numbered `e1`, `e2`, … by start, end and label; stances `s1`, … by target, holder and stance.
    """
    held = sorted(set(mentions.into.values()))
    ids = {mention: f"e{number}" for number, mention in enumerate(held, 1)}
    marked = _marked(counted, mentions)
    labels = _labels(cast, stances)
    return Gold(
        article_id=article.id,
        text_sha256=article.text_sha256,
        scheme=latest_scheme(counted),
        annotators=len(counted),
        entities=tuple(
            _entity(ids[one], one, article.text, marked[one], agreed=mentions.fates.get(one) == "agreed")
            for one in held
        ),
        stances=tuple(
            Stance(
                id=f"s{number}",
                stance=claim.stance,
                target=_target(claim.target, ids, labels[claim, "target"]),
                holder=_holder(claim.holder, ids, labels[claim, "holder"]),
            )
            for number, claim in enumerate(sorted(set(stances.into.values())), 1)
        ),
    )


def _marked(counted: Iterable[Annotation], mentions: Settled[Mention]) -> dict[Mention, list[Entity]]:
    """The annotators' own entities behind each gold mention."""
    marked: dict[Mention, list[Entity]] = defaultdict(list)
    for annotation in counted:
        for entity in annotation.entities:
            mention = mention_of(entity)
            if mention in mentions.into:
                marked[mentions.into[mention]].append(entity)
    return marked


def _labels(cast: Iterable[Vote], stances: Settled[Claim]) -> dict[tuple[Claim, str], Counter[str]]:
    """The labels annotators gave to the mentions each gold stance rests on, but for a side that a decision replaced."""
    labels: dict[tuple[Claim, str], Counter[str]] = defaultdict(Counter)
    for vote in cast:
        claim = stances.into.get(vote.claim, vote.claim)
        if vote.target_label is not None and claim.target == vote.claim.target:
            labels[claim, "target"][vote.target_label] += 1
        if vote.holder_label is not None and claim.holder == vote.claim.holder:
            labels[claim, "holder"][vote.holder_label] += 1
    return labels


def _entity(name: str, mention: Mention, text: str, marked: Sequence[Entity], *, agreed: bool) -> Entity:
    refs = {entity.ref for entity in marked}
    origins = {entity.origin for entity in marked} if agreed else {"manual"}
    return Entity(
        id=name,
        start=mention.start,
        end=mention.end,
        text=text[mention.start : mention.end],
        label=mention.label,
        ref=refs.pop() if len(refs) == 1 else None,
        origin=next(origin for origin in _LEAST_AUTOMATIC if origin in origins),
        unsure=agreed and all(entity.unsure for entity in marked),
    )


def _target(side: Side, ids: Mapping[Mention, str], labels: Counter[str]) -> Target:
    if side.place is not None:
        return Target(kind="mention", mention=_resolve(side.place, ids, labels))
    return Target(kind="declared", name=side.name)


def _holder(side: Side, ids: Mapping[Mention, str], labels: Counter[str]) -> Holder:
    if side.place is not None:
        return Holder(kind="mention", mention=_resolve(side.place, ids, labels))
    if side.kind == "named":
        return Holder(kind="named", name=side.name)
    return Holder(kind="author" if side.kind == "author" else "unspecified")


def _resolve(place: Place, ids: Mapping[Mention, str], labels: Counter[str]) -> str:
    """The gold mention at a span: of several, the one with the label most annotators gave, then the first by label."""
    there = [mention for mention in ids if mention.place == place]
    return ids[min(there, key=lambda mention: (-labels[mention.label], mention.label))]


def latest_scheme(counted: Iterable[Annotation]) -> str:
    """The latest of the schemes that annotations were made with."""
    schemes = {annotation.scheme for annotation in counted}
    return schemes.pop() if len(schemes) == 1 else max(schemes, key=_version)


def _version(scheme: str) -> tuple[list[int], str]:
    """Versions in their own order, `1.10.0` after `1.9.0`; anything else by its letters."""
    return [int(part) if part.isdecimal() else -1 for part in scheme.split(".")], scheme

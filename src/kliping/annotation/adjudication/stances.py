"""Settling the stances of an article once its mentions are settled.

A stance is known by its spans, not by ids or labels, after edits of mentions have moved them. It falls with a mention
that was rejected, unless another mention stays at the same span. Votes settle no two sides of one holder towards one
target: what annotators agree on beside another side is open, until somebody decides.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from kliping.annotation.adjudication.ledger import Claim, Mention, Place, Settled, Side, settle

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kliping.annotation.adjudication.ledger import Fate

__all__ = ["moved_claim", "settle_stances", "unfounded"]


def settle_stances(
    voted: Mapping[Claim, Fate], rulings: Mapping[Claim, Claim | None], mentions: Settled[Mention]
) -> Settled[Claim]:
    """Settle claims by decisions and votes; those that rest on a mention that is out fall."""
    settled = settle(voted, rulings)
    alive = _alive(mentions)
    fates: dict[Claim, Fate] = dict(settled.fates)
    into = dict(settled.into)
    for claim, fate in settled.fates.items():
        ends_as = into.get(claim, claim)
        if fate not in ("rejected", "outvoted") and not alive.issuperset(ends_as.places):
            fates[claim] = "open" if fate == "decided" else "fallen"
            into.pop(claim, None)
    for claim in _two_sided(fates, into, mentions):
        fates[claim] = "open"
        del into[claim]
    return replace(settled, fates=fates, into=into)


def _two_sided(fates: Mapping[Claim, Fate], into: Mapping[Claim, Claim], mentions: Settled[Mention]) -> list[Claim]:
    """The claims that votes alone would put into gold beside another side of the same holder.

    Where two mentions are at one span, a side may be about either of them.
    """
    times = Counter(mention.place for mention in set(mentions.into.values()))
    sides: dict[tuple[Side, Side], set[str]] = defaultdict(set)
    for one in into.values():
        if all(times[place] == 1 for place in one.places):
            sides[one.target, one.holder].add(one.stance)
    return [one for one in into if fates[one] == "agreed" and len(sides[one.target, one.holder]) > 1]


def unfounded(rulings: Mapping[Claim, Claim | None], mentions: Settled[Mention]) -> Iterator[str]:
    """Decisions that put a stance into gold although another decision took its mention out, in words."""
    gone = {mention.place for mention, fate in mentions.fates.items() if fate == "rejected"} - _alive(mentions)
    for outcome in rulings.values():
        if outcome is not None and gone.intersection(outcome.places):
            yield f"a decision puts {outcome} into gold, another rejects a mention it rests on; mend one"


def moved_claim(claim: Claim, mentions: Settled[Mention]) -> Claim:
    """A claim of a decision, which may name the span a mention had before a decision edited it."""
    return claim._replace(target=_moved(claim.target, mentions), holder=_moved(claim.holder, mentions))


def _moved(side: Side, mentions: Settled[Mention]) -> Side:
    place = side.place
    if place is None or place in _alive(mentions):
        return side
    places = {after.place for before, after in mentions.into.items() if before.place == place}
    return side.moved(places.pop()) if len(places) == 1 else side


def _alive(mentions: Settled[Mention]) -> set[Place]:
    """The spans of mentions that are in gold, or may still be."""
    held = {mention.place for mention in mentions.into.values()}
    return held | {mention.place for mention, fate in mentions.fates.items() if fate == "open"}

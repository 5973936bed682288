"""Decisions of an adjudicator: their form, their spans, and what they rule about one article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kliping.annotation.adjudication.ledger import Claim, Mention, claim_stated, mention_stated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kliping.records import Decision, Party, Stated

__all__ = ["form_faults", "mention_rulings", "stance_rulings", "stated_spans"]

_TARGETS = ("mention", "declared")
_HOLDERS = ("author", "mention", "named", "unspecified")


def form_faults(decision: Decision) -> Iterator[str]:
    """Where the parts of a decision do not fit its verdict or each other, in words."""
    if (decision.mention is None) == (decision.stance is None):
        yield "a decision is about a mention or about a stance; give exactly one of the two"
        return
    edited = (decision.edited_mention is not None, decision.edited_stance is not None)
    expected = (decision.mention is not None, decision.stance is not None)
    if decision.verdict == "edit" and edited != expected:
        yield "an edit of a mention gives edited_mention, an edit of a stance edited_stance; mend it"
    if decision.verdict != "edit" and any(edited):
        yield f"a decision to {decision.verdict} has no edited_mention and no edited_stance; set them to null"
    for stated in (decision.stance, decision.edited_stance):
        if stated is not None:
            yield from _stated_faults(stated)


def _stated_faults(stated: Stated) -> Iterator[str]:
    for side, party, kinds in (("target", stated.target, _TARGETS), ("holder", stated.holder, _HOLDERS)):
        if party.kind not in kinds:
            yield f"a {side} is one of {', '.join(kinds)}, not {party.kind}; mend it"
        elif not _whole(party):
            yield f"the {side}: a mention has start, end and text, declared and named have a name, all else is null"


def _whole(party: Party) -> bool:
    spanned = [party.start is not None, party.end is not None, party.text is not None]
    mention, named = party.kind == "mention", party.kind in ("declared", "named")
    return spanned == [mention] * 3 and bool(party.name) == named


def stated_spans(decision: Decision) -> Iterator[tuple[int, int, str]]:
    """Every span that a decision writes, with the surface it claims: start, end, text."""
    for span in (decision.mention, decision.edited_mention):
        if span is not None:
            yield span.start, span.end, span.text
    for stated in (decision.stance, decision.edited_stance):
        for party in () if stated is None else (stated.target, stated.holder):
            if party.start is not None and party.end is not None:
                yield party.start, party.end, party.text or ""


def mention_rulings(decisions: Iterable[Decision]) -> Iterator[tuple[Mention, Mention | None]]:
    """What decisions make of mentions: each with what enters gold, or None for a rejection."""
    for decision in decisions:
        if decision.mention is not None:
            subject = mention_stated(decision.mention)
            edited = None if decision.edited_mention is None else mention_stated(decision.edited_mention)
            yield subject, {"accept": subject, "edit": edited, "reject": None}[decision.verdict]


def stance_rulings(decisions: Iterable[Decision]) -> Iterator[tuple[Claim, Claim | None]]:
    """What decisions make of stances: each with what enters gold, or None for a rejection."""
    for decision in decisions:
        if decision.stance is not None:
            subject = claim_stated(decision.stance)
            edited = None if decision.edited_stance is None else claim_stated(decision.edited_stance)
            yield subject, {"accept": subject, "edit": edited, "reject": None}[decision.verdict]

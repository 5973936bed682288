"""Adjudicating one article: its mentions first, then the stances that rest on them, then its gold line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kliping.annotation.adjudication.decisions import form_faults, mention_rulings, stance_rulings, stated_spans
from kliping.annotation.adjudication.gold import gold_line
from kliping.annotation.adjudication.ledger import (
    Claim,
    Mention,
    Settled,
    claim_stated,
    contradictions,
    mention_stated,
    of_one_target,
    overlapping,
    settle,
)
from kliping.annotation.adjudication.stances import moved_claim, settle_stances, unfounded
from kliping.annotation.adjudication.strategies import STRATEGIES, polled
from kliping.annotation.adjudication.votes import annotation_faults, count_voters, mention_of, votes
from kliping.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kliping.annotation.adjudication.votes import Voters
    from kliping.project.settings import StrategyName
    from kliping.records import Annotation, Article, Decision, Gold

__all__ = ["Adjudicated", "adjudicate_article"]


@dataclass(frozen=True, slots=True)
class Adjudicated:
    """What became of one article that somebody annotated or decided on.

    Attributes:
        gold: its line, or None where something is open or nobody's annotation counts.
        applied: how many decisions took effect.
        unused: a sentence for each decision that took none: on another text, or on what nobody marked.
    """

    article_id: str
    gold: Gold | None
    voters: Voters
    mentions: Settled[Mention]
    stances: Settled[Claim]
    applied: int
    unused: tuple[str, ...]


def adjudicate_article(
    article: Article,
    annotations: Sequence[Annotation],
    decisions: Sequence[Decision],
    *,
    single_annotator: bool,
    strategy: StrategyName = "unanimous",
) -> Adjudicated:
    """Adjudicate one article by a strategy of `STRATEGIES`.

    Raises:
        DataError: everything wrong with its annotations and decisions, a line each.
    """
    current = [decision for decision in decisions if decision.text_sha256 == article.text_sha256]
    _refuse(article, [*annotation_faults(article, annotations), *_decision_faults(article, current)])
    voters = count_voters(article, annotations)
    if not voters.counted:
        current = []
    least = 1 if single_annotator else 2
    marked = {one.annotator: {mention_of(entity) for entity in one.entities} for one in voters.counted}
    rule = STRATEGIES[strategy]
    mentions = settle(polled(marked, overlapping, rule, least), dict(mention_rulings(current)))
    cast = [vote for annotation in voters.counted for vote in votes(annotation, mentions.into)]
    taken = {one.annotator: {vote.claim for vote in cast if vote.annotator == one.annotator} for one in voters.counted}
    seen = {who: {mentions.into.get(one, one).place for one in several} for who, several in marked.items()}

    def lacks_target(who: str, claim: Claim) -> bool:
        return claim.target.place is not None and claim.target.place not in seen[who]

    rulings = _stance_rulings(article, current, mentions)
    stances = settle_stances(polled(taken, of_one_target, rule, least, lacks_target), rulings, mentions)
    unused = [_unused(one, current, mentions, stances, article.text_sha256) for one in decisions]
    applied = unused.count(None)
    enough = len(voters.counted) >= least or bool(mentions.fates) or bool(stances.fates)
    settled = bool(voters.counted) and enough and "open" not in {*mentions.fates.values(), *stances.fates.values()}
    return Adjudicated(
        article_id=article.id,
        gold=gold_line(article, voters.counted, cast, mentions, stances) if settled else None,
        voters=voters,
        mentions=mentions,
        stances=stances,
        applied=applied,
        unused=tuple(sorted(f"{article.id}: {why}" for why in unused if why is not None)),
    )


def _refuse(article: Article, faults: Iterable[str]) -> None:
    lines = sorted({f"article {article.id}: {fault}" for fault in faults})
    if lines:
        raise DataError("\n".join(lines))


def _decision_faults(article: Article, decisions: Sequence[Decision]) -> Iterator[str]:
    for decision in decisions:
        yield from form_faults(decision)
        for start, end, surface in stated_spans(decision):
            if article.text[start:end] != surface or not surface:
                yield f"a decision says that {start}-{end} is {surface!r}, and it is not; mend the span"
    yield from contradictions(mention_rulings(decisions))


def _stance_rulings(
    article: Article, decisions: Sequence[Decision], mentions: Settled[Mention]
) -> dict[Claim, Claim | None]:
    rulings = [
        (moved_claim(subject, mentions), outcome and moved_claim(outcome, mentions))
        for subject, outcome in stance_rulings(decisions)
    ]
    _refuse(article, [*contradictions(rulings), *unfounded(dict(rulings), mentions)])
    return dict(rulings)


def _unused(
    decision: Decision, current: Sequence[Decision], mentions: Settled[Mention], stances: Settled[Claim], sha256: str
) -> str | None:
    """Why a decision takes no effect, or None where it does."""
    subject: Mention | Claim | None = None
    if decision.mention is not None:
        subject = mention_stated(decision.mention)
    elif decision.stance is not None:
        subject = claim_stated(decision.stance)
    what = f"the decision to {decision.verdict} {subject} takes no effect"
    if decision.text_sha256 != sha256:
        return f"{what}: it is on a superseded text; decide again"
    if decision not in current:
        return f"{what}: nobody's annotation counts there"
    moved = moved_claim(subject, mentions) if isinstance(subject, Claim) else subject
    if moved in mentions.unused or moved in stances.unused:
        return f"{what}: nobody marked that"
    return None

"""Level 5, decisions and gold: decisions can be carried out, and gold is what they and the annotations give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kliping.annotation.adjudication.decisions import form_faults
from kliping.check.rules import Example, Place, RuleList

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kliping.check.corpus.article import ArticleSeen
    from kliping.check.rules import Fault


__all__ = ["DECISION_RULES"]

DECISION_RULES: RuleList[ArticleSeen] = RuleList()
DECISIONS = "annotations/decisions.jsonl"
GOLD = "annotations/gold.jsonl"


@DECISION_RULES(
    "E506",
    "a decision is about one thing and gives what its verdict needs",
    mend="Mend the line: a mention or a stance, and what an edit makes of it; or take it out and decide again.",
    example=Example(DECISIONS, '"verdict":"reject"', '"verdict":"edit"'),
)
def decisions_are_whole(seen: ArticleSeen) -> Iterator[Fault]:
    """A decision about two things, or an edit without what it makes, cannot be carried out: gold would be guessed."""
    for place, decision in seen.decisions:
        for fault in form_faults(decision):
            yield place, fault


@DECISION_RULES(
    "E507",
    "decisions do not contradict each other",
    mend="Take out the decision that no longer holds; its day and its reason say which one that is.",
    example=Example(
        DECISIONS,
        "",
        '{"article_id":"5d0fa589cd473a71","text_sha256":"6234e290e0cc2c91ed544d985d9c8c772db545cb1631c29b028677135148f107",'
        '"mention":{"start":616,"end":654,"text":"Kepala Dinas Kebersihan, Galih Rumanta","label":"PERSON"},'
        '"stance":null,"verdict":"accept","edited_mention":null,"edited_stance":null,"by":"adjudicator",'
        '"when":"2026-11-24","why":"a line above rejects it","guidelines":"1.0.0"}',
    ),
)
def decisions_agree(seen: ArticleSeen) -> Iterator[Fault]:
    """Of one decision that accepts a mention and one that rejects it, nobody but the adjudicator knows which holds."""
    for fault in seen.undecidable:
        yield Place("annotations/decisions.jsonl"), fault


@DECISION_RULES(
    "E508",
    "gold is what the annotations and decisions give",
    mend="Run `kliping adjudicate`; what gold should say otherwise is a decision, in `annotations/decisions.jsonl`.",
    example=Example(GOLD, '"ref":null', '"ref":"Sanggar"'),
)
def gold_is_derived(seen: ArticleSeen) -> Iterator[Fault]:
    """Gold is derived and never edited, so that everything in it has a vote or a reason that can be looked up."""
    if not seen.is_derived:
        return
    for place, gold in seen.gold:
        if gold != seen.derived:
            yield place, f"the gold of {seen.id} is not what adjudication gives; run `kliping adjudicate`"
    if seen.survey.gold_expected and seen.derived is not None and not seen.gold:
        yield Place("annotations/gold.jsonl"), f"the gold of {seen.id} is missing; run `kliping adjudicate`"

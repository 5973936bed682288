"""What an adjudication took, kept and set aside, in numbers that add up and sentences for people."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, get_args

from kliping.annotation.adjudication.ledger import Fate
from kliping.records import Count, Receipt

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kliping.annotation.adjudication.article import Adjudicated
    from kliping.annotation.adjudication.ledger import Settled
    from kliping.annotation.adjudication.outcome import Outcome

__all__ = ["adjudication_receipt"]

FATES = get_args(Fate)

NAMED_ARTICLES = 20
"""Open articles, unused decisions and the like that the notes name one by one."""


def adjudication_receipt(outcome: Outcome, changes: int) -> Receipt:
    """The receipt of an adjudication.

    Of mentions and stances, `taken` are the different ones that annotators marked and the ones decisions added; `kept`
    are those in gold; set aside are rejected, outvoted, fallen and open ones, those an edit made the same as another,
    and settled ones that wait because something else in their article is open.
    """
    return Receipt(
        step="adjudicate",
        counts=tuple(_counts(outcome)),
        changes=changes,
        notes=tuple(_notes(outcome)),
    )


def _counts(outcome: Outcome) -> Iterator[Count]:
    annotated, articles = outcome.annotated, outcome.articles
    yield Count(what="annotated articles", taken=len(annotated), kept=len(outcome.gold), set_aside=len(outcome.open))
    counted = sum(len(one.voters.counted) for one in articles)
    aside = sum(one.voters.skipped + one.voters.superseded + one.voters.earlier for one in articles)
    aside += outcome.stray_annotations
    yield Count(what="annotations", taken=counted + aside, kept=counted, set_aside=aside)
    yield _settled_count("mentions", [(one.mentions, len(one.gold.entities) if one.gold else None) for one in articles])
    yield _settled_count("stances", [(one.stances, len(one.gold.stances) if one.gold else None) for one in articles])
    applied = sum(one.applied for one in articles)
    unused = sum(len(one.unused) for one in articles) + outcome.stray_decisions
    yield Count(what="decisions", taken=applied + unused, kept=applied, set_aside=unused)


def _settled_count(what: str, parts: Iterable[tuple[Settled[Any], int | None]]) -> Count:
    """Count each candidate as in gold or as set aside; in an article without gold all are set aside."""
    taken = kept = aside = 0
    for settled, in_gold in parts:
        taken += len(settled.fates)
        if in_gold is None:
            aside += len(settled.fates)
        else:
            kept += in_gold
            fates = Counter(settled.fates.values())
            aside += fates["rejected"] + fates["outvoted"] + fates["fallen"] + settled.merged
    return Count(what=what, taken=taken, kept=kept, set_aside=aside)


def _notes(outcome: Outcome) -> Iterator[str]:
    articles = outcome.articles
    for what, settled in (("mentions", [one.mentions for one in articles]), ("stances", [o.stances for o in articles])):
        fates = Counter(fate for one in settled for fate in one.fates.values())
        told = [f"{fates[fate]} {fate}" for fate in FATES if fates[fate]]
        yield f"{what}: {', '.join(told) or 'nobody marked any'}"
    yield from _set_aside(outcome)
    unspecified = sum(stance.holder.kind == "unspecified" for gold in outcome.gold for stance in gold.stances)
    if unspecified:
        yield f"{unspecified} gold stances have no holder: nobody chose one"
    yield from _first([_open(one) for one in outcome.open], "articles are open")
    yield from _first([why for one in articles for why in one.unused], "decisions take no effect")


def _set_aside(outcome: Outcome) -> Iterator[str]:
    voters = [one.voters for one in outcome.articles]
    for number, why in (
        (sum(one.skipped for one in voters), "skipped: they do not vote"),
        (sum(one.superseded for one in voters), "on a superseded text: they do not vote"),
        (sum(one.earlier for one in voters), "of an earlier round: the annotator's latest one votes"),
        (outcome.stray_annotations, "of articles that the corpus does not hold"),
    ):
        if number:
            yield f"annotations set aside: {number} {why}"
    if outcome.strays:
        yield from _first([f"{article}: the corpus holds no such article" for article in outcome.strays], "are unknown")


def _open(one: Adjudicated) -> str:
    things = [str(thing) for settled in (one.mentions, one.stances) for thing in _open_in(settled)]
    if not things:
        return f"{one.article_id}: open: a single annotator marked nothing, and nothing was decided"
    return f"{one.article_id}: open: {'; '.join(things)}"


def _open_in(settled: Settled[Any]) -> list[Any]:
    return sorted(thing for thing, fate in settled.fates.items() if fate == "open")


def _first(sentences: list[str], what: str) -> Iterator[str]:
    yield from sentences[:NAMED_ARTICLES]
    if len(sentences) > NAMED_ARTICLES:
        yield f"and {len(sentences) - NAMED_ARTICLES} more {what}"

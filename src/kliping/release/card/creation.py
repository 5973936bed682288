"""The card's sections on how the data came to be: why, from what, by whom, and how far they agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kliping.release.card.agreement import GROUPS, measure_agreement
from kliping.release.card.markdown import listed, number, paragraphs, plain, share, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kliping.release.card.agreement import Measure
    from kliping.release.card.described import Described

__all__ = ["agreement", "creation"]

_SOURCES = 50
"""Rows of the table of sources; the others are counted together."""


def creation(filled: Described) -> Iterator[str]:
    """Why and how it was made, and by how many."""
    yield from ("### Why", "")
    yield from paragraphs(filled.settings.card.rationale or "The makers do not say.")
    yield from _sources(filled)
    yield from _annotation(filled)
    yield from ("### Who annotated", "")
    yield from _annotators(filled)


def _sources(filled: Described) -> Iterator[str]:
    counts = filled.statistics
    yield from ("### Sources", "")
    ordered = sorted(counts.origins.items(), key=lambda pair: (-pair[1], pair[0]))
    rows = [(*(plain(part) or "not stated" for part in origin), number(count)) for origin, count in ordered[:_SOURCES]]
    if len(ordered) > _SOURCES:
        rest = ordered[_SOURCES:]
        rows.append((f"{number(len(rest))} others", "", "", number(sum(count for _, count in rest))))
    yield from table(("publisher", "licence", "rights holder", "articles"), rows)
    yield (
        "The publisher is what the source states, or the maintainers for it. Articles were normalised from the "
        "sources as received: what was dropped is recorded in the corpus, and `source_sha256` names the bytes that an "
        f"article was made from. Normaliser (articles): {listed(counts.normalisers)}."
    )
    yield ""


def _annotation(filled: Described) -> Iterator[str]:
    counts, settings = filled.statistics, filled.settings
    made, strategy = sum(counts.annotators.values()), settings.adjudication.strategy
    yield from ("### Annotation", "")
    if not made:
        yield from ("Nobody has annotated it yet.", "")
        return
    after = "[guidelines.md](guidelines.md)" if filled.guidelines else "the scheme of labels in `schema/`"
    yield (
        f"Texts were annotated in Label Studio after {after}: mentions first, then stances with their targets and "
        "holders."
    )
    yield ""
    yield f"- Annotations: {number(made)}; articles that an annotator skipped: {number(counts.skipped)}"
    rounds = ", ".join(f"round {one} ({number(count)})" for one, count in sorted(counts.rounds.items()))
    yield f"- By round: {rounds}; by version of the scheme: {listed(counts.schemes)}"
    voters = ", ".join(
        f"by {one} annotator{'s' if one > 1 else ''} ({number(count)})" for one, count in sorted(counts.voters.items())
    )
    yield f"- Articles annotated: {voters}"
    yield f"- With a model's predictions in sight: {share(counts.predictions_shown, made)}{_models(filled)}"
    alone = ", or one annotator's word where nobody else annotated the article" if settings.single_annotator else ""
    yield (
        f"- Gold is {_STRATEGIES[strategy]} (strategy `{strategy}`){alone}; the rest was decided by an adjudicator, or "
        "keeps the article out of gold"
    )
    if counts.single:
        yield f"- Articles whose gold rests on one annotator: {number(counts.single)}"
    yield "- `annotations` holds everyone's own view, before adjudication; `soft_labels` how many chose what"
    yield ""


_STRATEGIES = {
    "unanimous": "what everybody who submitted the article, two at least, said alike",
    "majority": "what more than half of those who submitted the article, two at least, said alike",
}


def _models(filled: Described) -> str:
    models = filled.statistics.models
    return f": {listed(models)}" if models else ""


def _annotators(filled: Described) -> Iterator[str]:
    counts = filled.statistics
    if filled.settings.card.annotators.strip():
        yield from paragraphs(filled.settings.card.annotators)
    elif not counts.annotators:
        yield "Nobody yet."
    if counts.annotators:
        made = sorted(counts.annotators.values(), reverse=True)
        yield f"Annotators: {number(len(made))}, known only by keyed pseudonyms. Annotations each: {_several(made)}."


def _several(made: list[int]) -> str:
    if len(made) > 10:
        return f"{number(made[0])} at most, {number(made[len(made) // 2])} in the middle, {number(made[-1])} at least"
    return ", ".join(map(number, made))


def agreement(filled: Described) -> Iterator[str]:
    """The measures of `kliping agree`, over everyone."""
    found = measure_agreement(filled.statistics.agreement, filled.contract.scheme)
    if not found.articles:
        yield "Not measured, since no two annotators submitted the same article."
        return
    yield (
        f"Before adjudication, over {number(found.articles)} articles that two annotators or more submitted. F1 is "
        "between 0 and 1. Krippendorff's alpha is 1 for perfect agreement and 0 for what chance gives."
    )
    yield ""
    rows = (
        ("mentions, exact span and label", "F1", *_cells(found.exact), "mentions"),
        ("labels of tokens", "alpha", *_cells(found.tokens), "tokens"),
        ("stances on declared targets, same target and holder", "alpha", *_cells(found.declared), "questions"),
        ("stances on mentions, same target and holder", "alpha", *_cells(found.mentions), "questions"),
        ("stances on mentions: target, holder and side", "F1", *_cells(found.claims), "claims"),
        ("holders of stances on the same mention", "F1", *_cells(found.holders), "holders"),
    )
    yield from table(("what", "measure", "value", "95 % interval", "units", "articles", "a unit"), rows)
    labels = (
        (f"`{name}`", number(exact.units), *_cells(exact)[:2], *_cells(tokens)[:2])
        for name, (exact, tokens) in found.labels.items()
    )
    yield from table(("label", "mentions", "F1", "95 % interval", "alpha on tokens", "95 % interval"), labels)
    yield (
        "Mentions, claims and holders are everyone's, once each. `–` is not defined: nobody marked any, all said the "
        "same, or there are too few articles for an interval. Intervals are by the delete-a-group jackknife over "
        f"articles (Kott, 2001; {GROUPS} groups); with fewer than some twenty articles they are a hint. `kliping "
        "agree` in the corpus measures more: overlap, pairs of annotators, and those with predictions apart."
    )


def _cells(measure: Measure) -> tuple[str, str, str, str]:
    """Value, interval, units and articles, with three decimals."""
    value = "–" if measure.value is None else f"{measure.value:.3f}"
    is_known = measure.low is not None and measure.high is not None
    interval = f"{measure.low:.3f} to {measure.high:.3f}" if is_known else "–"
    return value, interval, number(measure.units), number(measure.articles)

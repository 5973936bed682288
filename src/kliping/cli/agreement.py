"""An agreement report as lines for a terminal: aligned tables, and why a number is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from kliping.cli.aligned import aligned

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kliping.annotation.agreement import Agreement, Comparison, Measure
    from kliping.annotation.agreement.report import (
        EntityAgreement,
        LabelAgreement,
        Predictions,
        StanceAgreement,
    )

__all__ = ["agreement_lines"]

_NONE = "-"
_PREFIX = "annotator-"


def agreement_lines(found: Agreement) -> Iterator[str]:
    """The report for people: everyone, then each pair where there are several, then predictions."""
    yield from _head(found)
    yield ""
    yield from _entities(found.everyone.entities)
    yield ""
    yield from _sides(found.everyone)
    if len(found.pairs) > 1:
        yield ""
        yield from _pairs(found.pairs)
    if found.predictions is not None:
        yield ""
        yield from _predictions(found.predictions)
    missing = list(_missing(found.everyone))
    if missing:
        yield ""
        yield f"{_NONE} stands for what is not defined:"
        yield from missing


def _head(found: Agreement) -> Iterator[str]:
    everyone, aside = found.everyone, found.set_aside
    which = "each annotator's latest round" if found.round is None else f"round {found.round}"
    yield (
        f"{found.corpus}: {_many(everyone.annotations, 'annotation')} by "
        f"{_many(len(everyone.annotators), 'annotator')} on {_many(everyone.articles, 'article')} "
        f"that two or more annotated ({which})"
    )
    left_out = (
        (found.alone, "alone on an article"),
        (aside.skipped, "skipped"),
        (aside.superseded, "on a superseded text"),
        (aside.earlier, "of an earlier round"),
        (aside.other_rounds, "of another round"),
        (aside.unknown_articles, "of articles that the corpus does not hold"),
    )
    told = [f"{number} {why}" for number, why in left_out if number]
    if told:
        yield f"not compared: {', '.join(told)}"
    yield f"[low, high]: the 95 % interval over {found.samples} resamplings of the articles (seed {found.seed})"


def _entities(entities: EntityAgreement) -> Iterator[str]:
    tokens = f"alpha on {entities.tokens.units} tokens"
    rows: list[tuple[str, ...]] = [("entities", "mentions", "articles", "exact F1", "overlap F1", tokens)]
    for what, one in _rows(entities):
        measures = (one.exact, one.overlap, one.tokens)
        rows.append((what, str(one.mentions), str(one.exact.articles), *map(_shown, measures)))
    yield from _table(rows, right=(1, 2))
    if entities.unshown:
        yield f"  alpha does not see {_many(entities.unshown, 'mention')} whose tokens a longer one covers"
    if entities.widened:
        yield f"  alpha sees {_many(entities.widened, 'mention')} wider than marked: they cut a token"


def _rows(entities: EntityAgreement) -> Iterator[tuple[str, EntityAgreement | LabelAgreement]]:
    yield "all labels", entities
    yield from ((one.label, one) for one in entities.labels)


def _sides(everyone: Comparison) -> Iterator[str]:
    rows: list[tuple[str, ...]] = [
        ("stances and holders", "of", "", "articles", "annotators", "alpha", "ordinal alpha", "F1")
    ]
    for what, unit, alpha, ordinal, f1 in _side_rows(everyone):
        over = next(one for one in (alpha, f1) if one is not None)
        numbers = (str(over.units), unit, str(over.articles), str(over.annotators))
        rows.append((what, *numbers, *("" if one is None else _shown(one) for one in (alpha, ordinal, f1))))
    yield from _table(rows, right=(1, 3, 4))
    yield "  a question is a target and a holder; matched: two annotators or more took up the same question, or put a"
    yield "  stance on the same target; end to end: anybody took it up, and not to is a value of its own"
    for where, stances in _targets(everyone):
        if stances.contradictory:
            yield f"  left out, {where}: {_many(stances.contradictory, 'answer')} that the annotator contradicts"


_SideRow: TypeAlias = "tuple[str, str, Measure | None, Measure | None, Measure | None]"
"""What, the word for its units, alpha, ordinal alpha, F1."""


def _side_rows(everyone: Comparison) -> Iterator[_SideRow]:
    for where, found in _targets(everyone):
        yield f"{where}, matched", "questions", found.nominal, found.ordinal, None
        yield f"{where}, end to end", "questions", found.end_to_end, None, None
        yield f"{where}, claims", "claims", None, None, found.claims
    holders = everyone.holders
    yield "holders of matched targets, all", "targets", holders.who, None, None
    yield "holders of matched targets, kinds", "targets", holders.kind, None, None
    yield "holders of matched targets, each", "holders", None, None, holders.each


def _targets(everyone: Comparison) -> tuple[tuple[str, StanceAgreement], ...]:
    return ("declared targets", everyone.declared), ("mentions", everyone.mentions)


def _pairs(pairs: Sequence[Comparison]) -> Iterator[str]:
    rows: list[tuple[str, ...]] = [
        ("pairs", "articles", "mentions", "exact F1", "overlap F1", "token alpha", "stance alpha")
    ]
    for one in pairs:
        names = " ".join(name.removeprefix(_PREFIX) for name in one.annotators)
        measures = (one.entities.exact, one.entities.overlap, one.entities.tokens, one.mentions.nominal)
        rows.append((names, str(one.articles), str(one.entities.mentions), *map(_shown, measures)))
    yield from _table(rows, right=(1, 2))
    yield "  stance alpha: of stances on mentions, matched; --json has the rest of each pair"


def _predictions(found: Predictions) -> Iterator[str]:
    sides = (found.shown, found.hidden)
    rows: list[tuple[str, ...]] = [("predictions", "shown", "not shown")]
    rows.append(("annotations compared", *(str(one.annotations) for one in sides)))
    rows.append(("articles", *(str(one.articles) for one in sides)))
    rows.append(("mentions", *(str(one.entities.mentions) for one in sides)))
    for what, measures in (
        ("exact F1", [one.entities.exact for one in sides]),
        ("overlap F1", [one.entities.overlap for one in sides]),
        ("alpha on tokens", [one.entities.tokens for one in sides]),
        ("declared targets, matched: alpha", [one.declared.nominal for one in sides]),
        ("mentions, matched: alpha", [one.mentions.nominal for one in sides]),
        ("mentions, claims: F1", [one.mentions.claims for one in sides]),
        ("holders of matched targets, each: F1", [one.holders.each for one in sides]),
    ):
        rows.append((what, *map(_shown, measures)))
    yield from _table(rows)
    origins = found.origins
    total = origins.kept + origins.changed + origins.manual
    yield (
        f"  of {_many(total, 'mention')} where predictions were shown: {origins.kept} kept as predicted, "
        f"{origins.changed} changed, {origins.manual} made by hand"
    )
    models = ", ".join(f"{model} ({_many(number, 'annotation')})" for model, number in found.models.items())
    yield f"  predictions of {models}"


def _missing(everyone: Comparison) -> Iterator[str]:
    """Each reason with the rows that it holds for, in the order of the tables."""
    reasons: dict[str, list[str]] = {}
    for what, measure in _measures(everyone):
        if measure.reason is not None:
            reasons.setdefault(measure.reason, []).append(what)
    for reason, rows in reasons.items():
        yield f"  {reason}: {'; '.join(dict.fromkeys(rows))}"


def _measures(everyone: Comparison) -> Iterator[tuple[str, Measure]]:
    for what, found in _rows(everyone.entities):
        yield from ((what, one) for one in (found.exact, found.overlap, found.tokens))
    for what, _, *measures in _side_rows(everyone):
        yield from ((what, one) for one in measures if one is not None)


def _shown(measure: Measure) -> str:
    if measure.value is None:
        return _NONE
    return f"{_number(measure.value)} [{_ends(measure)}]"


def _ends(measure: Measure) -> str:
    if measure.low is None or measure.high is None:
        return _NONE
    return f"{_number(measure.low)}, {_number(measure.high)}"


def _number(value: float) -> str:
    """Two decimals, and no minus before 0.00."""
    return f"{round(value, 2) + 0:.2f}"


def _many(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _table(rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> Iterator[str]:
    """Rows in aligned columns, the first one the heads; numbers of `right` columns to the right."""
    indented = [(f"  {row[0]}" if number else row[0], *row[1:]) for number, row in enumerate(rows)]
    return aligned(indented, left=set(range(len(rows[0]))).difference(right))

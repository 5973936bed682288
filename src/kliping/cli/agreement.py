"""An agreement report as lines for a terminal: aligned tables, and why a number is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kliping.annotation.agreement import Agreement, Comparison, Measure
    from kliping.annotation.agreement.report import (
        EntityAgreement,
        HolderAgreement,
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
    rows: list[tuple[str, ...]] = [("entities", "mentions", "exact F1", "overlap F1", tokens)]
    rows.append(
        ("all labels", str(entities.mentions), *map(_shown, (entities.exact, entities.overlap, entities.tokens)))
    )
    rows += [
        (one.label, str(one.mentions), _shown(one.exact), _shown(one.overlap), _shown(one.tokens))
        for one in entities.labels
    ]
    yield from _table(rows, right=(1,))
    if entities.unshown:
        yield f"  alpha does not see {_many(entities.unshown, 'mention')} whose tokens a longer one covers"
    if entities.widened:
        yield f"  alpha sees {_many(entities.widened, 'mention')} wider than marked: they cut a token"


def _rows(entities: EntityAgreement) -> Iterator[tuple[str, EntityAgreement | LabelAgreement]]:
    yield "all labels", entities
    yield from ((one.label, one) for one in entities.labels)


def _sides(everyone: Comparison) -> Iterator[str]:
    rows: list[tuple[str, ...]] = [("stances and holders", "of", "", "articles", "alpha", "ordinal alpha", "F1")]
    rows += _stances("declared targets", everyone.declared)
    rows += _stances("mentions", everyone.mentions)
    rows += _holders(everyone.holders)
    yield from _table(rows, right=(1, 3))
    for where, stances in (("declared targets", everyone.declared), ("mentions", everyone.mentions)):
        if stances.contradictory:
            yield f"  left out, {where}: {_many(stances.contradictory, 'answer')} that the annotator contradicts"


def _stances(what: str, found: StanceAgreement) -> Iterator[tuple[str, ...]]:
    given, every, claims = found.nominal, found.end_to_end, found.claims
    yield (
        f"{what}: taken up by two", str(given.units), "questions", str(given.articles), _shown(given),
        _shown(found.ordinal), "",
    )  # fmt: skip
    yield f"{what}: taken up by any", str(every.units), "questions", str(every.articles), _shown(every), "", ""
    yield f"{what}: whole claims", str(claims.units), "claims", str(claims.articles), "", "", _shown(claims)


def _holders(found: HolderAgreement) -> Iterator[tuple[str, ...]]:
    for what, measure in (("holders: all of a target", found.who), ("holders: their kinds", found.kind)):
        yield what, str(measure.units), "targets", str(measure.articles), _shown(measure), "", ""
    each = found.each
    yield "holders: each", str(each.units), "holders", str(each.articles), "", "", _shown(each)


def _pairs(pairs: Sequence[Comparison]) -> Iterator[str]:
    rows: list[tuple[str, ...]] = [
        ("pairs", "articles", "mentions", "exact F1", "overlap F1", "token alpha", "stance alpha")
    ]
    for one in pairs:
        names = " ".join(name.removeprefix(_PREFIX) for name in one.annotators)
        measures = (one.entities.exact, one.entities.overlap, one.entities.tokens, one.mentions.nominal)
        rows.append((names, str(one.articles), str(one.entities.mentions), *map(_shown, measures)))
    yield from _table(rows, right=(1, 2))
    yield "  stance alpha: on mentions, questions taken up by both; --json has the rest of each pair"


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
        ("stances on declared targets, alpha", [one.declared.nominal for one in sides]),
        ("stances on mentions, alpha", [one.mentions.nominal for one in sides]),
        ("claims on mentions, F1", [one.mentions.claims for one in sides]),
        ("holders, F1", [one.holders.each for one in sides]),
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
        yield f"  {'; '.join(dict.fromkeys(rows))}: {reason}"


def _measures(everyone: Comparison) -> Iterator[tuple[str, Measure]]:
    holders = everyone.holders
    for what, found in _rows(everyone.entities):
        yield from ((what, one) for one in (found.exact, found.overlap, found.tokens))
    for where, stances in (("declared targets", everyone.declared), ("mentions", everyone.mentions)):
        yield f"{where}: taken up by two", stances.nominal
        yield f"{where}: taken up by two", stances.ordinal
        yield f"{where}: taken up by any", stances.end_to_end
        yield f"{where}: whole claims", stances.claims
    yield "holders: all of a target", holders.who
    yield "holders: their kinds", holders.kind
    yield "holders: each", holders.each


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
    widths = [max(map(len, column)) + (2 if not number else 0) for number, column in enumerate(zip(*rows, strict=True))]
    for number, row in enumerate(rows):
        cells = [f"  {row[0]}" if number else row[0], *row[1:]]
        padded = [
            cell.rjust(width) if at in right else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(cells, widths, strict=True))
        ]
        yield "  ".join(padded).rstrip()

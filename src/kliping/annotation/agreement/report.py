"""The records of an agreement report: what `kliping agree --json` prints.

F1 is between 0 and 1; alpha is 1 for perfect agreement, 0 for what chance gives, and less where people disagree
systematically. Numbers are rounded to six decimals.
"""

from __future__ import annotations

from kliping.records import Record

__all__ = [
    "Agreement",
    "Comparison",
    "EntityAgreement",
    "HolderAgreement",
    "LabelAgreement",
    "Measure",
    "Origins",
    "Predictions",
    "SetAside",
    "StanceAgreement",
]


class Measure(Record, frozen=True):
    """One number, and what it rests on.

    Attributes:
        value: null where it is not defined.
        low: the lower end of its 95 % interval, or null.
        high: the upper end.
        units: what was compared: marks, tokens, questions or targets.
        articles: those that have such a unit.
        annotators: those who had a part in them.
        reason: why the value, or else its interval, is null.
    """

    value: float | None
    low: float | None
    high: float | None
    units: int
    articles: int
    annotators: int
    reason: str | None = None


class LabelAgreement(Record, frozen=True):
    """Agreement on one label; `mentions` counts every annotator's.

    `tokens` is nominal alpha of the label against everything else.
    """

    label: str
    mentions: int
    exact: Measure
    overlap: Measure
    tokens: Measure


class EntityAgreement(Record, frozen=True):
    """Agreement on entities: F1 by exact spans and by overlap, nominal alpha on tokens.

    Attributes:
        mentions: every annotator's, where two or more annotated.
        unshown: mentions that the tokens cannot show, since another one covers them.
        widened: mentions that are shown wider than they are, since they cut a token.
        labels: all labels of the scheme, in its order.
    """

    mentions: int
    unshown: int
    widened: int
    exact: Measure
    overlap: Measure
    tokens: Measure
    labels: tuple[LabelAgreement, ...]


class StanceAgreement(Record, frozen=True):
    """Agreement on stances: given that two annotators took up the same question, and end to end.

    Attributes:
        nominal: alpha of questions (a target and a holder) that two annotators or more took up.
        ordinal: the same, with the scheme's order of stances.
        end_to_end: nominal alpha of every question that anybody took up; not to take it up is a value of its own.
        claims: F1 of whole claims: target, holder and stance.
        contradictory: answers that were left out, since an annotator gave two that differ.
    """

    nominal: Measure
    ordinal: Measure
    end_to_end: Measure
    claims: Measure
    contradictory: int


class HolderAgreement(Record, frozen=True):
    """Agreement on holders of stances, given that two annotators put a stance on the same span.

    Attributes:
        who: nominal alpha of all holders that an annotator gave the span, as one set: the article's voice, names, spans
            of mentions.
        kind: nominal alpha of their kinds alone.
        each: F1 of single holders: two sets that share some agree in part.
    """

    who: Measure
    kind: Measure
    each: Measure


class Comparison(Record, frozen=True):
    """All measures over some annotators.

    Attributes:
        annotators: those who annotated an article that another one of them annotated too.
        articles: articles that two or more of them annotated; these are resampled.
        annotations: theirs on these articles.
        declared: stances on the targets that the scheme declares.
        mentions: stances on mentions.
    """

    annotators: tuple[str, ...]
    articles: int
    annotations: int
    entities: EntityAgreement
    declared: StanceAgreement
    mentions: StanceAgreement
    holders: HolderAgreement


class Origins(Record, frozen=True):
    """Mentions of annotators to whom predictions were shown: kept as predicted, changed, or made by hand."""

    kept: int
    changed: int
    manual: int


class Predictions(Record, frozen=True):
    """Annotations made with predictions shown, and without.

    Attributes:
        models: annotations made with each model's predictions.
        shown: agreement among annotations with predictions.
        hidden: agreement among annotations without.
    """

    models: dict[str, int]
    origins: Origins
    shown: Comparison
    hidden: Comparison


class SetAside(Record, frozen=True):
    """Annotations that are not compared: skipped, on a superseded text, of an earlier or another round, astray."""

    skipped: int
    superseded: int
    earlier: int
    other_rounds: int
    unknown_articles: int


class Agreement(Record, frozen=True):
    """How far annotators agree.

    Attributes:
        corpus: its name.
        scheme: the version of its labels.
        round: the round that was compared, or null for each annotator's latest one of each article.
        samples: bootstrap samples.
        tokeniser: what made the tokens.
        annotations: pulled ones; those compared or alone on their article, and those set aside.
        alone: submitted annotations of articles that nobody else annotated.
        pairs: the same for each two annotators with an article in common.
        predictions: null where no annotator was shown any.
    """

    corpus: str
    scheme: str
    round: int | None
    seed: int
    samples: int
    tokeniser: str
    annotations: int
    alone: int
    set_aside: SetAside
    everyone: Comparison
    pairs: tuple[Comparison, ...]
    predictions: Predictions | None

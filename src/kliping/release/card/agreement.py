"""How far annotators agree, from sums that are added article by article: what the card says.

The measures are those of `kliping agree` (docs/reference/agreement.md, which names their sources), over everyone. Here
they are made without numpy, which is an extra, so that a card does not depend on what is installed; and from whole
numbers, so that sums are the same in any order.

Intervals are those of the delete-a-group jackknife (Kott 2001, "The Delete-a-Group Jackknife", Journal of Official
Statistics 17(4)): articles fall into groups by their ids, a measure is made anew without each group, and its standard
error is taken from how these differ. `kliping agree` resamples articles instead, which needs them all at once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations
from math import sqrt
from typing import TYPE_CHECKING, NamedTuple, TypeAlias
from zlib import crc32

from kliping.annotation.adjudication.questions import holders_of, sides_of
from kliping.annotation.adjudication.votes import count_voters
from kliping.annotation.bio import project_at
from kliping.annotation.tokens import token_columns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence, Set

    from kliping.annotation.adjudication.ledger import Side
    from kliping.annotation.adjudication.questions import Question
    from kliping.contract import Scheme
    from kliping.records import Annotation
    from kliping.release.tables.annotated import Annotated, Words

__all__ = ["GROUPS", "LEAST_GROUPS", "Agreement", "Measure", "Places", "Sum", "add_agreement", "measure_agreement"]

GROUPS = 20
"""Groups of articles, by CRC-32 of their ids."""

LEAST_GROUPS = 5
"""With fewer that have something to compare, no interval is given."""

_SCALE = 27_720
"""Sums of alpha are in parts of it: it is divided by 1 to 12, so up to 13 annotators of an article are exact."""

_T = (
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228,
    2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093,
)  # fmt: skip
"""Student's t, 97.5 %, with 1 to 19 degrees of freedom."""


Sum: TypeAlias = tuple[int, str, str, str]
"""The name of a sum: the group of articles; what is compared; what is summed; the label or value, or "" for all."""


class Measure(NamedTuple):
    """One number, and what it rests on; None where it is not defined."""

    value: float | None
    low: float | None
    high: float | None
    units: int
    articles: int


class Agreement(NamedTuple):
    """What the card says of agreement.

    Attributes:
        articles: those that two annotators or more submitted.
        exact: F1 of mentions, by exact span and label.
        tokens: nominal alpha of the labels of tokens.
        labels: the same two of each label, in the scheme's order.
        declared: nominal alpha of the stances on declared targets that two annotators or more took up.
        mentions: the same of stances on mentions.
        claims: F1 of stances on mentions: target, holder and stance.
        holders: F1 of the holders of targets that two annotators or more put a stance on.
    """

    articles: int
    exact: Measure
    tokens: Measure
    labels: Mapping[str, tuple[Measure, Measure]]
    declared: Measure
    mentions: Measure
    claims: Measure
    holders: Measure


Sums: TypeAlias = "Mapping[tuple[str, str, str], int]"
Marks: TypeAlias = frozenset[tuple[int, int, str]]
"""An annotator's mentions: start, end and label."""
Ratio: TypeAlias = "Callable[[Sums], float | None]"


Places: TypeAlias = "tuple[Sequence[int], Sequence[int]]"
"""Of tokens: where they start, and one past where they end, in code points."""


def add_agreement(sums: Counter[Sum], annotated: Annotated, words: Words, tokens: Places | None = None) -> None:
    """Add what one article says: nothing where fewer than two annotators submitted it.

    Of an annotator the latest round counts, as in adjudication.

    Args:
        sums: what is added to.
        annotated: the article.
        words: what the contract says.
        tokens: those of its text, where they are known already.
    """
    voters = count_voters(annotated.article, annotated.annotations).counted
    if len(voters) < 2:
        return
    group = crc32(annotated.article.id.encode()) % GROUPS
    sums[group, "all", "articles", ""] += 1
    marks = [frozenset((entity.start, entity.end, entity.label) for entity in one.entities) for one in voters]
    _add_mentions(sums, group, marks)
    places = tokens or _places(annotated.article.text)
    _add_tokens(sums, group, places, list(zip(marks, voters, strict=True)), words)
    sides = [sides_of(one) for one in voters]
    if any(sides):
        _add_stances(sums, group, "declared", sides)
        _add_stances(sums, group, "mention", sides)
        _add_holders(sums, group, sides)


def measure_agreement(sums: Mapping[Sum, int], scheme: Scheme) -> Agreement:
    """The measures over all articles that were added."""
    groups: dict[int, Counter[tuple[str, str, str]]] = defaultdict(Counter)
    for (group, family, name, of), number in sums.items():
        groups[group][family, name, of] += number
    total: Counter[tuple[str, str, str]] = Counter()
    for number in sorted(groups):
        total.update(groups[number])

    def measure(ratio: Ratio, family: str, of: str = "", least: float = -1.0) -> Measure:
        units = (family, "units", of)
        parts = [groups[number] for number in sorted(groups) if groups[number][units]]
        low, high = _interval(ratio, total, parts)
        low = None if low is None else max(low, least)
        return Measure(ratio(total), low, high, total[units], total[family, "articles", of])

    def shared(family: str, of: str = "") -> Measure:
        return measure(_f1(family, of), family, of, least=0.0)

    return Agreement(
        articles=total["all", "articles", ""],
        exact=shared("spans"),
        tokens=measure(_alpha("tokens"), "tokens"),
        labels={
            label.const: (
                shared("spans", label.const),
                measure(_alpha_of("tokens", label.const), "tokens"),
            )
            for label in scheme.entity_labels
        },
        declared=measure(_alpha("declared"), "declared"),
        mentions=measure(_alpha("mention"), "mention"),
        claims=shared("mention claims"),
        holders=shared("holders"),
    )


def _add_mentions(sums: Counter[Sum], group: int, marks: Sequence[Marks]) -> None:
    """Marks by label and in all, and how many of each pair of annotators are the same."""
    units = Counter([label for one in marks for *_, label in one])
    exact = Counter([label for one, other in combinations(marks, 2) for *_, label in one & other])
    for label, number in (("", units.total()), *units.items()):
        if number:
            sums[group, "spans", "articles", label] += 1
            sums[group, "spans", "units", label] += number
            sums[group, "spans", "marked", label] += number * (len(marks) - 1)
            sums[group, "spans", "exact", label] += exact[label] if label else exact.total()


def _places(text: str) -> Places:
    tokens = token_columns(text)
    return tokens.starts, tokens.ends


def _add_tokens(
    sums: Counter[Sum], group: int, places: Places, said: Sequence[tuple[Marks, Annotation]], words: Words
) -> None:
    """A unit is a token, its value the label of the mention that covers it, or none."""
    tags = {marks: project_at(*places, one.entities, words.bio).tags for marks, one in dict(said).items()}
    if len(tags) == 1:
        units = {(tag,) * len(said): times for tag, times in Counter(*tags.values()).items()}
    else:
        units = Counter(zip(*(tags[marks] for marks, _ in said), strict=True))
    labelled: dict[tuple[str, ...], int] = {}
    for given, times in units.items():
        values = tuple(words.labels[(tag - 1) // 2] if tag else "" for tag in given)  # `O`, then two classes a label
        labelled[values] = labelled.get(values, 0) + times
    _add_nominal(sums, group, "tokens", labelled)


def _add_stances(sums: Counter[Sum], group: int, kind: str, sides: Sequence[Mapping[Question, str | None]]) -> None:
    """A unit is a question that two or more took up; claims are target, holder and stance."""
    claims = [
        {(question, side) for question, side in one.items() if question[0].kind == kind and side is not None}
        for one in sides
    ]
    given: dict[Question, list[str]] = {}
    for one in claims:
        for question, side in one:
            given.setdefault(question, []).append(side)
    _add_nominal(sums, group, kind, Counter([tuple(sorted(values)) for values in given.values()]))
    _add_shared(sums, group, f"{kind} claims", [claims])


def _add_holders(sums: Counter[Sum], group: int, sides: Sequence[Mapping[Question, str | None]]) -> None:
    """Of each target that is a mention and that two or more put a stance on, the holders that each gave it."""
    given: dict[Side, list[frozenset[Side]]] = {}
    for one in sides:
        for target, holders in holders_of(one).items():
            given.setdefault(target, []).append(holders)
    _add_shared(sums, group, "holders", [unit for unit in given.values() if len(unit) > 1])


def _add_shared(sums: Counter[Sum], group: int, family: str, units: Iterable[Sequence[Set[object]]]) -> None:
    """What F1 is made of: everyone's, once each; both sides of each pair; and what each pair has in common."""
    number = marked = exact = 0
    for unit in units:
        given = sum(map(len, unit))
        number += given
        marked += given * (len(unit) - 1)
        exact += sum(len(one & other) for one, other in combinations(unit, 2))
    if number:
        sums[group, family, "articles", ""] += 1
        sums[group, family, "units", ""] += number
        sums[group, family, "marked", ""] += marked
        sums[group, family, "exact", ""] += exact


def _add_nominal(sums: Counter[Sum], group: int, family: str, units: Mapping[tuple[str, ...], int]) -> None:
    """The sums of a coincidence matrix; a unit with one value adds nothing. Each unit with how often it is there."""
    number = 0
    for given, times in units.items():
        others = len(given) - 1
        if not others:
            continue
        number += times
        for value in set(given):
            gave = given.count(value)
            sums[group, family, "value", value] += times * gave
            sums[group, family, "agreeing", value] += times * (_SCALE * gave * (gave - 1) // others)
    if number:
        sums[group, family, "articles", ""] += 1
        sums[group, family, "units", ""] += number


def _f1(family: str, of: str = "") -> Ratio:
    def ratio(sums: Sums) -> float | None:
        marked = sums[family, "marked", of]
        return 2 * sums[family, "exact", of] / marked if marked else None

    return ratio


def _alpha(family: str) -> Ratio:
    def ratio(sums: Sums) -> float | None:
        gave = [number for (one, name, _), number in sums.items() if (one, name) == (family, "value")]
        agreeing = sum(number for (one, name, _), number in sums.items() if (one, name) == (family, "agreeing"))
        return _krippendorff(sum(gave), agreeing, sum(number * number for number in gave))

    return ratio


def _alpha_of(family: str, label: str) -> Ratio:
    """One value against all others taken as one."""

    def ratio(sums: Sums) -> float | None:
        number = sum(given for (one, name, _), given in sums.items() if (one, name) == (family, "value"))
        gave, agreeing = sums[family, "value", label], sums[family, "agreeing", label]
        apart = 2 * (gave * _SCALE - agreeing)
        return _krippendorff(number, number * _SCALE - apart, gave * gave + (number - gave) ** 2)

    return ratio


def _krippendorff(number: int, agreeing: int, squares: int) -> float | None:
    """Nominal alpha; `agreeing` is in parts of the scale."""
    below = (number * number - squares) * _SCALE
    return 1 - (number - 1) * (number * _SCALE - agreeing) / below if below > 0 else None


def _interval(ratio: Ratio, total: Sums, parts: Sequence[Sums]) -> tuple[float | None, float | None]:
    """The 95 % interval of a measure from its value without each part; none where too few parts can tell."""
    value = ratio(total)
    if value is None or len(parts) < LEAST_GROUPS:
        return None, None
    without = [ratio(Counter({name: number - part.get(name, 0) for name, number in total.items()})) for part in parts]
    defined = [one for one in without if one is not None]
    if len(defined) < len(parts):
        return None, None
    mean = sum(defined) / len(defined)
    spread = sqrt((len(defined) - 1) / len(defined) * sum((one - mean) ** 2 for one in defined))
    if spread == 0:
        return None, None
    half = _T[len(defined) - 2] * spread
    return value - half, min(value + half, 1.0)

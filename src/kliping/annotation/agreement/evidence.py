"""What one article says about agreement: sums from which every measure is made, for some annotators of it.

Each measure is a ratio of sums over articles. So a bootstrap sample needs no second look at the articles: it counts
each one's sums as often as the article was drawn.

Sums of alpha are those of a coincidence matrix (Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability",
section C): a unit with the values of m annotators adds 1 / (m - 1) for each ordered pair of its values, a unit with
fewer than two adds nothing. Names of sums:

- `units`: units that have the values of two annotators or more; `values`: their values, n in the paper;
- `agreeing`: the matrix's diagonal, all in all; `("agreeing", v)`: its part for one value;
- `("value", v)`: how often a value was given, the matrix's margin n_v;
- `("pair", v, w)`: one cell;
- `marked`, `exact`, `overlap`, and the same with a label: what F1 is made of, over pairs of annotators;
- `claims`: the claims or holders that F1 is over, once an annotator.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable
from dataclasses import dataclass
from itertools import combinations, permutations
from typing import TYPE_CHECKING, Literal, TypeAlias, TypeVar, get_args

import numpy as np

from kliping.annotation.agreement.matching import match

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from kliping.annotation.adjudication.ledger import Side
    from kliping.annotation.adjudication.questions import Question
    from kliping.annotation.agreement.reading import Reading

__all__ = ["ABSENT", "FAMILIES", "Evidence", "Family", "Name", "evidence"]

Name: TypeAlias = Hashable
"""A sum's name: a word, or a word with the labels or values that it is about."""

Family: TypeAlias = Literal[
    "spans", "tokens", "declared", "declared end to end", "mentions", "mentions end to end", "holders", "holder kinds"
]
FAMILIES: tuple[Family, ...] = get_args(Family)

ABSENT = ""
"""The value of an annotator who does not take up a question that another one of the article took up."""

Value = TypeVar("Value", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sums of one family of measures on one article.

    Attributes:
        squares: the sum of n_v * n_v over the values that only this article can have, such as a holder who is a
            mention of it; a document that is drawn w times adds w * w times as much.
        annotators: those whose values or marks could be compared.
        contradictory: values that were left out, since an annotator gave two that differ.
    """

    sums: Mapping[Name, float]
    annotators: frozenset[str]
    squares: float = 0
    contradictory: int = 0


_NOTHING = Evidence({}, frozenset())


def evidence(readings: Sequence[Reading], labels: Sequence[str]) -> dict[Family, Evidence]:
    """The evidence of two annotators or more on one article.

    Args:
        readings: theirs, one each.
        labels: the scheme's, in its order.
    """
    who = frozenset(reading.annotator for reading in readings)
    found = {"spans": Evidence(_spans(readings, labels), who), "tokens": Evidence(_tokens(readings, labels), who)}
    for kind in ("declared", "mention"):
        name = "declared" if kind == "declared" else "mentions"
        asked = sorted({one for reading in readings for one in reading.sides if one[0].kind == kind})
        found[name] = _given(readings, asked) if asked else _NOTHING
        found[f"{name} end to end"] = _end_to_end(readings, asked, who) if asked else _NOTHING
    held = _holders(readings)
    found["holders"] = _held(held)
    kinds = [{who: frozenset(side.kind for side in sides) for who, sides in unit.items()} for unit in held]
    found["holder kinds"] = _nominal(kinds)
    return {family: found[family] for family in FAMILIES}


def _spans(readings: Sequence[Reading], labels: Iterable[str]) -> dict[Name, float]:
    """Marks by label; `units` are all marks, once each."""
    sums: dict[Name, float] = defaultdict(float)
    for label in labels:
        marks = [reading.marks.get(label, frozenset()) for reading in readings]
        units = sum(map(len, marks))
        matches = [match(one, other) for one, other in combinations(marks, 2)]
        for name, number in (
            ("units", units),
            ("marked", units * (len(marks) - 1)),
            ("exact", sum(exact for exact, _ in matches)),
            ("overlap", sum(overlap for _, overlap in matches)),
        ):
            if number:
                sums[name] += number
                sums[name, label] += number
    for reading in readings:
        sums["unshown"] += reading.unshown
        sums["widened"] += reading.widened
    return sums


def _tokens(readings: Sequence[Reading], labels: Sequence[str]) -> dict[Name, float]:
    """A unit is a token, its value the label of the mention that covers it, or None."""
    tags = np.stack([reading.tags for reading in readings])
    annotators, tokens = tags.shape
    sums: dict[Name, float] = {"units": tokens, "values": tags.size, "agreeing": 0}
    for number, label in enumerate((None, *labels)):
        gave = (tags == number).sum(axis=0)
        agreeing = float((gave * (gave - 1)).sum()) / (annotators - 1)
        sums["value", label] = float(gave.sum())
        sums["agreeing", label] = agreeing
        sums["agreeing"] += agreeing
    return sums


def _given(readings: Sequence[Reading], asked: Iterable[Question]) -> Evidence:
    """A unit is a question; its values are the sides of those annotators who took it up."""
    units = [
        {one.annotator: side for one in readings if (side := one.sides.get(question)) is not None} for question in asked
    ]
    found = _nominal(units)
    sums = dict(found.sums)
    for unit in units:
        for one, other in permutations(unit.values(), 2):
            sums["pair", one, other] = sums.get(("pair", one, other), 0) + 1 / (len(unit) - 1)
    contradictory = sum(one.sides.get(question, ABSENT) is None for one in readings for question in asked)
    return Evidence(sums, found.annotators, contradictory=contradictory)


def _end_to_end(readings: Sequence[Reading], asked: Sequence[Question], who: frozenset[str]) -> Evidence:
    """A unit is a question that anybody took up; who did not gives the value `ABSENT`. And claims, for F1."""
    units = [
        {one.annotator: side for one in readings if (side := one.sides.get(question, ABSENT)) is not None}
        for question in asked
    ]
    found = _nominal(units)
    sums = dict(found.sums)
    claims = [
        {(question, side) for question in asked if (side := reading.sides.get(question)) is not None}
        for reading in readings
    ]
    sums["claims"] = sum(map(len, claims))
    sums["marked"] = sums["claims"] * (len(claims) - 1)
    sums["exact"] = sum(len(one & other) for one, other in combinations(claims, 2))
    return Evidence(sums, who)


def _holders(readings: Sequence[Reading]) -> list[dict[str, frozenset[Side]]]:
    """A unit is a target that is a mention and that two or more put a stance on; its values are all its holders."""
    held = [reading.holders for reading in readings]
    times = Counter(target for one in held for target in one)
    return [
        {reading.annotator: one[target] for reading, one in zip(readings, held, strict=True) if target in one}
        for target in sorted(target for target, number in times.items() if number > 1)
    ]


def _held(units: Sequence[Mapping[str, frozenset[Side]]]) -> Evidence:
    """Sets of holders as values, and single holders for F1."""
    found = _nominal(units, lambda holders: any(one.place for one in holders))
    sums = dict(found.sums)
    for unit in units:
        given = sum(map(len, unit.values()))
        shared = sum(len(one & other) for one, other in combinations(unit.values(), 2))
        for name, number in (("claims", given), ("marked", given * (len(unit) - 1)), ("exact", shared)):
            sums[name] = sums.get(name, 0) + number
    return Evidence(sums, found.annotators, squares=found.squares)


def _shared_by_all(_value: object) -> bool:
    return False


def _nominal(units: Iterable[Mapping[str, Value]], only_here: Callable[[Value], bool] = _shared_by_all) -> Evidence:
    sums: dict[Name, float] = defaultdict(float)
    local: Counter[Value] = Counter()
    who: set[str] = set()
    for unit in units:
        if len(unit) < 2:
            continue
        who.update(unit)
        sums["units"] += 1
        sums["values"] += len(unit)
        for value, times in Counter(unit.values()).items():
            sums["agreeing"] += times * (times - 1) / (len(unit) - 1)
            if only_here(value):
                local[value] += times
            else:
                sums["value", value] += times
    return Evidence(sums, frozenset(who), squares=float(sum(times * times for times in local.values())))

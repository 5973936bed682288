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
from kliping.annotation.bio import project
from kliping.annotation.tokens import tokens_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence, Set

    from kliping.annotation.adjudication.questions import Question
    from kliping.contract import Scheme
    from kliping.records import Annotation
    from kliping.release.tables.annotated import Annotated, Words

__all__ = ["GROUPS", "LEAST_GROUPS", "Agreement", "Measure", "Sum", "agreement_sums", "measure_agreement"]

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


class Sum(NamedTuple):
    """The name of one sum of one group of articles.

    `family` is what is compared, `name` the sum, `of` the label or value that it is about; those without are about all.
    """

    group: int
    family: str
    name: str
    of: str = ""


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
Ratio: TypeAlias = "Callable[[Sums], float | None]"


def agreement_sums(annotated: Annotated, words: Words) -> Counter[Sum]:
    """What one article adds: nothing where fewer than two annotators submitted it.

    Of an annotator the latest round counts, as in adjudication.
    """
    voters = count_voters(annotated.article, annotated.annotations).counted
    if len(voters) < 2:
        return Counter()
    found = Counter({("all", "articles", ""): 1})
    found.update(_mentions(voters))
    found.update(_tokens(annotated.article.text, voters, words))
    sides = [sides_of(one) for one in voters]
    for kind in ("declared", "mention"):
        found.update(_stances(kind, sides))
    found.update(_holders(sides))
    group = crc32(annotated.article.id.encode()) % GROUPS
    return Counter({Sum(group, *name): number for name, number in found.items()})


def measure_agreement(sums: Mapping[Sum, int], scheme: Scheme) -> Agreement:
    """The measures over all articles that were added."""
    groups: dict[int, Counter[tuple[str, str, str]]] = defaultdict(Counter)
    for (group, *name), number in sums.items():
        groups[group][name[0], name[1], name[2]] += number
    total: Counter[tuple[str, str, str]] = Counter()
    for number in sorted(groups):
        total.update(groups[number])

    def measure(ratio: Ratio, family: str, of: str = "") -> Measure:
        units = (family, "units", of)
        parts = [groups[number] for number in sorted(groups) if groups[number][units]]
        low, high = _interval(ratio, total, parts)
        return Measure(ratio(total), low, high, total[units], total[family, "articles", of])

    return Agreement(
        articles=total["all", "articles", ""],
        exact=measure(_f1("spans"), "spans"),
        tokens=measure(_alpha("tokens"), "tokens"),
        labels={
            label.const: (
                measure(_f1("spans", label.const), "spans", label.const),
                measure(_alpha_of("tokens", label.const), "tokens"),
            )
            for label in scheme.entity_labels
        },
        declared=measure(_alpha("declared"), "declared"),
        mentions=measure(_alpha("mention"), "mention"),
        claims=measure(_f1("mention claims"), "mention claims"),
        holders=measure(_f1("holders"), "holders"),
    )


def _mentions(voters: Sequence[Annotation]) -> Counter[tuple[str, str, str]]:
    """Marks by label and in all, and how many of each pair of annotators are the same."""
    marks = [{(entity.start, entity.end, entity.label) for entity in one.entities} for one in voters]
    units = Counter(label for one in marks for *_, label in one)
    exact = Counter(label for one, other in combinations(marks, 2) for *_, label in one & other)
    found: Counter[tuple[str, str, str]] = Counter()
    for label, number in (("", units.total()), *units.items()):
        if number:
            found["spans", "articles", label] = 1
            found["spans", "units", label] = number
            found["spans", "marked", label] = number * (len(marks) - 1)
            found["spans", "exact", label] = exact[label] if label else exact.total()
    return found


def _tokens(text: str, voters: Sequence[Annotation], words: Words) -> Counter[tuple[str, str, str]]:
    """A unit is a token, its value the label of the mention that covers it, or none."""
    tokens = tokens_of(text)
    made: dict[frozenset[tuple[int, int, str]], tuple[int, ...]] = {}
    tags = []
    for one in voters:
        marks = frozenset((entity.start, entity.end, entity.label) for entity in one.entities)
        if marks not in made:
            made[marks] = project(tokens, one.entities, words.bio).tags
        tags.append(made[marks])
    units: Counter[tuple[str, ...]] = Counter()
    for given, times in Counter(zip(*tags, strict=True)).items():
        units[tuple(_label(tag, words) for tag in given)] += times
    return _nominal("tokens", units)


def _label(tag: int, words: Words) -> str:
    """The label of a BIO class, or none: `O`, then two classes a label."""
    return words.labels[(tag - 1) // 2] if tag else ""


def _stances(kind: str, sides: Sequence[Mapping[Question, str | None]]) -> Counter[tuple[str, str, str]]:
    """A unit is a question that two or more took up; claims are target, holder and stance."""
    claims = [
        {(question, side) for question, side in one.items() if question[0].kind == kind and side is not None}
        for one in sides
    ]
    given: dict[Question, list[str]] = defaultdict(list)
    for one in claims:
        for question, side in one:
            given[question].append(side)
    found = _nominal(kind, Counter(tuple(sorted(values)) for values in given.values()))
    return found + _shared(f"{kind} claims", [claims])


def _holders(sides: Sequence[Mapping[Question, str | None]]) -> Counter[tuple[str, str, str]]:
    """Of each target that is a mention and that two or more put a stance on, the holders that each gave it."""
    held = [holders_of(one) for one in sides]
    times = Counter(target for one in held for target in one)
    return _shared(
        "holders",
        [[one[target] for one in held if target in one] for target in sorted(times) if times[target] > 1],
    )


def _shared(family: str, units: Iterable[Sequence[Set[object]]]) -> Counter[tuple[str, str, str]]:
    """What F1 is made of: everyone's, once each; both sides of each pair; and what each pair has in common."""
    found: Counter[tuple[str, str, str]] = Counter()
    for unit in units:
        given = sum(map(len, unit))
        found[family, "units", ""] += given
        found[family, "marked", ""] += given * (len(unit) - 1)
        found[family, "exact", ""] += sum(len(one & other) for one, other in combinations(unit, 2))
    found[family, "articles", ""] = int(found[family, "units", ""] > 0)
    return found


def _nominal(family: str, units: Mapping[tuple[str, ...], int]) -> Counter[tuple[str, str, str]]:
    """The sums of a coincidence matrix; a unit with one value adds nothing. Each unit with how often it is there."""
    found: Counter[tuple[str, str, str]] = Counter()
    for given, times in units.items():
        if len(given) < 2:
            continue
        found[family, "articles", ""] = 1
        found[family, "units", ""] += times
        for value, number in Counter(given).items():
            found[family, "value", value] += times * number
            found[family, "agreeing", value] += times * (_SCALE * number * (number - 1) // (len(given) - 1))
    return found


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
    return max(value - half, -1.0), min(value + half, 1.0)

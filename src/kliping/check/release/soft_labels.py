"""Level 6, the table `soft_labels`: what was labelled, the choices there were, and votes that add up."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from kliping.check.release.joins import submitted_by
from kliping.check.rules import Example, RuleList

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kliping.check.release.merge import ArticleRows
    from kliping.check.release.rows import RowSeen
    from kliping.check.release.tables import Row
    from kliping.check.rules import Fault

__all__ = ["SOFT_LABEL_JOIN_RULES", "SOFT_LABEL_RULES"]

SPAN = ("start", "end", "text")
PARTIES = tuple(f"{side}_{part}" for side in ("target", "holder") for part in ("kind", "name", *SPAN))

Unit: TypeAlias = tuple[object, ...]
"""What is labelled: a span, or a target and a holder."""

SOFT_LABEL_RULES: RuleList[RowSeen] = RuleList()
SOFT_LABEL_JOIN_RULES: RuleList[ArticleRows] = RuleList()


@SOFT_LABEL_RULES(
    "E671",
    "a row of soft_labels has the columns of its kind, and not the other's",
    mend="Release again.",
    example=Example("soft_labels", '"kind": "mention", "start": 0', '"kind": "mention", "start": null'),
)
def kinds_have_their_columns(seen: RowSeen) -> Iterator[Fault]:
    """A mention with a target, or a stance with a span of its own, is about two things at once."""
    kind = seen.row["kind"]
    own, other = {"mention": (SPAN, PARTIES), "stance": (("target_kind", "holder_kind"), SPAN)}.get(kind, ((), ()))
    wrong = [column for column in own if seen.row[column] is None]
    wrong += [column for column in other if seen.row[column] is not None]
    if wrong or not own:
        columns = f", with {', '.join(wrong)} null or given against its kind" if wrong else " is no kind"
        yield seen.place, f"{kind!r}{columns}; release again"


@SOFT_LABEL_RULES(
    "E672",
    "the choices are the labels or the stances of the scheme, all in its order, and so is gold",
    mend="Release again.",
    example=Example(
        "soft_labels",
        '"label": "PERSON", "annotators": 0}, {"label": "ORGANISATION", "annotators": 2',
        '"label": "ORGANISATION", "annotators": 2}, {"label": "PERSON", "annotators": 0',
    ),
)
def choices_are_of_the_scheme(seen: RowSeen) -> Iterator[Fault]:
    """Readers take the counts as a vector.

    With a label left out, or two in another order, every vector means something else.
    """
    listed = _listed(seen)
    if [choice and choice["label"] for choice in seen.row["choices"] or ()] != listed:
        yield seen.place, "choices are not those of schema/corpus.schema.json in its order; release again"
    if seen.row["gold"] is not None and seen.row["gold"] not in listed:
        yield seen.place, f"gold is {seen.row['gold']!r}, which is no choice; release again"


@SOFT_LABEL_RULES(
    "E673",
    "votes add up: nobody is counted twice for one choice, and everybody chose or did not",
    mend="Release again.",
    example=Example("soft_labels", '"unmarked": 0', '"unmarked": 2'),
)
def votes_add_up(seen: RowSeen) -> Iterator[Fault]:
    """Counts become probabilities: five votes of two annotators give one above 1, nobody's votes divide by 0.

    Who marked something chose one thing or more: an annotator may give a span two labels.
    """
    annotators, unmarked = seen.row["annotators"], seen.row["unmarked"]
    votes = [choice and choice["annotators"] for choice in seen.row["choices"] or ()]
    if None in (annotators, unmarked, *votes):
        return  # E621 tells
    marked = annotators - unmarked
    if not (unmarked >= 0 and 1 <= marked <= sum(votes) and all(0 <= one <= marked for one in votes)):
        yield seen.place, f"{votes} of {annotators} annotators, {unmarked} unmarked, do not add up; release again"


@SOFT_LABEL_JOIN_RULES(
    "E674",
    "soft labels count the annotators of the annotations table, and their gold is gold",
    mend="Release again.",
    example=Example("soft_labels", '"gold": "ORGANISATION"', '"gold": "PLACE"'),
)
def votes_and_gold_are_those_of_other_tables(seen: ArticleRows) -> Iterator[Fault]:
    """Soft labels are read beside gold, and by how many annotators there were: each is what other tables say."""
    annotators, gold = len(submitted_by(seen)), _gold(seen)
    for member in seen.of("soft_labels"):
        row = member.row
        if row["annotators"] != annotators:
            message = f"{row['annotators']} annotators, where {annotators} submitted {seen.id}"
            yield member.place, f"{message}; release again"
        chosen = gold.get(_unit(row), set())
        labels = {choice["label"] for at, choice in enumerate(row["choices"]) if {at, choice["label"]} & chosen}
        if row["gold"] not in (labels or {None}):
            yield member.place, f"gold is {row['gold']!r}, and {seen.id} has another or none there; release again"


@SOFT_LABEL_JOIN_RULES(
    "E679",
    "soft labels are the votes of the annotations table, a row a unit that somebody marked",
    mend="Release again.",
    example=Example(
        "soft_labels", '"label": "ORGANISATION", "annotators": 2', '"label": "ORGANISATION", "annotators": 1'
    ),
)
def votes_are_those_of_the_annotations(seen: ArticleRows) -> Iterator[Fault]:
    """They sum up the annotations: a vote that moved, or a unit that is there twice, is an opinion that nobody had."""
    votes = _votes(seen)
    told: set[Unit] = set()
    for member in seen.of("soft_labels"):
        row, unit = member.row, _unit(member.row)
        labels = {choice["label"]: choice["annotators"] for choice in row["choices"] if choice["annotators"]}
        given = votes.get(unit, _NOBODY)
        if labels != given.labels or row["annotators"] - row["unmarked"] != given.voters.total():
            yield member.place, f"the votes are not those that annotations of {seen.id} have there; release again"
        if unit in told:
            yield member.place, f"what it is about is in another row of {seen.id}; release again"
        told.add(unit)
    missing = len(votes.keys() - told)
    for member in seen.of("articles")[:1]:
        if missing:
            yield (
                member.place,
                f"{seen.id}: {missing} marked units are not in soft_labels; release again",
            )


class _Votes(NamedTuple):
    """Of one unit: how many chose each label, and who chose any."""

    labels: Counter[str]
    voters: Counter[str]


_NOBODY = _Votes(Counter(), Counter())


def _votes(seen: ArticleRows) -> dict[Unit, _Votes]:
    """What the annotations say, of each annotator that of the latest round."""
    submitted = [one.row for one in seen.of("annotations") if one.row["status"] == "submitted"]
    submitted.sort(key=lambda row: (row["annotator"], row["round"], row["id"]))
    votes: dict[Unit, _Votes] = defaultdict(lambda: _Votes(Counter(), Counter()))
    for annotator, row in {row["annotator"]: row for row in submitted}.items():
        for unit, label in _said(row):
            votes[unit].labels[label] += 1
            votes[unit].voters[annotator] = 1
    return votes


def _said(row: Row) -> set[tuple[Unit, str]]:
    """The units that an annotation marks, each with its label or side."""
    places = {entity["id"]: tuple(entity[part] for part in SPAN) for entity in row["entities"]}
    said: set[tuple[Unit, str]] = {((one["start"], one["end"]), one["label"]) for one in row["entities"]}
    for stance in row["stances"]:
        sides = (stance["target"], stance["holder"])
        parts = ((one["kind"], one["name"], *places.get(one["mention"], (None,) * len(SPAN))) for one in sides)
        said.add((tuple(part for side in parts for part in side), stance["stance"]))
    return said


def _gold(seen: ArticleRows) -> dict[Unit, set[object]]:
    """The labels of gold mentions, and the numbers of gold stances, by what they are about."""
    gold: dict[Unit, set[object]] = defaultdict(set)
    for member in seen.of("entities"):
        for entity in member.row["entities"]:
            gold[entity["start"], entity["end"]].add(entity["label"])
    for member in seen.of("stances"):
        gold[tuple(member.row[column] for column in PARTIES)].add(member.row["stance"])
    return gold


def _unit(row: Row) -> Unit:
    """What a row is about, as `_gold` has it."""
    return (row["start"], row["end"]) if row["kind"] == "mention" else tuple(row[column] for column in PARTIES)


def _listed(seen: RowSeen) -> list[str]:
    labels = seen.scheme.entity_labels if seen.row["kind"] == "mention" else seen.scheme.stances
    return [label.const for label in labels]

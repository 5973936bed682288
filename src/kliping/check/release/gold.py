"""Level 6, gold and annotations side by side: who annotated is counted alike, and stances rest on mentions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kliping.check.release.joins import submitted_by
from kliping.check.rules import Example, RuleList

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kliping.check.release.merge import ArticleRows, Member
    from kliping.check.rules import Fault

__all__ = ["GOLD_RULES"]

GOLD_RULES: RuleList[ArticleRows] = RuleList()

_COUNTING = ("entities", "stances", "soft_labels")
_SIDES = ("target", "holder")


@GOLD_RULES(
    "E677",
    "who annotated, and with predictions in sight, is counted as the annotations table has it",
    mend="Release again.",
    example=Example("entities", '"annotators": 2', '"annotators": 3'),
)
def annotators_are_counted_alike(seen: ArticleRows) -> Iterator[Fault]:
    """How many stand behind a gold label is its weight; a wrong count weighs it wrongly."""
    shown = {
        member.row["annotator"]
        for member in seen.of("annotations")
        if member.row["status"] == "submitted" and member.row["predictions_shown"]
    }
    expected = {"annotators": len(submitted_by(seen)), "predictions_shown": len(shown)}
    for member in (member for config in _COUNTING for member in seen.of(config)):
        for column, number in expected.items():
            if member.row[column] != number:
                message = f"{column} is {member.row[column]}, where annotations of {seen.id} say {number}"
                yield member.place, f"{message}; release again"


@GOLD_RULES(
    "E678",
    "gold mentions and stances are there once, and a stance rests on mentions that are there",
    mend="Run `kliping adjudicate`, then release again.",
    example=Example("stances", '"target_label": "POLICY"', '"target_label": "PLACE"'),
)
def stances_rest_on_mentions(seen: ArticleRows) -> Iterator[Fault]:
    """A stance whose target or holder is no gold mention hangs in the air, and one that is there twice counts twice."""
    marked = {_mention(entity) for member in seen.of("entities") for entity in member.row["entities"]}
    known: set[tuple[object, ...]] = set()
    for member in seen.of("stances"):
        row = member.row
        for side in _SIDES:
            mention = tuple(row[f"{side}_{part}"] for part in ("start", "end", "text", "label"))
            if row[f"{side}_kind"] == "mention" and mention not in marked:
                yield member.place, f"the {side} is no gold mention of {seen.id}; release again"
        said = (row["stance"], *(row[f"{side}_{part}"] for side in _SIDES for part in ("kind", "name", "start", "end")))
        if said in known:
            yield member.place, f"this stance of {seen.id} is there twice; release again"
        known.add(said)
    for member in (*seen.of("entities"), *seen.of("annotations")):
        yield from _within(member)


def _within(member: Member) -> Iterator[Fault]:
    """What a row says of its own mentions; an annotator may have marked one twice."""
    entities = member.row["entities"]
    if member.config == "entities" and len(set(map(_mention, entities))) < len(entities):
        yield member.place, f"a gold mention of {member.article_id} is there twice; release again"
    ids = {entity["id"] for entity in entities}
    for stance in member.row.get("stances", ()):
        for side in (stance[side] for side in _SIDES):
            if side["kind"] == "mention" and side["mention"] not in ids:
                yield member.place, f"the stance {stance['id']} rests on no mention of its annotation; release again"


def _mention(entity: dict[str, object]) -> tuple[object, ...]:
    return entity["start"], entity["end"], entity["text"], entity["label"]

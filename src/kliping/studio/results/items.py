"""The items of a result, by what they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from kliping.contract.labeling import ARTICLE_STANCE, COMMENT, HOLDER, LABEL, STANCE, UNSURE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = [
    "ARTICLE",
    "Item",
    "SetAside",
    "Sorted",
    "chosen",
    "ends",
    "kind_of",
    "read_comment",
    "sort_items",
    "value_of",
]

Item: TypeAlias = dict[str, Any]
"""One item of a result, as Label Studio stores it."""

ARTICLE = f"{ARTICLE_STANCE}_"
"""What the name of an article-level control begins with; its target's constant follows."""


@dataclass(frozen=True, slots=True)
class SetAside:
    """An item that points to nothing, and why it is in no annotation."""

    item: Item
    reason: str


@dataclass(frozen=True, slots=True)
class Sorted:
    """The items of a result by what they are; `foreign` are of no control of the contract, or empty."""

    regions: list[Item]
    choices: dict[str, list[Item]]
    article: list[Item]
    relations: list[Item]
    comments: list[Item]
    foreign: list[SetAside]


def sort_items(result: Sequence[Item]) -> Sorted:
    """The items of a result by what they are."""
    found = Sorted([], {STANCE: [], HOLDER: [], UNSURE: []}, [], [], [], [])
    for item in result:
        name = str(item.get("from_name"))
        if item.get("type") == "relation":
            found.relations.append(item)
        elif name == LABEL:
            found.regions.append(item)
        elif name in found.choices:
            if chosen(item):
                found.choices[name].append(item)
            else:
                found.foreign.append(SetAside(item, f"no-choice: {name!r} has nothing chosen"))
        elif name.startswith(ARTICLE):
            found.article.append(item)
        elif name == COMMENT:
            found.comments.append(item)
        else:
            found.foreign.append(SetAside(item, f"foreign-control: the contract has no control named {name!r}"))
    return found


def kind_of(item: Item) -> str:
    """What a receipt counts an item as: `regions`, `relations` (who takes a side), `choices` or `comments`."""
    if item.get("type") == "relation":
        return "relations"
    return {LABEL: "regions", HOLDER: "relations", COMMENT: "comments"}.get(str(item.get("from_name")), "choices")


def value_of(item: Item) -> Mapping[str, Any]:
    """An item's value; empty where it has none."""
    value = item.get("value")
    return value if isinstance(value, dict) else {}


def chosen(item: Item) -> list[str]:
    """The labels or choices of an item; of a relation, the labels on the arrow."""
    if item.get("type") == "relation":
        values = item.get("labels")
    else:
        values = value_of(item).get("labels" if item.get("type") == "labels" else "choices")
    return [str(one) for one in values] if isinstance(values, list) else []


def ends(relation: Item) -> tuple[str, str] | None:
    """From which region an arrow goes to which; None where it has no direction."""
    both = str(relation.get("from_id")), str(relation.get("to_id"))
    return {"right": both, "left": both[::-1]}.get(str(relation.get("direction", "right")))


def read_comment(items: Iterable[Item]) -> str | None:
    """The comment of a result's items, a line for each box; None where nothing is in them."""
    lines: list[str] = []
    for item in items:
        said = value_of(item).get("text") if item.get("from_name") == COMMENT else None
        lines += map(str, said) if isinstance(said, list) else [str(said or "")]
    return "\n".join(line.strip() for line in lines if line.strip()) or None

"""What a labelling configuration offers, beside what annotations use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kliping.contract.labeling import RELATIONS
from kliping.contract.labeling.reading import read_config
from kliping.studio.results import chosen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kliping.studio.results import Item

__all__ = ["lacking"]


def lacking(config: str, items: Iterable[Item]) -> list[str]:
    """The controls and choices that items use and a configuration has not, as `control=choice`, each once.

    Choices that a task brings itself, such as the holders, are always there. A label on an arrow is a choice of
    `relations`: Label Studio drops it without a word when somebody edits the annotation on a screen that lacks it.
    """
    offered = _offered(config)
    missing: set[str] = set()
    for item in items:
        control = RELATIONS if item.get("type") == "relation" and chosen(item) else item.get("from_name")
        if control is None:
            continue
        if control not in offered:
            missing.add(str(control))
            continue
        choices = offered[control]
        if choices is not None:
            missing |= {f"{control}={choice}" for choice in chosen(item) if choice not in choices}
    return sorted(missing)


def _offered(config: str) -> dict[str, set[str] | None]:
    """The choices of each control, as they are stored; None for one that takes anything."""
    root = read_config(config)
    offered: dict[str, set[str] | None] = {RELATIONS: {str(one.get("value")) for one in root.iter("Relation")}}
    for control in root.iter():
        name = control.get("name")
        if name and control.get("toName"):
            choices = {choice.get("alias") or choice.get("value") or "" for choice in control}
            offered[name] = choices or None
    return offered

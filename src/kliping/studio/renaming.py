"""A constant that got another name, renamed in the items of a result. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from kliping.contract.labeling import ARTICLE_STANCE, HOLDER, LABEL, STANCE
from kliping.contract.labeling.reading import read_config
from kliping.studio.results import chosen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kliping.annotation.relabelling import Rename
    from kliping.studio.results import Item

__all__ = ["Names", "holders_renamed", "renamed_items", "uses"]


@dataclass(frozen=True, slots=True)
class Names:
    """What stands for a constant in results: itself, and on arrows what the screen shows for it.

    Attributes:
        rename: the constant.
        arrows: what an arrow's label was that means the old one.
        arrow: what it is for the new one.
    """

    rename: Rename
    arrows: frozenset[str] = frozenset()
    arrow: str = ""

    @classmethod
    def of(cls, rename: Rename, config: str, arrow: str, means_old: Callable[[str], bool]) -> Names:
        """The names by a project's screen: its arrows' labels are titles, which its choices of stance tell apart.

        Args:
            rename: the constant.
            config: the screen that results were made on.
            arrow: what arrows are called for the new constant.
            means_old: whether an arrow's label means the old one by the schema of today.
        """
        root = _parsed(config)
        titles = {
            str(choice.get("value"))
            for control in root.iter("Choices")
            if control.get("name") == STANCE
            for choice in control
            if choice.get("alias") == rename.old
        }
        shown = {str(one.get("value")) for one in root.iter("Relation")}
        return cls(rename, frozenset({rename.old, *titles, *filter(means_old, shown)}), arrow)


def _parsed(config: str) -> ET.Element:
    try:
        return read_config(config)
    except ET.ParseError:
        return ET.Element("View")


def uses(items: Iterable[Item], names: Names) -> bool:
    """Whether items use the old constant."""
    return any(_uses(item, names) for item in items)


def renamed_items(items: Iterable[Item], names: Names) -> list[Item] | None:
    """Items with the new constant for the old one; None where old and new target were both answered, otherwise."""
    listed = list(items)
    if names.rename.control == "target":
        return _targets_renamed(listed, names.rename)
    return [_renamed(item, names) if _uses(item, names) else item for item in listed]


def holders_renamed(holders: object, rename: Rename) -> list[Any] | None:
    """The holders that a task brings, with the new constant for the old one; None where they need no change."""
    if not isinstance(holders, list):
        return None
    aliases = [one.get("alias") if isinstance(one, dict) else None for one in holders]
    if rename.old not in aliases:
        return None
    if rename.new in aliases:
        return [one for one, alias in zip(holders, aliases, strict=True) if alias != rename.old]
    return [
        {**one, "alias": rename.new} if alias == rename.old else one
        for one, alias in zip(holders, aliases, strict=True)
    ]


def _uses(item: Item, names: Names) -> bool:
    rename, control = names.rename, str(item.get("from_name"))
    if item.get("type") == "relation":
        return rename.control == "stance" and not names.arrows.isdisjoint(_labels(item))
    if rename.control == "target":
        return control == f"{ARTICLE_STANCE}_{rename.old}"
    return _is_of(control, rename) and rename.old in chosen(item)


def _is_of(control: str, rename: Rename) -> bool:
    """Whether a control of the screen takes constants of the renamed one's list."""
    if rename.control == "stance":
        return control == STANCE or control.startswith(f"{ARTICLE_STANCE}_")
    return control == {"label": LABEL, "holder": HOLDER}.get(rename.control)


def _labels(item: Item) -> list[str]:
    labels = item.get("labels")
    return [str(one) for one in labels] if isinstance(labels, list) else []


def _renamed(item: Item, names: Names) -> Item:
    if item.get("type") == "relation":
        return {**item, "labels": [names.arrow if one in names.arrows else one for one in _labels(item)]}
    kind = "labels" if item.get("type") == "labels" else "choices"
    value = item["value"]
    return {**item, "value": {**value, kind: _once(names.rename, value[kind])}}


def _once(rename: Rename, constants: list[str]) -> list[str]:
    """Constants with the new one for the old one, each once."""
    return list(dict.fromkeys(rename.new if one == rename.old else one for one in constants))


def _targets_renamed(items: list[Item], rename: Rename) -> list[Item] | None:
    old, new = (f"{ARTICLE_STANCE}_{const}" for const in (rename.old, rename.new))
    answers = [chosen(item) for item in items if item.get("from_name") == new]
    kept: list[Item] = []
    for item in items:
        if item.get("from_name") != old:
            kept.append(item)
        elif not answers:
            kept.append({**item, "from_name": new})
        elif chosen(item) not in answers:
            return None
    return kept

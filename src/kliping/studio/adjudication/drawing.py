"""What an adjudicator drew over the text, beside answering: new mentions, and stances on any region."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kliping.contract.adjudicating import LAYER
from kliping.contract.labeling import LABEL
from kliping.studio.results import Unreadable, chosen, read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kliping.contract import Scheme
    from kliping.records import Entity, Stance
    from kliping.studio.results import Item
    from kliping.studio.results.offsets import Unit

__all__ = ["Drawn", "read_drawn"]


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the adjudicator drew.

    Attributes:
        new: mentions under the annotators' own labels.
        every: each region by its id, those of the layers included.
        stances: on any of them.
        lost: how many regions, choices and arrows mean nothing that could be proven.
        notes: why, a sentence each.
    """

    new: tuple[Entity, ...] = ()
    every: Mapping[str, Entity] = field(default_factory=dict)
    stances: tuple[Stance, ...] = ()
    lost: int = 0
    notes: tuple[str, ...] = ()


def read_drawn(items: Sequence[Item], text: str, scheme: Scheme, tie: Unit | None) -> Drawn:
    """Read regions as annotators' ones; each that is unreadable is left out alone, with what is on it."""
    new = {str(item.get("id")) for item in items if item.get("from_name") == LABEL}
    sound, notes = _sound(items, text, scheme, tie)
    lost = len(notes)
    try:
        reading = read(sound, text, scheme, tie)
    except Unreadable as unreadable:
        return Drawn(lost=lost + len(new), notes=(*notes, *unreadable.reasons))
    notes += [aside.reason for aside in reading.set_aside]
    lost += len(reading.set_aside)
    notes += [*reading.remarks, *_without_place(reading.entities)]
    return Drawn(
        new=tuple(one for one in reading.entities if one.id in new),
        every={entity.id: entity for entity in reading.entities},
        stances=reading.stances,
        lost=lost,
        notes=tuple(notes),
    )


def _sound(items: Sequence[Item], text: str, scheme: Scheme, tie: Unit | None) -> tuple[list[Item], list[str]]:
    """The items of regions that can be read, with arrows and all else; and why the other regions cannot."""
    layered = {str(item.get("id")) for item in items if item.get("from_name") == LAYER}
    groups: dict[str, list[Item]] = defaultdict(list)
    sound: list[Item] = []
    notes: list[str] = []
    for number, item in enumerate(items):
        is_arrow = item.get("type") == "relation"
        groups[f"arrow {number}" if is_arrow else str(item.get("id"))].append(_as_label(item))
    for name, group in groups.items():
        try:
            read(group, text, scheme, tie)
        except Unreadable as unreadable:
            if name not in layered or len(group) > 1:  # a layer's own region is ours, and decides nothing
                notes.append(str(unreadable))
        else:
            sound += group
    return sound, notes


def _as_label(item: Item) -> Item:
    """A region of a layer as a mention, so that a stance on it, or an arrow from it, means what it shows."""
    if item.get("from_name") != LAYER:
        return item
    labels = [label.partition(":")[2] for label in chosen(item)]
    return {**item, "from_name": LABEL, "value": {**item["value"], "labels": labels}}


def _without_place(entities: Iterable[Entity]) -> Iterator[str]:
    """What a person said of a region and no decision can hold."""
    for entity in entities:
        if entity.ref:
            yield f"no-place: the note on {entity.text!r} is not kept; a decision has its reason instead"
        if entity.unsure:
            yield f"no-place: {entity.text!r} is marked as unsure, which a decision cannot be"

"""Who takes which side towards a marked mention: its choices and the arrows to it, as stances."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kliping.contract.labeling import AUTHOR, HOLDER, STANCE, side_of
from kliping.records import Holder, Stance, Target
from kliping.studio.results.items import SetAside, chosen, ends

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kliping.contract import Scheme
    from kliping.records import Entity
    from kliping.studio.results.items import Item, Sorted

__all__ = ["Sides", "mention_sides", "span_in", "stance_id"]

_SPAN = re.compile(r"mention:(\d{1,9})-(\d{1,9})")


@dataclass(slots=True)
class Sides:
    """The stances towards mentions, what is set aside of the items that said them, and what is remarked of them."""

    stances: list[Stance] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def stance_id(target: Target, holder: Holder) -> str:
    """A stance's id: what it is about and whose it is, so that the same stance has the same id in every pull."""
    about = target.mention if target.kind == "mention" else f"article:{target.name}"
    whose = holder.mention or holder.name
    return f"{about}:{holder.kind}" + (f":{whose}" if whose else "")


def span_in(choice: str) -> tuple[int, int] | None:
    """The span of the predicted mention that a holder choice `mention:START-END` means, in code points; or None."""
    found = _SPAN.fullmatch(choice)
    return (int(found[1]), int(found[2])) if found else None


def mention_sides(items: Sorted, entities: Sequence[Entity], text: str, scheme: Scheme) -> Sides:
    """The stances towards mentions, in the order of the mentions; `reading` says what they mean.

    Args:
        items: those of a result whose choices and labels the scheme has.
        entities: the mentions, in the order of the text.
        text: the article's text.
        scheme: names the sides of arrows.
    """
    sides = Sides()
    arrows = _arrows(items, {entity.id for entity in entities}, sides)
    stance = {str(item.get("id")): item for item in items.choices[STANCE]}
    holder = {str(item.get("id")): item for item in items.choices[HOLDER]}
    for entity in entities:
        asked = _Asked(entity, entities, text, scheme)
        asked.answer(stance.get(entity.id), holder.get(entity.id), arrows.get(entity.id, {}), sides)
    return sides


def _arrows(items: Sorted, known: set[str], sides: Sides) -> dict[str, dict[str, Item]]:
    """The arrows to each region, by the region that they come from; those that lead nowhere are set aside."""
    arrows: dict[str, dict[str, Item]] = {}
    for item in items.relations:
        both = ends(item)
        if both is None or not known.issuperset(both):
            reason = "no-region: an arrow without a direction, or from or to a region that is not there"
            sides.set_aside.append(SetAside(item, reason))
        elif arrows.setdefault(both[1], {}).setdefault(both[0], item) is not item:
            sides.set_aside.append(SetAside(item, f"repeated: a second arrow from {both[0]!r} to {both[1]!r}"))
    return arrows


@dataclass(frozen=True, slots=True)
class _Asked:
    """A mention that may be the target of stances, and what is needed to know their holders."""

    target: Entity
    entities: Sequence[Entity]
    text: str
    scheme: Scheme

    def answer(self, stance: Item | None, holder: Item | None, arrows: dict[str, Item], sides: Sides) -> None:
        """Add the stances that the mention's choices and the arrows to it say."""
        side = chosen(stance)[0] if stance else None
        named = self._chosen_holder(side, holder, arrows, sides)
        taken: dict[str, str] = {}
        for source, arrow in arrows.items():
            label = side_of(chosen(arrow)[0], self.scheme) if chosen(arrow) else side
            if label is None:
                reason = f"no-stance: an arrow to region {self.target.id!r}, for which no stance was chosen"
                sides.set_aside.append(SetAside(arrow, reason))
            else:
                taken[source] = label
        if side and named and named.kind == "mention":
            taken[str(named.mention)] = side
        sides.stances.extend(self._of_mentions(taken))
        if side and named and named.kind != "mention":
            sides.stances.append(self._stance(side, named))
        if side and not named and side not in taken.values():
            sides.stances.append(self._stance(side, Holder(kind="unspecified")))
            if taken:
                sides.remarks.append(
                    f"disagreement: region {self.target.id!r} says {side!r}, and every arrow to it says another side; "
                    "kept as a stance whose holder is unspecified"
                )

    def _chosen_holder(
        self, side: str | None, item: Item | None, arrows: dict[str, Item], sides: Sides
    ) -> Holder | None:
        """The holder that was chosen from the list, or None: it is set aside where it says nothing of its own."""
        if item is None:
            return None
        name, span = chosen(item)[0], span_in(chosen(item)[0])
        if side is None:
            reason = f"no-stance: region {self.target.id!r} has a holder, and no stance was chosen"
            sides.set_aside.append(SetAside(item, reason))
            return None
        if span is None:
            return Holder(kind="author") if name == AUTHOR else Holder(kind="named", name=name)
        marked = [entity.id for entity in self.entities if (entity.start, entity.end) == span]
        if arrows.keys() & set(marked):
            reason = f"repeated: region {self.target.id!r} has a holder from whom an arrow comes as well"
            sides.set_aside.append(SetAside(item, reason))
            return None
        if marked:
            return Holder(kind="mention", mention=marked[0])
        words = self.text[slice(*span)]
        sides.remarks.append(
            f"holder-unmarked: region {self.target.id!r} has the holder {words!r}, which is not marked as a mention; "
            "kept by name"
        )
        return Holder(kind="named", name=words)

    def _of_mentions(self, taken: dict[str, str]) -> Iterator[Stance]:
        """A stance for each holder that is a mention, by its place in the text."""
        for entity in self.entities:
            if entity.id in taken:
                yield self._stance(taken[entity.id], Holder(kind="mention", mention=entity.id))

    def _stance(self, side: str, holder: Holder) -> Stance:
        target = Target(kind="mention", mention=self.target.id)
        return Stance(id=stance_id(target, holder), stance=side, target=target, holder=holder)

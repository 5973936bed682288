"""An annotation as a result of Label Studio: what its annotator would have made on the screen.

`read(write(annotation))` is the annotation again; what the screen cannot say is refused, not bent.

A mention's side is a choice on its region, and arrows to it carry none, as long as all holders take one side. Where
they differ, the choice is that of the holder chosen from the list, and every arrow with another side has it as label.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kliping.contract.labeling import ARTICLE_STANCE, AUTHOR, COMMENT, HOLDER, LABEL, STANCE, TEXT, UNSURE
from kliping.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kliping.records import Annotation, Entity, Holder, Stance
    from kliping.studio.results.items import Item

__all__ = ["write"]


def write(annotation: Annotation, arrow_names: Mapping[str, str] | None = None) -> list[Item]:
    """The result that reads as an annotation: what its annotator would have made on the screen.

    Args:
        annotation: what was said.
        arrow_names: what the screen calls each stance on an arrow (`contract.labeling.arrow_names`): Label Studio drops
            a label that it does not show. Needed only where the holders of one target take different sides.

    Raises:
        DataError: it says what the screen cannot, or needs a label on an arrow and has no name for it.
    """
    by_mention = _on_screen(annotation)
    choices = {mention: _choice(stances) for mention, stances in by_mention.items()}
    return [
        *(item for entity in annotation.entities for item in _region(entity, by_mention, choices)),
        *(_article_choice(stance) for stance in annotation.stances if stance.target.kind == "declared"),
        *(
            _arrow(annotation, stance, choices[str(stance.target.mention)], arrow_names or {})
            for stance in annotation.stances
            if stance.holder.kind == "mention"
        ),
        *([_text(annotation.comment)] if annotation.comment else []),
    ]


def _on_screen(annotation: Annotation) -> dict[str, list[Stance]]:
    """The stances towards each mention, shown to be such as the screen can make."""
    by_mention: dict[str, list[Stance]] = {}
    declared: list[str | None] = []
    for stance in annotation.stances:
        if stance.target.kind == "mention":
            by_mention.setdefault(str(stance.target.mention), []).append(stance)
        elif stance.holder.kind != "author" or stance.target.name in declared:
            raise DataError(f"{annotation.id}: {stance.id}: the screen asks for the article's voice on a target, once")
        declared.append(stance.target.name if stance.target.kind == "declared" else None)
    for mention, stances in by_mention.items():
        if not _one_region(stances):
            raise DataError(
                f"{annotation.id}: mention {mention!r} has stances that one region cannot hold: an arrow from each "
                "holder who is a mention, and one holder chosen by name; mark the mention a second time for another"
            )
    return by_mention


def _one_region(stances: list[Stance]) -> bool:
    """Whether one region can hold stances: one of a holder by name at most, one of each mention.

    The side of an unspecified holder must be nobody else's: it would be read as theirs.
    """
    arrows = [stance for stance in stances if stance.holder.kind == "mention"]
    named = [stance for stance in stances if stance.holder.kind != "mention"]
    if len(named) > 1 or len({stance.holder.mention for stance in arrows}) < len(arrows):
        return False
    is_open = bool(named) and named[0].holder.kind == "unspecified"
    return not is_open or named[0].stance not in {stance.stance for stance in arrows}


def _choice(stances: list[Stance]) -> str | None:
    """The side to choose on a region: that of the holder by name, else the one that all arrows share, if there is."""
    sides = [stance.stance for stance in stances if stance.holder.kind != "mention"]
    sides = sides or [stance.stance for stance in stances]
    return sides[0] if len(set(sides)) == 1 else None


def _region(entity: Entity, by_mention: Mapping[str, list[Stance]], sides: Mapping[str, str | None]) -> Iterable[Item]:
    span = {"start": entity.start, "end": entity.end, "text": entity.text}
    region = _item(entity.id, LABEL, "labels", {**span, "labels": [entity.label]}, entity.origin)
    yield {**region, "meta": {"text": [entity.ref]}} if entity.ref else region
    holders = [_listed(stance.holder) for stance in by_mention.get(entity.id, [])]
    choices = [(STANCE, sides.get(entity.id)), *((HOLDER, holder) for holder in holders)]
    choices.append((UNSURE, UNSURE if entity.unsure else None))
    for control, choice in choices:
        if choice is not None:
            yield _item(entity.id, control, "choices", {**span, "choices": [choice]}, "manual")


def _listed(holder: Holder) -> str | None:
    """The choice in the list of holders; None for one who is not chosen there."""
    return {"author": AUTHOR, "named": holder.name}.get(holder.kind)


def _item(identity: str, control: str, kind: str, value: Mapping[str, Any], origin: str) -> Item:
    return {
        "id": identity, "from_name": control, "to_name": TEXT, "type": kind, "origin": origin, "value": dict(value)
    }  # fmt: skip


def _article_choice(stance: Stance) -> Item:
    return _item(
        f"article-{stance.target.name}",
        f"{ARTICLE_STANCE}_{stance.target.name}",
        "choices",
        {"choices": [stance.stance]},
        "manual",
    )


def _arrow(annotation: Annotation, stance: Stance, chosen: str | None, names: Mapping[str, str]) -> Item:
    ends = {"from_id": stance.holder.mention, "to_id": stance.target.mention}
    arrow: Item = {"type": "relation", **ends, "direction": "right"}
    if stance.stance == chosen:
        return arrow
    if stance.stance not in names:
        raise DataError(
            f"{annotation.id}: {stance.id}: the holders of one target differ, and the screen's name for "
            f"{stance.stance!r} on an arrow is not known; give `arrow_names`"
        )
    return {**arrow, "labels": [names[stance.stance]]}


def _text(comment: str) -> Item:
    return _item("comment", COMMENT, "textarea", {"text": [comment]}, "manual")

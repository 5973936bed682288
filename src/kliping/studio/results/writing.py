"""An annotation as a result of Label Studio: what its annotator would have made on the screen.

`read(write(annotation))` is the annotation again; what the screen cannot say is refused, not bent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kliping.contract.labeling import ARTICLE_STANCE, AUTHOR, COMMENT, HOLDER, LABEL, STANCE, TEXT, UNSURE
from kliping.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kliping.records import Annotation, Entity, Holder, Stance
    from kliping.studio.results.reading import Item

__all__ = ["write"]


def write(annotation: Annotation) -> list[Item]:
    """The result that reads as an annotation: what its annotator would have made on the screen.

    Raises:
        DataError: it says what the screen cannot: two sides on one mention, or a choice beside an open holder.
    """
    holders = _on_screen(annotation)
    return [
        *(item for entity in annotation.entities for item in _region(entity, holders.get(entity.id, []))),
        *(_article_choice(stance) for stance in annotation.stances if stance.target.kind == "declared"),
        *(_arrow(stance) for stance in annotation.stances if stance.holder.kind == "mention"),
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
        chosen = [stance for stance in stances if stance.holder.kind != "mention"]
        is_open = any(stance.holder.kind == "unspecified" for stance in stances)
        if len({stance.stance for stance in stances}) > 1 or len(chosen) > 1 or (is_open and len(stances) > 1):
            raise DataError(
                f"{annotation.id}: mention {mention!r} has stances that one region cannot hold: one side, arrows, and "
                "at most one holder chosen by name; mark the mention a second time for another side"
            )
    return by_mention


def _region(entity: Entity, stances: list[Stance]) -> Iterable[Item]:
    span = {"start": entity.start, "end": entity.end, "text": entity.text}
    region = _item(entity.id, LABEL, "labels", {**span, "labels": [entity.label]}, entity.origin)
    yield {**region, "meta": {"text": [entity.ref]}} if entity.ref else region
    choices = [(STANCE, stance.stance) for stance in stances[:1]]
    choices += [(HOLDER, str(_choice(stance.holder))) for stance in stances if _choice(stance.holder)]
    choices += [(UNSURE, UNSURE)] if entity.unsure else []
    for control, choice in choices:
        yield _item(entity.id, control, "choices", {**span, "choices": [choice]}, "manual")


def _choice(holder: Holder) -> str | None:
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


def _arrow(stance: Stance) -> Item:
    ends = {"from_id": stance.holder.mention, "to_id": stance.target.mention}
    return {"type": "relation", **ends, "direction": "right"}


def _text(comment: str) -> Item:
    return _item("comment", COMMENT, "textarea", {"text": [comment]}, "manual")

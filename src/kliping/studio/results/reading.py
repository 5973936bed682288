"""What a result of Label Studio says: the items of a submission as mentions, stances and a comment.

A result is a list of items. An item of `label` is a region: a mention. `stance`, `holder` and `unsure` are choices that
share their region's id; a relation is an arrow between two regions, with a label or without; `article_stance_TARGET` is
a choice without a region; `comment` is a text. What they mean together:

- A region's stance is the side that is taken towards its mention; its holder is who takes it: the article's voice where
  `author` was chosen, a mention where the choice is `mention:START-END` and a region has that span, else X by name.
- An arrow from mention A to a region says that A takes a side too: the one on the arrow's label, else the region's.
- So a label holds for its own arrow, whatever the region says, and needs no choice on the region; the region's choice
  holds for the holder that was chosen, and for arrows without a label.
- Where nobody takes the region's side, since no holder was chosen and no arrow drawn, the holder is `unspecified`.
  Where every arrow to the region carries another side, choice and arrows disagree: all are kept, the region's side as
  `unspecified`, and it is remarked (`disagreement`).
- A holder who was chosen from the predicted mentions, and is marked nowhere, is kept by name, which is remarked
  (`holder-unmarked`).
- `article_stance_TARGET` is a stance of the article's voice towards the declared target.
- A region's note in the side panel (its `meta`) is the mention's `ref`.

What contradicts the contract or the text, such as an unknown label, two labels on one arrow or an unproven span, makes
the whole result unreadable: without one mention, the rest would say that there is none. What merely points to nothing,
such as an arrow to a region that is gone, is set aside by itself. `writing.write` goes the other way.

An arrow's label is what the screen shows, since Label Studio 1.23.2 has no alias for it: a title in any language of the
scheme, or the constant (`contract.labeling.side_of`).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kliping.contract.labeling import HOLDER, STANCE, UNSURE, side_of
from kliping.records import Entity, Holder, Stance, Target
from kliping.studio.results.items import ARTICLE, Item, SetAside, Sorted, chosen, read_comment, sort_items, value_of
from kliping.studio.results.offsets import Place, Unit, place
from kliping.studio.results.sides import mention_sides, span_in, stance_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kliping.contract import Scheme

__all__ = ["Reading", "Unreadable", "read"]

_ORIGINS = ("manual", "prediction", "prediction-changed")


class Unreadable(Exception):  # noqa: N818 — it names the result
    """A result that says something which cannot be proven; `reasons` are a code and a sentence each."""

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__("; ".join(self.reasons))


@dataclass(frozen=True, slots=True)
class Reading:
    """What a result says: mentions by place, stances by target, the comment, and the items set aside.

    `remarks` are a code and a sentence each about what was kept, and should be looked at.
    """

    entities: tuple[Entity, ...]
    stances: tuple[Stance, ...]
    comment: str | None
    set_aside: tuple[SetAside, ...]
    remarks: tuple[str, ...] = ()


def read(result: Sequence[Item], text: str, scheme: Scheme, tie: Unit | None = None) -> Reading:
    """What a result says about a text.

    Args:
        result: the items.
        text: the article's text; spans of the reading are code points of it, half open.
        scheme: whose labels, stances and targets are known, retired ones included.
        tie: the unit that the server is known to count in, used only where a span fits in both.

    Raises:
        Unreadable: an item contradicts the text or the scheme; all such reasons at once.
    """
    items = sort_items(result)
    faults = [*_foreign_regions(items), *_unknown(items, text, scheme), *_repeated(items)]
    spans = _spans(items.regions, text, tie, faults)
    if faults:
        raise Unreadable(faults)
    entities = _entities(items, spans, text)
    sides = mention_sides(items, entities, text, scheme)
    set_aside = (*items.foreign, *_without_region(items, {entity.id for entity in entities}), *sides.set_aside)
    stances = (*sides.stances, *_article_stances(items, scheme))
    return Reading(entities, stances, read_comment(items.comments), set_aside, tuple(sides.remarks))


def _unknown(items: Sorted, text: str, scheme: Scheme) -> Iterable[str]:
    """Values that the scheme lacks, and controls of one choice with none or several."""
    labels, stances = {label.const for label in scheme.entity_labels}, {label.const for label in scheme.stances}
    targets = {label.const for label in scheme.targets}
    for item in items.regions:
        if item.get("id") in (None, ""):
            yield f"id-missing: the region that marks {value_of(item).get('text')!r} has no id"
        yield from _one_of(chosen(item), labels, "label", f"region {item.get('id')!r}")
    for item in items.choices[STANCE]:
        yield from _one_of(chosen(item), stances, "stance", f"region {item.get('id')!r}")
    for item in items.choices[HOLDER]:
        yield from _one_of(chosen(item), None, "holder", f"region {item.get('id')!r}")
        yield from _outside(chosen(item)[0], text, f"region {item.get('id')!r}")
    for item in items.choices[UNSURE]:
        yield from _one_of(chosen(item), {UNSURE}, "mark", f"region {item.get('id')!r}")
    for item in items.article:
        yield from _one_of(chosen(item), stances, "stance", str(item["from_name"]))
        yield from _one_of([str(item["from_name"]).removeprefix(ARTICLE)], targets, "target", "the article")
    for item in items.relations:
        if chosen(item):
            known = stances | {name for name in chosen(item) if side_of(name, scheme)}
            where = f"an arrow from {item.get('from_id')!r} to {item.get('to_id')!r}"
            yield from _one_of(chosen(item), known, "stance", where)


def _foreign_regions(items: Sorted) -> Iterable[str]:
    """Mentions of a control that the contract lacks: without them, the rest would say that there are none."""
    for aside in items.foreign:
        if aside.item.get("type") == "labels":
            name = aside.item.get("from_name")
            yield f"control-unknown: {name!r} marks region {aside.item.get('id')!r}; the contract has no such control"


def _outside(holder: str, text: str, where: str) -> Iterable[str]:
    """Whether a holder choice that means a predicted mention is on no words of the text."""
    start, end = span_in(holder) or (-1, -1)
    if holder.startswith("mention:") and not text[max(start, 0) : max(end, 0)].strip():
        yield f"holder-unproven: {where} has the holder {holder!r}, which is no place in the text"


def _one_of(values: list[str], known: set[str] | None, what: str, where: str) -> Iterable[str]:
    if len(values) != 1:
        yield f"{what}-count: {where} has {len(values)} values for {what}, not one"
    elif known is not None and values[0] not in known:
        yield f"{what}-unknown: {where} has the {what} {values[0]!r}, which the scheme lacks"


def _repeated(items: Sorted) -> Iterable[str]:
    """Two regions of one id, two values of one control on one region, two of one article-level control."""
    groups = {"region": items.regions, **items.choices}
    for what, group in groups.items():
        yield from _twice([str(item.get("id")) for item in group], what)
    yield from _twice([str(item["from_name"]) for item in items.article], "article-level control")


def _twice(keys: list[str], what: str) -> Iterable[str]:
    for key, times in sorted(Counter(keys).items()):
        if times > 1:
            yield f"repeated: {what} {key!r} is there {times} times"


def _spans(regions: list[Item], text: str, tie: Unit | None, faults: list[str]) -> list[tuple[int, int]]:
    """The proven span of each region; what has none is added to `faults`."""
    places = [_place(item) for item in regions]
    spans = place(text, places, tie)
    for item, said, span in zip(regions, places, spans, strict=True):
        if span is None:
            faults.append(
                f"offset-unproven: region {item.get('id')!r} marks {said.surface!r} at {said.start}-{said.end}, and "
                "the text there is another in every unit, and has these words not exactly once"
            )
    return [span or (0, 0) for span in spans]


def _place(item: Item) -> Place:
    value = value_of(item)
    start, end, surface = value.get("start"), value.get("end"), value.get("text")
    return Place(
        start if isinstance(start, int) else -1,
        end if isinstance(end, int) else -1,
        surface if isinstance(surface, str) else None,
    )


def _entities(items: Sorted, spans: list[tuple[int, int]], text: str) -> tuple[Entity, ...]:
    unsure = {str(item.get("id")) for item in items.choices[UNSURE]}
    entities = [
        Entity(
            id=str(item["id"]),
            start=start,
            end=end,
            text=text[start:end],
            label=chosen(item)[0],
            ref=_note(item),
            origin=item["origin"] if item.get("origin") in _ORIGINS else "manual",
            unsure=str(item["id"]) in unsure,
        )
        for item, (start, end) in zip(items.regions, spans, strict=True)
    ]
    return tuple(sorted(entities, key=lambda entity: (entity.start, entity.end, entity.label, entity.id)))


def _note(item: Item) -> str | None:
    meta = item.get("meta")
    lines = meta.get("text") if isinstance(meta, dict) else None
    words = "\n".join(map(str, lines)) if isinstance(lines, list) else str(lines or "")
    return words.strip() or None


def _without_region(items: Sorted, known: set[str]) -> Iterable[SetAside]:
    """Choices on a region that is not there."""
    for name, choices in items.choices.items():
        for item in choices:
            if str(item.get("id")) not in known:
                yield SetAside(item, f"no-region: {name!r} is on region {item.get('id')!r}, which is not there")


def _article_stances(items: Sorted, scheme: Scheme) -> Iterable[Stance]:
    """The stances towards declared targets, in the scheme's order."""
    stances = {str(item["from_name"]).removeprefix(ARTICLE): chosen(item)[0] for item in items.article}
    for label in scheme.targets:
        if label.const in stances:
            target, holder = Target(kind="declared", name=label.const), Holder(kind="author")
            yield Stance(id=stance_id(target, holder), stance=stances[label.const], target=target, holder=holder)

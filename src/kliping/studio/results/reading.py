"""What a result of Label Studio says: the items of a submission as mentions, stances and a comment.

A result is a list of items. An item of `label` is a region: a mention. `stance`, `holder` and `unsure` are choices that
share their region's id; a relation is an arrow between two regions; `article_stance_TARGET` is a choice without a
region; `comment` is a text. What they mean together:

- A region's stance and its holder choice X are one stance towards the mention, of the article's voice where X is
  `author`, else of X by name.
- With arrows from the mentions A and B to it, it is a stance of A and one of B, and one of X if X was chosen too.
- With neither, nobody was chosen: the holder is `unspecified`.
- `article_stance_TARGET` is a stance of the article's voice towards the declared target.
- A region's note in the side panel (its `meta`) is the mention's `ref`.

What contradicts the contract or the text, such as an unknown label or an unproven span, makes the whole result
unreadable: without one mention, the rest would say that there is none. What merely points to nothing, such as an arrow
to a region without a stance, is set aside by itself. `submission.write` goes the other way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from kliping.contract.labeling import ARTICLE_STANCE, AUTHOR, COMMENT, HOLDER, LABEL, STANCE, UNSURE
from kliping.records import Entity, Holder, Stance, Target
from kliping.studio.results.offsets import Place, Unit, place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kliping.contract import Scheme

__all__ = ["Item", "Reading", "SetAside", "Unreadable", "chosen", "kind_of", "read", "read_comment", "stance_id"]

Item: TypeAlias = dict[str, Any]
"""One item of a result, as Label Studio stores it."""

_ARTICLE = f"{ARTICLE_STANCE}_"
_ORIGINS = ("manual", "prediction", "prediction-changed")


class Unreadable(Exception):  # noqa: N818 — it names the result
    """A result that says something which cannot be proven; `reasons` are a code and a sentence each."""

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__("; ".join(self.reasons))


@dataclass(frozen=True, slots=True)
class SetAside:
    """An item that points to nothing, and why it is in no annotation."""

    item: Item
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a result says: mentions by place, stances by target, the comment, and the items set aside."""

    entities: tuple[Entity, ...]
    stances: tuple[Stance, ...]
    comment: str | None
    set_aside: tuple[SetAside, ...]


def kind_of(item: Item) -> str:
    """What a receipt counts an item as: `regions`, `relations`, `comments` or `choices`."""
    if item.get("type") == "relation":
        return "relations"
    return {LABEL: "regions", COMMENT: "comments"}.get(str(item.get("from_name")), "choices")


def stance_id(target: Target, holder: Holder) -> str:
    """A stance's id: what it is about and whose it is, so that the same stance has the same id in every pull."""
    about = target.mention if target.kind == "mention" else f"article:{target.name}"
    whose = holder.mention or holder.name
    return f"{about}:{holder.kind}" + (f":{whose}" if whose else "")


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
    sorted_out = _sort(result)
    faults = [*_unknown(sorted_out, scheme), *_repeated(sorted_out)]
    spans = _spans(sorted_out.regions, text, tie, faults)
    if faults:
        raise Unreadable(faults)
    entities = _entities(sorted_out, spans, text)
    known = {entity.id for entity in entities}
    stray = [*sorted_out.foreign, *_stray(sorted_out, known)]
    stances = [*_mention_stances(sorted_out, entities, stray), *_article_stances(sorted_out, scheme)]
    return Reading(entities, tuple(stances), read_comment(sorted_out.comments), tuple(stray))


@dataclass(frozen=True, slots=True)
class _Sorted:
    """The items of a result by what they are."""

    regions: list[Item]
    choices: dict[str, list[Item]]
    article: list[Item]
    relations: list[Item]
    comments: list[Item]
    foreign: list[SetAside]


def _sort(result: Sequence[Item]) -> _Sorted:
    found = _Sorted([], {STANCE: [], HOLDER: [], UNSURE: []}, [], [], [], [])
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
        elif name.startswith(_ARTICLE):
            found.article.append(item)
        elif name == COMMENT:
            found.comments.append(item)
        else:
            found.foreign.append(SetAside(item, f"foreign-control: the contract has no control named {name!r}"))
    return found


def _value(item: Item) -> Mapping[str, Any]:
    value = item.get("value")
    return value if isinstance(value, dict) else {}


def chosen(item: Item) -> list[str]:
    """The labels or choices of an item."""
    values = _value(item).get("labels" if item.get("type") == "labels" else "choices")
    return [str(one) for one in values] if isinstance(values, list) else []


def _unknown(items: _Sorted, scheme: Scheme) -> Iterable[str]:
    """Values that the scheme lacks, and controls of one choice with none or several."""
    labels, stances = {label.const for label in scheme.entity_labels}, {label.const for label in scheme.stances}
    targets = {label.const for label in scheme.targets}
    for item in items.regions:
        yield from _one_of(chosen(item), labels, "label", f"region {item.get('id')!r}")
    for item in items.choices[STANCE]:
        yield from _one_of(chosen(item), stances, "stance", f"region {item.get('id')!r}")
    for item in items.choices[HOLDER]:
        yield from _one_of(chosen(item), None, "holder", f"region {item.get('id')!r}")
    for item in items.choices[UNSURE]:
        yield from _one_of(chosen(item), {UNSURE}, "mark", f"region {item.get('id')!r}")
    for item in items.article:
        yield from _one_of(chosen(item), stances, "stance", str(item["from_name"]))
        yield from _one_of([str(item["from_name"]).removeprefix(_ARTICLE)], targets, "target", "the article")


def _one_of(values: list[str], known: set[str] | None, what: str, where: str) -> Iterable[str]:
    if len(values) != 1:
        yield f"{what}-count: {where} has {len(values)} values for {what}, not one"
    elif known is not None and values[0] not in known:
        yield f"{what}-unknown: {where} has the {what} {values[0]!r}, which the scheme lacks"


def _repeated(items: _Sorted) -> Iterable[str]:
    """Two regions of one id, two values of one control on one region, two of one article-level control."""
    groups = {"region": items.regions, **items.choices}
    for what, group in groups.items():
        yield from _twice([str(item.get("id")) for item in group], what)
    yield from _twice([str(item["from_name"]) for item in items.article], "article-level control")


def _twice(keys: list[str], what: str) -> Iterable[str]:
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        yield f"repeated: {what} {key!r} is there {keys.count(key)} times"


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
    value = _value(item)
    start, end, surface = value.get("start"), value.get("end"), value.get("text")
    return Place(
        start if isinstance(start, int) else -1,
        end if isinstance(end, int) else -1,
        surface if isinstance(surface, str) else None,
    )


def _entities(items: _Sorted, spans: list[tuple[int, int]], text: str) -> tuple[Entity, ...]:
    unsure = {str(item["id"]) for item in items.choices[UNSURE]}
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


def _stray(items: _Sorted, known: set[str]) -> Iterable[SetAside]:
    """Items that point to a region which is not there or has no stance; arrows without a direction; repeated ones."""
    for name, choices in items.choices.items():
        for item in choices:
            if str(item.get("id")) not in known:
                yield SetAside(item, f"no-region: {name!r} is on region {item.get('id')!r}, which is not there")
    stated = {str(item.get("id")) for item in items.choices[STANCE]}
    for item in items.choices[HOLDER]:
        if str(item.get("id")) in known - stated:
            yield SetAside(item, f"no-stance: region {item['id']!r} has a holder, and no stance was chosen")
    seen: set[tuple[str, str]] = set()
    for item in items.relations:
        ends = _ends(item)
        if ends is None or not known.issuperset(ends):
            yield SetAside(item, "no-region: an arrow without a direction, or from or to a region that is not there")
        elif ends[1] not in stated:
            yield SetAside(item, f"no-stance: an arrow to region {ends[1]!r}, for which no stance was chosen")
        elif ends in seen:
            yield SetAside(item, f"repeated: a second arrow from {ends[0]!r} to {ends[1]!r}")
        else:
            seen.add(ends)


def _ends(item: Item) -> tuple[str, str] | None:
    """From which region an arrow goes to which."""
    ends = str(item.get("from_id")), str(item.get("to_id"))
    return {"right": ends, "left": ends[::-1]}.get(str(item.get("direction", "right")))


def _mention_stances(items: _Sorted, entities: Sequence[Entity], stray: list[SetAside]) -> Iterable[Stance]:
    """The stances towards mentions, by the target's place, then the arrows by the holder's place, then the choice."""
    stances = {str(item["id"]): chosen(item)[0] for item in items.choices[STANCE]}
    named = {str(item["id"]): chosen(item)[0] for item in items.choices[HOLDER]}
    aside = [one.item for one in stray]
    arrows = {_ends(item) for item in items.relations if not any(item is one for one in aside)}
    for entity in entities:
        if entity.id not in stances:
            continue
        target = Target(kind="mention", mention=entity.id)
        holders = [Holder(kind="mention", mention=one.id) for one in entities if (one.id, entity.id) in arrows]
        if entity.id in named:
            name = named[entity.id]
            holders.append(Holder(kind="author") if name == AUTHOR else Holder(kind="named", name=name))
        for holder in holders or [Holder(kind="unspecified")]:
            yield Stance(id=stance_id(target, holder), stance=stances[entity.id], target=target, holder=holder)


def _article_stances(items: _Sorted, scheme: Scheme) -> Iterable[Stance]:
    """The stances towards declared targets, in the scheme's order."""
    stances = {str(item["from_name"]).removeprefix(_ARTICLE): chosen(item)[0] for item in items.article}
    for label in scheme.targets:
        if label.const in stances:
            target, holder = Target(kind="declared", name=label.const), Holder(kind="author")
            yield Stance(id=stance_id(target, holder), stance=stances[label.const], target=target, holder=holder)


def read_comment(items: Iterable[Item]) -> str | None:
    """The comment of a result's items, a line for each box; None where nothing is in them."""
    lines: list[str] = []
    for item in items:
        said = _value(item).get("text") if item.get("from_name") == COMMENT else None
        lines += map(str, said) if isinstance(said, list) else [str(said or "")]
    return "\n".join(line.strip() for line in lines if line.strip()) or None

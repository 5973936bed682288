"""The lines of one article, derived from all that was submitted on it, and from what the files had of it before.

Of several submissions by one person on one article in one round, the newest counts, and the others are set aside. What
came from a file takes part in that: it is not on the server, and no pull may lose it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from kliping.contract import violations
from kliping.records import Annotation, Quarantined, Studio
from kliping.studio.client import exact
from kliping.studio.people.pseudonyms import pseudonym
from kliping.studio.pull.earlier import Earlier, earlier_annotator, keeping
from kliping.studio.pull.lines import in_order
from kliping.studio.pull.merging import merge, own_of
from kliping.studio.pull.sameness import moment
from kliping.studio.results import Reading, SetAside, Unreadable, read
from kliping.studio.results.tally import in_annotation, in_aside, in_result
from kliping.studio.tasks import SHOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kliping.contract import Contract
    from kliping.records import Relabelling
    from kliping.studio.pull.told import Row
    from kliping.studio.results import Item
    from kliping.studio.results.offsets import Unit

__all__ = ["Derived", "Setting", "begun_from", "derive"]


@dataclass(frozen=True, slots=True)
class Setting:
    """What every submission is read with.

    Attributes:
        contract: labels and rules.
        key: of the pseudonyms.
        people: the pseudonym of each user by the server's number.
        text: the text of an article by its SHA-256; None where the corpus has none such.
        model: the model version of a prediction, by its project and its number.
        tie: the unit that the server counts in, where a span fits in both.
        relabelled: what was renamed.
    """

    contract: Contract
    key: bytes
    people: Mapping[int, str]
    text: Callable[[str, str], str | None]
    model: Callable[[int, int], str]
    tie: Unit | None
    relabelled: tuple[Relabelling, ...] = ()


class Tally(NamedTuple):
    """How many items of each kind one annotator's submissions on an article had, and where they went."""

    taken: Counter[str]
    kept: Counter[str]
    set_aside: Counter[str]


@dataclass(frozen=True, slots=True)
class Derived:
    """An article's lines, in the files' order; who submitted how much of what; remarks by the annotation's name."""

    annotations: list[Annotation] = field(default_factory=list)
    quarantined: list[Quarantined] = field(default_factory=list)
    tallies: dict[str, Tally] = field(default_factory=dict)
    remarks: list[tuple[str, str]] = field(default_factory=list)

    def tally(self, annotator: str) -> Tally:
        """The counts of an annotator."""
        return self.tallies.setdefault(annotator, Tally(Counter(), Counter(), Counter()))


@dataclass(frozen=True, slots=True)
class _Read:
    """A submission: by whom, its items, and what they say, or why nothing can be said."""

    row: Row
    annotator: str
    items: list[Item]
    counted: Counter[str]
    annotation: Annotation | None = None
    reason: str = ""
    stray: tuple[SetAside, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def age(self) -> tuple[object, int]:
        """By what the newest is told: the server's own time, whatever is kept of an earlier one."""
        return moment(self.row.said.updated_at), self.row.said.id


def derive(setting: Setting, rows: Sequence[Row], earlier: Earlier) -> Derived:
    """The lines of an article.

    Args:
        setting: what to read with.
        rows: all that was submitted on the article, in every project; or on tasks that are not ours.
        earlier: what the files had of it.
    """
    derived = Derived()
    groups: dict[tuple[str, int], list[_Read]] = {}
    for row in rows:
        one = _read(setting, row, earlier)
        if row.key is None or one.reason.startswith("nobody"):
            _set_aside(derived, one, one.reason)
        else:
            groups.setdefault((one.annotator, row.key.round), []).append(one)
    newest = [_newest(derived, group) for group in groups.values()]
    merged = merge([one.annotation for one in newest if one.annotation], own_of(earlier))
    by_name = {one.annotation.id: one for one in newest if one.annotation}
    for annotation in merged.superseded_on_server:
        _set_aside(derived, by_name[annotation.id], merged.reason(annotation), msgspec.json.encode(annotation))
    for annotation in merged.kept:
        derived.annotations.append(annotation)
        if annotation.studio is not None:
            _keep(derived, by_name[annotation.id], annotation, setting)
    derived.quarantined.extend(merged.quarantined)
    derived.annotations.sort(key=lambda one: (one.annotator, one.round))
    derived.quarantined[:] = in_order(derived.quarantined)
    return derived


def _read(setting: Setting, row: Row, earlier: Earlier) -> _Read:
    said, items = row.said, row.said.items()
    scheme = setting.contract.scheme
    counted = in_result(items, scheme) + Counter(annotations=1, skips=int(bool(said.was_cancelled)))
    place = Studio(project=row.project, task=row.task, annotation=said.id)
    known = setting.people.get(said.person) if said.person is not None else None
    annotator = known or earlier_annotator(earlier, place, said.created_at) or pseudonym(setting.key, "#None")
    if row.key is None:
        return _Read(row, annotator, items, counted, reason="foreign-task: the task was not made by kliping")
    if annotator == pseudonym(setting.key, "#None"):
        return _Read(row, annotator, items, counted, reason="nobody: the server does not say who submitted it")
    text = setting.text(row.key.article_id, row.key.text_sha256)
    if text is None:
        lacking = f"neither articles nor revisions have the text {row.key.text_sha256[:12]}… of this article"
        return _Read(row, annotator, items, counted, reason=f"unknown-text: {lacking}")
    try:
        reading = read(items, text, scheme, setting.tie)
    except Unreadable as unreadable:
        return _Read(row, annotator, items, counted, reason=str(unreadable))
    annotation = keeping(earlier, _annotation(setting, row, annotator, place, reading), setting.relabelled)
    faults = list(violations(setting.contract, "annotation", annotation))
    if faults:
        return _Read(row, annotator, items, counted, reason=f"contract: {'; '.join(faults)}")
    return _Read(row, annotator, items, counted, annotation, "", reading.set_aside, reading.remarks)


def _annotation(setting: Setting, row: Row, annotator: str, place: Studio, reading: Reading) -> Annotation:
    assert row.key is not None  # noqa: S101 — for the type checker
    article_id, text_sha256, number = row.key
    said = row.said
    parent = said.parent_prediction
    return Annotation(
        id=f"{article_id}.{annotator}.{number}",
        article_id=article_id,
        text_sha256=text_sha256,
        annotator=annotator,
        round=number,
        scheme=setting.contract.scheme.version,
        status="skipped" if said.was_cancelled else "submitted",
        entities=reading.entities,
        stances=reading.stances,
        comment=reading.comment,
        created=exact(said.created_at) or None,
        updated=exact(said.updated_at) or None,
        lead_time=said.lead_time,
        predictions_shown=row.shown if parent is None else begun_from(setting.model(row.project, parent), row.shown),
        studio=place,
    )


def begun_from(version: str, marked: str | None) -> str:
    """Whose prediction a submission was begun from: by the prediction itself, else by what we sent with the task."""
    return (marked if version == SHOWN else version) or "unknown"


def _newest(derived: Derived, group: list[_Read]) -> _Read:
    """The newest of one person's submissions; the others are set aside, and it too where it cannot be read."""
    *older, last = sorted(group, key=lambda one: one.age)
    for one in older:
        newer = f"the same person submitted the article again, as annotation {last.row.said.id}"
        _set_aside(derived, one, f"superseded: {newer}")
    if last.annotation is None:
        _set_aside(derived, last, last.reason)
    return last


def _keep(derived: Derived, one: _Read, annotation: Annotation, setting: Setting) -> None:
    taken, kept, set_aside = derived.tally(one.annotator)
    taken.update(one.counted)
    kept.update(in_annotation(annotation))
    kept["skips"] += annotation.status == "skipped"
    set_aside.update(in_aside([stray.item for stray in one.stray], annotation, setting.contract.scheme))
    for stray in one.stray:
        derived.quarantined.append(_quarantined(one, stray.reason, msgspec.json.encode(stray.item)))
    derived.remarks.extend((annotation.id, remark) for remark in one.remarks)


def _set_aside(derived: Derived, one: _Read, reason: str, what: bytes | None = None) -> None:
    """Set a whole submission aside."""
    taken, _, set_aside = derived.tally(one.annotator)
    for counter in (taken, set_aside):
        counter.update(one.counted)
    said = one.row.said
    key = one.row.key
    told = {
        **({"text_sha256": key.text_sha256, "round": key.round} if key else {}),
        "skipped": bool(said.was_cancelled),
        "created": exact(said.created_at),
        "updated": exact(said.updated_at),
        "lead_time": said.lead_time,
        "result": one.items,
    }
    derived.quarantined.append(_quarantined(one, reason, what or msgspec.json.encode(told)))


def _quarantined(one: _Read, reason: str, what: bytes) -> Quarantined:
    row = one.row
    return Quarantined(
        article_id=row.key.article_id if row.key else None,
        annotator=one.annotator,
        studio=Studio(project=row.project, task=row.task, annotation=row.said.id),
        reason=reason,
        pulled=what.decode(),
    )

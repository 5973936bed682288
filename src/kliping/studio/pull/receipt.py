"""The receipt of a pull: what changed, what was set aside and where to look at it, what was deleted, what is odd."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from kliping.files import sha256
from kliping.records import Annotation, Quarantined
from kliping.studio.pull.lines import annotations_of, derived_articles, quarantined, quarantined_of
from kliping.studio.pull.sameness import says_the_same
from kliping.studio.pull.tallies import remarked, totals

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kliping.studio.pull.mirror import Mirror

__all__ = ["Difference", "compare", "notes", "set_aside_by_code"]

NAMED = 20
"""How many of a kind a receipt names; of the rest it tells the number."""

Line: TypeAlias = Annotation | Quarantined


@dataclass(slots=True)
class Difference:
    """What one pull changed: how many lines, which annotations are gone, and how many are there again."""

    changes: int = 0
    removed: list[str] = field(default_factory=list)
    again: int = 0


def compare(mirror: Mirror) -> Difference:
    """What this pull derived of the articles that it changed, held against what was there before."""
    found = Difference()
    for article in derived_articles(mirror):
        before: list[Line] = [*annotations_of(mirror, article), *quarantined_of(mirror, article)]
        now: list[Line] = [*annotations_of(mirror, article, "fresh"), *quarantined_of(mirror, article, "fresh")]
        _compare(found, before, now)
    return found


def _compare(found: Difference, before: list[Line], now: list[Line]) -> None:
    old, new = {_key(one) for one in before}, {_key(one) for one in now}
    for name in {one[0] for one in old ^ new}:
        gone, come = ({number for whose, number, _ in keys if whose == name} for keys in (old - new, new - old))
        found.changes += max(len(gone), len(come))
    there, were = {one.studio for one in now}, {one.studio for one in before}
    come_in = [one for one in now if one.studio is None or one.studio not in were]
    for one in before:
        if one.studio is not None and one.studio not in there:
            if any(_is_again(one, other) for other in come_in):
                found.again += isinstance(one, Annotation)
            else:
                found.removed.append(_name(one))


def _is_again(one: Line, other: Line) -> bool:
    """Whether the same stands there under another number, or without one."""
    if isinstance(one, Annotation) and isinstance(other, Annotation):
        return says_the_same(one, other)
    if not isinstance(one, Quarantined) or not isinstance(other, Quarantined):
        return False
    if one == msgspec.structs.replace(other, studio=one.studio):
        return True
    # After a restoration the numbers in its words and the server's times are others.
    return other.studio is not None and _what(one) == _what(other)


def _what(one: Quarantined) -> tuple[str | None, str, str]:
    return one.article_id, one.annotator, one.reason.partition(":")[0]


def notes(mirror: Mirror, difference: Difference, url: str) -> Iterator[str]:
    """Sentences for people: who, what is gone, what was set aside and where it lies, what is odd."""
    count = {one.what: one for one in totals(mirror)}
    yield f"{count['annotators'].kept} annotators, {count['skips'].kept} skipped"
    yield from _some([f"removed: {name} was deleted on the server" for name in sorted(set(difference.removed))])
    yield from _some(list(_gone_tasks(mirror)))
    if difference.again:
        yield f"{difference.again} are there again under other numbers, and keep their times: the server was restored"
    yield from _set_aside(quarantined(mirror), url)
    for code, times, names in remarked(mirror, few=3):
        yield f"{times} remarked as {code}: {', '.join(names)}{', …' if times > len(names) else ''}"


def _set_aside(aside: Iterable[Quarantined], url: str) -> Iterator[str]:
    """The first with their reasons and where they can be looked at, then all of them by their codes."""
    codes: Counter[str] = Counter()
    for number, one in enumerate(aside):
        codes[one.reason.partition(":")[0]] += 1
        if number < NAMED:
            place = one.studio
            where = f"; {url}/projects/{place.project}/data?task={place.task}" if place else ""
            yield f"set aside: {_name(one)}: {one.reason}{where}"
    yield from set_aside_by_code(codes)


def set_aside_by_code(codes: Mapping[str, int]) -> Iterator[str]:
    """How many were set aside for which reason."""
    for code, times in sorted(codes.items()):
        if times:
            yield f"{times} set aside as {code}; see annotations/quarantine.jsonl"


def _gone_tasks(mirror: Mirror) -> Iterator[str]:
    """Deleted tasks whose text no other task has: those that a push replaced are none of these."""
    found = mirror.execute(
        "SELECT article, task FROM gone_tasks WHERE article != '' AND NOT EXISTS (SELECT 1 FROM tasks WHERE "
        "tasks.article = gone_tasks.article AND tasks.text = gone_tasks.text AND tasks.round = gone_tasks.round) "
        "ORDER BY article, task"
    )
    for article, task in found:
        yield f"deleted: task {task} of {article} is no longer on the server; `kliping push` makes it again"


def _some(sentences: list[str]) -> Iterator[str]:
    yield from sentences[:NAMED]
    if len(sentences) > NAMED:
        yield f"… and {len(sentences) - NAMED} more like these"


def _key(one: Line) -> tuple[str, object, str]:
    digest = sha256(msgspec.json.encode(one))
    return f"{one.article_id}.{one.annotator}", one.studio.annotation if one.studio else digest, digest


def _name(one: Line) -> str:
    return one.id if isinstance(one, Annotation) else f"{one.article_id or 'no article'}.{one.annotator}"

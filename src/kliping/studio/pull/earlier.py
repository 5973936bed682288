"""What earlier pulls wrote, held against what the server has now: what of it stays, and what must not be lost.

An annotation keeps the version of labels and guidelines that it was made with, and what its annotator was shown, for as
long as it is unchanged. Where the same work is there again under another number, as after `kliping studio restore`, it
keeps its times too: it was made then, not when the server was made anew. So does what a relabelling alone has touched.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from kliping.annotation.quarantined import annotation_in, item_of, whole
from kliping.errors import DataError
from kliping.studio.pull.lines import annotations_of, derived_articles, in_order, put_fresh, quarantined_of
from kliping.studio.pull.sameness import in_names_since, is_before, moment, says_the_same
from kliping.studio.pull.told import known_before, task_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from kliping.records import Annotation, Quarantined, Relabelling, Studio
    from kliping.studio.pull.mirror import Mirror

__all__ = ["Earlier", "earlier_annotator", "keeping", "read_earlier", "refuse_loss"]


@dataclass(frozen=True, slots=True)
class Earlier:
    """What the files had of an article before this pull; `living` are the places of it that the server still has."""

    annotations: Sequence[Annotation]
    quarantined: Sequence[Quarantined]
    living: Collection[Studio] = frozenset()


def read_earlier(mirror: Mirror, article: str) -> Earlier:
    """What the files had of an article; what a file's annotation superseded, among the annotations."""
    aside = quarantined_of(mirror, article)
    superseded = [found for one in aside if one.studio and (found := annotation_in(one))]
    annotations = [*annotations_of(mirror, article), *superseded]
    living = {one.studio for one in annotations if one.studio and _is_there(mirror, article, one.studio, one)}
    return Earlier(annotations, aside, living)


def keeping(earlier: Earlier, made: Annotation, relabelled: Sequence[Relabelling] = ()) -> Annotation:
    """An annotation with what it keeps of an earlier pull."""
    for one in earlier.annotations:
        if one.id != made.id or one.text_sha256 != made.text_sha256:
            continue
        if one.studio == made.studio and one.updated == made.updated:
            return msgspec.structs.replace(made, scheme=one.scheme, predictions_shown=one.predictions_shown)
        if one.studio == made.studio and _is_relabelled(one, made, relabelled):
            scheme = one.scheme if says_the_same(one, made) else made.scheme
            return msgspec.structs.replace(
                made, updated=one.updated, scheme=scheme, predictions_shown=one.predictions_shown
            )
        restored = one.studio == made.studio or one.studio not in earlier.living
        if restored and moment(one.updated) < moment(made.created) and says_the_same(one, made):
            return msgspec.structs.replace(
                made,
                created=one.created,
                updated=one.updated,
                lead_time=one.lead_time,
                scheme=one.scheme,
                predictions_shown=one.predictions_shown,
            )
    return made


def _is_relabelled(one: Annotation, made: Annotation, relabelled: Sequence[Relabelling]) -> bool:
    """Whether an annotation was saved again by a relabelling, and says the same but for its names."""
    between = [line for line in relabelled if is_before(one, line) and moment(line.when) <= moment(made.updated)]
    return bool(between) and says_the_same(in_names_since(one, between), made)


def earlier_annotator(earlier: Earlier, place: Studio, created: str) -> str | None:
    """Who submitted an annotation, as an earlier pull knew: for a user whom the server has deleted since."""
    for one in earlier.annotations:
        if one.studio == place and moment(one.created) <= moment(created):
            return one.annotator
    return None


def refuse_loss(mirror: Mirror, where: str) -> None:
    """Refuse a server that does not have the tasks on which earlier annotations were made, nor the same work elsewhere.

    A task that was made after the annotation is another one: a new server counts from 1 again. What was set aside of
    tasks that are gone is kept where it is nowhere else, wherever the annotations themselves are there.

    Raises:
        DataError: this is another server, or an emptied one; nothing may be written.
    """
    lost: list[str] = []
    there = 0
    aside: list[tuple[str, list[Quarantined]]] = []
    for article in derived_articles(mirror):  # what is unchanged was derived from what is there
        before = annotations_of(mirror, article)
        gone = [one for one in before if one.studio is not None and not _is_there(mirror, article, one.studio, one)]
        again = annotations_of(mirror, article, "fresh") if gone else []
        lost += [one.id for one in gone if not any(says_the_same(one, other) for other in again)]
        there += sum(one.studio is not None for one in before)
        stray = [
            one for one in quarantined_of(mirror, article) if one.studio and not _is_there(mirror, article, one.studio)
        ]
        nowhere_else = _not_among(stray, quarantined_of(mirror, article, "fresh")) if stray else []
        if nowhere_else:
            aside.append((article, nowhere_else))
    if aside and not there and not lost:
        there = _count_elsewhere(mirror)
        lost += [] if there else [f"{one.article_id}.{one.annotator}" for _, stray in aside for one in stray]
    if lost:
        raise DataError(
            f"{where}: the tasks of {len(lost)} annotations that were pulled earlier are not there (the first: "
            f"{', '.join(sorted(lost)[:3])}): this is another server, or an emptied one; nothing was written. Name the "
            "right one in LABEL_STUDIO_URL; if they are lost, `kliping studio restore` submits them again; to give "
            "them up, remove them from annotations/ with git first"
        )
    for article, stray in aside:
        _keep_aside(mirror, article, stray)


def _is_there(mirror: Mirror, article: str, place: Studio, one: Annotation | None = None) -> bool:
    task = task_of(mirror, place.project, place.task)
    if task is None or task.article != article:
        return False
    if one is None or one.created is None or moment(one.created) >= moment(task.created):
        return True
    return known_before(mirror, place.project, place.task, place.annotation)


def _count_elsewhere(mirror: Mirror) -> int:
    """How many annotations there are of articles that this pull did not look at."""
    found = mirror.execute(
        "SELECT count(*) FROM lines WHERE kind = 'annotation' AND article NOT IN (SELECT article FROM derived)"
    )
    return int(found.fetchone()[0])


def _not_among(stray: Sequence[Quarantined], fresh: Sequence[Quarantined]) -> list[Quarantined]:
    """What of some lines is not there again, as after `kliping studio restore`; times and numbers are not compared."""
    again = Counter(map(_set_aside, fresh))
    left = []
    for one in stray:
        if again[_set_aside(one)]:
            again[_set_aside(one)] -= 1
        else:
            left.append(one)
    return left


def _set_aside(one: Quarantined) -> tuple[str, str]:
    """By whom a line of the quarantine is, and what it says."""
    told, read = whole(one), annotation_in(one)
    if told is not None:
        said: object = (told.skipped, told.result)
    elif read is not None:
        said = (read.status, read.entities, read.stances, read.comment)
    else:
        said = item_of(one) or one.pulled
    return one.annotator, json.dumps(msgspec.to_builtins(said), sort_keys=True)


def _keep_aside(mirror: Mirror, article: str, stray: Sequence[Quarantined]) -> None:
    own = [msgspec.structs.replace(one, studio=None) for one in stray]
    fresh = quarantined_of(mirror, article, "fresh")
    put_fresh(mirror, article, annotations_of(mirror, article, "fresh"), in_order([*fresh, *own]))

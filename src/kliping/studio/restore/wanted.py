"""What everybody submitted, by what was pulled: annotations and what lies in quarantine, on the text it was made on."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import msgspec

from kliping.annotation.assignments import FIRST_ROUND, assignments
from kliping.annotation.quarantined import SetAsideWhole, annotation_in, is_whole, item_of, whole
from kliping.errors import DataError
from kliping.files import sha256
from kliping.studio.results import write
from kliping.studio.tasks import Key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kliping.project import Corpus
    from kliping.records import Annotation, Quarantined, Studio
    from kliping.studio.results import Item

__all__ = ["Print", "Refused", "Submission", "Wanted", "Whose", "digest", "wanted"]


class Print(NamedTuple):
    """What a submission is known by: a digest of what it says, and its task's and its own number on its server."""

    digest: str
    task: int
    annotation: int


class Submission(NamedTuple):
    """What somebody submitted.

    Attributes:
        known_by: on the lost server.
        result: what they marked, as JSON.
        skipped: whether they skipped the task.
        lead_time: in seconds.
        updated: when, in ISO 8601; empty where it is not known.
        annotations: how many annotations of `annotations/pulled/` it is: 1 or, where it lies in quarantine, 0.
        lines: how many lines of the quarantine it holds: itself, or single items.
    """

    known_by: Print
    result: msgspec.Raw
    skipped: bool
    lead_time: float | None
    updated: str
    annotations: int
    lines: int


Whose: TypeAlias = tuple[Key, str]
"""A task's key and an annotator."""


class Wanted(NamedTuple):
    """All that one annotator submitted on one task, the oldest first."""

    key: Key
    annotator: str
    submissions: tuple[Submission, ...]


class Refused(NamedTuple):
    """What cannot be restored, and why: annotations, or lines of the quarantine."""

    name: str
    reason: str
    annotations: int = 0
    lines: int = 0


@dataclass(slots=True)
class _Aside:
    """What lies in quarantine: submissions by task and annotator, and items by the annotation that they were of."""

    whole: dict[tuple[Key, str], list[Submission]] = field(default_factory=lambda: defaultdict(list))
    items: dict[int, list[Item]] = field(default_factory=lambda: defaultdict(list))
    """By the number of the annotation on the lost server."""
    refused: list[Refused] = field(default_factory=list)


def wanted(corpus: Corpus, current: Mapping[str, str], arrow_names: Mapping[str, str]) -> Iterator[Wanted | Refused]:
    """What everybody submitted; annotations are read one at a time. What came from no server is left out.

    Args:
        corpus: whose annotations.
        current: the SHA-256 of each article's text of today, by id.
        arrow_names: what the screen calls each stance on an arrow.

    Raises:
        DataError: a line of a file is no record.
    """
    aside = _aside(corpus, current, arrow_names)
    yield from aside.refused
    for annotation in corpus.annotations():
        if annotation.studio is None:
            continue
        key = _key(annotation)
        submissions = aside.whole.pop((key, annotation.annotator), [])
        items = aside.items.pop(annotation.studio.annotation, [])
        try:
            told = _as_told(annotation, arrow_names, items)
        except DataError as error:
            yield Refused(annotation.id, str(error).removeprefix(f"{annotation.id}: "), 1, len(items))
        else:
            submissions.append(_submission(told, annotation.studio, annotations=1, lines=len(items)))
        if submissions:
            yield Wanted(key, annotation.annotator, _oldest_first(submissions))
    for (key, annotator), several in sorted(aside.whole.items()):
        yield Wanted(key, annotator, _oldest_first(several))
    for number, items in sorted(aside.items.items()):
        yield Refused(
            f"annotation {number} of the lost server", "its items were set aside, and it is gone", 0, len(items)
        )


def _oldest_first(submissions: list[Submission]) -> tuple[Submission, ...]:
    """What counts is last, to be the newest again.

    What lies in quarantine has the times of the last restoring, which may be later than those that an annotation keeps.
    """
    return tuple(sorted(submissions, key=lambda one: (one.annotations, one.updated)))


def _aside(corpus: Corpus, current: Mapping[str, str], arrow_names: Mapping[str, str]) -> _Aside:
    lines = [(one, one.studio) for one in corpus.quarantine() if one.studio is not None]
    keys = _Keys(corpus, {one.article_id for one, _ in lines if is_whole(one)}, current)
    aside = _Aside()
    for line, place in lines:
        item = item_of(line)
        if item is not None:
            aside.items[place.annotation].append(item)
            continue
        found = _whole(line, place, keys, arrow_names)
        if isinstance(found, Refused):
            aside.refused.append(found)
        else:
            key, submission = found
            aside.whole[key, line.annotator].append(submission)
    return aside


def _whole(
    line: Quarantined, place: Studio, keys: _Keys, arrow_names: Mapping[str, str]
) -> tuple[Key, Submission] | Refused:
    """A submission in quarantine, and which task it was on."""
    name = f"{line.article_id or 'no article'}.{line.annotator}, {line.reason.partition(':')[0]}"
    told, read = whole(line), annotation_in(line)
    if read is not None:
        try:
            return _key(read), _submission(_as_told(read, arrow_names), place, annotations=0, lines=1)
        except DataError as error:
            return Refused(name, str(error).removeprefix(f"{read.id}: "), 0, 1)
    key = keys.of(line, place, told)
    if told is None or key is None:
        return Refused(name, "it is not known on which text it was made", 0, 1)
    return key, _submission(told, place, annotations=0, lines=1)


def _as_told(annotation: Annotation, arrow_names: Mapping[str, str], items: Iterable[Item] = ()) -> SetAsideWhole:
    """An annotation as its annotator submitted it, with the items that were set aside of it."""
    return SetAsideWhole(
        (*write(annotation, arrow_names), *items),
        annotation.status == "skipped",
        annotation.created,
        annotation.updated,
        annotation.lead_time,
    )


def _submission(told: SetAsideWhole, place: Studio, *, annotations: int, lines: int) -> Submission:
    return Submission(
        known_by=Print(digest(list(told.result), skipped=told.skipped), place.task, place.annotation),
        result=msgspec.Raw(msgspec.json.encode(told.result)),
        skipped=told.skipped,
        lead_time=told.lead_time,
        updated=told.updated or "",
        annotations=annotations,
        lines=lines,
    )


def _key(annotation: Annotation) -> Key:
    return Key(annotation.article_id, annotation.text_sha256, annotation.round)


def digest(result: list[Item], *, skipped: bool) -> str:
    """SHA-256 of what a submission says; the order of an item's fields makes no difference."""
    return sha256(json.dumps([result, skipped], sort_keys=True).encode())


class _Keys:
    """Which text a submission in quarantine was on: its line names the article, and a task of the lost server."""

    def __init__(self, corpus: Corpus, articles: set[str | None], current: Mapping[str, str]) -> None:
        self._current = current
        self._rounds = assignments(corpus)
        self._tasks: dict[int, Key] = {}
        self._theirs: dict[tuple[str, str], Key] = {}
        self._article: dict[str, Key] = {}
        for one in corpus.annotations():
            if one.article_id in articles and one.studio is not None:
                self._keep(one, one.studio.task)

    def _keep(self, one: Annotation, task: int) -> None:
        key = _key(one)
        self._tasks[task] = self._theirs[one.article_id, one.annotator] = self._article[one.article_id] = key

    def of(self, line: Quarantined, place: Studio, told: SetAsideWhole | None) -> Key | None:
        """The one that it tells. Earlier pulls wrote none down: then it is worked out.

        It is that of an annotation on the same task, else of their own on the article, else of anybody's on it. Where
        nobody annotated the article, it was on the text of today and in the latest round in which they had it; unless
        its text was not known even then.
        """
        article = line.article_id
        if article is not None and told is not None and told.text_sha256 is not None and told.round is not None:
            return Key(article, told.text_sha256, told.round)
        if article is None or line.reason.startswith("unknown-text"):
            return None
        found = self._tasks.get(place.task) or self._theirs.get((article, line.annotator)) or self._article.get(article)
        if found is None and article in self._current:
            had = [one.round for one in self._rounds.of(article) if one.is_for(line.annotator)]
            found = Key(article, self._current[article], max(had, default=FIRST_ROUND))
        return found

"""The submissions of an exported file, read as far as they can be: on which text, by whom, and what they say."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from kliping.contract import violations
from kliping.files import sha256
from kliping.records import Annotation, Quarantined
from kliping.studio.client import exact
from kliping.studio.people.pseudonyms import pseudonym
from kliping.studio.pull.deriving import begun_from
from kliping.studio.pull.sameness import in_names_since
from kliping.studio.results import Reading, Unreadable, read
from kliping.studio.results.tally import in_aside, in_result
from kliping.studio.tasks import Key, mark_in

if TYPE_CHECKING:
    from kliping.contract import Contract
    from kliping.records import Relabelling
    from kliping.studio.pull.exports import Exported, ExportedTask
    from kliping.studio.pull.texts import Texts
    from kliping.studio.results import Item

__all__ = ["Brought", "Counted", "Reader"]


class Counted(msgspec.Struct, frozen=True):
    """What a submission of the file has, and what of it was set aside while the rest was kept."""

    annotator: str
    taken: dict[str, int]
    stray: dict[str, int]


@dataclass(frozen=True, slots=True)
class Brought:
    """A submission of the file: of which article, as an annotation if it can be one, and what of it is set aside."""

    article: str
    pulled: str
    annotation: Annotation | None
    quarantined: list[Quarantined]
    counted: Counted


@dataclass(frozen=True, slots=True)
class Reader:
    """What a file's submissions are read with."""

    contract: Contract
    key: bytes
    texts: Texts
    relabelled: tuple[Relabelling, ...] = ()
    people: dict[str, str] = field(default_factory=dict)
    """The annotators that numbers of the file are known to be, such as `#7`."""

    def take(self, task: ExportedTask, made: Exported) -> Brought:
        """A submission, read as far as it can be."""
        items: list[Item] = [item for item in made.result or () if isinstance(item, dict)]
        who = made.address or made.person
        annotator = self.people.get(who or "") or pseudonym(self.key, who or "#None")
        taken = in_result(items, self.contract.scheme)
        taken.update(annotations=1, skips=int(bool(made.was_cancelled)))
        pulled = _told(task, made, items)
        found = self.key_of(task) if who else "nobody: the file does not say who submitted it"
        reading = found if isinstance(found, str) else self._reading(found, items)
        if isinstance(found, Key) and isinstance(reading, Reading):
            said = self._annotation(found, annotator, task, made, reading)
            annotation = in_names_since(said, self.relabelled)
            faults = list(violations(self.contract, "annotation", annotation))
            if not faults:
                stray = [aside.item for aside in reading.set_aside]
                aside = in_aside(stray, said, self.contract.scheme)
                strays = [
                    _quarantined(found.article_id, annotator, one.reason, msgspec.json.encode(one.item).decode())
                    for one in reading.set_aside
                ]
                return Brought(found.article_id, pulled, annotation, strays, Counted(annotator, taken, aside))
            reading = f"contract: {'; '.join(faults)}"
        article = found.article_id if isinstance(found, Key) else None
        whole = _quarantined(article, annotator, str(reading), pulled)
        return Brought(article or "", pulled, None, [whole], Counted(annotator, taken, {}))

    def key_of(self, task: ExportedTask) -> Key | str:
        """By what a task's text is known here, or why it is not."""
        mark = mark_in(task.meta)
        if mark is not None and self.texts.get(mark.key.article_id, mark.key.text_sha256) is not None:
            return mark.key
        data = task.data or {}
        digests = [sha256(one.encode("utf-8", "replace")) for one in data.values() if isinstance(one, str)]
        number = mark.key.round if mark else 1
        for digest in digests:
            if isinstance(data.get("id"), str) and self.texts.get(data["id"], digest) is not None:
                return Key(data["id"], digest, number)
        for digest in digests:
            articles = self.texts.of_digest(digest)
            if len(articles) > 1:
                return f"ambiguous-text: {len(articles)} articles have the text of task {task.id}"
            if articles:
                return Key(articles[0], digest, number)
        return f"unknown-text: neither articles nor revisions have the text of task {task.id}"

    def _annotation(self, key: Key, annotator: str, task: ExportedTask, made: Exported, reading: Reading) -> Annotation:
        mark = mark_in(task.meta)
        shown = mark.shown if mark else None
        if made.parent_prediction is not None:
            shown = begun_from(task.model(made.parent_prediction), shown)
        return Annotation(
            id=f"{key.article_id}.{annotator}.{key.round}",
            article_id=key.article_id,
            text_sha256=key.text_sha256,
            annotator=annotator,
            round=key.round,
            scheme=self.contract.scheme.version,
            status="skipped" if made.was_cancelled else "submitted",
            entities=reading.entities,
            stances=reading.stances,
            comment=reading.comment,
            created=exact(made.created_at) if made.created_at else None,
            updated=exact(made.updated_at) if made.updated_at else None,
            lead_time=made.lead_time,
            predictions_shown=shown,
            studio=None,
        )

    def _reading(self, key: Key, items: list[Item]) -> Reading | str:
        text = self.texts.get(key.article_id, key.text_sha256)
        try:
            return read(items, text or "", self.contract.scheme)
        except Unreadable as unreadable:
            return str(unreadable)


def _told(task: ExportedTask, made: Exported, items: list[Item]) -> str:
    told = {
        "task": task.id,
        "annotation": made.id,
        "skipped": bool(made.was_cancelled),
        "created": made.created_at,
        "updated": made.updated_at,
        "result": items,
    }
    return msgspec.json.encode(told).decode()


def _quarantined(article: str | None, annotator: str, reason: str, pulled: str) -> Quarantined:
    return Quarantined(article_id=article, annotator=annotator, studio=None, reason=reason, pulled=pulled)

"""What earlier pulls wrote, held against what the server has now: what was deleted there, and what must not be lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from kliping.errors import DataError
from kliping.files import sha256

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kliping.project import Corpus
    from kliping.records import Annotation, Quarantined

__all__ = ["Earlier", "digest", "earlier_pull", "refuse_loss"]


@dataclass(frozen=True, slots=True)
class Earlier:
    """An annotation or a quarantined one of an earlier pull: whose it is, where it lay, and a digest of its line."""

    name: str
    article_id: str | None
    task: int
    annotation: int
    digest: str
    created: str | None = None
    updated: str | None = None
    scheme: str | None = None


def digest(record: Annotation | Quarantined) -> str:
    """SHA-256 of a record's line."""
    return sha256(msgspec.json.encode(record))


def earlier_pull(corpus: Corpus) -> list[Earlier]:
    """What the corpus has from servers; annotations that came from none are left out."""
    kept = [
        Earlier(
            one.id,
            one.article_id,
            one.studio.task,
            one.studio.annotation,
            digest(one),
            one.created,
            one.updated,
            one.scheme,
        )
        for one in corpus.annotations()
        if one.studio is not None
    ]
    aside = [
        Earlier(
            f"{one.article_id}.{one.annotator}", one.article_id, one.studio.task, one.studio.annotation, digest(one)
        )
        for one in corpus.quarantine()
    ]
    return kept + aside


def refuse_loss(earlier: Iterable[Earlier], tasks: Mapping[int, tuple[str | None, str]], where: str) -> None:
    """Refuse a server that does not have the tasks on which earlier annotations were made.

    Args:
        earlier: of the pulls before.
        tasks: the article and the time of making of each task on the server. A task made after the annotation is
            another one: a new server counts from 1 again.
        where: the server, for the message.

    Raises:
        DataError: this is another server, or an emptied one; nothing may be written.
    """
    gone = sorted({one.name for one in earlier if not _is_there(one, tasks.get(one.task))})
    if gone:
        raise DataError(
            f"{where}: the tasks of {len(gone)} annotations that were pulled earlier are not there (the first: "
            f"{', '.join(gone[:3])}): this is another server, or an emptied one; nothing was written. Name the "
            "right one in LABEL_STUDIO_URL; to give the annotations up, remove them from annotations/ with git first"
        )


def _is_there(one: Earlier, task: tuple[str | None, str] | None) -> bool:
    if task is None or task[0] != one.article_id:
        return False
    return one.created is None or _moment(one.created) >= _moment(task[1])


def _moment(when: str) -> datetime:
    return datetime.fromisoformat(when)

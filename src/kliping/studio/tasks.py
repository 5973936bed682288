"""An article as a task of Label Studio."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import msgspec

from kliping.annotation.prediction.reading import as_annotation
from kliping.contract.labeling import AUTHOR, arrow_names, holder_keys
from kliping.contract.scheme import on_screen
from kliping.files import sha256
from kliping.studio.results import write

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kliping.contract import Scheme
    from kliping.records import Article, Entity, Prediction

__all__ = ["SHOWN", "Batch", "Key", "Mark", "Task", "batches", "holders", "mark_in", "sent", "task"]

Task: TypeAlias = dict[str, Any]
"""A task as Label Studio imports it: `data` for the screen, `predictions` to begin from, `meta` for us."""

SHOWN = "kliping"
"""The model version that every prediction has on the server. Annotators are shown one version of a project alone, and
ours are of several: a model's, another's after it, what was carried over. Which it is says the task's mark.
"""


class Batch(NamedTuple):
    """Tasks of one import request, as the JSON list that is sent."""

    tasks: int
    body: msgspec.Raw


class Key(NamedTuple):
    """What a task is known by: an article's id, its text's SHA-256, and the round of annotation, from 1."""

    article_id: str
    text_sha256: str
    round: int = 1


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands in the `meta` of a task that we sent.

    Attributes:
        key: what it is known by.
        shown: the model version whose predictions came with it, or None.
        sent: a digest of all that was sent, so that a task that would be sent otherwise today is known.
    """

    key: Key
    shown: str | None = None
    sent: str | None = None


BATCH_TASKS = 200
BATCH_BYTES = 8_000_000
"""Of one import request; Label Studio fails at 255 MB, and an import is all or nothing."""

_VOICE = {"en": "The article's voice", "id": "Suara artikel"}


def task(article: Article, scheme: Scheme, language: str, number: int = 1, offered: Prediction | None = None) -> Task:
    """The task of an article: its canonical text, what the screen shows of it, what is offered, and its mark.

    Args:
        article: the article.
        scheme: whose declared holders are offered.
        language: of the annotators, for the holders' titles.
        number: of the round of annotation.
        offered: what annotators begin from, or None; its mentions are offered as holders, too.

    Raises:
        DataError: the prediction says what the screen cannot.
    """
    made: Task = {"data": _data(article, scheme, language, offered.entities if offered else ())}
    if offered is not None:
        result = write(as_annotation(offered), arrow_names(scheme, language))
        made["predictions"] = [{"model_version": SHOWN, "score": offered.score, "result": result}]
    shown = offered.model_version if offered else None
    named = {"id": article.id, "text_sha256": article.text_sha256, "round": number}
    made["meta"] = {"kliping": {**named, "shown": shown, "sent": _digest(made, shown)}}
    return made


def sent(made: Task) -> str:
    """The digest of all that is sent with a task, as its mark has it: 16 hexadecimal digits."""
    return str(made["meta"]["kliping"]["sent"])


def _digest(made: Task, shown: str | None) -> str:
    return sha256(msgspec.json.encode([made, shown]))[:16]


def _data(article: Article, scheme: Scheme, language: str, predicted: Iterable[Entity]) -> dict[str, Any]:
    return {
        "text": article.text,
        "title": article.title or article.id,
        "id": article.id,
        "language": article.language,
        "publisher": article.publisher,
        "published": article.published,
        "url": article.url,
        "holders": holders(scheme, language, predicted),
        "about": _about(article),
    }


def _about(article: Article) -> str:
    """Where an article is from, in one line for the screen; its id at least, as an empty one would be a gap."""
    day = (article.published or "").partition("T")[0]
    return " · ".join(part for part in (article.publisher, day, article.id) if part)


def holders(scheme: Scheme, language: str, predicted: Iterable[Entity] = ()) -> list[dict[str, str]]:
    """The choices of `holder`: the article's own voice, the declared ones, then predicted mentions.

    `alias` is what is stored: of a predicted mention `mention:START-END`, in code points, of the first mention of its
    surface. The first two kinds have the same key in every task; Label Studio gives keys to the others.

    Args:
        scheme: whose declared holders are offered, but for retired ones.
        language: of the annotators, BCP 47.
        predicted: mentions of the task's text, in any order; each surface is offered once.
    """
    voice = {"value": _VOICE.get(language.partition("-")[0], _VOICE["en"]), "alias": AUTHOR}
    declared = ({"value": one.title_in(language), "alias": one.const} for one in on_screen(scheme.holders))
    listed = [voice, *declared]
    keys = holder_keys(scheme)
    listed = [{**one, "hotkey": keys[one["alias"]]} if one["alias"] in keys else one for one in listed]
    first: dict[str, Entity] = {}
    for entity in sorted(predicted, key=lambda entity: (entity.start, entity.end)):
        first.setdefault(entity.text, entity)
    return [*listed, *({"value": words, "alias": f"mention:{one.start}-{one.end}"} for words, one in first.items())]


def mark_in(meta: object) -> Mark | None:
    """The mark in a task's `meta`, or None where the task is not ours. Without a round it is of the first."""
    ours = meta.get("kliping") if isinstance(meta, dict) else None
    if not isinstance(ours, dict):
        return None
    identity, digest, number = ours.get("id"), ours.get("text_sha256"), ours.get("round", 1)
    if not isinstance(identity, str) or not isinstance(digest, str) or not isinstance(number, int):
        return None
    shown, sent = ours.get("shown"), ours.get("sent")
    return Mark(
        Key(identity, digest, number),
        shown if isinstance(shown, str) else None,
        sent if isinstance(sent, str) else None,
    )


def batches(tasks: Iterable[Task]) -> Iterator[Batch]:
    """Tasks in requests of at most `BATCH_TASKS` and about `BATCH_BYTES`; a larger one goes alone."""
    batch: list[bytes] = []
    size = 0
    for one in tasks:
        encoded = msgspec.json.encode(one)
        if batch and (len(batch) == BATCH_TASKS or size + len(encoded) > BATCH_BYTES):
            yield _batch(batch)
            batch, size = [], 0
        batch.append(encoded)
        size += len(encoded)
    if batch:
        yield _batch(batch)


def _batch(encoded: list[bytes]) -> Batch:
    return Batch(len(encoded), msgspec.Raw(b"[" + b",".join(encoded) + b"]"))

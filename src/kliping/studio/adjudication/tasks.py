"""An article with open questions as a task of the adjudication project."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from kliping.annotation.adjudication.votes import mention_of
from kliping.contract.adjudicating import AGREED, LAYER, QUESTIONS, layer
from kliping.contract.labeling import TEXT
from kliping.files import sha256
from kliping.studio.adjudication.questions import Question, digest, letters
from kliping.studio.tasks import Key, holders, task

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kliping.annotation import Adjudicated
    from kliping.contract import Scheme
    from kliping.records import Article, Entity
    from kliping.studio.results import Item
    from kliping.studio.tasks import Mark, Task

__all__ = ["GUIDELINES", "LAYERS", "asked_in", "key_of", "open_task", "same_questions"]

LAYERS = "layers"
"""The model version under which annotators' versions are shown: Label Studio shows predictions of a chosen one."""

GUIDELINES = "guidelines"


def key_of(article: Article) -> Key:
    """What the tasks of an article's text are known by in the adjudication project."""
    return Key(article.id, article.text_sha256)


def open_task(
    article: Article, one: Adjudicated, asked: Sequence[Question], scheme: Scheme, language: str
) -> tuple[Task, str]:
    """The task, and the `sent` of its mark: a digest of the questions, and one of all that is sent."""
    made = task(article, scheme, language)
    made["data"]["holders"] = holders(scheme, language, _marked(one))
    made["data"][QUESTIONS] = [msgspec.to_builtins(question) for question in asked]
    made["data"][GUIDELINES] = scheme.version
    made["predictions"] = [{"model_version": LAYERS, "result": list(_regions(article, one))}]
    sent = f"{digest(scheme.version, asked)}.{sha256(msgspec.json.encode([made['data'], made['predictions']]))[:16]}"
    made["meta"] = {"kliping": {**key_of(article)._asdict(), "shown": LAYERS, "sent": sent}}
    made["meta"]["kliping"]["id"] = made["meta"]["kliping"].pop("article_id")
    return made, sent


def same_questions(sent: str | None, other: str) -> bool:
    """Whether two digests of what was sent are of the same questions."""
    return sent is not None and sent.partition(".")[0] == other.partition(".")[0]


def asked_in(data: Mapping[str, Any], mark: Mark) -> tuple[str, tuple[Question, ...]] | None:
    """The version of the guidelines and the questions in a task's data; None where they are not what we sent."""
    try:
        asked = msgspec.convert(data.get(QUESTIONS), tuple[Question, ...])
    except msgspec.ValidationError:
        return None
    guidelines = data.get(GUIDELINES)
    if not isinstance(guidelines, str) or not same_questions(mark.sent, digest(guidelines, asked)):
        return None
    return guidelines, asked


def _marked(one: Adjudicated) -> Iterator[Entity]:
    """The mentions that annotators marked and nobody has turned down: whom the adjudicator may choose as a holder."""
    for annotation in one.voters.counted:
        for entity in annotation.entities:
            if one.mentions.fates[mention_of(entity)] == "open" or mention_of(entity) in one.mentions.into.values():
                yield entity


def _regions(article: Article, one: Adjudicated) -> Iterator[Item]:
    """What is settled, then each annotator's version of what is open, as regions that nobody can make by hand."""
    for mention in sorted(set(one.mentions.into.values())):
        yield _region(article, AGREED, *mention)
    named = letters(article.id, (annotation.annotator for annotation in one.voters.counted))
    for annotation in sorted(one.voters.counted, key=lambda version: named[version.annotator]):
        for mention in sorted({mention_of(entity) for entity in annotation.entities}):
            if one.mentions.fates[mention] == "open":
                yield _region(article, named[annotation.annotator], *mention)


def _region(article: Article, letter: str, start: int, end: int, label: str) -> Item:
    return {
        "id": f"{letter}-{start}-{end}-{label}",
        "from_name": LAYER,
        "to_name": TEXT,
        "type": "labels",
        "value": {"start": start, "end": end, "text": article.text[start:end], "labels": [layer(letter, label)]},
    }

"""What annotators begin from: what was carried over from an earlier text of the article, else what a model says."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

import msgspec

from kliping.annotation.prediction.reading import as_annotation, faults, predictions_by_article
from kliping.contract.labeling import arrow_names
from kliping.errors import DataError
from kliping.records import Carried, Prediction
from kliping.studio.results import write

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from kliping.contract import Scheme
    from kliping.project import Corpus
    from kliping.records import Article, Entity, Stance
    from kliping.studio.projects import Role

__all__ = ["CARRIED", "Offers", "in_common"]

T = TypeVar("T")

CARRIED = "carried"
"""The model version of what was carried over."""


class Offers:
    """What is offered with each article; lines are read when they are asked for, so that many take no memory."""

    def __init__(self, corpus: Corpus, scheme: Scheme) -> None:
        """Walk the files once.

        Raises:
            CallError: the predictions that the settings name are not there.
            DataError: a line is broken, or an article has two predictions.
        """
        name = corpus.settings.annotators.predictions
        self._scheme = scheme
        self._arrows = arrow_names(scheme, corpus.settings.language)
        self._carried = _CarriedLines(corpus.annotation_folder / "carried.jsonl")
        self._predictions: Mapping[str, Prediction] = predictions_by_article(corpus, name) if name else {}

    def __contains__(self, article_id: object) -> bool:
        return article_id in self._carried.at or article_id in self._predictions

    def of(self, article: Article, role: Role) -> Prediction | None:
        """What is offered with an article in a project, or None. What is wrong is not offered; `faults` tells it."""
        carried = self._of_role(article, role)
        if carried is not None:
            return None if any(self._faults(carried, article)) else carried
        predicted = self._predictions.get(article.id)
        return None if predicted is None or any(self._faults(predicted, article)) else predicted

    def carried_faults(self, article: Article, role: Role) -> tuple[str, ...]:
        """Why what was carried over to an article is not offered; nothing where it is, or where there is none."""
        carried = self._of_role(article, role)
        return () if carried is None else self._faults(carried, article)

    def prediction_faults(self, article: Article) -> tuple[str, ...]:
        """What is wrong with a model's prediction of an article; one of an earlier text is merely not offered."""
        predicted = self._predictions.get(article.id)
        if predicted is None or predicted.text_sha256 != article.text_sha256:
            return ()
        return self._faults(predicted, article)

    def is_of_another_text(self, article: Article) -> bool:
        """Whether a model said something of another text of an article than today's."""
        predicted = self._predictions.get(article.id)
        return predicted is not None and predicted.text_sha256 != article.text_sha256

    def _of_role(self, article: Article, role: Role) -> Prediction | None:
        """In an annotator's own project their own; in a shared one what all carried ones have in common."""
        own = [
            one
            for one in self._carried.of(article.id)
            if one.text_sha256 == article.text_sha256 and role.annotator in (None, one.annotator)
        ]
        return in_common(own) if own else None

    def _faults(self, offered: Prediction, article: Article) -> tuple[str, ...]:
        found = tuple(faults(offered, article, self._scheme))
        if found:
            return found
        try:
            write(as_annotation(offered), self._arrows)
        except DataError as error:
            return (str(error),)
        return ()


def in_common(carried: list[Carried]) -> Prediction:
    """What several carried annotations of one text all say: mentions by place and label, stances by places and names.

    Doubt and a mention's name stay where all have the same. Of one, it is all of it.
    """
    first = carried[0]
    if len(carried) == 1:
        return _prediction(first, first.entities, first.stances)
    mentions = [{(one.start, one.end, one.label): one for one in said.entities} for said in carried]
    shared = set.intersection(*(set(one) for one in mentions))
    entities = tuple(
        _agreed(one, [said[key] for said in mentions]) for key, one in mentions[0].items() if key in shared
    )
    kept = {one.id for one in entities}
    claims = [{_claim(stance, said.entities) for stance in said.stances} for said in carried]
    common = set.intersection(*claims)
    stances = tuple(one for one in first.stances if _claim(one, first.entities) in common and _mentions(one) <= kept)
    return _prediction(first, entities, stances)


def _prediction(first: Carried, entities: tuple[Entity, ...], stances: tuple[Stance, ...]) -> Prediction:
    return Prediction(
        article_id=first.article_id,
        text_sha256=first.text_sha256,
        model_version=CARRIED,
        score=None,
        entities=entities,
        stances=stances,
    )


def _agreed(one: Entity, all_of_it: Iterable[Entity]) -> Entity:
    said = list(all_of_it)
    return msgspec.structs.replace(
        one,
        ref=one.ref if all(other.ref == one.ref for other in said) else None,
        unsure=all(other.unsure for other in said),
    )


class _Side(NamedTuple):
    kind: str
    start: int
    end: int
    name: str


def _claim(stance: Stance, entities: Iterable[Entity]) -> tuple[str, _Side, _Side]:
    """A stance by places and names: ids differ between annotators."""
    places = {one.id: (one.start, one.end) for one in entities}
    target, holder = (
        _Side(side.kind, *places.get(side.mention or "", (-1, -1)), side.name or "")
        for side in (stance.target, stance.holder)
    )
    return stance.stance, target, holder


def _mentions(stance: Stance) -> set[str]:
    return {side.mention for side in (stance.target, stance.holder) if side.mention is not None}


class _About(msgspec.Struct, frozen=True):
    article_id: str


class _CarriedLines:
    """Carried annotations where they lie in their file, by article."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self.at: dict[str, tuple[int, ...]] = {}
        offset, decoder = 0, msgspec.json.Decoder(_About)
        if place.exists():
            with place.open("rb") as file:
                for number, line in enumerate(file, 1):
                    name = self._decoded(decoder, line, number).article_id
                    self.at[name] = (*self.at.get(name, ()), offset)
                    offset += len(line)

    def of(self, article_id: str) -> list[Carried]:
        """The carried annotations of an article, in the file's order."""
        if article_id not in self.at:
            return []
        found, decoder = [], msgspec.json.Decoder(Carried)
        with self._place.open("rb") as file:
            for offset in self.at[article_id]:
                file.seek(offset)
                found.append(self._decoded(decoder, file.readline(), None))
        return found

    def _decoded(self, decoder: msgspec.json.Decoder[T], line: bytes, number: int | None) -> T:
        try:
            return decoder.decode(line)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            place = f"{self._place}:{number}" if number else str(self._place)
            raise DataError(f"{place}: {error}; run `kliping normalise` again, or restore it with git") from None

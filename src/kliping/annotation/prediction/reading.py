"""Reading predictions again, and what is wrong with one: pure, so that push and the check ask the same."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, TypeVar

import msgspec

from kliping.annotation.prediction.spans import counted_in, is_torn
from kliping.contract.addresses import ADDRESS
from kliping.errors import CallError, DataError
from kliping.records import Annotation, Carried, Prediction

if TYPE_CHECKING:
    from pathlib import Path

    from kliping.contract import Label, Scheme
    from kliping.project import Corpus
    from kliping.records import Article, Entity, Holder, Stance, Target

__all__ = ["as_annotation", "faults", "predictions_by_article", "predictions_place"]

T = TypeVar("T")


def predictions_place(corpus: Corpus, name: str) -> Path:
    """Where the predictions of a name are: `annotations/predictions/NAME.jsonl`."""
    return corpus.annotation_folder / "predictions" / f"{name}.jsonl"


def predictions_by_article(corpus: Corpus, name: str) -> Mapping[str, Prediction]:
    """The predictions of a name, by article; a line is read when it is asked for, so that many take no memory.

    A prediction may be of an earlier text of its article: see `faults`.

    Raises:
        CallError: there is no such file.
        DataError: a line is no prediction, or an article has two.
    """
    place = predictions_place(corpus, name)
    if not place.is_file():
        raise CallError(f"{place}: missing; run `kliping predict {name}`, or mend `predictions` in pyproject.toml")
    return _ByArticle(place)


class _About(msgspec.Struct, frozen=True):
    """What of a prediction is kept: the rest is read again."""

    article_id: str


class _ByArticle(Mapping[str, Prediction]):
    """Predictions where they lie in a file."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._at: dict[str, tuple[int, int]] = {}
        about, offset = msgspec.json.Decoder(_About), 0
        with place.open("rb") as file:
            for number, line in enumerate(file, 1):
                name = _decoded(about, line, f"{place}:{number}").article_id
                if name in self._at:
                    raise DataError(f"{place}:{number}: {name} has a prediction above; keep one")
                self._at[name] = (offset, number)
                offset += len(line)

    def __getitem__(self, name: str) -> Prediction:
        offset, number = self._at[name]
        with self._place.open("rb") as file:
            file.seek(offset)
            return _decoded(msgspec.json.Decoder(Prediction), file.readline(), f"{self._place}:{number}")

    def __iter__(self) -> Iterator[str]:
        return iter(self._at)

    def __len__(self) -> int:
        return len(self._at)


def _decoded(decoder: msgspec.json.Decoder[T], line: bytes, place: str) -> T:
    try:
        return decoder.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise DataError(f"{place}: {error}; run `kliping predict` again, or restore the line with git") from None


def as_annotation(offered: Prediction | Carried) -> Annotation:
    """What is offered, in the shape of an annotation, for what writes annotations; nobody made it."""
    return Annotation(
        id=offered.annotation if isinstance(offered, Carried) else f"prediction of {offered.article_id}",
        article_id=offered.article_id,
        text_sha256=offered.text_sha256,
        annotator=offered.annotator if isinstance(offered, Carried) else "annotator-none",
        round=1,
        scheme=offered.scheme if isinstance(offered, Carried) else "",
        status="submitted",
        entities=tuple(msgspec.structs.replace(one, origin="prediction") for one in offered.entities),
        stances=offered.stances,
        comment=None,
        created=None,
        updated=None,
        lead_time=None,
        predictions_shown=None,
        studio=None,
    )


def faults(prediction: Prediction, article: Article, scheme: Scheme) -> Iterator[str]:
    """What is wrong with a prediction of an article: what it is, and what to do. Nothing for a good one.

    Its spans are proven against the article's text, its choices are those that the screen offers today, and each stance
    rests on what is there. Offsets of another text are not looked at.
    """
    score = prediction.score
    if score is not None and not 0 <= score <= 1:  # not a number is neither
        yield f"the score {score} is not from 0 to 1; give the model's confidence as a probability, or null"
    if not prediction.model_version or ADDRESS.search(prediction.model_version):
        yield "the model_version is empty or holds an e-mail address; give the model's name and version"
    if prediction.text_sha256 != article.text_sha256:
        yield "made on another text of the article than today's; run the model again on corpus/articles"
        return
    for entity in prediction.entities:
        yield from (f"{_told(entity)}: {fault}" for fault in _entity_faults(entity, article.text, scheme))
    yield from _repeated(prediction)
    mentions = {entity.id for entity in prediction.entities}
    for stance in prediction.stances:
        yield from (f"the stance {stance.id}: {fault}" for fault in _stance_faults(stance, mentions, scheme))


def _told(entity: Entity) -> str:
    return f"the mention {entity.id} ({entity.text!r}, {entity.start}-{entity.end})"


def _entity_faults(entity: Entity, text: str, scheme: Scheme) -> Iterator[str]:
    yield from _choice_faults("label", entity.label, scheme.entity_labels)
    start, end, surface = entity.start, entity.end, entity.text
    if not 0 <= start < end <= len(text):
        yield f"outside the text, which ends at {len(text)}{_hint(text, entity)}"
    elif text[start:end] != surface:
        yield f"the text there is {text[start:end]!r}{_hint(text, entity)}"
    elif not surface.strip():
        yield "white space only; leave it out"
    elif surface != surface.strip():
        yield "white space at its edges; mark it without"
    elif is_torn(text, start, end):
        yield "begins or ends inside a character that people see as one; move the edge past the marks that belong to it"
    if entity.ref and ADDRESS.search(entity.ref):
        yield "its ref holds an e-mail address; take it out"


def _hint(text: str, entity: Entity) -> str:
    if 0 <= entity.start < entity.end and unicodedata.normalize("NFC", entity.text) == text[entity.start : entity.end]:
        return "; the same words in another form of Unicode: give them in NFC, as the article has them"
    if 0 <= entity.start < entity.end and (unit := counted_in(text, entity.start, entity.end, entity.text)):
        return f"; it is where it says if offsets count {unit}: count Unicode code points, as Python does"
    return "; offsets count Unicode code points from 0, and `end` is one past the last"


def _choice_faults(what: str, const: str | None, choices: tuple[Label, ...]) -> Iterator[str]:
    known = {one.const: one for one in choices}
    if const not in known:
        yield f"the {what} {const!r} is not in the scheme; {_offered(choices)}"
    elif known[const].deprecated:
        yield f"the {what} {const!r} is deprecated, so the screen has it no more; {_offered(choices)}"


def _offered(choices: tuple[Label, ...]) -> str:
    live = [one.const for one in choices if not one.deprecated]
    return f"use one of {', '.join(live)}" if live else "the scheme has none, so leave it out"


def _repeated(prediction: Prediction) -> Iterator[str]:
    """Ids that are there twice, and mentions that say the same again; a second one may bear a stance of its own."""
    for what, named in (("mention", prediction.entities), ("stance", prediction.stances)):
        for name, times in Counter(one.id for one in named).items():
            if times > 1:
                yield f"the {what} {name} is there {times} times; give each an id of its own"
    bearing = {stance.target.mention for stance in prediction.stances}
    said: dict[tuple[int, int, str], Entity] = {}
    for entity in prediction.entities:
        first = said.setdefault((entity.start, entity.end, entity.label), entity)
        if first is not entity and not {first.id, entity.id} <= bearing:
            yield f"{_told(entity)}: the same as {first.id}; keep one"


def _stance_faults(stance: Stance, mentions: set[str], scheme: Scheme) -> Iterator[str]:
    yield from _choice_faults("stance", stance.stance, scheme.stances)
    for what, side in (("target", stance.target), ("holder", stance.holder)):
        yield from (f"its {what}: {fault}" for fault in _side_faults(side, mentions))
    if stance.target.kind == "declared" and stance.target.name:
        yield from _choice_faults("target", stance.target.name, scheme.targets)
    if stance.holder.kind == "named" and stance.holder.name:
        yield from _choice_faults("holder", stance.holder.name, scheme.holders)


def _side_faults(side: Target | Holder, mentions: set[str]) -> Iterator[str]:
    needs_mention, needs_name = side.kind == "mention", side.kind in ("declared", "named")
    if bool(side.mention) != needs_mention or bool(side.name) != needs_name:
        needed = "its mention" if needs_mention else "its name" if needs_name else "nothing"
        yield f"the kind {side.kind!r} needs {needed} and no more; give that, and leave the rest null"
    elif needs_mention and side.mention not in mentions:
        yield f"the mention {side.mention} is not there; name the id of a mention of this prediction"

"""Predictions that a model of somebody's own wrote down, as JSON lines.

A line is our own record (`annotation.schema.json#/$defs/prediction`), or as much of it as people have at hand: the
article's id, and mentions with `start`, `end` and `label`. What is left out is filled in where it can only be one
thing; offsets are never guessed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from kliping.annotation.prediction.offers import Fault, Offer
from kliping.annotation.prediction.spans import pieces
from kliping.errors import CallError
from kliping.files import sha256
from kliping.records import Entity, Holder, Prediction, Stance, Target

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from kliping.records import Article

__all__ = ["given_offers"]

_BOM = b"\xef\xbb\xbf"


class _Form(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of a line; a field that nobody knows is a fault."""


class _Mention(_Form, frozen=True):
    start: int
    end: int
    label: str
    text: str | None = None
    id: str | None = None
    ref: str | None = None
    origin: str | None = None
    unsure: bool = False
    score: float | None = None


class _Target(_Form, frozen=True):
    kind: Literal["mention", "declared"]
    mention: str | None = None
    name: str | None = None


class _Holder(_Form, frozen=True):
    kind: Literal["author", "mention", "named", "unspecified"]
    mention: str | None = None
    name: str | None = None


class _Stance(_Form, frozen=True):
    stance: str
    target: _Target
    holder: _Holder = _Holder(kind="unspecified")
    id: str | None = None


class _Line(_Form, frozen=True):
    entities: tuple[_Mention, ...]
    article_id: str | None = None
    id: str | None = None
    text_sha256: str | None = None
    text: str | None = None
    model_version: str | None = None
    score: float | None = None
    stances: tuple[_Stance, ...] = ()


class _Placed(msgspec.Struct, frozen=True):
    place: str
    line: _Line


def given_offers(path: Path, articles: Iterable[Article], name: str) -> Iterator[Offer | Fault]:
    """What a file of JSON lines offers, in the order of the articles, and every fault of form in it.

    Args:
        path: the file; empty lines are passed over.
        articles: those of the corpus.
        name: of the model, where a line gives no `model_version`: then it is `NAME+` and 8 digits of the file's hash.

    Raises:
        CallError: the file cannot be read.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CallError(f"{path}: {error.strerror}; name a file of JSON lines with --from") from None
    version = f"{name}+{sha256(data)[:8]}"
    by_article: dict[str, _Placed] = {}
    for one in _lines(path, data):
        if isinstance(one, Fault):
            yield one
            continue
        about = one.line.article_id or one.line.id or ""
        first = by_article.setdefault(about, one)
        if first is not one:
            yield Fault(one.place, f"{about}: predicted at {first.place} already; keep one")
    for order, article in enumerate(articles):
        placed = by_article.pop(article.id, None)
        if placed is not None:
            yield _offer(placed, order, article, version)
    for about, placed in by_article.items():
        yield Fault(placed.place, f"{about!r}: the corpus holds no such article; give an id of corpus/articles")


def _lines(path: Path, data: bytes) -> Iterator[_Placed | Fault]:
    decoder = msgspec.json.Decoder(_Line)
    for number, raw in enumerate(data.removeprefix(_BOM).split(b"\n"), 1):
        place = f"{path}:{number}"
        if not raw.strip():
            continue
        try:
            line = decoder.decode(raw)
        except msgspec.ValidationError as error:
            yield Fault(place, f"no prediction: {error}; see docs/how-to/pre-annotation.md for the fields")
        except RecursionError:
            yield Fault(place, "no prediction: nested too deeply; give one flat JSON object a line")
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            yield Fault(place, f"not JSON: {error}; give one JSON object a line, in UTF-8")
        else:
            if not (line.article_id or line.id):
                yield Fault(place, "names no article; give its id as article_id")
            elif line.article_id and line.id and line.article_id != line.id:
                yield Fault(place, f"names two articles, {line.article_id} and {line.id}; keep article_id")
            else:
                yield _Placed(place, line)


def _offer(placed: _Placed, order: int, article: Article, version: str) -> Offer | Fault:
    line = placed.line
    if line.text is not None and line.text != article.text:
        at = next((n for n, (a, b) in enumerate(zip(line.text, article.text, strict=False)) if a != b), None)
        where = f"from {at} on" if at is not None else f"as long as {min(len(line.text), len(article.text))}"
        return Fault(placed.place, f"{article.id}: its text is another {where}; run the model on corpus/articles")
    entities = tuple(_entity(number, one, article.text) for number, one in enumerate(line.entities, 1))
    bare = [one for one in line.entities if one.text is None]
    borders = {piece.start for piece in pieces(article.text)} | {len(article.text)} if bare else set()
    return Offer(
        place=placed.place,
        order=order,
        article=article,
        prediction=Prediction(
            article_id=article.id,
            text_sha256=line.text_sha256 or article.text_sha256,
            model_version=version if line.model_version is None else line.model_version,
            score=line.score,
            entities=entities,
            stances=tuple(_stance(number, one) for number, one in enumerate(line.stances, 1)),
        ),
        trimmed=sum(
            one.start != made.start or one.end != made.end for one, made in zip(line.entities, entities, strict=True)
        ),
        unproven=len(bare),
        torn=sum(not {one.start, one.end} <= borders for one in bare),
        unkept=sum(one.score is not None for one in line.entities),
    )


def _entity(number: int, one: _Mention, text: str) -> Entity:
    """A mention with its words; white space at its edges goes, where it is not all that there is."""
    start, end = one.start, one.end
    inside = 0 <= start < end <= len(text)
    words = text[start:end] if inside else ""
    surface = words if one.text is None else one.text
    if words == surface and words.strip():
        start, end = start + len(words) - len(words.lstrip()), start + len(words.rstrip())
        surface = text[start:end]
    return Entity(
        id=f"e{number}" if one.id is None else one.id,
        start=start,
        end=end,
        text=surface,
        label=one.label,
        ref=one.ref,
        origin="prediction",
        unsure=one.unsure,
    )


def _stance(number: int, one: _Stance) -> Stance:
    return Stance(
        id=f"s{number}" if one.id is None else one.id,
        stance=one.stance,
        target=Target(kind=one.target.kind, mention=one.target.mention, name=one.target.name),
        holder=Holder(kind=one.holder.kind, mention=one.holder.mention, name=one.holder.name),
    )

"""Annotations of a superseded text, moved to the text of today as far as that can be proven.

They are offered to annotators as predictions; what does not move is listed with the reason. The annotation itself stays
as it is, on the text it was made on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from kliping.annotation.alignment import Alignment, Unmoved
from kliping.contract import violations
from kliping.errors import DataError
from kliping.files import encode_lines, write_bytes
from kliping.project import one_at_a_time
from kliping.records import Annotation, Carried, Count, Entity, Lost, Receipt, Stance

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kliping.contract import Contract
    from kliping.project import Corpus
    from kliping.records import Article

__all__ = ["carry", "carry_corpus"]


@one_at_a_time("normalise")
def carry_corpus(corpus: Corpus, contract: Contract) -> Receipt:
    """Write `annotations/carried.jsonl` from every annotation of a text that is superseded.

    Of one annotator's annotations of an article the last counts, and none where that one annotated the text of today.

    Raises:
        DataError: a record breaks the contract; nothing is written.
    """
    said = list(corpus.annotations())
    carried = tuple(_carried(corpus, said)) if said else ()
    faults = [f"{one.annotation}: {fault}" for one in carried for fault in violations(contract, "carried", one)]
    if faults:
        raise DataError("\n".join(faults))
    place = corpus.annotation_folder / "carried.jsonl"
    before = {one.annotation: one for one in corpus.carried()}
    after = {one.annotation: one for one in carried}
    if carried:
        write_bytes(place, encode_lines(carried))
    else:
        place.unlink(missing_ok=True)
    changes = sum(before.get(name) != after.get(name) for name in before.keys() | after.keys())
    by_id = {one.id: one for one in said}
    return Receipt(step="carry", counts=_counts(carried, by_id), changes=changes, notes=tuple(_notes(carried)))


def carry(annotation: Annotation, old: Article, new: Article) -> Carried:
    """One annotation, moved from the text that it was made on to another text of the article."""
    alignment = Alignment(old.text, new.text)
    moved: dict[str, Entity] = {}
    lost: list[Lost] = []
    for entity in annotation.entities:
        place = alignment.move(entity.start, entity.end)
        if isinstance(place, Unmoved):
            lost.append(Lost(kind="entity", id=entity.id, words=entity.text, reason=place.reason))
        else:
            moved[entity.id] = msgspec.structs.replace(entity, start=place[0], end=place[1], origin="prediction")
    stances = [stance for stance in annotation.stances if _mentions(stance) <= moved.keys()]
    for stance in annotation.stances:
        if stance not in stances:
            gone = ", ".join(sorted(_mentions(stance) - moved.keys()))
            lost.append(
                Lost(kind="stance", id=stance.id, words=stance.stance, reason=f"it rests on {gone}, which is lost")
            )
    return Carried(
        article_id=new.id, text_sha256=new.text_sha256,
        annotation=annotation.id, annotated_text_sha256=annotation.text_sha256,
        annotator=annotation.annotator, scheme=annotation.scheme,
        entities=tuple(moved.values()), stances=tuple(stances), lost=tuple(lost),
    )  # fmt: skip


def _mentions(stance: Stance) -> set[str]:
    return {side.mention for side in (stance.target, stance.holder) if side.mention is not None}


class _Whose(NamedTuple):
    article: str
    annotator: str


def _carried(corpus: Corpus, said: Iterable[Annotation]) -> Iterator[Carried]:
    last: dict[_Whose, Annotation] = {}
    for one in sorted(said, key=lambda one: (one.round, one.updated or "", one.id)):
        if one.status == "submitted":
            last[_Whose(one.article_id, one.annotator)] = one
    about = {whose.article for whose in last}
    today = {article.id: article.text_sha256 for article in corpus.articles() if article.id in about}
    on_today = {_Whose(one.article_id, one.annotator) for one in said if today.get(one.article_id) == one.text_sha256}
    waiting = [one for whose, one in sorted(last.items()) if whose not in on_today and whose.article in today]
    if waiting:
        new = {one.id: one for one in corpus.articles() if one.id in {made.article_id for made in waiting}}
        old = _texts(corpus, waiting)
        for made in waiting:
            if (made.article_id, made.text_sha256) in old:
                yield carry(made, old[made.article_id, made.text_sha256], new[made.article_id])


def _texts(corpus: Corpus, waiting: Iterable[Annotation]) -> Mapping[tuple[str, str], Article]:
    """The superseded texts that annotations were made on."""
    wanted = {(made.article_id, made.text_sha256) for made in waiting}
    keyed = (((one.id, one.text_sha256), one) for one in corpus.revisions())
    return {key: one for key, one in keyed if key in wanted}


def _counts(carried: Iterable[Carried], by_id: Mapping[str, Annotation]) -> tuple[Count, ...]:
    """Taken is what the annotations hold; kept and set aside is what the predictions hold."""
    pairs = [(one, by_id[one.annotation]) for one in carried]
    if not pairs:
        return ()
    lost = [lost.kind for one, _ in pairs for lost in one.lost]
    return (
        Count(
            what="mentions of superseded texts",
            taken=sum(len(made.entities) for _, made in pairs),
            kept=sum(len(one.entities) for one, _ in pairs),
            set_aside=lost.count("entity"),
        ),
        Count(
            what="stances of superseded texts",
            taken=sum(len(made.stances) for _, made in pairs),
            kept=sum(len(one.stances) for one, _ in pairs),
            set_aside=lost.count("stance"),
        ),
    )


def _notes(carried: Iterable[Carried]) -> Iterator[str]:
    listed = list(carried)
    if listed:
        articles = len({one.article_id for one in listed})
        yield (
            f"offered as predictions in annotations/carried.jsonl: {len(listed)} annotations of {articles} "
            "articles whose text changed; push them again, and run `kliping adjudicate` for their gold"
        )
    for one in listed:
        for lost in one.lost:
            yield f"not carried over: {one.article_id}, {one.annotator}: {lost.kind} {lost.words!r}: {lost.reason}"

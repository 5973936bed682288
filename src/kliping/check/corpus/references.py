"""Level 3, references: ids are there once, and what points somewhere points at something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kliping.check.rules import RuleList
from kliping.records import Prediction

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kliping.check.corpus.article import ArticleSeen
    from kliping.check.names import Named
    from kliping.check.rules import Fault, Place
    from kliping.records import Annotation, Gold

__all__ = ["REFERENCE_RULES"]

REFERENCE_RULES: RuleList[ArticleSeen] = RuleList()


@REFERENCE_RULES("E301", "an id is there once")
def ids_once(seen: ArticleSeen) -> Iterator[Fault]:
    """Broken by two articles, sources, splits, annotations or gold lines with one id, and by an alias in use.

    A file of predictions says one thing of an article; another file may say another.
    """
    yield from _repeated("the article", ((one.place, one.record.id) for one in seen.articles))
    yield from _texts_twice(seen)
    for place, source in seen.sources:
        names = (source.id, *source.aliases)
        yield from _used("the source", place, names, seen.survey.names)
    yield from _repeated("the split of", ((one.place, one.record.id) for one in seen.splits))
    for place, annotation in seen.annotations:
        yield from _used("the annotation", place, (annotation.id,), seen.survey.annotation_ids)
    yield from _repeated("the gold of", ((one.place, one.record.article_id) for one in seen.gold))
    for path in sorted({one.place.path for one in seen.predictions}):
        named = ((one.place, one.record.article_id) for one in seen.predictions if one.place.path == path)
        yield from _repeated("the prediction of", named)
    for said in (*seen.said, *seen.predictions):
        yield from _repeated("the entity", ((said.place, entity.id) for entity in said.record.entities))
        yield from _repeated("the stance", ((said.place, stance.id) for stance in said.record.stances))


def _repeated(what: str, named: Iterable[tuple[Place, str]]) -> Iterator[Fault]:
    first: dict[str, Place] = {}
    for place, name in named:
        if name in first:
            yield place, f"{what} {name} is at {first[name]} already; keep one"
        first.setdefault(name, place)


def _texts_twice(seen: ArticleSeen) -> Iterator[Fault]:
    known = {article.text_sha256 for _, article in seen.articles}
    for place, revision in seen.revisions:
        if revision.text_sha256 in known:
            yield place, f"this text of {revision.id} is kept already; keep one"
        known.add(revision.text_sha256)


def _used(what: str, place: Place, names: Sequence[str], twice: Mapping[str, Named]) -> Iterator[Fault]:
    """Names of a line that are used in the corpus before."""
    for number, name in enumerate(names):
        if name in twice and (twice[name].place != place or name in names[:number]):
            yield place, f"{what} {name} is at {twice[name].place} already; keep one"


@REFERENCE_RULES("E302", "every article has a source")
def articles_have_sources(seen: ArticleSeen) -> Iterator[Fault]:
    """Broken by an article whose id is not in `corpus/sources.jsonl`: ids are minted there and nowhere else."""
    for article in seen.articles[:1]:
        if not seen.sources:
            message = f"{article.record.id} is not in corpus/sources.jsonl"
            yield article.place, f"{message}; run `kliping normalise`, or restore the line"


@REFERENCE_RULES("E303", "every source became an article or was rejected")
def sources_went_somewhere(seen: ArticleSeen) -> Iterator[Fault]:
    """Broken by a source of which no article and no rejection is there: something was lost."""
    for place, source in seen.sources:
        if not seen.articles and source.path not in seen.survey.rejected:
            yield place, f"{source.id} is no article and was not rejected; run `kliping normalise`"


@REFERENCE_RULES("E304", "every article has a split")
def articles_have_splits(seen: ArticleSeen) -> Iterator[Fault]:
    """Broken by an article that `corpus/splits.jsonl` does not name; that file may be absent before the first release.

    A line of an article that is gone stays: a split is for ever.
    """
    for article in seen.articles[:1]:
        if seen.survey.splits_expected and not seen.splits:
            yield article.place, f"{article.record.id} has no split; run `kliping split`"


@REFERENCE_RULES("E305", "near-duplicates share one split")
def clusters_have_one_split(seen: ArticleSeen) -> Iterator[Fault]:
    """Broken by a cluster with one article in train and one in test: the test would leak."""
    for place, entry in seen.splits:
        first = seen.survey.clusters.get(entry.cluster)
        if first is not None and first.side != entry.split:
            message = f"the cluster {entry.cluster} is in {first.side} at {first.place} and in {entry.split} here"
            yield place, f"{message}; restore corpus/splits.jsonl with git"


@REFERENCE_RULES("E306", "what is said of a text is said of one that is kept")
def texts_are_kept(seen: ArticleSeen) -> Iterator[Fault]:
    """Broken by an annotation, a decision, gold or a prediction of an unknown article, or of a text in no file."""
    texts = {article.text_sha256 for _, article in (*seen.articles, *seen.revisions)}
    for said in (*seen.stated, *seen.carried, *seen.predictions):
        if said.record.text_sha256 not in texts:
            what = "text" if seen.articles else "article"
            place = "corpus/articles and corpus/revisions"
            yield said.place, f"{said.record.article_id}: no such {what} in {place}; restore it with git"


@REFERENCE_RULES("E307", "a stance rests on mentions that are there")
def mentions_are_there(seen: ArticleSeen) -> Iterator[Fault]:
    """Broken by a stance whose target is the mention `e9` where the entities end at `e8`."""
    for place, said in (*seen.said, *seen.predictions):
        known = {entity.id for entity in said.entities}
        for stance, mention in _mentions(said):
            if mention not in known:
                again = "run `kliping predict` again" if isinstance(said, Prediction) else "pull again"
                yield place, f"the stance {stance} rests on the mention {mention}, which is not there; {again}"


def _mentions(record: Annotation | Gold | Prediction) -> Iterator[tuple[str, str]]:
    for stance in record.stances:
        for side in (stance.target, stance.holder):
            if side.kind == "mention" and side.mention is not None:
                yield stance.id, side.mention


@REFERENCE_RULES("E308", "an annotator annotates an article once a round")
def annotators_once(seen: ArticleSeen) -> Iterator[Fault]:
    """Broken by two lines of one annotator on one article in one round: which of them counts?"""
    named = (
        (place, f"{made.annotator} on {made.article_id} in round {made.round}") for place, made in seen.annotations
    )
    yield from _repeated("the annotation of", named)


@REFERENCE_RULES("E309", "an article is in a round once")
def rounds_once(seen: ArticleSeen) -> Iterator[Fault]:
    """Broken by two lines of one article in one round: who labels it then?"""
    named = ((place, f"{one.article_id} in round {one.round}") for place, one in seen.rounds)
    yield from _repeated("the assignment of", named)

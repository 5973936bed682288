"""Level 3, references: ids are there once, and what points somewhere points at something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kliping.check.rules import Place, RuleList
from kliping.records import Prediction

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kliping.check.rules import Fault
    from kliping.check.survey import Survey
    from kliping.records import Annotation, Gold

__all__ = ["REFERENCE_RULES"]

REFERENCE_RULES: RuleList[Survey] = RuleList()


@REFERENCE_RULES("E301", "an id is there once")
def ids_once(survey: Survey) -> Iterator[Fault]:
    """Broken by two articles, sources, splits, annotations or gold lines with one id, and by an alias in use.

    A file of predictions says one thing of an article; another file may say another.
    """
    for place, message in survey.twice:
        yield place, f"{message}; keep one"
    sources = [(seen.place, name) for seen in survey.sources for name in (seen.record.id, *seen.record.aliases)]
    yield from _repeated("the source", sources)
    yield from _repeated("the split of", ((seen.place, seen.record.id) for seen in survey.splits))
    yield from _repeated("the annotation", ((seen.place, seen.record.id) for seen in survey.annotations))
    yield from _repeated("the gold of", ((seen.place, seen.record.article_id) for seen in survey.gold))
    for path in sorted({seen.place.path for seen in survey.predictions}):
        named = ((seen.place, seen.record.article_id) for seen in survey.predictions if seen.place.path == path)
        yield from _repeated("the prediction of", named)
    for seen in (*survey.said, *survey.predictions):
        yield from _repeated("the entity", ((seen.place, entity.id) for entity in seen.record.entities))
        yield from _repeated("the stance", ((seen.place, stance.id) for stance in seen.record.stances))


def _repeated(what: str, named: Iterable[tuple[Place, str]]) -> Iterator[Fault]:
    first: dict[str, Place] = {}
    for place, name in named:
        if name in first:
            yield place, f"{what} {name} is at {first[name]} already; keep one"
        first.setdefault(name, place)


@REFERENCE_RULES("E302", "every article has a source")
def articles_have_sources(survey: Survey) -> Iterator[Fault]:
    """Broken by an article whose id is not in `corpus/sources.jsonl`: ids are minted there and nowhere else."""
    known = {seen.record.id for seen in survey.sources}
    for name, article in survey.articles.items():
        if name not in known:
            yield article.place, f"{name} is not in corpus/sources.jsonl; run `kliping normalise`, or restore the line"


@REFERENCE_RULES("E303", "every source became an article or was rejected")
def sources_went_somewhere(survey: Survey) -> Iterator[Fault]:
    """Broken by a source of which no article and no rejection is there: something was lost."""
    rejected = {seen.record.path for seen in survey.rejected}
    for seen in survey.sources:
        if seen.record.id not in survey.articles and seen.record.path not in rejected:
            yield seen.place, f"{seen.record.id} is no article and was not rejected; run `kliping normalise`"


@REFERENCE_RULES("E304", "every article has a split")
def articles_have_splits(survey: Survey) -> Iterator[Fault]:
    """Broken by an article that `corpus/splits.jsonl` does not name; that file may be absent before the first release.

    A line of an article that is gone stays: a split is for ever.
    """
    versions = (survey.corpus.corpus / "versions").glob("*.json")
    if not (survey.corpus.corpus / "splits.jsonl").exists() and not any(versions):
        return
    known = {seen.record.id for seen in survey.splits}
    for name, article in survey.articles.items():
        if name not in known:
            yield article.place, f"{name} has no split; run `kliping split`"


@REFERENCE_RULES("E305", "near-duplicates share one split")
def clusters_have_one_split(survey: Survey) -> Iterator[Fault]:
    """Broken by a cluster with one article in train and one in test: the test would leak."""
    first: dict[str, tuple[str, Place]] = {}
    for seen in survey.splits:
        split, place = first.setdefault(seen.record.cluster, (seen.record.split, seen.place))
        if split != seen.record.split:
            message = f"the cluster {seen.record.cluster} is in {split} at {place} and in {seen.record.split} here"
            yield seen.place, f"{message}; restore corpus/splits.jsonl with git"


@REFERENCE_RULES("E306", "what is said of a text is said of one that is kept")
def texts_are_kept(survey: Survey) -> Iterator[Fault]:
    """Broken by an annotation, a decision, gold or a prediction of an unknown article, or of a text in no file."""
    for seen in (*survey.stated, *survey.carried, *survey.predictions):
        key = (seen.record.article_id, seen.record.text_sha256)
        if key not in survey.texts:
            what = "text" if seen.record.article_id in survey.articles else "article"
            place = "corpus/articles and corpus/revisions"
            yield seen.place, f"{key[0]}: no such {what} in {place}; restore it with git"


@REFERENCE_RULES("E307", "a stance rests on mentions that are there")
def mentions_are_there(survey: Survey) -> Iterator[Fault]:
    """Broken by a stance whose target is the mention `e9` where the entities end at `e8`."""
    for seen in (*survey.said, *survey.predictions):
        known = {entity.id for entity in seen.record.entities}
        for stance, mention in _mentions(seen.record):
            if mention not in known:
                again = "run `kliping predict` again" if isinstance(seen.record, Prediction) else "pull again"
                yield seen.place, f"the stance {stance} rests on the mention {mention}, which is not there; {again}"


def _mentions(record: Annotation | Gold | Prediction) -> Iterator[tuple[str, str]]:
    for stance in record.stances:
        for side in (stance.target, stance.holder):
            if side.kind == "mention" and side.mention is not None:
                yield stance.id, side.mention


@REFERENCE_RULES("E308", "an annotator annotates an article once a round")
def annotators_once(survey: Survey) -> Iterator[Fault]:
    """Broken by two lines of one annotator on one article in one round: which of them counts?"""
    named = (
        (seen.place, f"{seen.record.annotator} on {seen.record.article_id} in round {seen.record.round}")
        for seen in survey.annotations
    )
    yield from _repeated("the annotation of", named)


@REFERENCE_RULES("E309", "an article is in a round once")
def rounds_once(survey: Survey) -> Iterator[Fault]:
    """Broken by two lines of one article in one round: who labels it then?"""
    named = ((seen.place, f"{seen.record.article_id} in round {seen.record.round}") for seen in survey.rounds)
    yield from _repeated("the assignment of", named)

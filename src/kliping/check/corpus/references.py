"""Level 3, references: ids are there once, and what points somewhere points at something."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kliping.check.rules import Example, RuleList
from kliping.project import PSEUDONYM
from kliping.records import Carried, Prediction

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kliping.check.corpus.article import ArticleSeen
    from kliping.check.names import Named
    from kliping.check.rules import Fault, Place
    from kliping.records import Annotation, Gold

__all__ = ["REFERENCE_RULES"]

REFERENCE_RULES: RuleList[ArticleSeen] = RuleList()
ARTICLES = "corpus/articles/00000.jsonl"
SOURCES = "corpus/sources.jsonl"
SPLITS = "corpus/splits.jsonl"
PULLED = "annotations/pulled/00000.jsonl"
ROUNDS = "annotations/rounds.jsonl"
EVERYBODYS = '{"round":1,"article_id":"196d09681cb36441","annotators":[]}'


@REFERENCE_RULES(
    "E301",
    "an id is there once",
    mend="Keep the line that is right and take the other out; git shows which was there first.",
    example=Example(
        SOURCES, '"id":"5d0fa589cd473a71","aliases":[]', '"id":"5d0fa589cd473a71","aliases":["196d09681cb36441"]'
    ),
)
def ids_once(seen: ArticleSeen) -> Iterator[Fault]:
    """Of two articles, sources, splits, annotations or gold lines with one id, a reader takes either, or both.

    An alias is such a name too. A file of predictions says one thing of an article; another file may say another.
    """
    yield from _repeated("the article", ((one.place, one.record.id) for one in seen.articles))
    yield from _texts_twice(seen)
    for place, source in seen.sources:
        names = (source.id, *source.aliases)
        yield from _used(place, names, seen.survey.names)
    yield from _repeated("the split of", ((one.place, one.record.id) for one in seen.splits))
    for place, annotation in seen.annotations:
        known = seen.survey.annotation_ids.get(annotation.id)
        if known is not None and known.place != place:
            by = annotation.id if PSEUDONYM.fullmatch(annotation.annotator) else f"of somebody on {seen.id}"
            yield place, f"the annotation {by} is at {known.place} already; keep one"
    yield from _repeated("the gold of", ((one.place, one.record.article_id) for one in seen.gold))
    for path in sorted({one.place.path for one in seen.predictions}):
        named = ((one.place, one.record.article_id) for one in seen.predictions if one.place.path == path)
        yield from _repeated("the prediction of", named)
    for said in (*seen.said, *seen.carried, *seen.predictions):
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


def _used(place: Place, names: Sequence[str], twice: Mapping[str, Named]) -> Iterator[Fault]:
    """Names of a source that are used in the corpus before."""
    for number, name in enumerate(names):
        if name in twice and (twice[name].place != place or name in names[:number]):
            yield place, f"the source {name} is at {twice[name].place} already; keep one"


@REFERENCE_RULES(
    "E302",
    "every article has a source",
    mend="Run `kliping normalise`, or restore the line of `corpus/sources.jsonl` with git.",
    example=Example(SOURCES, '{"id":"196d09681cb36441"', '{"id":"0000000000000000"'),
)
def articles_have_sources(seen: ArticleSeen) -> Iterator[Fault]:
    """Ids are minted in `corpus/sources.jsonl` and nowhere else: without its line there, an article gets another id."""
    for article in seen.articles[:1]:
        if not seen.sources:
            message = f"{article.record.id} is not in corpus/sources.jsonl"
            yield article.place, f"{message}; run `kliping normalise`, or restore the line"


@REFERENCE_RULES(
    "E303",
    "every source became an article or was rejected",
    mend="Run `kliping normalise`; where the raw file is gone, restore the article with git.",
    example=Example(ARTICLES, '{"id":"196d09681cb36441"', '{"id":"0000000000000000"'),
)
def sources_went_somewhere(seen: ArticleSeen) -> Iterator[Fault]:
    """What went in came out, or is listed with a reason: a source with neither was lost on the way."""
    for place, source in seen.sources:
        if not seen.articles and source.path not in seen.survey.rejected:
            yield place, f"{source.id} is no article and was not rejected; run `kliping normalise`"


@REFERENCE_RULES(
    "E304",
    "every article has a split",
    mend="Run `kliping split`, which gives one to every article that has none.",
    example=Example(SPLITS, '{"id":"196d09681cb36441","split":"validation","cluster":"196d09681cb36441"}\n', ""),
)
def articles_have_splits(seen: ArticleSeen) -> Iterator[Fault]:
    """An article without a split is in no release. Before the first release, `corpus/splits.jsonl` may be absent.

    A line of an article that is gone stays: a split is for ever.
    """
    for article in seen.articles[:1]:
        if seen.survey.splits_expected and not seen.splits:
            yield article.place, f"{article.record.id} has no split; run `kliping split`"


@REFERENCE_RULES(
    "E305",
    "near-duplicates share one split",
    mend="Restore `corpus/splits.jsonl` with git; where a cluster has to move, decide with `kliping split --resolve`.",
    example=Example(
        SPLITS, '"split":"train","cluster":"5d0fa589cd473a71"', '"split":"train","cluster":"196d09681cb36441"'
    ),
)
def clusters_have_one_split(seen: ArticleSeen) -> Iterator[Fault]:
    """A text of the test that a model saw nearly word for word in training measures its memory: the test leaks."""
    for place, entry in seen.splits:
        first = seen.survey.clusters.get(entry.cluster)
        if first is not None and first.side != entry.split:
            message = f"the cluster {entry.cluster} is in {first.side} at {first.place} and in {entry.split} here"
            yield place, f"{message}; restore corpus/splits.jsonl with git"


@REFERENCE_RULES(
    "E306",
    "what is said of a text is said of one that is kept",
    mend="Restore the article, or its superseded text in `corpus/revisions`, with git.",
    example=Example(PULLED, '"article_id":"0bcd27b9c7a5c7c1"', '"article_id":"0000000000000000"'),
)
def texts_are_kept(seen: ArticleSeen) -> Iterator[Fault]:
    """Offsets count in one exact text: of an article or a text that is in no file, nobody can prove them."""
    texts = {article.text_sha256 for _, article in (*seen.articles, *seen.revisions)}
    for said in (*seen.stated, *seen.carried, *seen.predictions):
        if said.record.text_sha256 not in texts:
            what = "text" if seen.articles else "article"
            place = "corpus/articles and corpus/revisions"
            yield said.place, f"{said.record.article_id}: no such {what} in {place}; restore it with git"


@REFERENCE_RULES(
    "E307",
    "a stance rests on mentions that are there",
    mend="Pull again, predict again, or adjudicate again: what wrote the line; or restore it with git.",
    example=Example(
        PULLED,
        '"target":{"kind":"mention","mention":"m7","name":null}',
        '"target":{"kind":"mention","mention":"m70","name":null}',
    ),
)
def mentions_are_there(seen: ArticleSeen) -> Iterator[Fault]:
    """A stance towards a mention that is not there has no target, and one by such a mention has no holder."""
    for place, said in (*seen.said, *seen.carried, *seen.predictions):
        known = {entity.id for entity in said.entities}
        for stance, mention in _mentions(said):
            if mention not in known:
                again = _AGAIN.get(type(said), "pull again")
                yield place, f"the stance {stance} rests on the mention {mention}, which is not there; {again}"


_AGAIN: Mapping[type, str] = {
    Prediction: "run `kliping predict` again",
    Carried: "run `kliping normalise` again",
}


def _mentions(record: Annotation | Gold | Carried | Prediction) -> Iterator[tuple[str, str]]:
    for stance in record.stances:
        for side in (stance.target, stance.holder):
            if side.kind == "mention" and side.mention is not None:
                yield stance.id, side.mention


@REFERENCE_RULES(
    "E308",
    "an annotator annotates an article once a round",
    mend="Keep the newer of the two lines, or pull again: `kliping pull` keeps the latest submission.",
    example=Example(PULLED, '"annotator":"annotator-33c95d790b36"', '"annotator":"annotator-ce94b74fc004"'),
)
def annotators_once(seen: ArticleSeen) -> Iterator[Fault]:
    """Nobody knows which of two counts; both together would make one voice two, in agreement and in gold."""
    first: dict[tuple[str, int], Place] = {}
    for place, made in seen.annotations:
        known = first.setdefault((made.annotator, made.round), place)
        if known != place:
            who = made.annotator if PSEUDONYM.fullmatch(made.annotator) else "somebody"
            what = f"the annotation of {who} on {made.article_id} in round {made.round}"
            yield place, f"{what} is at {known} already; keep one"


@REFERENCE_RULES(
    "E309",
    "an article is in a round once",
    mend="Take one of the two lines out, or restore `annotations/rounds.jsonl` with git.",
    example=Example(ROUNDS, "", f"{EVERYBODYS}\n{EVERYBODYS}"),
)
def rounds_once(seen: ArticleSeen) -> Iterator[Fault]:
    """Two lines give one article to two lists of annotators: who labels it is not known."""
    named = ((place, f"{one.article_id} in round {one.round}") for place, one in seen.rounds)
    yield from _repeated("the assignment of", named)


@REFERENCE_RULES(
    "E313",
    "an article that is in a round is one of the corpus, or was one",
    mend="Mend the id, take the line out, or restore the article with git.",
    example=Example(ROUNDS, "", EVERYBODYS.replace("196d09681cb36441", "nowhere")),
)
def rounds_are_of_articles(seen: ArticleSeen) -> Iterator[Fault]:
    """Of an article that nobody knows, no task is ever made: the round looks done, and somebody's share is missing."""
    if seen.articles or seen.revisions or seen.sources:
        return
    for place, one in seen.rounds:
        yield place, f"{one.article_id} is in round {one.round} and in no other file; mend the id, or take the line out"


@REFERENCE_RULES(
    "E314",
    "an annotation's id names its article, its annotator and its round",
    mend="Run `kliping pull`, which writes it so, or restore the line with git.",
    example=Example(PULLED, "annotator-33c95d790b36.1", "annotator-ce94b74fc004.1"),
)
def ids_say_who_made_them(seen: ArticleSeen) -> Iterator[Fault]:
    """What is carried over, and what each version held, is known by that id: it would be laid to somebody else.

    Ids of another form, as of annotations that no `kliping pull` wrote, are let be.
    """
    if not (seen.articles or seen.revisions):
        return  # another rule tells
    for place, made in seen.annotations:
        expected = f"{made.article_id}.{made.annotator}.{made.round}"
        if made.id != expected and _NAMING.fullmatch(made.id) and PSEUDONYM.fullmatch(made.annotator):
            who = f"{made.annotator} on {made.article_id}, round {made.round}"
            yield place, f"its id says {made.id}, and it is of {who}; pull again, or restore the line with git"


_NAMING = re.compile(rf"[a-z0-9-]+\.{PSEUDONYM.pattern}\.[0-9]+")
"""An id as a pull makes it."""


@REFERENCE_RULES(
    "E315",
    "an article was made from its source as `corpus/sources.jsonl` has it",
    mend="Run `kliping normalise`, or restore the line that was edited with git.",
    example=Example(
        ARTICLES,
        '"sha256":"fdbf618f1aa784bf32158977be460c36936014a95f8b1c597fd5c5f7fd670abb"',
        '"sha256":"b441c492a9952e5914dd5778cc07c3e4bda4ed10141378c0da49a11223fe6626"',
    ),
)
def articles_are_of_their_sources(seen: ArticleSeen) -> Iterator[Fault]:
    """A licence, a rights holder or a raw file that differs between the two: nobody knows which one to keep to.

    An article that somebody annotated keeps its text, and with it the source that the text was made from, when the raw
    file changes: it may differ.
    """
    if seen.annotations or seen.decisions or len(seen.sources) != 1:
        return
    entry = seen.sources[0].record
    for place, article in seen.articles:
        source = article.source
        names = [name for name in _OF_BOTH if getattr(source, name) != getattr(entry, name)]
        if names:
            fields = ", ".join(names)
            message = f"{article.id}: source/{fields} differs from {seen.sources[0].place}"
            yield place, f"{message}; run `kliping normalise`, or restore the line with git"


_OF_BOTH = ("path", "sha256", "media_type", "retrieved", "licence", "rights_holder")

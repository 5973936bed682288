"""Level 6, the rows about one article side by side: spans that are proven, ids that join, splits that do not leak."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kliping.check.corpus.texts import Claimed
from kliping.check.rules import Place, RuleList

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kliping.check.release.merge import ArticleRows, Member
    from kliping.check.release.tables import Row
    from kliping.check.rules import Fault

__all__ = ["JOIN_RULES"]

JOIN_RULES: RuleList[ArticleRows] = RuleList()


@JOIN_RULES("E625", "a span is the slice of the article it points at")
def spans_are_slices(seen: ArticleRows) -> Iterator[Fault]:
    """`text[start:end] == surface`, for entities, tokens, targets, holders, sentences and what is labelled."""
    for article in seen.of("articles"):
        text = article.row["text"]
        for member in seen.members:
            for claimed in _claims(member, text):
                inside = 0 <= claimed.start < claimed.end <= len(text)
                if not inside or text[claimed.start : claimed.end] != claimed.surface:
                    where = f"{claimed.start}-{claimed.end} of {seen.id}"
                    yield claimed.place, f"{where} is not {claimed.surface!r}; release again"


@JOIN_RULES("E627", "an id is there once in a config, and every row's article is in articles")
def ids_join(seen: ArticleRows) -> Iterator[Fault]:
    """Broken by an article twice, and by a stance of an article that is not there."""
    articles = seen.of("articles")
    known: set[tuple[str, str]] = set()
    for member in seen.members:
        first = seen.surveyed.ids.get(member.config, {}).get(member.id)
        if (member.config, member.id) in known or (first is not None and first.place != member.place):
            yield member.place, f"{member.id} is in {member.config} twice; release again"
        known.add((member.config, member.id))
        if not articles:
            yield member.place, f"{seen.id} is not in articles; release again"


@JOIN_RULES("E628", "an article is in one split, the same in every config")
def splits_do_not_leak(seen: ArticleRows) -> Iterator[Fault]:
    """Broken by an article in train whose stances are in test."""
    first = seen.members[0]
    for member in seen.members:
        if member.split != first.split:
            yield member.place, f"{seen.id} is in {first.split} at {first.place} too; release again"


@JOIN_RULES("E629", "an article is in entities if it has gold, and has stances only then")
def gold_is_where_it_says(seen: ArticleRows) -> Iterator[Fault]:
    """Broken by an article of status none among entities: not annotated would look like none."""
    gold = [member for member in seen.of("articles") if member.row["annotation_status"] == "gold"]
    for member in (*seen.of("entities"), *seen.of("stances")):
        if not gold:
            yield member.place, f"{seen.id} is in {member.config} without gold; release again"
    for member in gold:
        if not seen.of("entities"):
            yield member.place, f"{seen.id} has gold and is not in entities; release again"


@JOIN_RULES("E630", "articles of one cluster are in one split: leakage is 0")
def clusters_have_one_split(seen: ArticleRows) -> Iterator[Fault]:
    """Broken by an article in test whose near-duplicate is in train."""
    for member in seen.of("articles"):
        first = seen.surveyed.clusters.get(member.row["cluster"])
        if first is not None and first.side != member.split:
            message = f"its cluster {first.name} is in {first.side} at {first.place} too"
            yield member.place, f"{seen.id} leaks into {member.split}: {message}; release again"


@JOIN_RULES("E664", "an annotation is of its article's text")
def annotations_are_of_the_text(seen: ArticleRows) -> Iterator[Fault]:
    """Broken by an annotation of a superseded text: its offsets are others."""
    texts = {article.row["text_sha256"] for article in seen.of("articles")}
    for member in seen.of("annotations"):
        if texts and member.row["text_sha256"] not in texts:
            yield member.place, f"{member.id}: text_sha256 is not that of {seen.id}; release again"


@JOIN_RULES("E665", "annotation_status says what annotators did")
def status_is_what_was_done(seen: ArticleRows) -> Iterator[Fault]:
    """Broken by status none where an annotator submitted, and by a status that is none of the three."""
    expected = "partial" if submitted_by(seen) else "none"
    for member in seen.of("articles"):
        status = member.row["annotation_status"]
        if status not in ("gold", expected):
            yield member.place, f"annotation_status is {status!r} where annotations say {expected!r}; release again"


@JOIN_RULES("E666", "what a table repeats of an article is the article's")
def repeated_columns_are_equal(seen: ArticleRows) -> Iterator[Fault]:
    """Broken by a text in entities that differs from the text in articles."""
    for article in seen.of("articles")[:1]:
        for member in seen.members:
            for column in ("text", "language") if member.config == "entities" else ("language",):
                if column in member.row and member.row[column] != article.row[column]:
                    yield member.place, f"{column} is not that of {seen.id} in articles; release again"


def submitted_by(seen: ArticleRows) -> set[str]:
    """Who submitted the article, by the annotations table."""
    return {member.row["annotator"] for member in seen.of("annotations") if member.row["status"] == "submitted"}


def _claims(member: Member, text: str) -> Iterator[Claimed]:
    """The spans that a row says lie in its article; tokens only if they are no slices, since they are many."""
    place, config, row = member.place, member.config, member.row
    if config in ("entities", "annotations"):
        for entity in row["entities"]:
            yield Claimed(place, entity["start"], entity["end"], entity["text"])
    if config == "entities" and not _tokens_are_slices(row, text):
        for token, span in zip(row["tokens"], row["token_spans"], strict=False):
            yield Claimed(place, span["start"], span["end"], token)
    if config == "soft_labels" and row["kind"] == "mention":
        yield _claimed(place, row["start"], row["end"], row["text"])
    if config in ("stances", "soft_labels"):
        for side in ("target", "holder"):
            if row[f"{side}_kind"] == "mention":
                yield _claimed(place, row[f"{side}_start"], row[f"{side}_end"], row[f"{side}_text"])
    if config == "stances" and row["sentence"] is not None:
        yield _claimed(place, row["sentence_start"], row["sentence_end"], row["sentence"])


def _tokens_are_slices(row: Row, text: str) -> bool:
    starts, ends = ([span[end] for span in row["token_spans"]] for end in ("start", "end"))
    inside = min(starts, default=0) >= 0 and min(ends, default=1) > 0 and max(ends, default=0) <= len(text)
    slices = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    return inside and slices == row["tokens"] and all(slices)


def _claimed(place: Place, start: int | None, end: int | None, surface: str | None) -> Claimed:
    """A span whose parts may be null, which makes it no span."""
    return Claimed(place, -1 if start is None else start, -1 if end is None else end, surface or "")

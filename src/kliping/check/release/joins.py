"""Level 6, the rows about one article side by side: spans that are proven, ids that join, splits that do not leak."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kliping.check.corpus.texts import Claimed
from kliping.check.rules import Example, Place, RuleList

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kliping.check.release.merge import ArticleRows, Member
    from kliping.check.release.tables import Row
    from kliping.check.rules import Fault

__all__ = ["JOIN_RULES"]

JOIN_RULES: RuleList[ArticleRows] = RuleList()


@JOIN_RULES(
    "E625",
    "a span is the slice of the article it points at",
    mend="Release again; where it stays, pull again and run `kliping check` on the corpus.",
    example=Example("entities", '"start": 0, "end": 13', '"start": 1, "end": 13'),
)
def spans_are_slices(seen: ArticleRows) -> Iterator[Fault]:
    """Everything that is said of a text is said by its offsets.

    One that is off by one, or was counted in UTF-16 past an emoji, marks other words, in every copy and for ever.
    """
    for article in seen.of("articles"):
        text = article.row["text"]
        for member in seen.members:
            for claimed in _claims(member, text):
                inside = 0 <= claimed.start < claimed.end <= len(text)
                if not inside or text[claimed.start : claimed.end] != claimed.surface:
                    where = f"{claimed.start}-{claimed.end} of {seen.id}"
                    yield claimed.place, f"{where} is not {claimed.surface!r}; release again"


@JOIN_RULES(
    "E627",
    "an id is there once in a config, and every row's article is in articles",
    mend="Release again.",
    example=Example("stances", '"id": "0bcd27b9c7a5c7c1:s2"', '"id": "0bcd27b9c7a5c7c1:s1"'),
)
def ids_join(seen: ArticleRows) -> Iterator[Fault]:
    """Tables are joined by ids: a row twice counts twice, and one whose article is not there is dropped or fails."""
    articles = seen.of("articles")
    known: set[tuple[str, str]] = set()
    for member in seen.members:
        first = seen.surveyed.ids.get(member.config, {}).get(member.id)
        if (member.config, member.id) in known or (first is not None and first.place != member.place):
            yield member.place, f"{member.id} is in {member.config} twice; release again"
        known.add((member.config, member.id))
        if not articles:
            yield member.place, f"{seen.id} is not in articles; release again"


@JOIN_RULES(
    "E628",
    "an article is in one split, the same in every config",
    mend="Release again.",
    example=Example(
        "stances",
        "an article's stances in the split of the article",
        "a file of stances that is named for another split",
    ),
)
def splits_do_not_leak(seen: ArticleRows) -> Iterator[Fault]:
    """An article in train whose stances are in test leaks: the model is examined on what it has read."""
    first = seen.members[0]
    for member in seen.members:
        if member.split != first.split:
            yield member.place, f"{seen.id} is in {first.split} at {first.place} too; release again"


@JOIN_RULES(
    "E629",
    "an article is in entities if it has gold, and has stances only then",
    mend="Run `kliping adjudicate`, then release again.",
    example=Example("articles", '"annotation_status": "gold"', '"annotation_status": "partial"'),
)
def gold_is_where_it_says(seen: ArticleRows) -> Iterator[Fault]:
    """An article without gold among `entities` has no mentions there: "not annotated" would look like "none"."""
    gold = [member for member in seen.of("articles") if member.row["annotation_status"] == "gold"]
    for member in (*seen.of("entities"), *seen.of("stances")):
        if not gold:
            yield member.place, f"{seen.id} is in {member.config} without gold; release again"
    for member in gold:
        if not seen.of("entities"):
            yield member.place, f"{seen.id} has gold and is not in entities; release again"


@JOIN_RULES(
    "E630",
    "articles of one cluster are in one split: leakage is 0",
    mend="Decide where the cluster goes with `kliping split --resolve`, and release again.",
    example=Example("articles", "a cluster for each split", "the cluster of an article of train, given to one of test"),
)
def clusters_have_one_split(seen: ArticleRows) -> Iterator[Fault]:
    """Near-duplicates share a cluster. With one of them in train and one in test, scores measure memory."""
    for member in seen.of("articles"):
        first = seen.surveyed.clusters.get(member.row["cluster"])
        if first is not None and first.side != member.split:
            message = f"its cluster {first.name} is in {first.side} at {first.place} too"
            yield member.place, f"{seen.id} leaks into {member.split}: {message}; release again"


@JOIN_RULES(
    "E664",
    "an annotation is of its article's text",
    mend="Release again.",
    example=Example("annotations", '"text_sha256": "5581ad9e', '"text_sha256": "0000000e'),
)
def annotations_are_of_the_text(seen: ArticleRows) -> Iterator[Fault]:
    """The offsets of an annotation are of one text. Beside another text they mark other words."""
    texts = {article.row["text_sha256"] for article in seen.of("articles")}
    for member in seen.of("annotations"):
        if texts and member.row["text_sha256"] not in texts:
            yield member.place, f"{member.id}: text_sha256 is not that of {seen.id}; release again"


@JOIN_RULES(
    "E665",
    "annotation_status says what annotators did",
    mend="Release again.",
    example=Example("articles", '"annotation_status": "gold"', '"annotation_status": "none"'),
)
def status_is_what_was_done(seen: ArticleRows) -> Iterator[Fault]:
    """Who picks what to annotate next goes by the status; "none" where somebody annotated hides that work."""
    expected = "partial" if submitted_by(seen) else "none"
    for member in seen.of("articles"):
        status = member.row["annotation_status"]
        if status not in ("gold", expected):
            yield member.place, f"annotation_status is {status!r} where annotations say {expected!r}; release again"


@JOIN_RULES(
    "E666",
    "what a table repeats of an article is the article's",
    mend="Release again.",
    example=Example("entities", '"language": "id"', '"language": "en"'),
)
def repeated_columns_are_equal(seen: ArticleRows) -> Iterator[Fault]:
    """Who reads one table alone must not read another text or language than who joins them."""
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

"""Level 6, the rows of a release: no null class, spans that are proven, ids that join, splits that do not leak."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from kliping.check.rules import Place, RuleList
from kliping.check.shapes import nulls
from kliping.check.texts import Claimed
from kliping.contract.addresses import ADDRESS
from kliping.files import sha256

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kliping.check.release_tables import Row
    from kliping.check.rules import Fault
    from kliping.check.shapes import Shape

__all__ = ["JOIN_RULES", "PROOF_RULES", "ROW_RULES", "Joined", "Member", "ProofSeen", "RowSeen", "claims"]

LOCAL_PATH = re.compile(r"(?:^|[\s\"'(=])(?:file:|/(?:home|Users|root|tmp|var|mnt|opt|data)/|[A-Za-z]:\\)")
"""An absolute path of somebody's machine."""


class RowSeen(NamedTuple):
    """A row with its table's class columns and their names, and the columns that may not be null."""

    place: Place
    config: str
    row: Row
    classes: Mapping[str, Sequence[str]]
    shape: Shape


class Member(NamedTuple):
    """A row as what joins tables sees it; `status` and `text_sha256` are of the articles table."""

    place: Place
    config: str
    split: str
    id: str
    article_id: str
    status: str | None


@dataclass(slots=True)
class Joined:
    """What all rows of all tables have to do with each other: ids and places, no texts."""

    members: list[Member] = field(default_factory=list)

    def of(self, config: str) -> Iterator[Member]:
        """The rows of one config."""
        return (member for member in self.members if member.config == config)


class ProofSeen(NamedTuple):
    """A row of the articles table with every span that the other tables say lies in it."""

    place: Place
    row: Row
    claimed: Sequence[Claimed]


ROW_RULES: RuleList[RowSeen] = RuleList()
PROOF_RULES: RuleList[ProofSeen] = RuleList()
JOIN_RULES: RuleList[Joined] = RuleList()


def claims(place: Place, config: str, row: Row) -> Iterator[Claimed]:
    """The spans that a row says lie in its article."""
    if config in ("entities", "annotations"):
        for entity in row["entities"]:
            yield Claimed(place, entity["start"], entity["end"], entity["text"])
    if config == "entities":
        for token, span in zip(row["tokens"], row["token_spans"], strict=False):
            yield Claimed(place, span["start"], span["end"], token)
    if config == "stances":
        for side in ("target", "holder"):
            if row[f"{side}_kind"] == "mention":
                yield _claimed(place, row[f"{side}_start"], row[f"{side}_end"], row[f"{side}_text"])
        if row["sentence"] is not None:
            yield _claimed(place, row["sentence_start"], row["sentence_end"], row["sentence"])


def _claimed(place: Place, start: int | None, end: int | None, surface: str | None) -> Claimed:
    """A span whose parts may be null, which makes it no span."""
    return Claimed(place, -1 if start is None else start, -1 if end is None else end, surface or "")


@ROW_RULES("E621", "a row has no null where its schema allows none")
def no_nulls(seen: RowSeen) -> Iterator[Fault]:
    """Broken by an article without a text."""
    for column in nulls(seen.row, seen.shape):
        yield seen.place, f"{column} is null; release again"


@ROW_RULES("E622", "a class is one of the names, never null")
def classes_in_range(seen: RowSeen) -> Iterator[Fault]:
    """Broken by null, -1, or a number past the last name: libraries accept them without a word."""
    for column, names in seen.classes.items():
        value = seen.row[column]
        values = value if isinstance(value, list) else [value]
        wrong = next((one for one in values if one is None or not 0 <= one < len(names)), 0)
        if wrong != 0:
            yield seen.place, f"{column}: {wrong!r} is no class, there are {len(names)}; release again"


@ROW_RULES("E623", "tokens, their places and their tags are of one length")
def tokens_are_aligned(seen: RowSeen) -> Iterator[Fault]:
    """Broken by a tag too few."""
    if seen.config == "entities":
        lengths = {len(seen.row[column] or ()) for column in ("tokens", "token_spans", "ner_tags")}
        if len(lengths) > 1:
            yield seen.place, "tokens, token_spans and ner_tags differ in length; release again"


@ROW_RULES("E624", "no annotation holds an e-mail address or a path of somebody's machine")
def nobody_is_named(seen: RowSeen) -> Iterator[Fault]:
    """Broken by the comment `saved in /home/tarsa/notes`; an article's own text is the source's words."""
    for words in _own_fields(seen.config, seen.row):
        if ADDRESS.search(words) or LOCAL_PATH.search(words):
            yield seen.place, "an e-mail address or an absolute path in a field of an annotation; take it out"
            return


@PROOF_RULES("E625", "a span is the slice of the article it points at")
def spans_are_slices(seen: ProofSeen) -> Iterator[Fault]:
    """`text[start:end] == surface`, for entities, tokens, targets, holders and sentences."""
    text = seen.row["text"]
    for claimed in seen.claimed:
        inside = 0 <= claimed.start < claimed.end <= len(text)
        if not inside or text[claimed.start : claimed.end] != claimed.surface:
            where = f"{claimed.start}-{claimed.end} of {seen.row['id']}"
            yield claimed.place, f"{where} is not {claimed.surface!r}; release again"


@PROOF_RULES("E626", "an article's hash is that of its text")
def hash_is_of_text(seen: ProofSeen) -> Iterator[Fault]:
    """Broken by two articles' texts swapped."""
    if sha256(seen.row["text"].encode()) != seen.row["text_sha256"]:
        yield seen.place, f"{seen.row['id']}: text_sha256 is not that of the text; release again"


@JOIN_RULES("E627", "an id is there once in a config, and every row's article is in articles")
def ids_join(joined: Joined) -> Iterator[Fault]:
    """Broken by an article twice, and by a stance of an article that is not there."""
    articles = {member.id for member in joined.of("articles")}
    seen: set[tuple[str, str]] = set()
    for member in joined.members:
        if (member.config, member.id) in seen:
            yield member.place, f"{member.id} is in {member.config} twice; release again"
        seen.add((member.config, member.id))
        if member.article_id not in articles:
            yield member.place, f"{member.article_id} is not in articles; release again"


@JOIN_RULES("E628", "an article is in one split, the same in every config")
def splits_do_not_leak(joined: Joined) -> Iterator[Fault]:
    """Broken by an article in train whose stances are in test."""
    first: dict[str, Member] = {}
    for member in joined.members:
        known = first.setdefault(member.article_id, member)
        if member.split != known.split:
            yield member.place, f"{member.article_id} is in {known.split} at {known.place} too; release again"


@JOIN_RULES("E629", "an article is in entities if it has gold, and has stances only then")
def gold_is_where_it_says(joined: Joined) -> Iterator[Fault]:
    """Broken by an article of status none among entities: not annotated would look like none."""
    gold = {member.id for member in joined.of("articles") if member.status == "gold"}
    listed = {member.id for member in joined.of("entities")}
    for member in joined.members:
        if member.config in ("entities", "stances") and member.article_id not in gold:
            yield member.place, f"{member.article_id} is in {member.config} without gold; release again"
        if member.config == "articles" and member.status == "gold" and member.id not in listed:
            yield member.place, f"{member.id} has gold and is not in entities; release again"


def _own_fields(config: str, row: Row) -> Iterator[str]:
    fields: dict[str, list[str | None]] = defaultdict(list)
    fields["annotations"] = [row.get("comment"), row.get("annotator"), row.get("predictions_shown")]
    fields["stances"] = [row.get("target_name"), row.get("holder_name")]
    yield from (words for words in fields[config] if words)
    if config in ("entities", "annotations"):
        yield from (entity["ref"] for entity in row["entities"] or () if entity and entity["ref"])
    if config == "annotations":
        for stance in row["stances"] or ():
            yield from (stance[side]["name"] for side in ("target", "holder") if stance[side] and stance[side]["name"])

"""Level 6, what is derived from an article's text and ids: the sentence of a stance, and ids made of the article's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kliping.check.corpus.texts import TEXT_RULES, TextSeen
from kliping.check.excerpts import around
from kliping.check.rules import Example, RuleList

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kliping.check.release.counting import TextRow
    from kliping.check.release.merge import ArticleRows
    from kliping.check.release.tables import Row
    from kliping.check.rules import Fault
    from kliping.records import Finding

__all__ = ["SENTENCE_RULES", "text_findings"]

SENTENCE_RULES: RuleList[ArticleRows] = RuleList()

_OWN = ("E401", "E402")
"""Rules of texts whose parts in a release have rules of their own: spans and hashes."""

_IDS = {"stances": re.compile(r"[\w.-]+", re.ASCII), "soft_labels": re.compile(r"[ms][1-9]\d*", re.ASCII)}
"""Of some configs: what follows the article's id and a colon in the id of a row."""


def text_findings(rows: Sequence[TextRow]) -> Iterator[Finding]:
    """What is wrong with the texts of a release, by the rules of level 4: they are those of a corpus's."""
    for row in rows:
        seen = TextSeen(row.place, row.article, ())
        for rule in TEXT_RULES.rules:
            if rule.code not in _OWN:
                yield from rule.findings(seen)


@SENTENCE_RULES(
    "E616",
    "the id of a stance, and of a row of soft_labels, is its article's, a colon and a name",
    mend="Release again.",
    example=Example("stances", '"id": "0bcd27b9c7a5c7c1:s1"', '"id": "s1"'),
)
def ids_are_made_of_the_articles(seen: ArticleRows) -> Iterator[Fault]:
    """Stances begin anew in each article: without its id before them, `s1` is in a table many times."""
    for config, rest in _IDS.items():
        for member in seen.of(config):
            article, _, name = member.id.rpartition(":")
            if article != seen.id or not rest.fullmatch(name):
                yield member.place, f"{member.id!r} is not {seen.id}, a colon and a name; release again"


@SENTENCE_RULES(
    "E670",
    "the sentence of a stance holds its target, in the target's block and with whole words; a declared target has none",
    mend="Release again.",
    example=Example("stances", '"target_start": 469, "target_end": 488', '"target_start": 592, "target_end": 611'),
)
def sentences_hold_their_targets(seen: ArticleRows) -> Iterator[Fault]:
    """Models of stances read the sentence alone: in another one, somebody else is for or against something else."""
    for article in seen.of("articles")[:1]:
        for member in seen.of("stances"):
            fault = _sentence_fault(article.row, member.row)
            if fault is not None:
                start, end = (member.row[f"sentence_{end}"] or 0 for end in ("start", "end"))
                message = f"{member.id}: the sentence {fault}; release again"
                yield member.place, message, around(article.row["text"], start, end)


def _sentence_fault(article: Row, row: Row) -> str | None:
    said = [row[column] for column in ("sentence", "sentence_start", "sentence_end")]
    if row["target_kind"] != "mention":
        return None if said == [None] * 3 else "is there, and the target is no mention"
    _, start, end = said
    first, last = row["target_start"], row["target_end"]
    if None in (*said, first, last):
        return "is missing" if None in said else None  # E668 tells of a target without a place
    if start > first or end < last:
        return "does not hold the target"
    blocks = [one for one in article["blocks"] if one["start"] < last and one["end"] > first]
    if blocks and (start < blocks[0]["start"] or end > blocks[-1]["end"]):
        return "reaches out of the target's block"
    text = article["text"]
    return "cuts a word" if any(_inside_a_word(text, at) for at in (start, end)) else None


def _inside_a_word(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()

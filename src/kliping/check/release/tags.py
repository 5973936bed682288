"""Level 6, the table `entities` by itself: tokens that are the whole text, tags that are its mentions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from kliping.annotation.bio import project_at
from kliping.check.rules import Example, RuleList
from kliping.records import Entity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kliping.check.release.rows import RowSeen
    from kliping.check.rules import Fault

__all__ = ["TAG_RULES"]

TAG_RULES: RuleList[RowSeen] = RuleList()


@TAG_RULES(
    "E675",
    "tokens hold every character that is no white space, in the order of the text",
    mend="Release again.",
    example=Example("entities", '"Terancam", "Kehilangan"', '"Kehilangan", "Terancam"'),
)
def tokens_are_the_text(seen: RowSeen) -> Iterator[Fault]:
    """Models read the tokens, not the text: one that is left out, doubled or moved makes it another text."""
    row = seen.row
    if "".join(one or "" for one in row["tokens"] or ()) != "".join((row["text"] or "").split()):
        yield seen.place, f"{row['id']}: the tokens are not the whole text, once and in order; release again"


@TAG_RULES(
    "E676",
    "tags, and the losses that are counted, are what the mentions give",
    mend="Release again.",
    example=Example("entities", '"bio_lost": 0', '"bio_lost": 1'),
)
def tags_are_the_mentions(seen: RowSeen) -> Iterator[Fault]:
    """Tags are a projection of the mentions.

    One that is lost or invented teaches a model what no annotator said, and a loss that is not counted looks like
    none.
    """
    row = seen.row
    spans = [(span["start"], span["end"]) for span in row["token_spans"] or () if span]
    classes = {name: number for number, name in enumerate(seen.classes["ner_tags"])}
    try:
        mentions = msgspec.convert(row["entities"], list[Entity])
        given = project_at([start for start, _ in spans], [end for _, end in spans], mentions, classes)
    except (msgspec.ValidationError, KeyError, TypeError):
        return  # nulls and labels of no scheme: E621 and E667 tell
    if (given.tags, given.lost, given.widened) != (tuple(row["ner_tags"]), row["bio_lost"], row["bio_widened"]):
        yield seen.place, f"{row['id']}: ner_tags, bio_lost or bio_widened are not those of entities; release again"

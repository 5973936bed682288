"""Level 4, offsets and text: the canonical text keeps its rules, and every span is the slice it says."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from kliping.check.rules import Place, RuleList
from kliping.files import sha256

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kliping.check.rules import Fault
    from kliping.records import Article, Block

__all__ = ["TEXT_RULES", "Claimed", "TextSeen"]

SEPARATOR = "\n\n"
HIDDEN = re.compile("[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\\u00ad\\ufeff]")
"""The category Cc but for LF, soft hyphen and byte order mark: invisible, and gone from canonical text."""


class Claimed(NamedTuple):
    """A span that someone wrote down, in code points, with the surface it should be."""

    place: Place
    start: int
    end: int
    surface: str


class TextSeen(NamedTuple):
    """A text, current or superseded, with every span that counts in it."""

    place: Place
    article: Article
    claimed: Sequence[Claimed]


TEXT_RULES: RuleList[TextSeen] = RuleList()


@TEXT_RULES("E401", "a span is the slice of the text it points at")
def spans_are_slices(seen: TextSeen) -> Iterator[Fault]:
    """`text[start:end] == surface`; broken by a span shifted by one, or counted in UTF-16 after an emoji."""
    text = seen.article.text
    for claimed in seen.claimed:
        found = text[claimed.start : claimed.end] if 0 <= claimed.start < claimed.end <= len(text) else ""
        if found != claimed.surface or not found:
            where = f"{claimed.start}-{claimed.end} of {seen.article.id}"
            yield claimed.place, f"{where} is {found!r}, not {claimed.surface!r}; pull again, or mend the span"


@TEXT_RULES("E402", "a text's hash is that of its UTF-8 bytes")
def hash_is_of_text(seen: TextSeen) -> Iterator[Fault]:
    """Broken by a text edited by hand: annotations are tied to the exact text by its hash."""
    if sha256(seen.article.text.encode()) != seen.article.text_sha256:
        yield seen.place, f"{seen.article.id}: text_sha256 is not that of the text; restore the line with git"


@TEXT_RULES("E403", "a text is in Unicode's composed form, NFC")
def composed(seen: TextSeen) -> Iterator[Fault]:
    """Broken by `e` followed by U+0301, which NFC writes as one character."""
    if not unicodedata.is_normalized("NFC", seen.article.text):
        yield seen.place, f"{seen.article.id}: the text is not NFC; normalise the article again"


@TEXT_RULES("E404", "a text has no control characters, soft hyphens or byte order marks, but LF between blocks")
def no_control_characters(seen: TextSeen) -> Iterator[Fault]:
    """Broken by CR LF, by a tab, by U+00AD."""
    found = sorted(set(HIDDEN.findall(seen.article.text)))
    if found:
        points = ", ".join(f"U+{ord(char):04X}" for char in found)
        yield seen.place, f"{seen.article.id}: the text holds {points}; normalise the article again"


@TEXT_RULES("E405", "blocks lie inside the text, in order and apart")
def blocks_in_order(seen: TextSeen) -> Iterator[Fault]:
    """Broken by a block that starts before the one before it ends."""
    length, blocks = len(seen.article.text), seen.article.blocks
    outside = [block for block in blocks if not 0 <= block.start < block.end <= length]
    if outside or any(before.end > after.start for before, after in pairwise(blocks)):
        yield seen.place, f"{seen.article.id}: blocks overlap or lie outside the text; normalise the article again"


@TEXT_RULES("E406", "a text is its blocks joined by an empty line")
def blocks_make_the_text(seen: TextSeen) -> Iterator[Fault]:
    """So every character that is not white space is in one block; broken by a paragraph that no block covers."""
    article = seen.article
    joined = SEPARATOR.join(_slice(article, block) for block in article.blocks)
    if joined != article.text or any("\n" in _slice(article, block) for block in article.blocks):
        yield seen.place, f"{article.id}: the text is not its blocks joined by an empty line; normalise it again"


@TEXT_RULES("E407", "title and subtitle repeat their blocks")
def titles_repeat_blocks(seen: TextSeen) -> Iterator[Fault]:
    """Broken by a title that was mended in the field and not in the text."""
    article = seen.article
    for name, stated in (("title", article.title), ("subtitle", article.subtitle)):
        blocks = [_slice(article, block) for block in article.blocks if block.type == name]
        if blocks != ([] if stated is None else [stated]):
            yield seen.place, f"{article.id}: the {name} is {stated!r}, its block {blocks}; normalise the article again"


@TEXT_RULES("E408", "white space inside a block is one space, and none at its ends")
def single_spaces(seen: TextSeen) -> Iterator[Fault]:
    """Broken by two spaces, and by a no-break space."""
    for block in seen.article.blocks:
        words = _slice(seen.article, block)
        if "\n" not in words and words != " ".join(words.split()):
            message = f"white space at {block.start}-{block.end} is not single spaces"
            yield seen.place, f"{seen.article.id}: {message}; normalise the article again"


def _slice(article: Article, block: Block) -> str:
    return article.text[block.start : block.end]

"""Level 4, offsets and text: the canonical text keeps its rules, and every span is the slice it says."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, NamedTuple

from kliping.check.excerpts import around, brief
from kliping.check.rules import Example, Place, RuleList
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
ARTICLES = "corpus/articles/00000.jsonl"
PULLED = "annotations/pulled/00000.jsonl"
TITLE = '"text":"Feri Malam Kandas'
AGAIN = "Run `kliping normalise` again; where somebody edited the article, restore the line with git first."


@TEXT_RULES(
    "E401",
    "a span is the slice of the text it points at",
    mend="Pull again, predict again, or mend the decision: whatever wrote the span; count code points, from 0.",
    example=Example(PULLED, '"start":0,"end":13,"text":"Sanggar Ülgar"', '"start":1,"end":14,"text":"Sanggar Ülgar"'),
)
def spans_are_slices(seen: TextSeen) -> Iterator[Fault]:
    """The proof of every offset, `text[start:end] == surface`.

    A span shifted by one, or counted in UTF-16 behind an emoji, marks other words than the annotator did.
    """
    text = seen.article.text
    for claimed in seen.claimed:
        found = text[claimed.start : claimed.end] if 0 <= claimed.start < claimed.end <= len(text) else ""
        if found != claimed.surface or not found:
            where = f"{claimed.start}-{claimed.end} of {seen.article.id}"
            what = f"is {brief(found)}, not {brief(claimed.surface)}" if found or claimed.surface else "is empty"
            message = f"{where} {what}; pull again, or mend the span"
            yield claimed.place, message, around(text, claimed.start, claimed.end)


@TEXT_RULES(
    "E402",
    "a text's hash is that of its UTF-8 bytes",
    mend="Restore the line with git; to change a text, change its raw file and run `kliping normalise`.",
    example=Example(ARTICLES, TITLE, TITLE.replace("Malam", "Siang")),
)
def hash_is_of_text(seen: TextSeen) -> Iterator[Fault]:
    """Annotations are tied to the exact text by its hash: a text edited by hand shifts what was marked in it."""
    if sha256(seen.article.text.encode()) != seen.article.text_sha256:
        yield seen.place, f"{seen.article.id}: text_sha256 is not that of the text; restore the line with git"


@TEXT_RULES(
    "E403",
    "a text is in Unicode's composed form, NFC",
    mend="Run `kliping check --fix`, which mends what nobody annotated, or `kliping normalise` again.",
    example=Example(ARTICLES, TITLE, TITLE.replace("Malam", r"Mala\u0301m")),
)
def composed(seen: TextSeen) -> Iterator[Fault]:
    """An `é` may be one code point or two: written in both ways, one name is two, and offsets differ between tools."""
    text = seen.article.text
    if not unicodedata.is_normalized("NFC", text):
        at = _common(text, unicodedata.normalize("NFC", text))
        message = f"{seen.article.id}: the text is not NFC; normalise the article again"
        yield seen.place, message, around(text, at, at + 2)


@TEXT_RULES(
    "E404",
    "a text has no control characters, soft hyphens or byte order marks, but LF between blocks",
    mend=AGAIN,
    example=Example(ARTICLES, TITLE, TITLE.replace(" Malam", r"\tMalam")),
)
def no_control_characters(seen: TextSeen) -> Iterator[Fault]:
    """What cannot be seen is counted all the same: it splits words for machines that are whole for annotators."""
    text = seen.article.text
    first = HIDDEN.search(text)
    if first is not None:
        points = ", ".join(f"U+{ord(char):04X}" for char in sorted(set(HIDDEN.findall(text))))
        message = f"{seen.article.id}: the text holds {points}; normalise the article again"
        yield seen.place, message, around(text, *first.span())


@TEXT_RULES(
    "E405",
    "blocks lie inside the text, in order and apart",
    mend=AGAIN,
    example=Example(ARTICLES, '"type":"paragraph","start":46,', '"type":"paragraph","start":40,'),
)
def blocks_in_order(seen: TextSeen) -> Iterator[Fault]:
    """A block tells what a sentence is part of: where two overlap, a word is in the title and in a paragraph."""
    text, blocks = seen.article.text, seen.article.blocks
    wrong = [block for block in blocks if not 0 <= block.start < block.end <= len(text)]
    wrong += [after for before, after in pairwise(blocks) if before.end > after.start]
    if wrong:
        message = f"{seen.article.id}: blocks overlap or lie outside the text; normalise the article again"
        yield seen.place, message, around(text, wrong[0].start, wrong[0].end)


@TEXT_RULES(
    "E406",
    "a text is its blocks joined by an empty line",
    mend=AGAIN,
    example=Example(ARTICLES, '"start":46,"end":211}', '"start":46,"end":200}'),
)
def blocks_make_the_text(seen: TextSeen) -> Iterator[Fault]:
    """So every character that is not white space is in one block, and who reads by blocks misses nothing."""
    article = seen.article
    joined = SEPARATOR.join(_slice(article, block) for block in article.blocks)
    if joined != article.text or any("\n" in _slice(article, block) for block in article.blocks):
        message = f"{article.id}: the text is not its blocks joined by an empty line; normalise it again"
        at = _common(article.text, joined)
        yield seen.place, message, around(article.text, at, at + 1)


@TEXT_RULES(
    "E407",
    "title and subtitle repeat their blocks",
    mend=AGAIN,
    example=Example(ARTICLES, '"title":"Feri Malam Kandas', '"title":"Feri Siang Kandas'),
)
def titles_repeat_blocks(seen: TextSeen) -> Iterator[Fault]:
    """A title that was mended in the field and not in the text is another than annotators saw and marked."""
    article = seen.article
    for name, stated in (("title", article.title), ("subtitle", article.subtitle)):
        blocks = [_slice(article, block) for block in article.blocks if block.type == name]
        if blocks != ([] if stated is None else [stated]):
            there = ", ".join(map(brief, blocks)) or "not there"
            what = "null" if stated is None else brief(stated)
            yield seen.place, f"{article.id}: the {name} is {what}, its block {there}; normalise the article again"


@TEXT_RULES(
    "E408",
    "white space inside a block is one space, and none at its ends",
    mend=AGAIN,
    example=Example(ARTICLES, TITLE, TITLE.replace(" Malam", r"\u00a0Malam")),
)
def single_spaces(seen: TextSeen) -> Iterator[Fault]:
    """Two spaces or a no-break space look like one on the screen: the same name would have several spellings."""
    for block in seen.article.blocks:
        words = _slice(seen.article, block)
        kept = " ".join(words.split())
        if "\n" not in words and words != kept:
            message = f"white space at {block.start}-{block.end} is not single spaces"
            at = block.start + _common(words, kept)
            shown = around(seen.article.text, at, min(at + 1, block.end))
            yield seen.place, f"{seen.article.id}: {message}; normalise the article again", shown


def _slice(article: Article, block: Block) -> str:
    return article.text[block.start : block.end]


def _common(one: str, other: str) -> int:
    """How many code points two texts begin with alike."""
    return sum(1 for _ in takewhile(bool, map(str.__eq__, one, other)))

"""The proof that nothing vanished: where each letter and digit of a text input went."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kliping.normaliser.cleaning import clean_text
from kliping.normaliser.decoding import decode
from kliping.normaliser.dump import read_dump
from kliping.normaliser.rules import apply_rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kliping.normaliser.lines import Segment
    from kliping.records import Article

__all__ = ["article_pieces", "letters", "lost", "trace"]


def letters(text: str) -> str:
    """The letters and digits of a text (`str.isalnum`), in order."""
    return "".join(char for char in text if char.isalnum())


def lost(data: bytes, article: Article) -> tuple[Counter[str], Counter[str]]:
    """Letters and digits of a text input that the article misses, and those it has too many; both empty if it adds up.

    The source's letters are counted after decoding, repair and NFC.
    """
    source = Counter(letters(clean_text(decode(data))))
    kept = Counter(letters("".join(article_pieces(article))))
    return source - kept, kept - source


def article_pieces(article: Article) -> Iterator[str]:
    """Every piece of an article that holds words of its source, each once: title and subtitle are blocks."""
    yield from (article.text[block.start : block.end] for block in article.blocks)
    if article.dateline:
        yield from filter(None, (article.dateline.place, article.dateline.agency, article.dateline.date))
    yield from article.authors
    yield from article.topics
    for figure in article.figures:
        yield from filter(None, (figure.caption, figure.credit))
    yield from (related.title for related in article.related if related.title)
    yield from (removed.text for removed in article.removed)


def trace(data: bytes) -> tuple[Segment, ...]:
    """Where each piece of a text input went, in the source's order: their letters joined are the source's letters."""
    return tuple(segment for line in apply_rules(read_dump(clean_text(decode(data)))) for segment in line.segments)

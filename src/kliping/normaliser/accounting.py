"""The proof that nothing vanished: where each letter and digit of a text input went."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kliping.normaliser.assembly import pieces
from kliping.normaliser.examination import examine
from kliping.normaliser.raw import Raw, Reading

if TYPE_CHECKING:
    from kliping.normaliser.lines import Segment
    from kliping.normaliser.rules import Furniture
    from kliping.records import Article

__all__ = ["letters", "lost", "source_letters", "trace"]


def letters(text: str) -> str:
    """The letters and digits of a text (`str.isalnum`), in order."""
    return "".join(filter(str.isalnum, text))


def source_letters(data: bytes) -> str:
    """The letters and digits of a text input, after decoding, repair and NFC, in order.

    Raises:
        Rejected: it cannot be read.
    """
    return letters(examine(Raw(data, media_type="text/plain"), Reading()).text)


def lost(data: bytes, article: Article) -> tuple[Counter[str], Counter[str]]:
    """Letters and digits of a text input that the article misses, and those it has too many; both empty if it adds up.

    Raises:
        Rejected: it cannot be read.
    """
    source, kept = Counter(source_letters(data)), Counter(letters("".join(pieces(article))))
    return source - kept, kept - source


def trace(data: bytes, furniture: Furniture | None = None) -> tuple[Segment, ...]:
    """Where each piece of a text input went, in the source's order: their letters joined are the source's letters.

    Raises:
        Rejected: it cannot be read.
    """
    reading = Reading(furniture=furniture) if furniture else Reading()
    lines = examine(Raw(data, media_type="text/plain"), reading).lines
    return tuple(segment for line in lines for segment in line.segments)

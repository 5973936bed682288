"""Bylines: who wrote an article, as it states."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kliping.normaliser.lines import Segment, removed

if TYPE_CHECKING:
    from kliping.normaliser.packs import Words

__all__ = ["split_byline"]


def split_byline(text: str, words: Words) -> tuple[Segment, ...]:
    """The pieces of a byline, labels and editors removed; nothing where the line is none.

    `Penulis: Nama | Editor: Nama`, `By Name and Name`, `Editor: Nama`.
    """
    if len(text) > words.limits.longest_byline:
        return ()
    pieces: list[Segment] = []
    for part in text.strip("()[] ").split("|"):
        found = _part(part.strip(), words)
        if not found:
            return ()
        pieces += found
    return tuple(pieces)


def _part(text: str, words: Words) -> tuple[Segment, ...]:
    if words.editors.match(text):
        return (removed(text),)
    found = words.authors.fullmatch(text)
    if not found:
        found = words.by.fullmatch(text)
        if not found or not _are_names(found["rest"], words):
            return ()
    if not found["rest"]:
        return ()
    return (removed(found["label"]), *_authors(found["rest"], words))


def _are_names(text: str, words: Words) -> bool:
    """Without a colon, only words that begin with a capital: `By the river` is no byline."""
    parts = text.split()
    return (
        len(parts) <= 12
        and not text.endswith(("?", "!"))
        and parts[0][0].isupper()
        and all(not part[0].islower() or part in words.particles or part in words.pack.conjunctions for part in parts)
    )


def _authors(text: str, words: Words) -> list[Segment]:
    """The names, and the words between them."""
    pieces: list[Segment] = []
    at = 0
    for between in words.conjunctions.finditer(text):
        pieces.append(Segment("author", text[at : between.start()].strip()))
        if between["word"]:
            pieces.append(removed(between["word"]))
        at = between.end()
    pieces.append(Segment("author", text[at:].strip()))
    return [piece for piece in pieces if any(char.isalnum() for char in piece.text)]

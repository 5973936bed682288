"""Bylines: who wrote an article, as it states."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kliping.normaliser.lines import Segment, removed
from kliping.normaliser.rules.names import are_name_words, is_capitalised

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kliping.normaliser.rules.packs import Words

__all__ = ["split_byline"]

MOST_WORDS = 12
"""A byline has no more words behind its label."""

LONGEST_NAME = 6
"""A name has no more words, the small ones inside it counted."""

LONGEST_CUT = 3
"""A word with no more characters, its stop counted, is cut short: `Jr.`."""

_SIGNS = re.compile(r"[:;!?\"“”«»„]")


def split_byline(text: str, words: Words) -> tuple[Segment, ...]:
    """The pieces of a byline, labels and editors removed; nothing where the line is none.

    `Penulis: Nama | Editor: Nama`, `By Name and Name`, `Editor: Nama`, `Reporting by Name; Editing by Name`.
    """
    if len(text) > words.limits.longest_byline:
        return ()
    pieces: list[Segment] = []
    for part in text.strip("()[] ").split("|"):
        found = [_part(one.strip(), words) for one in part.split(";")]
        if not all(found):  # `;` may also stand between names
            found = [_part(part.strip(), words)]
        if not all(found):
            return ()
        pieces += [piece for one in found for piece in one]
    return tuple(pieces)


def _part(text: str, words: Words) -> tuple[Segment, ...]:
    edited = words.edited.fullmatch(text)
    if words.editors.fullmatch(text) or (edited and _are_names(edited["rest"], words)):
        return (removed(text),)
    labelled = words.authors.fullmatch(text)
    if labelled:
        return _named(labelled, words) if labelled["rest"] and not _is_sentence(labelled["rest"]) else ()
    by = words.by.fullmatch(text)
    return _named(by.groupdict(), words) if by and _are_names(by["rest"], words) else ()


def _named(found: Mapping[str, str], words: Words) -> tuple[Segment, ...]:
    """The label removed, and the names."""
    return (removed(found["label"]), *_authors(found["rest"], words))


def _is_sentence(text: str) -> bool:
    """Too many words for names, or the end of a sentence; `J. Tavish Jr.` and `Orla T.` end in no more than a stop."""
    parts = text.split()
    return (
        len(parts) > MOST_WORDS
        or text.endswith(("?", "!", ";", ":", "…"))
        or (text.endswith(".") and len(parts[-1]) > LONGEST_CUT)
    )


def _are_names(text: str, words: Words) -> bool:
    """Without a colon, only a full name, words that all begin with a capital: `By the river` is no byline.

    One word alone is a newsroom or an agency (`By staff`, `By HNA`), for `Von Kindern` and `Von Land und Leuten` begin
    with a capital too.
    """
    if _is_sentence(text) or _SIGNS.search(text):
        return False
    parts = text.split()
    if text.casefold() in words.newsrooms or (len(parts) == 1 and text.isupper() and len(text) > 1):
        return True
    return (
        is_capitalised(parts[0])
        and are_name_words(parts, words.small_words)
        and any(_is_full(name) for name in words.conjunctions.split(text) if name)
    )


def _is_full(name: str) -> bool:
    """A first name and a last name, and little more."""
    parts = name.split()
    return len(parts) <= LONGEST_NAME and sum(map(is_capitalised, parts)) >= 2


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

"""The tokeniser `kliping-words-1`: tokens that know their place, and never tear a character that people see as one.

A token is a word, or a single user-perceived character (an extended grapheme cluster, Unicode Standard Annex 29). A
word is a run of clusters that begin with a letter or a digit; an apostrophe or a hyphen inside it stays (`Jum'at`,
`anak-anak`, `COVID-19`), and so does a full stop, comma or colon between two digits (`10.30`, `Rp5.000`). Scripts
written without spaces (Han, kana, Thai, Lao, Khmer, Myanmar) give a token a cluster. White space is in no token.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["TOKENISER", "Token", "tokenise", "tokens_of"]

TOKENISER = "kliping-words-1"
"""The tokeniser's name: another behaviour gets another name."""


class Token(NamedTuple):
    """A token; `start` and `end` are code points of the text, half open."""

    start: int
    end: int
    text: str


_LETTER = r"(?=[[\p{L}\p{N}]--[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]])\X"
_INSIDE = rf"(?:['’\-‐‑]|(?<=\p{{Nd}})[.,:](?=\p{{Nd}}))(?:{_LETTER})+"
_TOKEN = regex.compile(rf"(?:{_LETTER})+(?:{_INSIDE})*|\X", regex.V1)

# A mark may sit on a white space: the mark is a token, the white space is not.
_SOLID = regex.compile(r"[^\s\x1c-\x1f]+")


def tokenise(text: str) -> Iterator[Token]:
    """The tokens of a text, in order: they do not overlap, and every character that is not white space is in one."""
    for found in _TOKEN.finditer(text):
        start, end = found.span()
        if text[start:end].isalnum():
            yield Token(start, end, text[start:end])
            continue
        for solid in _SOLID.finditer(text, start, end):
            yield Token(solid.start(), solid.end(), solid.group())


@lru_cache(maxsize=1)
def tokens_of(text: str) -> tuple[Token, ...]:
    """The tokens of a text, at once; those of the last text are kept, since rows and counts ask for them in turn."""
    return tuple(tokenise(text))

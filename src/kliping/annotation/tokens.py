"""The tokeniser `kliping-words-1`: tokens that know their place, and never tear a character that people see as one.

A token is a word, or a single user-perceived character (an extended grapheme cluster, Unicode Standard Annex 29). A
word is a run of clusters that begin with a letter or a digit; an apostrophe or a hyphen inside it stays (`Jum'at`,
`anak-anak`, `COVID-19`), and so does a full stop, comma or colon between two digits (`10.30`, `Rp5.000`). Scripts
written without spaces (Han, kana, Thai, Lao, Khmer, Myanmar) give a token a cluster. White space is in no token.
"""

from __future__ import annotations

import re
from itertools import accumulate, compress
from operator import add
from typing import TYPE_CHECKING, NamedTuple

import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["TOKENISER", "Token", "Tokens", "tokenise", "tokens_of"]

TOKENISER = "kliping-words-1"
"""The tokeniser's name: another behaviour gets another name."""


class Token(NamedTuple):
    """A token; `start` and `end` are code points of the text, half open."""

    start: int
    end: int
    text: str


class Tokens(NamedTuple):
    """The tokens of a text as columns, which are a third of the work of a record a token."""

    texts: list[str]
    starts: list[int]
    ends: list[int]


_LETTER = r"(?=[[\p{L}\p{N}]--[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]])\X"
_INSIDE = rf"(?:['’\-‐‑]|(?<=\p{{Nd}})[.,:](?=\p{{Nd}}))(?:{_LETTER})+"
_TOKEN = regex.compile(rf"(?:{_LETTER})+(?:{_INSIDE})*|\X", regex.V1)

# A mark may sit on a white space: the mark is a token, the white space is not.
_SOLID = regex.compile(r"[^\s\x1c-\x1f]+")


_PLAIN = re.compile("[ -~\xa0-\xac\xae-\u024f\u2010-\u2027\u2030-\u205e\u20a0-\u20c0]*")
"""A line of characters that no neighbour of the same kind joins to a cluster: each is one that people see."""
_PIECE = re.compile(r"(?:[^\W_]+(?:(?:['’\-‐‑]|(?<=\d)[.,:](?=\d))[^\W_]+)*|[^\w\s]|_) ?|\s+")
"""A token of such a line with the space after it, or white space that is on its own."""


def tokenise(text: str) -> Iterator[Token]:
    """The tokens of a text, in order: they do not overlap, and every character that is not white space is in one."""
    found = tokens_of(text)
    return map(Token, found.starts, found.ends, found.texts)


def tokens_of(text: str) -> Tokens:
    """The tokens of a text as columns, as `tokenise` has them.

    A line feed ends a cluster and begins one (GB4, GB5 of the annex), so that lines stand for themselves; most are of
    plain characters, where a token is found without looking for clusters.
    """
    tokens = Tokens([], [], [])
    start = 0
    for line in text.split("\n"):
        _add_plain(tokens, line, start) if _PLAIN.fullmatch(line) else _add_any(tokens, line, start)
        start += len(line) + 1
    return tokens


def _add_plain(tokens: Tokens, line: str, start: int) -> None:
    pieces = _PIECE.findall(line)
    starts = list(accumulate(map(len, pieces), initial=start))
    texts = list(map(str.rstrip, pieces))
    if "" in texts:
        starts = list(compress(starts, texts))
        texts = list(filter(None, texts))
    else:
        starts.pop()
    tokens.texts.extend(texts)
    tokens.starts.extend(starts)
    tokens.ends.extend(map(add, starts, map(len, texts)))


def _add_any(tokens: Tokens, line: str, start: int) -> None:
    for found in _TOKEN.finditer(line):
        for solid in _SOLID.finditer(line, *found.span()):
            tokens.texts.append(solid.group())
            tokens.starts.append(start + solid.start())
            tokens.ends.append(start + solid.end())

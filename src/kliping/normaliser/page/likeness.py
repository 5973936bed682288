"""Whether two titles, or two addresses, are the same but for the spelling."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from kliping.normaliser.text.overlap import jaccard

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["alike", "folded", "is_sites_name", "likeness", "same_address", "site_names", "squeezed", "word_set"]

_WORDS = re.compile(r"\w+")
_HOST = re.compile(r"(?:www\.)?(?P<name>[\w-]+)(?:\.[\w-]+)*\.[a-z]{2,}", re.IGNORECASE)
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


def word_set(words: str) -> frozenset[str]:
    """Words that are written apart by spaces, as a set."""
    return frozenset(words.split())


@lru_cache(maxsize=1024)
def folded(text: str) -> str:
    """The letters and digits of a text, case folded, words apart by one space. Cached: a page says all twice."""
    return " ".join(_WORDS.findall(text.casefold()))


def squeezed(text: str) -> str:
    """The letters and digits of a text, case folded, and nothing between them."""
    return folded(text).replace(" ", "")


@lru_cache(maxsize=1024)
def _parts(text: str) -> frozenset[str]:
    """The words of a text; its letters, where its script puts no spaces between words."""
    words = folded(text)
    return frozenset(words.replace(" ", "")) if _UNSPACED.search(words) else frozenset(words.split())


def likeness(one: str, other: str) -> float:
    """The share of words that two texts have in common (Jaccard), from 0 to 1."""
    return jaccard(_parts(one), _parts(other))


def alike(one: str, other: str) -> bool:
    """Whether two titles share at least half of the words of the longer one."""
    first, second = _parts(one), _parts(other)
    return bool(first and second) and 2 * len(first & second) >= max(len(first), len(second))


def same_address(one: str, other: str) -> bool:
    """Whether two addresses have the same path, and one that says something; sites have several hosts."""
    first, second = _path_and_query(one), _path_and_query(other)
    if first[0] != second[0]:
        return False
    return len(first[0]) > 3 or bool(first[1] and first[1] == second[1])


@lru_cache(maxsize=1024)
def _path_and_query(address: str) -> tuple[str, str]:
    try:
        parts = urlsplit(address)
    except ValueError:
        return "", ""
    return unquote(parts.path).strip("/").removesuffix("/amp"), parts.query


def site_names(names: Iterable[str]) -> set[str]:
    """The names of a site, squeezed, and what its hosts are called.

    `Kabar Kota` and `www.kabarkota.example` are both `kabarkota`.
    """
    found: set[str] = set()
    for name in names:
        host = _HOST.fullmatch(name)
        found.update(squeezed(spelling) for spelling in ((name, host["name"]) if host else (name,)))
    return {name for name in found if len(name) > 1}


def is_sites_name(text: str, known: set[str]) -> bool:
    """Whether a text is one of the names of a site, or one with a section's: `Kabar`, `Kabar.example`, `Kabar Kota`."""
    if not site_names([text]).isdisjoint(known):
        return True
    words = text.split()
    return 1 < len(words) <= 3 and len(words[0]) > 2 and squeezed(words[0]) in known

"""The names of the people that a server told us, as keyed hashes: to find them where nobody is to be named.

A hash is HMAC-SHA256 (RFC 2104) with the key of the pseudonyms. The file is in `.kliping/`, so that it is in no
repository and no release, and the next pull makes it again; without the key it says nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from kliping.errors import KlipingError
from kliping.files import write_bytes
from kliping.project.annotators import PSEUDONYM
from kliping.project.keys import VARIABLE, fingerprint, known_fingerprint, known_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kliping.project.corpus import Corpus

__all__ = ["KnownNames", "Person", "keep_names", "read_names", "why_unchecked"]

_WORD = re.compile(r"\w[\w.+'’-]*\w|\w")
"""A word, with what user names have inside them."""

_MOST_WORDS = 4
_FEWEST_LETTERS = 5

_ROLES = frozenset(
    "admin administrator annotator anotator contact editor editorial intern kontak label labels labelstudio moderator "
    "newsroom office redaksi reporter staff studio support tester users".split()
)
"""Accounts are called so, and comments talk of them: nobody's name."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as a server names them: to be hashed, never printed.

    Attributes:
        address: their e-mail address.
        user_name: what they log in as.
        full_name: first and last name.
    """

    address: str
    user_name: str = ""
    full_name: str = ""


class _NamesFile(msgspec.Struct, frozen=True):
    fingerprint: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KnownNames:
    """The hashes of names, and the key that they were made with."""

    key: bytes
    hashes: frozenset[str]

    def are_in(self, text: str) -> bool:
        """Whether a text has one of the names, whole, in any case of its letters."""
        words = _words(text)
        runs = (
            " ".join(words[at : at + length])
            for at in range(len(words))
            for length in range(1, min(_MOST_WORDS, len(words) - at) + 1)
        )
        return any(_hash(self.key, run) in self.hashes for run in runs)


def keep_names(corpus: Corpus, key: bytes, people: Iterable[Person]) -> bool:
    """Keep the hashes of people's names beside those that are kept; whether there were new ones."""
    earlier = _read(corpus)
    before = set(earlier.names) if earlier is not None and earlier.fingerprint == fingerprint(key) else set()
    names = before | {_hash(key, name) for person in people for name in _names(person)}
    file = _NamesFile(fingerprint(key), tuple(sorted(names)))
    return write_bytes(corpus.state / "names.json", msgspec.json.encode(file) + b"\n")


def read_names(corpus: Corpus) -> KnownNames | None:
    """The names that can be looked for; None where the key or the file is missing, or one is not the other's."""
    try:
        key = known_key()
    except KlipingError:
        return None
    file = _read(corpus)
    if key is None or file is None or file.fingerprint != fingerprint(key):
        return None
    return KnownNames(key, frozenset(file.names))


def why_unchecked(corpus: Corpus) -> str | None:
    """Why nobody can say here whether an annotation names an annotator, in a sentence; None where that is known."""
    try:
        bound, key = known_fingerprint(corpus), known_key()
    except KlipingError:
        bound, key = "", None
    if bound is None or read_names(corpus) is not None:
        return None
    what = "whether annotations name an annotator could not be checked"
    if key is None or fingerprint(key) != bound:
        return f"{what}: the corpus's pseudonym key is not here; give it as {VARIABLE}"
    return f"{what}: the names that the server knows were not pulled to this machine; run `kliping pull`"


def _names(person: Person) -> Iterator[str]:
    """The names that count: whole ones, of several words or of five letters and more; roles and pseudonyms do not.

    A first name alone is no name here: it may be a common word, or somebody's in the news.
    """
    local = person.address.partition("@")[0]
    for name in (person.user_name.partition("@")[0], local, person.full_name):
        words = _words(name)
        whole = " ".join(words)
        if name is person.full_name and len(words) < 2:
            continue
        is_role = whole in _ROLES or whole.isdecimal() or PSEUDONYM.fullmatch(whole)
        if len(words) <= _MOST_WORDS and len(whole) >= _FEWEST_LETTERS and not is_role:
            yield whole


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFC", text).casefold())


def _hash(key: bytes, name: str) -> str:
    return hmac.new(key, b"name\0" + name.encode(), hashlib.sha256).hexdigest()[:16]


def _read(corpus: Corpus) -> _NamesFile | None:
    try:
        return msgspec.json.decode((corpus.state / "names.json").read_bytes(), type=_NamesFile)
    except (FileNotFoundError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None

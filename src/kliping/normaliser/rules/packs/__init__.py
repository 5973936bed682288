"""Language packs: the words of furniture, as data. A rule says what is done with them.

All packs are asked at once, whatever the article's language, unless a source chooses: many pages carry furniture of
another language. Words of one page or one publisher have no place here; a source's own words go into its settings.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from typing import TYPE_CHECKING, TypeAlias

from kliping.normaliser.rules.limits import LIMITS, Limits
from kliping.normaliser.rules.packs.dutch import DUTCH
from kliping.normaliser.rules.packs.english import ENGLISH
from kliping.normaliser.rules.packs.french import FRENCH
from kliping.normaliser.rules.packs.german import GERMAN
from kliping.normaliser.rules.packs.indonesian import INDONESIAN
from kliping.normaliser.rules.packs.italian import ITALIAN
from kliping.normaliser.rules.packs.malay import MALAY
from kliping.normaliser.rules.packs.pack import Pack
from kliping.normaliser.rules.packs.portuguese import PORTUGUESE
from kliping.normaliser.rules.packs.spanish import SPANISH

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["PACKS", "Labels", "MoreWords", "Pack", "Words", "first_word", "words", "words_with"]

PACKS: dict[str, Pack] = {
    "id": INDONESIAN, "en": ENGLISH, "de": GERMAN, "es": SPANISH, "fr": FRENCH, "pt": PORTUGUESE, "it": ITALIAN,
    "nl": DUTCH, "ms": MALAY,
}  # fmt: skip
"""Every pack by its language's tag."""

MoreWords: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]
"""More words for fields of the packs, by the field's name: `(("related", ("lihat pula",)),)`."""


@dataclass(frozen=True, slots=True)
class Labels:
    """Labels before a colon; one look-up, however many there are."""

    known: frozenset[str]

    def fullmatch(self, text: str) -> dict[str, str] | None:
        """The `label` that a line begins with, its colon included, and the `rest`; as a pattern would answer."""
        colon = _COLON.search(text)
        if not colon or text[: colon.start()].casefold() not in self.known:
            return None
        return {"label": text[: colon.end()], "rest": text[colon.end() :].lstrip()}


_COLON = re.compile(r"\s*[:：]")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of some packs together: each set as one, case folded, the rest as labels and patterns.

    `labels` tells which fields have a label that begins with a word, so that a line is asked for few labels or none,
    and more packs cost no more time.
    """

    pack: Pack
    limits: Limits
    labels: Mapping[str, frozenset[str]]
    related: Labels
    topics: Labels
    authors: Labels
    by: re.Pattern[str]
    editors: Labels
    edited: re.Pattern[str]
    credits: Labels
    credits_inside: re.Pattern[str]
    credit_words: frozenset[str]
    others: frozenset[str]
    interruptions: frozenset[str]
    conjunctions: re.Pattern[str]
    small_words: frozenset[str]
    particles: frozenset[str]
    months: frozenset[str]
    in_dates: frozenset[str]
    newsrooms: frozenset[str]
    rights: tuple[str, ...]


@cache
def words(*languages: str) -> Words:
    """The words of the packs of some languages; of all, where none is named."""
    return words_with(languages)


@lru_cache(maxsize=256)
def words_with(languages: Sequence[str] = (), more: MoreWords = (), limits: Limits = LIMITS) -> Words:
    """The words of some packs, or of all, with a source's own, and its limits."""
    pack = _together([PACKS[language] for language in languages or PACKS], dict(more))
    return Words(
        pack=pack,
        limits=limits,
        labels=_labels(pack),
        related=Labels(_folded(pack.related)),
        topics=Labels(_folded(pack.topics)),
        authors=Labels(_folded(pack.authors)),
        by=_before_names(pack.by),
        editors=Labels(_folded(pack.editors)),
        edited=_before_names(tuple(label for label in pack.editors if " " in label)),
        credits=Labels(_folded(pack.credits)),
        credits_inside=re.compile(rf"(?<=[.!?…)]\s)(?:{_any(pack.credits)})\s*[:：].*", re.IGNORECASE | re.DOTALL),
        credit_words=_folded(pack.credits),
        others=_folded(pack.others),
        interruptions=_folded(pack.interruptions),
        conjunctions=re.compile(rf"\s*[,;]\s*|\s+/\s+|\s+(?P<word>{_any(_as_written(pack.conjunctions))})\s+"),
        small_words=_folded(pack.particles + pack.conjunctions),
        particles=_folded(pack.particles),
        months=_folded(pack.months),
        in_dates=_folded(pack.in_dates),
        newsrooms=_folded(pack.newsrooms),
        rights=tuple(sorted(_folded(pack.rights))),
    )


def first_word(text: str) -> str:
    """What a line is looked up by in `Words.labels`: its first letters and digits, folded; empty where it has none."""
    found = _WORD.search(text)
    return found[0].casefold() if found else ""


_WORD = re.compile(r"\w+")
_LABELLED = ("related", "topics", "authors", "by", "editors", "credits", "others", "interruptions")


def _labels(pack: Pack) -> dict[str, frozenset[str]]:
    fields_of: defaultdict[str, set[str]] = defaultdict(set)
    for name in _LABELLED:
        for label in getattr(pack, name):
            fields_of[first_word(label)].add(name)
    return {word: frozenset(names) for word, names in fields_of.items()}


def _together(packs: list[Pack], more: Mapping[str, tuple[str, ...]]) -> Pack:
    return Pack(**{field.name: _field_of(packs, field.name, more.get(field.name, ())) for field in fields(Pack)})


def _field_of(packs: list[Pack], name: str, more: tuple[str, ...]) -> tuple[str, ...]:
    """The words of one field in every spelling, each once."""
    listed = [word for pack in packs for word in getattr(pack, name)] + [word.lower() for word in more]
    return tuple(dict.fromkeys(spelling for word in listed for spelling in _spellings(word)))


def _spellings(word: str) -> Iterator[str]:
    """A word as written, without accents, as capitals often are (`A LIRE AUSSI`), and with a curly apostrophe."""
    composed = unicodedata.normalize("NFC", word)
    bare = "".join(char for char in unicodedata.normalize("NFD", composed) if not unicodedata.combining(char))
    for spelling in (composed, unicodedata.normalize("NFC", bare)):
        yield spelling
        yield spelling.replace("'", "’")


def _folded(listed: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word.casefold() for word in listed)


def _as_written(conjunctions: tuple[str, ...]) -> tuple[str, ...]:
    """Conjunctions in small letters or in capitals; one of a single letter in small ones, for `E` is an initial."""
    return (*conjunctions, *(word.upper() for word in conjunctions if len(word) > 1))


def _any(labels: tuple[str, ...]) -> str:
    """Alternatives, the longest first."""
    return "|".join(re.escape(label) for label in sorted(labels, key=lambda label: (-len(label), label)))


def _before_names(labels: tuple[str, ...]) -> re.Pattern[str]:
    """A line that begins with a label and a space."""
    return re.compile(rf"(?P<label>{_any(labels)})\s+(?P<rest>\S.*)", re.IGNORECASE)

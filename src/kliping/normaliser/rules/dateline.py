"""The dateline: place, agency and date before the first sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kliping.normaliser.lines import Segment
from kliping.normaliser.rules.names import are_name_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kliping.normaliser.lines import Role
    from kliping.normaliser.rules.packs import Words

__all__ = ["split_dateline"]

_DASH = re.compile(r"(?:\s|(?<=[).])\.?)(?:--|[-–—])\s")
_PART = re.compile(r"\(\s*(?P<inside>[^()]+?)\s*\)|(?P<plain>[^(),]+)")
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*\.(?:[a-z]{2,}|[A-Z]{2,})")
_NUMBERS = re.compile(r"\d{1,4}(?:[./-]\d{1,2}){1,2}(?:[./-]\d{2,4})?")
_ORDINAL = re.compile(r"\d+(?:er|st|nd|rd|th|hb|[ºª°])?")
_SHORT_DAY = 3
"""Names of days and months with no more letters than this are dates only beside a number: `Sun`, `Mar`, `Set`."""

_SIGNS = re.compile(r"[!?:;\"“”«»]|\.\s+\S+\s+\S")
_OPENERS = "\"'“‘«„¿¡([ "


class Part(NamedTuple):
    """What stands between two commas or in brackets."""

    text: str
    bracketed: bool
    is_date: bool


def split_dateline(text: str, words: Words) -> tuple[Segment, ...]:
    """The pieces of a paragraph that opens with a dateline: place, agency, date, the rest; nothing where it has none.

    `Jakarta, IDN Times - …`, `RIMBIA (HNA) — …`, `Selawara, Harian Lembah (12/3) - …`, `SELAWARA – …`, `NAMA.example,
    Jakarta - …`, `Selawara, 5 de marzo (HNA).- …`. A place alone must be in capitals, for `Persib - Persija` is no
    dateline.
    """
    dash = _DASH.search(text, 0, words.limits.longest_dateline)
    if not dash or not _begins_sentence(text[dash.end() :]):
        return ()
    rest = text[dash.end() :].strip()
    pieces = _pieces(text[: dash.start()], words)
    if not pieces or not _is_certain(pieces, rest):
        return ()
    return (*pieces, Segment("paragraph", rest))


def _begins_sentence(rest: str) -> bool:
    """A sentence follows: not a lower-case word, as after the dash of an aside."""
    return len(rest) >= 20 and not rest.lstrip(_OPENERS)[:1].islower()


def _pieces(head: str, words: Words) -> tuple[Segment, ...]:
    parts = list(_parts(head, words))
    named = [part for part in parts if not part.is_date]
    if not named or len(parts) > 4 or not all(_is_name(part.text, words) for part in named):
        return ()
    agency = _agency(named)
    roles: list[Role] = ["date" if part.is_date else "agency" if part.text == agency else "place" for part in parts]
    return _joined([Segment(role, part.text) for role, part in zip(roles, parts, strict=True)], head)


def _parts(head: str, words: Words) -> Iterator[Part]:
    for match in _PART.finditer(head):
        inside = match["inside"]
        text = inside or match["plain"].strip()
        if text:
            yield Part(text, inside is not None, _is_date(text, words))


def _agency(named: list[Part]) -> str | None:
    """The medium: what looks like a domain, else what stands in brackets, else the last of several names.

    What is cut short with a stop is a region: `BUFFALO, N.Y.`.
    """
    for part in named:
        if _DOMAIN.fullmatch(part.text):
            return part.text
    for part in named:
        if part.bracketed:
            return part.text
    return named[-1].text if len(named) > 1 and not named[-1].text.endswith(".") else None


def _is_certain(pieces: tuple[Segment, ...], rest: str) -> bool:
    """Several parts, or one that nothing else looks like: a domain, a region, a place in capitals only here."""
    only = pieces[0].text
    if len(pieces) > 1 or _DOMAIN.fullmatch(only) or (", " in only and only.endswith(".")):
        return True
    return only.isupper() and len(only) > 2 and not _has_word(rest, only)


def _has_word(text: str, word: str) -> bool:
    """Whether a word, or several, stands in a text as such; no pattern is made of what differs in each text."""
    return word in text and re.search(rf"\b{re.escape(word)}\b", text) is not None


def _joined(pieces: list[Segment], head: str) -> tuple[Segment, ...]:
    """Parts of one kind that stand side by side as one piece, as written: `Cedar Bay, Harsa`, `Senin (18/10)`."""
    joined: list[Segment] = []
    at = 0
    for piece in pieces:
        at = head.index(piece.text, at) + len(piece.text)
        if joined and joined[-1].role == piece.role:
            start = head.rindex(joined[-1].text, 0, at - len(piece.text))
            written = head[start:at]
            joined[-1] = Segment(piece.role, written + ")" * (written.count("(") - written.count(")")))
        else:
            joined.append(piece)
    return tuple(joined)


def _is_name(text: str, words: Words) -> bool:
    """One to five words that begin with a capital or a digit, particles apart; no sentence signs inside."""
    if _DOMAIN.fullmatch(text):
        return True
    parts = text.split()
    return (
        1 <= len(parts) <= 5
        and not _SIGNS.search(text)
        and not parts[0][0].islower()
        and are_name_words(parts, words.particles)
        and any(part[0].isalpha() for part in parts)
    )


def _is_date(text: str, words: Words) -> bool:
    """`12/3`, `5/8/2024`, `18 Oktober 2021`, `Oct. 18`, `Senin`, `Senin (18/10)`, `5 de marzo`, `1er mars`.

    Without a number only a day's or a month's whole name: `Del Mar` is a place, `Sun` may be a paper.
    """
    if _NUMBERS.fullmatch(text):
        return True
    parts = [part.strip(".,").casefold() for part in text.split()]
    named = [part for part in parts if part in words.months]
    numbered = any(_ORDINAL.fullmatch(part) for part in parts)
    if not named or not (numbered or (named == parts and all(len(part) > _SHORT_DAY for part in parts))):
        return False
    return all(part in words.months or part in words.in_dates or _ORDINAL.fullmatch(part) for part in parts)

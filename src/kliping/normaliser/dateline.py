"""The dateline: place, agency and date before the first sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kliping.normaliser.lines import Segment

if TYPE_CHECKING:
    from kliping.normaliser.lines import Role
    from kliping.normaliser.packs import Words

__all__ = ["split_dateline"]

LONGEST = 90
"""A dateline has at most this many code points before its dash."""

_DASH = re.compile(r"\s(?:--|[-–—])\s")
_PART = re.compile(r"\(\s*(?P<inside>[^()]+?)\s*\)|(?P<plain>[^(),]+)")
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*\.(?:[a-z]{2,}|[A-Z]{2,})")
_NUMBERS = re.compile(r"\d{1,4}(?:[./-]\d{1,2}){1,2}(?:[./-]\d{2,4})?")


def split_dateline(text: str, words: Words) -> tuple[Segment, ...]:
    """The pieces of a paragraph that opens with a dateline: place, agency, date, the rest; nothing where it has none.

    `Jakarta, IDN Times - …`, `RIMBIA (HNA) — …`, `Selawara, Harian Lembah (12/3) - …`, `SELAWARA – …`, `NAMA.example,
    Jakarta - …`. A place alone must be in capitals, for `Persib - Persija` is no dateline.
    """
    dash = _DASH.search(text, 0, LONGEST)
    if not dash or not _begins_sentence(text[dash.end() :]):
        return ()
    rest = text[dash.end() :].strip()
    pieces = _pieces(text[: dash.start()], words)
    if not pieces or not _is_certain(pieces, rest):
        return ()
    return (*pieces, Segment("paragraph", rest))


def _begins_sentence(rest: str) -> bool:
    """A sentence follows: not a lower-case word, as after the dash of an aside."""
    return len(rest) >= 20 and not rest.lstrip("\"'“‘«([ ")[:1].islower()


def _pieces(head: str, words: Words) -> tuple[Segment, ...]:
    parts = [(match["inside"] or match["plain"].strip(), bool(match["inside"])) for match in _PART.finditer(head)]
    parts = [(text, bracketed) for text, bracketed in parts if text]
    named = [text for text, _ in parts if not _is_date(text, words)]
    if not named or len(parts) > 4 or not all(_is_name(name, words) for name in named):
        return ()
    agency = _agency(parts, words)
    roles: list[Role] = [
        "date" if _is_date(text, words) else "agency" if text == agency else "place" for text, _ in parts
    ]
    return _joined([Segment(role, text) for role, (text, _) in zip(roles, parts, strict=True)], head)


def _agency(parts: list[tuple[str, bool]], words: Words) -> str | None:
    """The medium: what looks like a domain, else what stands in brackets, else the last of several names."""
    named = [(text, bracketed) for text, bracketed in parts if not _is_date(text, words)]
    for text, _ in named:
        if _DOMAIN.fullmatch(text):
            return text
    for text, bracketed in named:
        if bracketed:
            return text
    return named[-1][0] if len(named) > 1 else None


def _is_certain(pieces: tuple[Segment, ...], rest: str) -> bool:
    """Several parts, or one that nothing else looks like: a domain, a place that only the dateline has in capitals."""
    only = pieces[0]
    if len(pieces) > 1 or _DOMAIN.fullmatch(only.text):
        return True
    return only.text.isupper() and len(only.text) > 2 and not re.search(rf"\b{re.escape(only.text)}\b", rest)


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
        and not re.search(r"[!?:;\"“”«»]|\.\s+\S+\s+\S", text)
        and not parts[0][0].islower()
        and all(not part[0].islower() or part in words.particles for part in parts)
        and any(part[0].isalpha() for part in parts)
    )


def _is_date(text: str, words: Words) -> bool:
    """`12/3`, `5/8/2024`, `18 Oktober 2021`, `Oct. 18`, `Senin`, `Senin (18/10)`."""
    if _NUMBERS.fullmatch(text):
        return True
    parts = [part.strip(".,").casefold() for part in text.split()]
    known = [part in words.months for part in parts]
    return any(known) and all(known[i] or parts[i].isdigit() for i in range(len(parts)))

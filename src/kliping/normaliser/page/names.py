"""The names in a statement of authors: without its labels, roles, degrees, addresses and dates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kliping.normaliser.moments import WEEKDAYS
from kliping.normaliser.page.likeness import folded, word_set
from kliping.normaliser.rules.packs import words

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["LONGEST_LIST", "is_account", "is_domain", "is_labelled", "names_in"]

LONGEST_NAME = 60
"""A name has at most this many code points."""
LONGEST_LIST = 300
"""Names together have at most this many."""


_ADDRESS = re.compile(r"\S*@\S+|https?://\S+|www\.\S+|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/\S*", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*[(\[{][^()\[\]{}]*[)\]}]")
_DATE = re.compile(
    r"[\s,|]+(?:on\s+)?(?:"
    rf"(?:{'|'.join(WEEKDAYS)}),?\s+(?:[^\W\d]+\.?\s+)?\d|"
    r"\d{1,2}[./]\d|\d{1,2}:\d\d|\d{4}-\d|\d{1,2}\.? [^\W\d]+\.? \d{4}|[^\W\d]+\.? \d{1,2}, \d{4}).*",
    re.IGNORECASE | re.DOTALL,
)
"""A date behind the names, and all that follows it."""
_APART = re.compile(r"\s*[,;|•·/、，]\s*|\s+[-–—]\s+|\n")
_AND = re.compile(r"\s+(?:og|och|i|ve|oraz)\s+")
"""Between two names, in languages that no pack has."""
_BY = re.compile(r"(?:[^\W\d]+ by|[Dd]i|[Aa]v|[Aa]f)\s+(?P<rest>[^\W\d_a-z]\S*\s+\S.*)")
"""What no pack has before a name of two words or more: `Analysis by Ana Sorel`, `di Ana Sorel`."""
_LABEL = re.compile(r"[^\W\d]+(?: [^\W\d]+)?\s*[:：]\s*(?P<rest>\S.*)")
_INVERTED = re.compile(r"(?P<last>[^\s,]+), (?P<first>[^\s,]+(?: [^\s,]+)?)")
_ROLE_BEHIND = re.compile(r"\s*(?:記者|记者|기자|특파원)$")
_SLUG = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*")
_DOMAIN = re.compile(r"\w\.(?:com|net|org|info|[a-z]{2})\b", re.IGNORECASE)

_ACCOUNTS = word_set("admin administrator webmaster root superadmin unknown null none n/a guest undefined")
_SOCIAL = word_set("facebook twitter instagram youtube whatsapp telegram linkedin tiktok email rss follow share")
_ROLES = word_set(
    "reporter correspondent editor journalist columnist contributor writer author producer photographer analyst fellow "
    "redakteur redakteurin redaktor autor autorin korrespondent korrespondentin reporterin volontär volontärin "
    "periodista redactor redactora corresponsal journaliste rédacteur rédactrice correspondant correspondante "
    "penulis wartawan pewarta kontributor redaktur jurnalis jornalista repórter giornalista inviato redaktorka "
    "redacteur verslaggever"
)
"""What people are called by their work. A part of a byline with such a word is no name."""
_NO_NAMES = _ROLES | _SOCIAL
_DEGREES = word_set("phd md ms msc ma bsc mba mph mphil llm llb rn rd rdn dds dvm pharmd psyd cpa cfa esq apd")
"""Degrees, as they stand after a name and a comma."""


def names_in(text: str) -> list[str]:
    """The names in a statement of authors: `By Ana Sorel, Reporter and Jon Vale (Lisbon)` has `Ana Sorel`, `Jon Vale`.

    Labels, roles, degrees, addresses, dates and what stands in brackets go. What a label says of an editor or of a
    picture names no author: `Editor: Ana Sorel` is empty.
    """
    if len(text) > LONGEST_LIST:
        return []
    text = _without_label(_DATE.sub("", _BRACKETS.sub("", _ADDRESS.sub("", text))).strip(" ,;|-–—<>"))
    inverted = _INVERTED.fullmatch(text)
    if inverted and _is_inverted(inverted["last"], inverted["first"]):
        return [f"{inverted['first']} {inverted['last']}"]
    names = (_bare(piece) for piece in _pieces(text))
    return [name for name in names if _is_name(name)]


def is_labelled(text: str) -> bool:
    """Whether a text begins like a statement of authors: `By Ana Sorel`, `Penulis: Ana Sorel`."""
    return any(label.fullmatch(text) for label in (words().authors, words().by, _BY))


def is_account(name: str) -> bool:
    """Whether a name is that of a user of a publishing system, not of a person: `admin`, `jon-vale`."""
    return name.casefold() in _ACCOUNTS or (("-" in name or "_" in name) and _SLUG.fullmatch(name) is not None)


def is_domain(name: str) -> bool:
    """Whether a name holds a domain's: `kabarkota.example.com`."""
    return _DOMAIN.search(name) is not None


def _without_label(text: str) -> str:
    """A statement of authors without the words before it (`By`, `Penulis:`, `Text:`); empty where it names others."""
    known = words()
    if known.editors.fullmatch(text) or known.credits.fullmatch(text):
        return ""
    for label in (known.authors, known.by, _BY, _LABEL):
        labelled = label.fullmatch(text)
        if labelled and not (label is known.by and _belongs_to_name(text, labelled["rest"])):
            return labelled["rest"].strip()
    return text


def _belongs_to_name(text: str, rest: str) -> bool:
    """Whether a small preposition is part of a name, as in `von Sorel`: names behind `von` have two words or more."""
    return text[0].islower() and " " not in rest.strip()


def _pieces(text: str) -> Iterator[str]:
    """What stands between commas, strokes and words for `and`.

    Those of one letter, or of a language without a pack, count only between full names: `Ana y Sorel` is one name.
    """
    for part in _APART.split(text):
        between = {found["word"] for found in words().conjunctions.finditer(part)}
        pieces = [piece for piece in words().conjunctions.split(part) if piece and piece not in between]
        if all(word and len(word) == 1 for word in between) and not all(" " in piece for piece in pieces):
            pieces = [part]
        for piece in pieces:
            names = _AND.split(piece)
            yield from names if all(" " in name for name in names) else [piece]


def _bare(piece: str) -> str:
    """A name without its label, and without a role that stands before or behind it."""
    name = _ROLE_BEHIND.sub("", _without_label(piece.strip(" .:")))
    first, _, rest = name.partition(" ")
    return rest if first.casefold() in _ROLES and " " in rest else name


def _is_inverted(last: str, first: str) -> bool:
    """Whether `Sorel, Ana` is one name: not `Sorel, Reporter`, `AFP, MANILA`, `dpa, Berlin`, `Sorel, PhD`."""
    return (
        last[0].isupper()
        and first[0].isupper()
        and not first.isupper()
        and not _is_role(first)
        and folded(first) not in _DEGREES
    )


def _is_name(text: str) -> bool:
    return (
        0 < len(text) <= LONGEST_NAME
        and any(char.isalpha() for char in text)
        and len(text.split()) <= 8
        and not _is_role(text)
        and folded(text) not in words().pack.conjunctions
        and folded(text).replace(" ", "") not in _DEGREES
    )


def _is_role(text: str) -> bool:
    return not _NO_NAMES.isdisjoint(folded(text).split())

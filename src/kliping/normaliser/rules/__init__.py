"""The rules in their order, and how they are asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import TypeAlias

from kliping.errors import CallError
from kliping.normaliser.lines import Claim, Line, Lines
from kliping.normaliser.rules import furniture, structure
from kliping.normaliser.rules.examples import EXAMPLES, Example
from kliping.normaliser.rules.limits import LIMITS, Limits
from kliping.normaliser.rules.packs import PACKS, MoreWords, Pack, Words, first_word, words_with

__all__ = ["ALL_RULES", "RULES", "Furniture", "Rule", "apply_rules", "furniture_from"]

Finder: TypeAlias = Callable[[Lines, Words], Iterator[Claim]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule by the name that `removed` gives."""

    name: str
    find: Finder

    @property
    def sentence(self) -> str:
        """What it claims."""
        return " ".join((self.find.__doc__ or "").split())

    @property
    def example(self) -> Example:
        """A dump in which it claims a line."""
        return EXAMPLES[self.name]

    def apply(self, lines: Lines, words: Words) -> Lines:
        """The lines, with those claimed that the rule claims and no earlier one did."""
        return lines.claimed(self.find(lines, words), self.name)


RULES = (
    Rule("title", structure.title),
    Rule("marked", structure.marked),
    Rule("title-repeated", furniture.title_again),
    Rule("title-glued-to-caption", furniture.title_glued),
    Rule("interruption", furniture.interruptions),
    Rule("date-line", furniture.dates),
    Rule("rights", furniture.rights),
    Rule("related-label", furniture.related),
    Rule("topics-label", furniture.topics),
    Rule("hashtags", furniture.hashtags),
    Rule("byline", furniture.bylines),
    Rule("credit-label", furniture.pictures),
    Rule("trailing-furniture", furniture.trailing),
    Rule("signature", furniture.signature),
    Rule("list", structure.items),
    Rule("number", structure.numbered),
    Rule("caption", structure.captions),
    Rule("subtitle", structure.subtitle),
    Rule("heading", structure.headings),
    Rule("dateline", structure.dateline),
    Rule("paragraph", structure.paragraphs),
)
"""Every rule in the order it is asked; the last one leaves nothing open."""

LAST = RULES[-1].name
_MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class Furniture:
    """The rules as one source has them.

    Attributes:
        off: names of rules that are not asked.
        words: more words for a field of the language packs, by its name: `(("related", ("lihat pula",)),)`.
        packs: languages whose packs are asked; empty asks all.
        limits: the numbers that the rules go by.
    """

    off: frozenset[str] = frozenset()
    words: MoreWords = ()
    packs: tuple[str, ...] = ()
    limits: Limits = LIMITS


ALL_RULES = Furniture()
"""Every rule, with the packs' own words."""


def furniture_from(
    off: Iterable[str] = (),
    words: Mapping[str, Iterable[str]] = MappingProxyType({}),
    packs: Iterable[str] = (),
    limits: Mapping[str, float] = MappingProxyType({}),
) -> Furniture:
    """The rules as a source's settings have them; the names are those of `RULES`, `Pack`, `PACKS` and `Limits`.

    Example:
        `furniture_from(off=["heading"], words={"related": ["lihat pula"]}, limits={"longest_title": 120})`

    Raises:
        CallError: a name is unknown or a value is of no use; every fault, a line each.
    """
    off, packs = tuple(off), tuple(packs)
    more = {field: tuple(" ".join(word.split()) for word in listed) for field, listed in words.items()}
    faults = [*_off_faults(off), *_word_faults(more), *_pack_faults(packs), *_limit_faults(limits)]
    if faults:
        raise CallError("\n".join(faults))
    return Furniture(
        off=frozenset(off),
        words=tuple(sorted(more.items())),
        packs=tuple(pack for pack in PACKS if pack in packs),
        limits=Limits(**{name: int(value) for name, value in limits.items()}),
    )


def apply_rules(lines: Iterable[Line], furniture: Furniture = ALL_RULES) -> Lines:
    """The lines with every one claimed."""
    words = words_with(furniture.packs, furniture.words, furniture.limits)
    claimed = _looked_up(lines, words)
    for rule in RULES:
        if rule.name not in furniture.off:
            claimed = rule.apply(claimed, words)
    return claimed


def _looked_up(lines: Iterable[Line], words: Words) -> Lines:
    """The lines, looked up by what they begin with: most rules ask no more than those that could be theirs."""
    lines = tuple(lines)
    openings: defaultdict[str, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        labels = words.labels.get(first_word(line.text), ())
        if labels or line.mark or line.kind or not line.text[:1].isalpha():
            for opening in (*labels, *_signs(line)):
                openings[opening].append(index)
    return Lines(lines, {opening: tuple(indices) for opening, indices in openings.items()})


def _signs(line: Line) -> Iterator[str]:
    """What a line begins with beside words, and what its source marks it as."""
    if line.mark:
        yield "mark"
    if line.kind:
        yield line.kind
    first = line.text[:1]
    if not first.isalpha():
        yield "digit" if first.isdigit() else _SIGNS.get(first, "sign")


_SIGNS = {"#": "number sign", "(": "bracket", "[": "bracket"}


def _off_faults(off: Iterable[str]) -> Iterator[str]:
    known = [rule.name for rule in RULES]
    for name in off:
        if name not in known:
            yield f"off: no rule is called {name!r}; the rules are {', '.join(known)}"
        elif name == LAST:
            yield f"off: the rule {LAST!r} cannot be off: what no rule claims is a paragraph"


def _word_faults(words: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    known = [field.name for field in fields(Pack)]
    for name, listed in words.items():
        if name not in known:
            yield f"words: the language packs have no field {name!r}; the fields are {', '.join(known)}"
        elif not all(any(char.isalnum() for char in word) for word in listed):
            yield f"words: {name} has an entry without a letter or a digit; remove it"


def _pack_faults(packs: Iterable[str]) -> Iterator[str]:
    for name in packs:
        if name not in PACKS:
            yield f"packs: there is no language pack {name!r}; the packs are {', '.join(PACKS)}"


def _limit_faults(limits: Mapping[str, float]) -> Iterator[str]:
    known = [field.name for field in fields(Limits)]
    for name, value in limits.items():
        if name not in known:
            yield f"limits: there is no limit {name!r}; the limits are {', '.join(known)}"
        elif not (0 <= value <= _MOST and value == int(value)):
            yield f"limits: {name} = {value} is no number of code points; give a whole number, 0 or more"

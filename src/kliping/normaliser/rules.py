"""The rules in their order, and how they are asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from kliping.normaliser import furniture, structure
from kliping.normaliser.lines import Claim, Line
from kliping.normaliser.packs import Words, words

__all__ = ["ALL_RULES", "RULES", "Furniture", "Rule", "apply_rules"]

Finder: TypeAlias = Callable[[Sequence[Line], Words], Iterator[Claim]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule by the name that `removed` gives."""

    name: str
    find: Finder

    def apply(self, lines: Sequence[Line], known: Words) -> tuple[Line, ...]:
        """The lines, with those claimed that the rule claims and no earlier one did."""
        claims = dict(self.find(lines, known))
        return tuple(
            line.claimed(claims[index], self.name) if index in claims and not line.segments else line
            for index, line in enumerate(lines)
        )


RULES = (
    Rule("title", structure.title),
    Rule("marked", structure.marked),
    Rule("title-repeated", furniture.title_again),
    Rule("title-glued-to-caption", furniture.title_glued),
    Rule("interruption", furniture.interruptions),
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


@dataclass(frozen=True, slots=True)
class Furniture:
    """The rules as one source has them.

    Attributes:
        off: names of rules that are not asked.
        words: more words for a field of the language packs, by its name: `(("related", ("lihat pula",)),)`.
    """

    off: frozenset[str] = frozenset()
    words: tuple[tuple[str, tuple[str, ...]], ...] = ()


ALL_RULES = Furniture()
"""Every rule, with the packs' own words."""


def apply_rules(lines: Sequence[Line], furniture: Furniture = ALL_RULES) -> tuple[Line, ...]:
    """The lines with every one claimed."""
    known = words()
    claimed = tuple(lines)
    for rule in RULES:
        if rule.name not in furniture.off:
            claimed = rule.apply(claimed, known)
    return claimed

"""Findings by their rules, the lowest level first: what is wrong with a file may be why its records seem wrong."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from kliping.check import all_rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kliping.check.rules import Rule
    from kliping.records import Finding

__all__ = ["FEW", "LEVELS", "Group", "by_level", "counted", "grouped", "known_rules", "level_of"]

FEW = 5
"""How many findings of a rule people are shown, until they ask for all."""

LEVELS: Mapping[int, str] = {
    1: "files and encoding",
    2: "schema",
    3: "references",
    4: "offsets and text",
    5: "annotations",
    6: "versions and releases",
}
"""What the rules of each level are about."""


class Group(NamedTuple):
    """The findings of one rule, by file and line: those that are shown, and how many more there are."""

    code: str
    rule: Rule[Any] | None
    shown: Sequence[Finding]
    more: int
    files: int

    @property
    def remedy(self) -> str | None:
        """What is true of good data, and how to mend what is not, in one line; None of a rule that nobody knows."""
        if self.rule is None:
            return None
        return f"{self.code}: {self.rule.sentence}. {self.rule.mend}".rstrip()

    @property
    def rest(self) -> str | None:
        """How many are not shown, in words; None where all are."""
        where = f" in {counted(self.files, 'file')}" if self.files > 1 else ""
        return f"… and {self.more:,} more of {self.code}{where}; --all shows them" if self.more else None


def grouped(findings: Iterable[Finding], *, everything: bool = False) -> Iterator[Group]:
    """The findings of each rule, by level, then code; of many only the first few, unless everything is asked for."""
    rules = known_rules()
    ordered = sorted(findings, key=lambda one: (level_of(one.code), one.code, one.path, one.line or 0))
    for code, of_rule in groupby(ordered, key=lambda one: one.code):
        found = list(of_rule)
        shown, rest = (found, []) if everything else (found[:FEW], found[FEW:])
        yield Group(code, rules.get(code), shown, len(rest), len({one.path for one in rest}))


def by_level(findings: Iterable[Finding]) -> Mapping[int, int]:
    """How many findings there are of each level that has any, the lowest first."""
    counts = Counter(level_of(one.code) for one in findings)
    return dict(sorted(counts.items()))


def level_of(code: str) -> int:
    """The level of a rule: the first digit of its code."""
    return int(code[1])


def known_rules() -> dict[str, Rule[Any]]:
    """Every rule by its code."""
    return {rule.code: rule for rule in all_rules()}


def counted(number: int, what: str) -> str:
    """A number of things, in words."""
    return {0: f"no {what}s", 1: f"1 {what}"}.get(number, f"{number:,} {what}s")

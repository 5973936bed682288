"""Screens before rules: what a screen passes, nearly everything, keeps the rules that it stands for.

A rule is written to be read and to say what is wrong; a screen, to tell quickly that nothing is. What a screen does not
pass may be right all the same: then its rules look for themselves. So a screen may be strict and must not be lax; tests
hold each against its rules. A rule that no screen stands for always looks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from kliping.check.rules import RuleList

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kliping.records import Finding

__all__ = ["Screened"]

S = TypeVar("S")


class Screened(Generic[S]):
    """The rules of a list; `groups` are the codes of those that a screen stands for, a group a screen."""

    def __init__(self, rules: RuleList[S], *groups: str) -> None:
        every = (*rules.rules, *rules.further)
        self._named = named = " ".join(groups).split()
        self._always = tuple(rule for rule in every if rule.code not in named)
        self._groups = tuple(tuple(rule for rule in every if rule.code in codes.split()) for codes in groups)

    def findings(self, subject: S, *passed: bool) -> Iterable[Finding]:
        """What is wrong with a subject; `passed` says of each screen whether it passed the subject."""
        if not self._always and all(passed):
            return ()
        return self._found(subject, passed)

    def _found(self, subject: S, passed: tuple[bool, ...]) -> Iterator[Finding]:
        for rule in self._always:
            yield from rule.findings(subject)
        for rules, has_passed in zip(self._groups, passed, strict=True):
            if not has_passed:
                for rule in rules:
                    yield from rule.findings(subject)

    @property
    def covers_all(self) -> bool:
        """Whether there is a screen for every rule."""
        return not self._always

    @property
    def codes(self) -> set[str]:
        """The codes of the rules that screens stand for."""
        return set(self._named)

    @property
    def behind(self) -> tuple[RuleList[S], ...]:
        """The rules behind each screen."""
        return tuple(RuleList(list(rules)) for rules in self._groups)

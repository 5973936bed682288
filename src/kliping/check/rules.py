"""What a rule is: a small function in a list, with a code and a sentence that says what is true of good data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeAlias, TypeVar

from kliping.records import Finding

__all__ = ["Fault", "Place", "Rule", "RuleList"]


class Place(NamedTuple):
    """Where something is: `path` is relative to what is checked, `line` counts from 1."""

    path: str
    line: int | None = None

    def __str__(self) -> str:
        return self.path if self.line is None else f"{self.path}:{self.line}"


Fault: TypeAlias = tuple[Place, str]
"""Where a rule is broken, and what is wrong and what to do, in a sentence."""

S_contra = TypeVar("S_contra", contravariant=True)
Find: TypeAlias = Callable[[S_contra], Iterable[Fault]]


@dataclass(frozen=True, slots=True)
class Rule(Generic[S_contra]):
    """A rule; its level is the first digit of its code."""

    code: str
    sentence: str
    find: Find[S_contra]

    def findings(self, subject: S_contra) -> Iterator[Finding]:
        """What is wrong with a subject, under this rule's code."""
        for place, message in self.find(subject):
            yield Finding(code=self.code, path=place.path, line=place.line, message=message)


@dataclass(frozen=True, slots=True)
class RuleList(Generic[S_contra]):
    """The rules about one kind of subject; an instance decorates the functions that are its rules."""

    rules: list[Rule[S_contra]] = field(default_factory=list)
    further: list[Rule[S_contra]] = field(default_factory=list)
    """Of rules that another list has: what they find in this kind of subject."""

    def __call__(self, code: str, sentence: str) -> Callable[[Find[S_contra]], Find[S_contra]]:
        """Put a function into the list."""

        def put(find: Find[S_contra]) -> Find[S_contra]:
            self.rules.append(Rule(code, sentence, find))
            return find

        return put

    def also(self, code: str) -> Callable[[Find[S_contra]], Find[S_contra]]:
        """Put a function into the list that finds more of what a rule of another list is about."""

        def put(find: Find[S_contra]) -> Find[S_contra]:
            self.further.append(Rule(code, "", find))
            return find

        return put

    def findings(self, subject: S_contra) -> Iterator[Finding]:
        """What is wrong with a subject, by every rule."""
        for rule in (*self.rules, *self.further):
            yield from rule.findings(subject)

"""What a rule is: a small function in a list, with a code and a sentence that says what is true of good data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeAlias, TypeVar

from kliping.check.excerpts import masked
from kliping.records import Excerpt, Finding

__all__ = ["Example", "Fault", "Place", "Rule", "RuleList"]


class Place(NamedTuple):
    """Where something is: `path` is relative to what is checked, `line` counts from 1."""

    path: str
    line: int | None = None

    def __str__(self) -> str:
        return self.path if self.line is None else f"{self.path}:{self.line}"


Fault: TypeAlias = tuple[Place, str] | tuple[Place, str, Excerpt]
"""Where a rule is broken, what is wrong and what to do, in a sentence, and, where that helps, the words it is about."""

S_contra = TypeVar("S_contra", contravariant=True)
Find: TypeAlias = Callable[[S_contra], Iterable[Fault]]


class Example(NamedTuple):
    """How a rule is kept, and how it is broken: what stands in a file, and what must not stand there instead.

    `path` is of the file, relative to what is checked; of a table its config: then both are from a row as JSON.
    """

    path: str
    good: str
    bad: str


@dataclass(frozen=True, slots=True)
class Rule(Generic[S_contra]):
    """A rule: what is true of good data, and how to mend what is not; why, the docstring of `find` says."""

    code: str
    sentence: str
    find: Find[S_contra]
    mend: str = ""
    example: Example | None = None

    @property
    def level(self) -> int:
        """The first digit of its code."""
        return int(self.code[1])

    def findings(self, subject: S_contra) -> Iterator[Finding]:
        """What is wrong with a subject, under this rule's code."""
        return map(self.finding, self.find(subject))

    def finding(self, fault: Fault) -> Finding:
        """A fault under this rule's code; an address that its sentence quotes of the data is not told."""
        place, message = fault[:2]
        excerpt = fault[2] if len(fault) == 3 else None
        return Finding(code=self.code, path=place.path, line=place.line, message=masked(message), excerpt=excerpt)


@dataclass(frozen=True, slots=True)
class RuleList(Generic[S_contra]):
    """The rules about one kind of subject; an instance decorates the functions that are its rules."""

    rules: list[Rule[S_contra]] = field(default_factory=list)
    further: list[Rule[S_contra]] = field(default_factory=list)
    """Of rules that another list has: what they find in this kind of subject."""

    def __call__(
        self, code: str, sentence: str, *, mend: str, example: Example
    ) -> Callable[[Find[S_contra]], Find[S_contra]]:
        """Put a function into the list."""

        def put(find: Find[S_contra]) -> Find[S_contra]:
            self.rules.append(Rule(code, sentence, find, mend, example))
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
        for rules in (self.rules, self.further):
            for rule in rules:
                for fault in rule.find(subject):
                    yield rule.finding(fault)

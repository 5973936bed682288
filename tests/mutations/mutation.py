"""A mutation: one way to break what is good, and the rule that catches it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, Literal, TypeAlias, TypeVar

__all__ = ["Breaks", "Mutation", "MutationList", "Subject"]

S = TypeVar("S")
Subject: TypeAlias = Literal["corpus", "release"]
Breaks: TypeAlias = Callable[[S], object]


@dataclass(frozen=True, slots=True)
class Mutation(Generic[S]):
    """One way to break something.

    Attributes:
        what: what is wrong then, in words.
        subject: what it is wrong with.
        code: of the rule that catches it.
        along: codes of rules that find something too.
        breaks: does it, to a copy.
        load: whether only a consumer's load shows it.
    """

    what: str
    subject: Subject
    code: str
    along: frozenset[str]
    breaks: Breaks[S]
    load: bool = False

    @property
    def codes(self) -> set[str]:
        """All that is found."""
        return {self.code, *self.along}


@dataclass(frozen=True, slots=True)
class MutationList(Generic[S]):
    """Mutations of one kind of subject, in order; an instance decorates the functions that break one."""

    subject: Subject
    mutations: list[Mutation[S]] = field(default_factory=list)

    def __call__(
        self, what: str, code: str, along: str = "", *, load: bool = False
    ) -> Callable[[Breaks[S]], Breaks[S]]:
        """Put a function into the list; `along` are codes with spaces between them."""

        def put(breaks: Breaks[S]) -> Breaks[S]:
            self.mutations.append(Mutation(what, self.subject, code, frozenset(along.split()), breaks, load))
            return breaks

        return put

"""What the tool tells people: receipts and findings."""

from __future__ import annotations

from kliping.records.base import Record

__all__ = ["Count", "Excerpt", "Finding", "Receipt"]


class Count(Record, frozen=True):
    """What went into a step, what came out, and what was set aside with a reason."""

    what: str
    taken: int
    kept: int
    set_aside: int = 0


class Receipt(Record, frozen=True):
    """The proof of one run of a step, printed and kept in `.kliping/receipts/STEP.json`.

    `changes` counts what the run changed: 0 on a second run. `notes` are sentences for people.
    """

    step: str
    counts: tuple[Count, ...]
    changes: int
    notes: tuple[str, ...] = ()

    @property
    def adds_up(self) -> bool:
        """Whether, of everything, what went in came out or was set aside."""
        return all(count.taken == count.kept + count.set_aside for count in self.counts)


class Excerpt(Record, frozen=True):
    """Some words around what a finding is about, as they stand there.

    What it is about is `text[start:end]`, in code points, half open; `start == end` where something is missing.
    """

    text: str
    start: int
    end: int


class Finding(Record, frozen=True):
    """Something wrong, and where: `path` is relative to what was checked, `line` counts from 1."""

    code: str
    path: str
    line: int | None
    message: str
    excerpt: Excerpt | None = None

    def __str__(self) -> str:
        place = self.path if self.line is None else f"{self.path}:{self.line}"
        return f"{place}: {self.code} {self.message}"

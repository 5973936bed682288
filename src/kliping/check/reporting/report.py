"""What a check found, as the reporters tell it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from kliping.records import Finding, Record

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Excepted", "Report", "Since", "Subject"]


class Subject(NamedTuple):
    """What was checked: a corpus by its name, a release by its folder's; the paths of findings are below `root`."""

    kind: Literal["corpus", "release"]
    name: str
    root: Path

    def __str__(self) -> str:
        return f"the {self.kind} {self.name}"


class Excepted(Record, frozen=True):
    """A finding that `corpus/exceptions.jsonl` allows, the line that does, and what it says."""

    finding: Finding
    line: int
    reason: str
    by: str
    date: str
    until: str | None


class Since(NamedTuple):
    """A revision as it was asked for, its commit, and how many findings were there already and are left out."""

    revision: str
    commit: str
    known: int


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a check tells; `notes` are sentences about what could not be looked at."""

    subject: Subject
    findings: tuple[Finding, ...]
    excepted: tuple[Excepted, ...] = ()
    since: Since | None = None
    notes: tuple[str, ...] = ()

"""Reports made by hand, of rules about exceptions."""

from __future__ import annotations

from pathlib import Path

from kliping.check.reporting import Report, Subject
from kliping.records import Excerpt, Finding

ROOT = Path("/nowhere/toy")
SUBJECT = Subject("corpus", "toy", ROOT)

FORM = (
    "E206: an exception has its form. Write version, code, path, reason, by, date and until, in this "
    "order; path and until may be null."
)
"""How a rule is told."""
ABOUT = (
    "E310: an exception is about a rule that there is and a release on record. Correct the code or the version, or "
    "take the line out."
)
ENDED = (
    "E311: an exception has not ended. Take the line out, or, where it is still right, give it another day and a "
    "new date."
)


def finding(
    code: str, line: int | None, message: str, excerpt: Excerpt | None = None, path: str = "a.jsonl"
) -> Finding:
    return Finding(code=code, path=path, line=line, message=message, excerpt=excerpt)


def report(*findings: Finding) -> Report:
    return Report(SUBJECT, findings)


MANY = report(
    *(finding("E310", line, f"no rule is called E9{line:02}; correct it") for line in range(8, 0, -1)),
    finding("E310", 1, "no rule is called E900; correct it", path="b.jsonl"),
    finding("E206", 2, "the end is missing; mend the line", Excerpt(text="東京 di Rimbia", start=6, end=12)),
    finding("E311", None, "ended on 2026-01-31; take it out"),
)
"""Eleven findings of three rules, in no order."""

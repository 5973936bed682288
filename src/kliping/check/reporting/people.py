"""For people: each finding on a line, the words it is about below, and once for each rule how to mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kliping.check.reporting.display import marked, shortened, told
from kliping.check.reporting.groups import FEW, LEVELS, by_level, counted, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kliping.check.reporting.groups import Group
    from kliping.check.reporting.report import Excepted, Report
    from kliping.records import Excerpt

__all__ = ["closing", "excepted_lines", "excerpt_lines", "for_people"]


def for_people(report: Report, *, everything: bool = False) -> Iterator[str]:
    """The lines that people read.

    Args:
        report: what was found.
        everything: show every finding, not only the first few of a rule.
    """
    for group in grouped(report.findings, everything=everything):
        yield from map(told, _group_lines(group))
        yield ""
    yield from map(told, excepted_lines(report.excepted, everything=everything))
    yield from map(told, closing(report))


def _group_lines(group: Group) -> Iterator[str]:
    for finding in group.shown:
        yield shortened(str(finding))
        if finding.excerpt is not None:
            yield from (f"    {line}" for line in excerpt_lines(finding.excerpt))
    if group.rest is not None:
        yield group.rest
    if group.remedy is not None:
        yield f"  {group.remedy}"


def excerpt_lines(excerpt: Excerpt) -> tuple[str, str]:
    """Some words, and carets under those that are meant; with a bar before, so that no line begins with theirs."""
    words, carets = marked(excerpt)
    return f"| {words}", f"| {carets}"


def excepted_lines(excepted: Sequence[Excepted], *, everything: bool) -> Iterator[str]:
    """The findings that exceptions allow, each with who says why; of many only the first few."""
    if not excepted:
        return
    shown = excepted if everything else excepted[:FEW]
    yield f"{counted(len(excepted), 'finding')} excepted by corpus/exceptions.jsonl:"
    for one in shown:
        until = f" until {one.until}" if one.until else ""
        yield f"  {shortened(str(one.finding))}"
        yield f"    line {one.line}, {one.by} on {one.date}{until}: {shortened(one.reason)}"
    if len(shown) < len(excepted):
        yield f"  … and {len(excepted) - len(shown):,} more; --all shows them"
    yield ""


def closing(report: Report) -> Iterator[str]:
    """How much was found, by level, and what could not be looked at."""
    new = "" if report.since is None else f" that {report.since.revision} does not have"
    yield f"{counted(len(report.findings), 'finding')} in {report.subject}{new}"
    for level, number in by_level(report.findings).items():
        yield f"  level {level}, {LEVELS[level]}: {number:,}"
    if report.since is not None and report.since.known:
        yield f"{counted(report.since.known, 'finding')} left out: {report.since.revision} has them too"
    yield from report.notes

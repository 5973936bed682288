"""For GitHub: findings as annotations on the lines of a pull request, and a summary of the step.

An annotation is a workflow command on standard output. What is escaped in one, the toolkit says
(github.com/actions/toolkit, packages/core/src/command.ts), and the runner undoes it (github.com/actions/runner,
src/Runner.Common/ActionCommand.cs). GitHub shows ten errors of a step: so the first of each rule come first.
"""

from __future__ import annotations

import os
from itertools import chain, zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from kliping.check.reporting.display import shortened, told
from kliping.check.reporting.groups import counted, grouped, level_of
from kliping.check.reporting.people import closing, excepted_lines, excerpt_lines
from kliping.plain import plain
from kliping.release.card import markdown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kliping.check.reporting.groups import Group
    from kliping.check.reporting.report import Report
    from kliping.records import Finding

__all__ = ["SUMMARY_BYTES", "for_github", "summary"]

SUMMARY_BYTES = 1_000_000
"""The most that a summary may have: GitHub drops one of more than 1 MiB."""


def for_github(report: Report, workspace: Path | None = None, *, everything: bool = False) -> Iterator[str]:
    """The lines of a step's log: an error a finding, then how much was found.

    Args:
        report: what was found.
        workspace: what paths are relative to where the subject lies in no repository.
        everything: tell every finding, not only the first few of a rule.
    """
    groups = list(grouped(report.findings, everything=everything))
    top = _repository(report.subject.root) or workspace or report.subject.root
    for group, finding in _rule_by_rule(groups):
        yield _command(group, finding, _file(report.subject.root / finding.path, top))
    yield from (told(group.rest) for group in groups if group.rest is not None)
    yield from map(told, excepted_lines(report.excepted, everything=everything))
    yield from map(told, closing(report))


def _rule_by_rule(groups: Sequence[Group]) -> Iterator[tuple[Group, Finding]]:
    """The first finding of each rule, then the second of each, and so on."""
    rows = zip_longest(*([(group, one) for one in group.shown] for group in groups))
    yield from (pair for pair in chain.from_iterable(rows) if pair is not None)


def _command(group: Group, finding: Finding, file: str) -> str:
    title = f"{group.code} {group.rule.sentence}" if group.rule else group.code
    properties = {"file": file, "line": finding.line, "title": title}
    place = finding.path if finding.line is None else f"{finding.path}:{finding.line}"  # a log shows no property
    words = [f"{place}: {shortened(finding.message)}", *(excerpt_lines(finding.excerpt) if finding.excerpt else ())]
    if group.rule is not None and group.rule.mend:
        words.append(f"To mend it: {group.rule.mend}")
    stated = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items() if value is not None)
    return f"::error {stated}::{_data(chr(10).join(map(plain, words)))}"


def _data(text: str) -> str:
    """The message of a command, escaped."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """The value of a command's property, escaped."""
    return _data(plain(text)).replace(":", "%3A").replace(",", "%2C")


def _repository(root: Path) -> Path | None:
    """The top of the repository that a folder lies in: `.git` is a folder there, or a file in a linked work tree."""
    return next((folder for folder in (root, *root.parents) if (folder / ".git").exists()), None)


def _file(path: Path, top: Path) -> str:
    """A file's path from the top of its repository, where it lies there."""
    place = Path(os.path.normpath(path))
    return place.relative_to(top).as_posix() if place.is_relative_to(top) else place.name


def summary(report: Report, *, everything: bool = False) -> str:
    """What was found as Markdown, for the file that GITHUB_STEP_SUMMARY names; cut where it is too large."""
    lines, size = [], 0
    for line in _summary_lines(report, list(grouped(report.findings, everything=everything))):
        size += len(line.encode("utf-8", "backslashreplace")) + 1
        if size > SUMMARY_BYTES:
            lines += ["", "The rest is left out here: it is in the log."]
            break
        lines.append(line)
    return "\n".join(lines) + "\n"


def _summary_lines(report: Report, groups: Sequence[Group]) -> Iterator[str]:
    first, *rest = closing(report)
    yield from (f"### kliping check: {_words(first)}", "")
    if groups:
        yield from markdown.table(
            ("rule", "level", "what is true of good data", "findings"),
            [
                (
                    group.code,
                    str(level_of(group.code)),
                    group.rule.sentence if group.rule else "",
                    _number(group),
                )
                for group in groups
            ],
        )
    for group in groups:
        yield from _group_lines(group)
    if report.excepted:
        yield from (f"{counted(len(report.excepted), 'finding')} excepted by corpus/exceptions.jsonl", "")
        yield from (f"- {_words(str(one.finding))}: {_words(one.reason)}" for one in report.excepted)
        yield ""
    yield from (f"{_words(line)}<br>" for line in rest if not line.startswith("  level"))


def _group_lines(group: Group) -> Iterator[str]:
    yield from (f"**{group.remedy or group.code}**", "")  # a rule is written in Markdown
    for finding in group.shown:
        yield f"- {_words(shortened(str(finding)))}"
        if finding.excerpt is not None:
            yield from ("", "  ```text")
            yield from (f"  {line}" for line in excerpt_lines(finding.excerpt))
            yield from ("  ```", "")
    if group.rest is not None:
        yield f"- {_words(group.rest)}"
    yield ""


def _number(group: Group) -> str:
    return f"{len(group.shown) + group.more:,}"


def _words(text: str) -> str:
    return markdown.plain(plain(text))

"""What GitHub is told: commands for annotations, and a summary in Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt
from tests.check.reporting.reports import ABOUT, MANY, finding, report

from kliping.check.reporting import Excepted, Report, Subject, for_github, summary
from kliping.check.reporting.github import SUMMARY_BYTES
from kliping.records import Excerpt

if TYPE_CHECKING:
    from pathlib import Path

    from kliping.records import Finding

TITLE = "title=E310 an exception is about a rule that there is and a release on record"
MEND = "%0ATo mend it: Correct the code or the version, or take the line out."


def at(root: Path, *findings: Finding) -> Report:
    return Report(Subject("corpus", "toy", root), findings)


def test_a_finding_is_an_error_at_its_line_in_the_repository(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    found = finding("E310", 3, "no such rule", Excerpt(text="東京 E999", start=3, end=7))

    assert list(for_github(at(tmp_path / "data/toy", found))) == [
        f"::error file=data/toy/a.jsonl,line=3,{TITLE}::a.jsonl:3: no such rule%0A| 東京 E999%0A|      ^^^^{MEND}",
        "1 finding in the corpus toy",
        "  level 3, references: 1",
    ]


def test_a_linked_work_tree_is_a_repository_too(tmp_path: Path) -> None:
    (tmp_path / ".git").write_text("gitdir: elsewhere\n")

    assert next(for_github(at(tmp_path / "toy", finding("E310", 1, "it")))).startswith("::error file=toy/a.jsonl,")


def test_without_a_repository_paths_are_from_the_workspace_and_else_from_the_corpus(tmp_path: Path) -> None:
    found = at(tmp_path / "toy", finding("E310", 1, "it", path="../b.jsonl"))

    assert next(for_github(found, tmp_path)).startswith("::error file=b.jsonl,line=1,")
    assert next(for_github(at(tmp_path, finding("E310", None, "it")))).startswith(
        f"::error file=a.jsonl,{TITLE}::a.jsonl: it"
    )


ESCAPED = {
    "percent": ("100 %0A", "100 %250A"),
    "line ends": ("a\r\nb", "a<U+000D><U+000A>b"),
    "colons and commas": ("a::b, c", "a::b, c"),
    "an escape": ("\x1b[2J", "<U+001B>[2J"),
}


@pytest.mark.parametrize(("message", "expected"), ESCAPED.values(), ids=ESCAPED)
def test_a_message_is_escaped_as_the_toolkit_does(tmp_path: Path, message: str, expected: str) -> None:
    line = next(for_github(at(tmp_path, finding("E310", 1, message))))

    assert line == f"::error file=a.jsonl,line=1,{TITLE}::a.jsonl:1: {expected}{MEND}"


def test_a_path_cannot_add_a_property_or_end_the_command(tmp_path: Path) -> None:
    line = next(for_github(at(tmp_path, finding("E310", 1, "it", path="a,line=9::b\n%.jsonl"))))

    assert line.startswith("::error file=a%2Cline=9%3A%3Ab<U+000A>%25.jsonl,line=1,title=")


def test_the_ten_that_github_shows_are_of_as_many_rules_as_there_are() -> None:
    lines = [line for line in for_github(MANY) if line.startswith("::error")]

    assert [line.partition("title=")[2][:4] for line in lines] == [
        "E206",
        "E310",
        "E311",
        "E310",
        "E310",
        "E310",
        "E310",
    ]
    assert list(for_github(MANY))[len(lines)] == "… and 4 more of E310 in 2 files; --all shows them"
    assert len([line for line in for_github(MANY, everything=True) if line.startswith("::error")]) == 11


def test_the_summary_is_markdown_with_a_table_and_the_words() -> None:
    found = report(finding("E310", 3, "no such rule", Excerpt(text="東京 E999", start=3, end=7)))

    assert summary(found) == (
        "### kliping check: 1 finding in the corpus toy\n"
        "\n"
        "| rule | level | what is true of good data | findings |\n"
        "| --- | --: | --- | --: |\n"
        "| E310 | 3 | an exception is about a rule that there is and a release on record | 1 |\n"
        "\n"
        f"**{ABOUT}**\n"
        "\n"
        "- a.jsonl:3: E310 no such rule\n"
        "\n"
        "  ```text\n"
        "  | 東京 E999\n"
        "  |      ^^^^\n"
        "  ```\n"
        "\n"
        "\n"
    )


def test_a_summary_of_nothing_is_a_heading() -> None:
    assert summary(report()) == "### kliping check: no findings in the corpus toy\n\n"


def test_words_of_sources_stay_words_in_the_summary() -> None:
    hostile = "</details><script>x</script> [a](http://x.example) **b** ``` | # c @someone"
    words = Excerpt(text="```\n<script>", start=0, end=3)
    allowed = Excepted(
        finding=finding("E311", None, hostile), line=1, reason=hostile, by="maintainer", date="2026-01-31", until=None
    )
    told = summary(
        Report(Subject("corpus", "toy", report().subject.root), (finding("E310", 1, hostile, words),), (allowed,))
    )
    shown = MarkdownIt("commonmark", {"html": True}).enable("table").render(told)

    assert "<script" not in shown
    assert "<a " not in shown
    assert "<strong>b" not in shown
    assert shown.count("<pre>") == 1
    assert shown.count("<table>") == 1


def test_a_summary_that_github_would_drop_is_cut() -> None:
    found = [finding("E310", line, "x" * 500) for line in range(4000)]
    told = summary(report(*found), everything=True)

    assert SUMMARY_BYTES - 1000 < len(told.encode()) < SUMMARY_BYTES + 100
    assert told.endswith("\n\nThe rest is left out here: it is in the log.\n")

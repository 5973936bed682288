"""What people read of a check."""

from __future__ import annotations

from dataclasses import replace

from tests.check.reporting.reports import ABOUT, ENDED, FORM, MANY, SUBJECT, finding, report

from kliping.check.reporting import Excepted, Report, Since, for_people


def test_findings_stand_by_rule_with_words_and_remedy_and_many_of_a_rule_are_cut() -> None:
    lines = list(for_people(MANY))

    assert lines == [
        "a.jsonl:2: E206 the end is missing; mend the line",
        "    | 東京 di Rimbia",
        "    |         ^^^^^^",
        f"  {FORM}",
        "",
        "a.jsonl:1: E310 no rule is called E901; correct it",
        "a.jsonl:2: E310 no rule is called E902; correct it",
        "a.jsonl:3: E310 no rule is called E903; correct it",
        "a.jsonl:4: E310 no rule is called E904; correct it",
        "a.jsonl:5: E310 no rule is called E905; correct it",
        "… and 4 more of E310 in 2 files; --all shows them",
        f"  {ABOUT}",
        "",
        "a.jsonl: E311 ended on 2026-01-31; take it out",
        f"  {ENDED}",
        "",
        "11 findings in the corpus toy",
        "  level 2, schema: 1",
        "  level 3, references: 10",
    ]


def test_everything_is_shown_to_who_asks() -> None:
    lines = list(for_people(MANY, everything=True))

    assert [line for line in lines if ": E310 " in line] == [
        *(f"a.jsonl:{number}: E310 no rule is called E9{number:02}; correct it" for number in range(1, 9)),
        "b.jsonl:1: E310 no rule is called E900; correct it",
    ]
    assert not any("more of" in line for line in lines)


def test_a_good_corpus_is_one_line() -> None:
    assert list(for_people(report())) == ["no findings in the corpus toy"]


def test_ten_thousand_findings_of_a_rule_are_five_and_a_number() -> None:
    findings = [finding("E310", line, "it", path=f"{line % 7}.jsonl") for line in range(10_000)]
    lines = list(for_people(report(*findings)))

    assert len(lines) == 10
    assert lines[5] == "… and 9,995 more of E310 in 7 files; --all shows them"
    assert lines[-2:] == ["10,000 findings in the corpus toy", "  level 3, references: 10,000"]


def test_what_is_excepted_is_shown_with_who_allowed_it_until_when() -> None:
    allowed = Excepted(
        finding=finding("E311", None, "is old", path="README.md"), line=3, reason="before the rule", by="maintainer",
        date="2026-01-31", until="2026-12-31",
    )  # fmt: skip

    assert list(for_people(Report(SUBJECT, (), (allowed,) * 7))) == [
        "7 findings excepted by corpus/exceptions.jsonl:",
        *[
            "  README.md: E311 is old",
            "    line 3, maintainer on 2026-01-31 until 2026-12-31: before the rule",
        ]
        * 5,
        "  … and 2 more; --all shows them",
        "",
        "no findings in the corpus toy",
    ]


def test_since_a_revision_what_is_left_out_is_counted() -> None:
    told = replace(report(), since=Since("main", "0" * 40, 12), notes=("names could not be checked",))

    assert list(for_people(told)) == [
        "no findings in the corpus toy that main does not have",
        "12 findings left out: main has them too",
        "names could not be checked",
    ]


def test_no_line_steers_a_terminal_or_a_runner_and_a_rule_that_nobody_knows_is_told_too() -> None:
    found = report(finding("E199", None, "\x1b[2J ##[stop-commands]x", path="::stop-commands::x"))

    assert list(for_people(found)) == [
        "<U+003A>:stop-commands::x: E199 <U+001B>[2J #<U+0023>[stop-commands]x",
        "",
        "1 finding in the corpus toy",
        "  level 1, files and encoding: 1",
    ]

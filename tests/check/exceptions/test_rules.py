"""Each rule about exceptions finds what breaks it, and nothing in a good file."""

from __future__ import annotations

import json
import shutil
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from kliping.check import check_corpus
from kliping.check.exceptions.rules import EXPIRY_RULES, ended_findings
from kliping.project import Corpus

if TYPE_CHECKING:
    from pathlib import Path

    from tests.check.folder import Folder

EXCEPTIONS = "corpus/exceptions.jsonl"

GOOD: dict[str, Any] = {
    "version": "0.1.0",
    "code": "E638",
    "path": "README.md",
    "reason": "released before the rule was there",
    "by": "maintainer",
    "date": "2026-01-31",
    "until": "2026-12-31",
}


def line(**changes: object) -> str:
    return json.dumps({**GOOD, **changes}, ensure_ascii=False) + "\n"


@pytest.fixture
def recorded(folder: Folder, built: Path) -> Folder:
    """The good corpus, with the version 0.1.0 on record."""
    shutil.copytree(built.parents[1] / "corpus/versions", folder.root / "corpus/versions")
    return folder


def found(folder: Folder) -> list[str]:
    return [str(one) for one in check_corpus(Corpus.open(folder.root)) if one.path == EXCEPTIONS]


def test_good_exceptions_are_no_finding(recorded: Folder) -> None:
    recorded.write(EXCEPTIONS, (line() + line(path=None, until=None)).encode())

    assert found(recorded) == []


BROKEN = {
    "a field is missing": (
        json.dumps({name: value for name, value in GOOD.items() if name != "until"}) + "\n",
        ["E206 the whole: 'until' is a required property; mend the line, or take it out"],
    ),
    "a field is unknown": (
        line(who="me"),
        ["E206 the whole: Additional properties are not allowed ('who' was unexpected); mend the line, or take it out"],
    ),
    "a day that is none": (
        line(date="2026-02-30"),
        ["E206 date: '2026-02-30' is not a 'date'; mend the line, or take it out"],
    ),
    "a reason that says nothing": (
        line(reason=""),
        ["E206 reason: '' should be non-empty; mend the line, or take it out"],
    ),
    "keys in another order": (
        json.dumps(dict(reversed(GOOD.items()))) + "\n",
        ["E206 its keys are in another order than version, code, path, reason, by, date, until; write them so"],
    ),
    "an address": (
        line(by="sena@example.org"),
        ["E206 has an e-mail address; write a role or a pseudonym in its place"],
    ),
    "an address where it has no place": (
        line(until="sena@example.org"),
        [
            "E206 until: '(an address)' is not a 'date'; mend the line, or take it out",
            "E206 has an e-mail address; write a role or a pseudonym in its place",
        ],
    ),
    "a code of no rule": (
        line(code="E999"),
        ["E310 no rule is called E999; correct the code, or take the line out"],
    ),
    "a version that was never released": (
        line(version="0.2.0"),
        ["E310 0.2.0 is not in corpus/versions; only a release on record can have exceptions"],
    ),
    "no JSON": ("{\n", ["E104"]),
    "no end": (line()[:-1], ["E103"]),
}


@pytest.mark.parametrize(("text", "expected"), BROKEN.values(), ids=BROKEN)
def test_what_breaks_a_rule_is_found(recorded: Folder, text: str, expected: list[str]) -> None:
    recorded.write(EXCEPTIONS, text.encode())

    messages = [one.removeprefix(f"{EXCEPTIONS}:1: ") for one in found(recorded)]
    assert len(messages) == len(expected)
    assert all(message.startswith(start) for message, start in zip(messages, expected, strict=True))


def test_an_exception_counts_until_its_last_day_is_over(recorded: Folder) -> None:
    recorded.write(EXCEPTIONS, (line() + line(until=None)).encode())
    corpus = Corpus.open(recorded.root)

    assert list(ended_findings(corpus, date(2026, 12, 31))) == []
    assert [str(one) for one in ended_findings(corpus, date(2027, 1, 1))] == [
        "corpus/exceptions.jsonl:1: E311 ended on 2026-12-31; take the line out, or allow it anew"
    ]


def test_the_check_of_a_corpus_knows_no_day_unless_it_is_told(recorded: Folder) -> None:
    recorded.write(EXCEPTIONS, line(date="1999-01-31", until="1999-12-31").encode())

    assert found(recorded) == []


def test_the_example_of_an_exception_that_ended_is_found(recorded: Folder) -> None:
    (rule,) = EXPIRY_RULES.rules
    assert rule.example is not None
    recorded.write(rule.example.path, f"{rule.example.bad}\n".encode())

    assert found(recorded) == []
    assert [one.code for one in ended_findings(Corpus.open(recorded.root), date(2026, 6, 1))] == [rule.code]

"""What machines read of a check."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import msgspec
from tests.check.reporting.reports import SUBJECT, finding, report

import kliping
from kliping.check.reporting import Excepted, Report, Since, explain, for_machines
from kliping.records import Excerpt


def test_a_report_is_one_object_with_all_that_is_known_of_each_finding() -> None:
    found = finding("E311", 4, "ended", Excerpt(text="Rimbia", start=0, end=3))
    allowed = Excepted(
        finding=finding("E199", None, "is old", path="README.md"), line=3, reason="before the rule", by="maintainer",
        date="2026-01-31", until=None,
    )  # fmt: skip
    told = Report(SUBJECT, (found,), (allowed,), Since("main", "0" * 40, 2), ("a note",))

    assert json.loads(b"".join(for_machines(told))) == {
        "kliping": kliping.__version__,
        "checked": {"kind": "corpus", "name": "toy"},
        "since": {"revision": "main", "commit": "0" * 40, "known": 2},
        "counts": {"3": 1},
        "notes": ["a note"],
        "findings": [
            {
                "code": "E311",
                "level": 3,
                "path": "a.jsonl",
                "line": 4,
                "message": "ended",
                "excerpt": {"text": "Rimbia", "start": 0, "end": 3},
                "rule": "an exception has not ended",
                "mend": "Take the line out, or, where it is still right, give it another day and a new date.",
            }
        ],
        "excepted": [
            {
                "code": "E199",
                "level": 1,
                "path": "README.md",
                "line": None,
                "message": "is old",
                "excerpt": None,
                "rule": "",
                "mend": "",
                "exception": {
                    "line": 3,
                    "reason": "before the rule",
                    "by": "maintainer",
                    "date": "2026-01-31",
                    "until": None,
                },
            }
        ],
    }


def test_each_finding_is_a_line_of_its_own() -> None:
    lines = b"".join(for_machines(report(*(finding("E310", line, "it") for line in (1, 2, 3))))).splitlines()

    assert [json.loads(line.rstrip(b","))["line"] for line in lines if line.startswith(b'{"code"')] == [1, 2, 3]


def test_nothing_found_is_an_object_too() -> None:
    told = json.loads(b"".join(for_machines(replace(report(), since=None))))

    assert (told["findings"], told["excepted"], told["since"], told["counts"]) == ([], [], None, {})


def test_a_name_that_is_no_utf8_is_told_in_ascii() -> None:
    told = json.loads(b"".join(for_machines(report(finding("E310", 1, "bad", path="caf\udce9.jsonl")))))

    assert told["findings"][0]["path"] == "caf\\udce9.jsonl"


def test_every_field_is_in_the_reference() -> None:
    page = (Path(__file__).parents[3] / "docs/reference/check.md").read_text(encoding="utf-8")
    told = json.loads(b"".join(for_machines(report(finding("E310", 1, "it")))))

    for field in (*told, *told["findings"][0], *msgspec.structs.asdict(explain("E310"))):
        assert f"`{field}`" in page, field

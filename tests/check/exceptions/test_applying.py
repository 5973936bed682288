"""Exceptions allow a release on record what they name, and nothing else."""

from __future__ import annotations

import json
import shutil
from datetime import date
from typing import TYPE_CHECKING

import pytest
from tests.check.exceptions.test_rules import line
from tests.mutations.sealing import seal_files

from kliping.check.gate import disallowed, release_report
from kliping.cli import cli
from kliping.errors import DataError
from kliping.project import Corpus
from kliping.release.manifest import MANIFEST, digest_of

if TYPE_CHECKING:
    from pathlib import Path

    from kliping.check.reporting import Report

TODAY = date(2026, 6, 1)


@pytest.fixture
def corpus(built: Path, tmp_path: Path) -> Corpus:
    """A copy of the corpus that released 0.1.0, whose release has a file too many since."""
    corpus = Corpus.open(shutil.copytree(built.parents[1], tmp_path / "toy"))
    (released(corpus) / "notes.txt").write_text("later\n", encoding="utf-8")
    return corpus


def released(corpus: Corpus) -> Path:
    return corpus.releases / "toy-0.1.0"


def allow(corpus: Corpus, *lines: str) -> None:
    (corpus.root / "corpus/exceptions.jsonl").write_text("".join(lines), encoding="utf-8")


def report(corpus: Corpus, today: date = TODAY) -> Report:
    return release_report(released(corpus), [corpus], today, load=False)


def codes(told: Report) -> list[tuple[str, str]]:
    return [(one.code, one.path) for one in told.findings]


def test_without_exceptions_everything_counts(corpus: Corpus) -> None:
    assert codes(report(corpus)) == [("E603", "notes.txt")]


@pytest.mark.parametrize("path", ["notes.txt", None])
def test_what_an_exception_names_is_allowed_and_told(corpus: Corpus, path: str | None) -> None:
    allow(corpus, line(code="E603", path=path))
    told = report(corpus)

    assert told.findings == ()
    assert [(one.finding.code, one.finding.path, one.line, one.by, one.until) for one in told.excepted] == [
        ("E603", "notes.txt", 1, "maintainer", "2026-12-31")
    ]


OTHERS = {
    "another file": {"code": "E603", "path": "README.md"},
    "another rule": {"code": "E602", "path": "notes.txt"},
}


@pytest.mark.parametrize("changes", OTHERS.values(), ids=OTHERS)
def test_an_exception_for_something_else_allows_nothing_and_is_not_needed(
    corpus: Corpus, changes: dict[str, str]
) -> None:
    allow(corpus, line(**changes))
    told = report(corpus)

    assert codes(told) == [("E603", "notes.txt"), ("E312", "../../corpus/exceptions.jsonl")]
    assert str(told.findings[1]) == (
        f"../../corpus/exceptions.jsonl:1: E312 the release 0.1.0 has no finding of {changes['code']} in "
        f"{changes['path']}; take the line out"
    )


def test_the_second_of_two_that_allow_the_same_is_not_needed(corpus: Corpus) -> None:
    allow(corpus, line(code="E603", path=None), line(code="E603", path="notes.txt"))

    assert [(one.code, one.line) for one in report(corpus).findings] == [("E312", 2)]


def test_an_exception_for_another_version_is_none_of_this_one(corpus: Corpus) -> None:
    allow(corpus, line(version="0.2.0", code="E603", path=None))

    assert codes(report(corpus)) == [("E603", "notes.txt")]


def test_an_exception_that_ended_allows_nothing(corpus: Corpus) -> None:
    allow(corpus, line(code="E603", path=None))
    told = report(corpus, date(2027, 1, 1))

    assert codes(told) == [("E603", "notes.txt")]
    assert told.notes == ("corpus/exceptions.jsonl:1 ended on 2026-12-31, and counts no more",)


def test_a_release_that_is_not_the_one_on_record_has_no_exceptions(corpus: Corpus) -> None:
    manifest = released(corpus) / "manifest.json"
    content = json.loads(manifest.read_bytes())
    content["configs"]["articles"]["train"]["rows"] += 1
    manifest.write_text(json.dumps(content), encoding="utf-8")
    allow(corpus, line(code="E603", path=None))
    told = report(corpus)

    assert ("E603", "notes.txt") in codes(told)
    assert told.excepted == ()
    assert told.notes == (
        "corpus/exceptions.jsonl does not count here: this is not the 0.1.0 that corpus/versions has on record",
    )


def test_a_version_that_is_not_on_record_has_no_exceptions(corpus: Corpus) -> None:
    for path in (corpus.corpus / "versions").iterdir():
        path.unlink()
    allow(corpus, line(code="E603", path=None))

    assert codes(report(corpus)) == [("E603", "notes.txt")]


def test_a_corpus_of_another_name_allows_nothing(corpus: Corpus) -> None:
    allow(corpus, line(code="E603", path=None))
    settings = corpus.root / "pyproject.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace('"toy"', '"other"'), encoding="utf-8")

    assert codes(report(Corpus.open(corpus.root))) == [("E603", "notes.txt")]


def test_a_release_cannot_allow_itself_anything(corpus: Corpus) -> None:
    allow(corpus, line(code="E603", path=None))
    inside = Corpus.open(shutil.copytree(corpus.root, released(corpus) / "inside", ignore=lambda *_: ["releases"]))
    told = release_report(released(corpus), [inside], TODAY, load=False)

    assert told.excepted == ()
    assert ("E603", "notes.txt") in codes(told)


def test_a_release_without_a_manifest_has_no_exceptions(corpus: Corpus) -> None:
    (released(corpus) / "manifest.json").unlink()
    allow(corpus, line(code="E601", path=None))

    assert ("E601", "manifest.json") in codes(report(corpus))


def test_a_line_that_is_no_exception_allows_nothing(corpus: Corpus) -> None:
    allow(corpus, '{"version":"0.1.0","code":"E603"}\n', "[]\n", "{\n")

    assert codes(report(corpus)) == [("E603", "notes.txt")]


def test_what_is_allowed_keeps_a_release_on_record_from_nothing_until_the_exception_ends(corpus: Corpus) -> None:
    allow(corpus, line(code="E603", path=None, until="2026-12-31"), line(code="E605"))
    kept = [one.code for one in disallowed(released(corpus), corpus=corpus, today=date(2027, 1, 1))]

    assert disallowed(released(corpus), corpus=corpus, today=TODAY) == []
    assert disallowed(released(corpus), corpus=corpus) == []
    assert kept == ["E603"]


def test_a_version_that_is_not_on_record_is_allowed_nothing(corpus: Corpus) -> None:
    allow(corpus, line(code="E603", path=None))
    for kind in ("json", "jsonl"):
        (corpus.root / f"corpus/versions/0.1.0.{kind}").unlink()

    assert [one.code for one in disallowed(released(corpus), corpus=corpus)] == ["E603"]


def test_a_release_that_breaks_a_newer_rule_is_published_where_that_is_allowed(built: Path, tmp_path: Path) -> None:
    corpus = Corpus.open(shutil.copytree(built.parents[1], tmp_path / "toy"))
    card = released(corpus) / "README.md"
    card.write_text(f"{card.read_text(encoding='utf-8')}\n[A page](gone.md)\n", encoding="utf-8")
    seal_files(released(corpus))
    head = corpus.root / "corpus/versions/0.1.0.json"
    record = json.loads(head.read_bytes())
    record["manifest_sha256"] = digest_of(released(corpus) / MANIFEST)
    head.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")

    (tmp_path / "store").mkdir()
    publish = ["publish", "0.1.0", "--to", str(tmp_path / "store"), "-C", str(corpus.root)]

    with pytest.raises(DataError, match=r"README\.md:\d+: E638"):
        cli.main(publish, standalone_mode=False)
    allow(corpus, *(line(code=code, path="README.md", until=None) for code in ("E638", "E640")))
    cli.main(publish, standalone_mode=False)

    assert [one.name for one in (tmp_path / "store").iterdir()] == ["toy-0.1.0"]

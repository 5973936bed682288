"""What a change brought is told, whatever was wrong before; of real repositories."""

from __future__ import annotations

import json
import os
import subprocess
from datetime import date
from typing import TYPE_CHECKING

import pytest
from tests.check.folder import ARTICLES, GOLD, KEY, PULLED, SOURCES, SPLITS, Folder

from kliping.check.gate import corpus_report
from kliping.errors import CallError
from kliping.project import Corpus, Person
from kliping.project.people import keep_names

if TYPE_CHECKING:
    from pathlib import Path

    from kliping.check.reporting import Report

TODAY = date(2026, 6, 1)
EXCEPTIONS = "corpus/exceptions.jsonl"
WRONG = (
    '{"version":"9.0.0","code":"E603","path":null,"reason":"%s","by":"maintainer","date":"2026-01-31","until":null}\n'
)
"""An exception for a version that was never released: E310."""


def git(folder: Path, *words: str) -> str:
    settings = ["-c", "user.name=Maintainer", "-c", "user.email=maintainer@example.org", "-c", "commit.gpgsign=false"]
    done = subprocess.run(["git", *settings, *words], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def commit(top: Path) -> str:
    git(top, "add", "--all")
    git(top, "commit", "--quiet", "--allow-empty", "--message", "a state")
    return git(top, "rev-parse", "HEAD")


@pytest.fixture
def tracked(folder: Folder) -> Folder:
    """The good corpus, the first commit of a repository."""
    git(folder.root, "init", "--quiet")
    commit(folder.root)
    return folder


def told(folder: Folder, revision: str = "HEAD") -> Report:
    return corpus_report(Corpus.open(folder.root), TODAY, revision)


def places(report: Report) -> list[tuple[str, str, int | None]]:
    return [(one.code, one.path, one.line) for one in report.findings]


def known(report: Report) -> int:
    assert report.since is not None
    return report.since.known


def test_of_a_corpus_that_was_and_is_good_nothing_is_told(tracked: Folder) -> None:
    report = told(tracked)

    assert (places(report), known(report)) == ([], 0)
    assert report.since is not None
    assert report.since.commit == git(tracked.root, "rev-parse", "HEAD")


def test_what_was_wrong_before_is_counted_and_left_out(tracked: Folder) -> None:
    tracked.edit(SPLITS, lambda data: data[:-1])
    commit(tracked.root)
    tracked.write(EXCEPTIONS, (WRONG % "one").encode())
    report = told(tracked)

    assert (places(report), known(report)) == ([("E310", EXCEPTIONS, 1)], 1)


def test_committed_and_uncommitted_changes_count_alike(tracked: Folder) -> None:
    first = git(tracked.root, "rev-parse", "HEAD")
    tracked.write(EXCEPTIONS, (WRONG % "one").encode())
    commit(tracked.root)

    assert places(told(tracked, first)) == [("E310", EXCEPTIONS, 1)]
    assert places(told(tracked, "HEAD")) == []


def test_lines_that_moved_are_known_again(tracked: Folder) -> None:
    tracked.write(EXCEPTIONS, "".join(WRONG % word for word in "abc").encode())
    commit(tracked.root)
    tracked.write(EXCEPTIONS, "".join(WRONG % word for word in "xabc").encode())
    report = told(tracked)

    assert (places(report), known(report)) == ([("E310", EXCEPTIONS, 1)], 3)


def test_articles_that_moved_to_another_shard_are_known_again(tracked: Folder) -> None:
    tracked.edit(SOURCES, lambda data: b"".join(data.splitlines(keepends=True)[:1]))
    before = commit(tracked.root)
    lines = (tracked.root / ARTICLES).read_bytes().splitlines(keepends=True)
    tracked.write(ARTICLES, lines[0])
    tracked.write(ARTICLES.replace("00000", "00001"), b"".join(lines[1:]))
    report = told(tracked, before)

    assert (places(report), known(report)) == ([], 2)


def test_a_finding_in_an_untouched_line_by_a_change_elsewhere_is_told(tracked: Folder) -> None:
    tracked.edit_line(ARTICLES, 0, lambda one: one.update(text_sha256="0" * 64))
    lines = {(code, path) for code, path, _ in places(told(tracked))}

    assert ("E306", PULLED) in lines
    assert ("E306", GOLD) in lines


def test_a_touched_line_is_told_with_all_that_is_wrong_with_it(tracked: Folder) -> None:
    tracked.write(EXCEPTIONS, (WRONG % "one").encode())
    commit(tracked.root)
    tracked.write(EXCEPTIONS, (WRONG % "two").encode())

    assert places(told(tracked)) == [("E310", EXCEPTIONS, 1)]


def test_another_copy_of_what_is_wrong_is_told_once(tracked: Folder) -> None:
    tracked.write(EXCEPTIONS, (WRONG % "one").encode() * 2)
    commit(tracked.root)
    tracked.write(EXCEPTIONS, (WRONG % "one").encode() * 3)
    report = told(tracked)

    assert (places(report), known(report)) == ([("E310", EXCEPTIONS, 3)], 2)


def test_a_wrong_line_does_not_excuse_another_that_is_wrong_in_its_place(tracked: Folder) -> None:
    tracked.edit(SPLITS, lambda data: data.replace(b"\n", b"\r\n", 1))
    commit(tracked.root)
    lines = git(tracked.root, "show", f"HEAD~1:{SPLITS}").encode() + b"\n"
    tracked.write(SPLITS, lines[:-1] + b"\r\n")
    report = told(tracked)

    assert [(code, line) for code, _, line in places(report)] == [("E103", 3)]


def test_a_file_that_is_new_to_git_counts(tracked: Folder) -> None:
    tracked.write("annotations/predictions/other.jsonl", b"{\n")

    assert [(code, path) for code, path, _ in places(told(tracked))] == [
        ("E104", "annotations/predictions/other.jsonl")
    ]


def test_a_corpus_in_a_folder_of_its_repository_is_found_there(folder: Folder) -> None:
    top = folder.root.parent
    git(top, "init", "--quiet")
    folder.edit(SPLITS, lambda data: data[:-1])
    commit(top)
    folder.write(EXCEPTIONS, (WRONG % "one").encode())
    report = told(folder)

    assert (places(report), known(report)) == ([("E310", EXCEPTIONS, 1)], 1)


def test_where_the_corpus_was_none_everything_is_told(folder: Folder) -> None:
    top = folder.root.parent
    git(top, "init", "--quiet")
    (top / "README").write_text("nothing yet\n")
    git(top, "add", "README")
    git(top, "commit", "--quiet", "--message", "empty")
    folder.edit(SPLITS, lambda data: data[:-1])
    commit(top)

    assert [code for code, _, _ in places(told(folder, "HEAD~1"))] == ["E103"]


def test_a_corpus_above_does_not_stand_in_for_one_that_was_not_there(tracked: Folder) -> None:
    inner = Folder(tracked.root / "inner")
    inner.write("pyproject.toml", (tracked.root / "pyproject.toml").read_bytes())
    for schema in (tracked.root / "schema").iterdir():
        inner.write(f"schema/{schema.name}", schema.read_bytes())
    inner.write(EXCEPTIONS, (WRONG % "one").encode())
    (inner.root / "annotations").mkdir()

    assert places(told(inner)) == [("E310", EXCEPTIONS, 1)]


def test_attributes_of_exporting_hide_nothing(tracked: Folder) -> None:
    tracked.write(".gitattributes", b"corpus/splits.jsonl export-ignore\n")
    tracked.edit(SPLITS, lambda data: data[:-1])
    commit(tracked.root)

    assert places(told(tracked)) == []


def test_what_needs_the_state_folder_is_known_again(tracked: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KLIPING_PSEUDONYM_KEY", KEY.hex())
    tracked.write(".gitignore", b".kliping/\n")
    keep_names(Corpus.open(tracked.root), KEY, [Person("sena.waluyo@example.org", "sena.waluyo")])
    tracked.edit_line(PULLED, 0, lambda one: one.update(comment="ask sena.waluyo"))
    commit(tracked.root)
    report = told(tracked)

    assert [code for code, _, _ in places(corpus_report_of(tracked))] == ["E517"]
    assert (places(report), known(report)) == ([], 1)
    assert (tracked.root / ".kliping/names.json").is_file()


def corpus_report_of(folder: Folder) -> Report:
    return corpus_report(Corpus.open(folder.root), TODAY)


def test_the_repository_is_only_read(tracked: Folder) -> None:
    tracked.write(EXCEPTIONS, (WRONG % "one").encode())
    git(tracked.root, "add", EXCEPTIONS)
    index, status = (tracked.root / ".git/index").read_bytes(), git(tracked.root, "status", "--porcelain")
    told(tracked)

    assert (tracked.root / ".git/index").read_bytes() == index
    assert git(tracked.root, "status", "--porcelain") == status
    assert git(tracked.root, "worktree", "list").count("\n") == 0


def test_inside_a_hook_git_finds_the_corpus_s_own_repository(
    tracked: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    git(other, "init", "--quiet")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other / ".git/index"))

    assert places(told(tracked)) == []


def test_a_revision_that_is_not_there_is_a_sentence(tracked: Folder) -> None:
    for revision in ("nowhere", "--all", "", "HEAD:pyproject.toml"):
        with pytest.raises(CallError, match="no such revision here") as caught:
            told(tracked, revision)
        assert "fetch-depth: 0" in str(caught.value)


def test_without_a_repository_it_is_a_sentence(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(folder.root.parent))

    with pytest.raises(CallError, match="--since needs a git repository: not a git repository"):
        told(folder)


def test_without_git_it_is_a_sentence(tracked: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", os.devnull)

    with pytest.raises(CallError, match="git is not installed"):
        told(tracked)


def test_a_repository_without_a_commit_is_a_sentence(folder: Folder) -> None:
    git(folder.root, "init", "--quiet")

    with pytest.raises(CallError, match="no such revision here"):
        told(folder)


def test_what_an_exception_of_old_ended_on_is_no_news(tracked: Folder) -> None:
    tracked.write(EXCEPTIONS, json.dumps({**json.loads(WRONG % "one"), "until": "2026-03-31"}).encode() + b"\n")
    commit(tracked.root)
    report = told(tracked)

    assert (places(report), known(report)) == ([], 2)


def test_nothing_runs_that_the_repository_names(tracked: Folder, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    tracked.write(".gitattributes", b"*.jsonl filter=theirs\n")
    tracked.write(EXCEPTIONS, (WRONG % "one").encode())
    commit(tracked.root)
    for setting in ("filter.theirs.smudge", "filter.theirs.clean", "core.fsmonitor"):
        git(tracked.root, "config", setting, f"touch '{ran}'; cat")
    hook = tracked.root / ".git/hooks/post-checkout"
    hook.write_text(f"#!/bin/sh\ntouch '{ran}'\n", encoding="utf-8")
    hook.chmod(0o755)
    report = told(tracked)

    assert (places(report), known(report)) == ([], 1)
    assert not ran.exists()

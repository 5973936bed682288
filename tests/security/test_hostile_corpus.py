"""A corpus folder that is checked in somebody's CI: no file of the machine is shown, nothing is waited for or run."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest
from tests.corpora import toy, write_corpus
from tests.security.test_handed_over_corpus import kliping

from kliping.check import check_corpus
from kliping.project.repository import ask_git
from kliping.release.versions.commits import commit_of

if TYPE_CHECKING:
    from pathlib import Path

    from kliping.project import Corpus

SECRET = "opensesame-of-this-machine"

FILES = (
    "corpus/articles/00001.jsonl", "corpus/sources.jsonl", "corpus/versions/0.1.0.json", "corpus/versions/0.1.0.jsonl",
    "annotations/pulled/00009.jsonl", "annotations/labeling.xml", "annotations/key.json", "annotations/guidelines.md",
    "schema/corpus.schema.json", "pyproject.toml",
)  # fmt: skip


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    (tmp_path / "secret").write_text(f"{SECRET}\n")
    return toy(tmp_path / "toy")


def replaced(corpus: Corpus, file: str) -> Path:
    path = corpus.root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    return path


@pytest.mark.parametrize("file", FILES)
def test_a_link_out_of_the_corpus_is_told_and_not_followed(
    corpus: Corpus, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    replaced(corpus, file).symlink_to("../" * file.count("/") + "../secret")
    assert [(one.code, one.path) for one in check_corpus(corpus)] == [("E109", file)]
    assert kliping(monkeypatch, "check", "-C", str(corpus.root)) in (1, 2)
    assert SECRET not in "".join(capfd.readouterr())


@pytest.mark.parametrize("file", FILES)
def test_a_pipe_is_not_waited_for(corpus: Corpus, file: str) -> None:
    os.mkfifo(replaced(corpus, file))
    assert [(one.code, one.path) for one in check_corpus(corpus)] == [("E109", file)]


def test_a_folder_that_is_a_link_out_is_told(corpus: Corpus, tmp_path: Path) -> None:
    (corpus.root / "annotations").rename(tmp_path / "away")
    (corpus.root / "annotations").symlink_to(tmp_path / "away")
    assert [(one.code, one.path) for one in check_corpus(corpus)] == [("E109", "annotations")]


def test_links_within_the_corpus_and_round_in_it_are_followed_once(corpus: Corpus) -> None:
    (corpus.root / "annotations/round").symlink_to("..")
    os.mkfifo(corpus.root / "corpus/waits")
    (corpus.root / "corpus/waits").rename(corpus.root / "corpus/articles/waits")
    assert {(one.code, one.path.rpartition("/")[2]) for one in check_corpus(corpus)} == {("E109", "waits")}


def test_raw_files_may_be_anywhere(corpus: Corpus, tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    os.mkfifo(tmp_path / "raw/waits")
    corpus.raw.symlink_to(tmp_path / "raw")
    assert "E109" not in {one.code for one in check_corpus(corpus)}


def git(folder: Path, *words: str) -> None:
    identity = ("-c", "user.name=Sena", "-c", "user.email=sena@pos.example", "-c", "init.defaultBranch=main")
    subprocess.run(["git", "-C", str(folder), *identity, *words], check=True, capture_output=True)


@pytest.fixture
def repository(corpus: Corpus, tmp_path: Path) -> Corpus:
    """A corpus whose repository names programs: as watcher, filter, hook, difference, and by its own settings."""
    order = f"touch {tmp_path / 'ran'}; cat; #"
    (corpus.root / ".gitattributes").write_text(
        "*.jsonl filter=odd diff=odd\n*.toml filter=even.er\n*.json filter=a=b\n*.xml filter=w\n"
    )
    git(corpus.root, "init")
    git(corpus.root, "add", ".")
    git(corpus.root, "commit", "-m", "First")
    for name in ("fsmonitor", "sshCommand", "pager", "editor", "alternateRefsCommand", "gitProxy"):
        git(corpus.root, "config", f"core.{name}", order)
    git(corpus.root, "config", "core.hooksPath", "hooks")
    git(corpus.root, "config", "diff.external", order)
    git(corpus.root, "config", "diff.odd.textconv", order)
    included = corpus.root / ".git/more"
    included.write_text("".join(
        f'[filter "{name}"]\n clean = "{order}"\n smudge = "{order}"\n process = "{order}"\n required = true\n'
        for name in ("odd", "even.er", "a=b")
    ))  # fmt: skip
    git(corpus.root, "config", "include.path", "more")
    git(corpus.root, "config", "extensions.worktreeConfig", "true")
    git(corpus.root, "config", "--worktree", "filter.w.clean", order)
    hooks = corpus.root / "hooks"
    hooks.mkdir()
    for name in ("post-index-change", "post-checkout", "reference-transaction"):
        (hooks / name).write_text(f"#!/bin/sh\ntouch {tmp_path / 'ran'}\n")
        (hooks / name).chmod(0o755)
    for pattern in ("*.jsonl", "*.json", "*.xml"):
        for path in corpus.root.rglob(pattern):
            path.write_bytes(path.read_bytes())  # so that git has to look at what is in it
    return corpus


def test_what_a_repository_names_is_not_run(repository: Corpus, tmp_path: Path) -> None:
    assert commit_of(repository).name is not None
    for words in (("status", "--porcelain"), ("diff", "--stat"), ("read-tree", "HEAD"), ("checkout-index", "-a", "-f")):
        ask_git(repository.root, *words)
    assert not (tmp_path / "ran").exists()


def test_the_repository_would_run_it_if_it_were_asked_otherwise(repository: Corpus, tmp_path: Path) -> None:
    subprocess.run(["git", "-C", str(repository.root), "status"], check=False, capture_output=True)
    assert (tmp_path / "ran").exists()


def test_git_looks_at_the_folder_and_at_no_other(
    repository: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a hook of git, which has the variables of another repository."""
    head = commit_of(repository).name
    other = write_corpus(tmp_path / "other", [])
    git(other.root, "init")
    monkeypatch.setenv("GIT_DIR", str(other.root / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other.root / ".git/index"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other.root))
    assert commit_of(repository).name == head

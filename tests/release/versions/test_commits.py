"""A record names a commit only where a release can be built from it again: with a real git."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from tests.corpora import UNCHECKED, toy

from kliping.contract import load_contract
from kliping.release import build_release
from kliping.release.versions.commits import Commit, commit_of
from kliping.release.versions.record import read_version

if TYPE_CHECKING:
    from pathlib import Path

    from kliping.project import Corpus

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="no git")


def git(corpus: Corpus, *words: str) -> str:
    who = ("-c", "user.name=Toy", "-c", "user.email=toy@toy.example", "-c", "commit.gpgsign=false")
    command = ["git", *who, *words]
    return subprocess.run(command, cwd=corpus.root, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    """A corpus that is committed, below the root of its repository."""
    made = toy(tmp_path / "below")
    git(made, "init", "-q", "..")
    git(made, "add", "..")
    git(made, "commit", "-qm", "All of it")
    return made


def test_a_corpus_as_it_was_committed_is_at_that_commit(corpus: Corpus) -> None:
    (corpus.root / "notes.txt").write_text("no input of a release")
    (corpus.corpus / "versions").mkdir()
    (corpus.corpus / "versions" / "0.0.1.json").write_text("nor is what was released before")
    assert commit_of(corpus) == Commit(git(corpus, "rev-parse", "HEAD"))


@pytest.mark.parametrize(
    "path", ["corpus/articles/00000.jsonl", "corpus/CHANGELOG.md", "annotations/pulled/00009.jsonl", "pyproject.toml"]
)
def test_an_input_that_is_not_as_committed_is_at_no_commit(corpus: Corpus, path: str) -> None:
    with (corpus.root / path).open("a") as file:
        file.write("\n")
    assert commit_of(corpus) == Commit(None, changed=True)


def test_an_input_that_git_ignores_is_in_no_commit(corpus: Corpus) -> None:
    git(corpus, "rm", "-rq", "--cached", "annotations")
    (corpus.root / ".gitignore").write_text("annotations\n")
    git(corpus, "add", ".gitignore")
    git(corpus, "commit", "-qm", "Annotations stay here")
    assert commit_of(corpus) == Commit(None, changed=True)


def test_without_a_repository_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert commit_of(toy(tmp_path)) == Commit(None)


def test_the_record_names_the_commit_or_the_receipt_says_why_not(corpus: Corpus) -> None:
    contract = load_contract(corpus.schema)
    first, _ = build_release(corpus, contract, "0.1.0", UNCHECKED)
    (corpus.annotation_folder / "guidelines.md").write_text("Other words.\n")
    second, _ = build_release(corpus, contract, "0.1.1", UNCHECKED)
    records = [read_version(corpus, version) for version in ("0.1.0", "0.1.1")]
    assert [one.commit for one in records if one] == [git(corpus, "rev-parse", "HEAD"), None]
    said = [[note for note in receipt.notes if "names no commit" in note] for receipt in (first, second)]
    assert (said[0], len(said[1])) == ([], 1)

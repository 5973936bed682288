"""The hooks, run by pre-commit itself in a repository of somebody else."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest
from tests.check.folder import SPLITS
from tests.ci.conftest import commit, git

if TYPE_CHECKING:
    from pathlib import Path

    from tests.check.folder import Folder

TOOL = ["uv", "tool", "run", "--from", "pre-commit==4.7.0", "pre-commit"]
CONFIG = """\
repos:
  - repo: {clone}
    rev: {commit}
    hooks:
      - id: kliping-fix
      - id: kliping-check
"""


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pre-commit keeps the environments that it makes of the clone."""
    return tmp_path_factory.mktemp("pre-commit")


def hook(folder: Folder, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PRE_COMMIT_HOME": str(home), "PRE_COMMIT_COLOR": "never"}
    return subprocess.run(
        [*TOOL, *arguments], cwd=folder.root, env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture
def hooked(corpus: Folder, clone: Path) -> Folder:
    """A repository with a good corpus that uses both hooks."""
    config = CONFIG.format(clone=clone, commit=git(clone, "rev-parse", "HEAD"))
    corpus.write(".pre-commit-config.yaml", config.encode())
    commit(corpus.root)
    return corpus


def test_the_manifest_is_one_that_pre_commit_takes(clone: Path) -> None:
    done = subprocess.run(
        [*TOOL, "validate-manifest", str(clone / ".pre-commit-hooks.yaml")], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout) == (0, ""), done.stderr


def test_a_good_corpus_passes(hooked: Folder, home: Path) -> None:
    done = hook(hooked, home, "run", "--all-files")

    assert done.returncode == 0, done.stdout + done.stderr
    assert [line.rpartition(".")[2] for line in done.stdout.splitlines() if "corpus." in line] == ["Passed", "Passed"]


def test_what_is_mechanical_is_mended_and_the_commit_waits_for_it(hooked: Folder, home: Path) -> None:
    good = (hooked.root / SPLITS).read_bytes()
    hooked.edit(SPLITS, lambda data: data.replace(b"\n", b"\r\n"))
    git(hooked.root, "-c", "core.safecrlf=false", "add", SPLITS)
    first = hook(hooked, home, "run")
    git(hooked.root, "add", SPLITS)

    assert first.returncode == 1
    assert "files were modified by this hook" in first.stdout
    assert "mended 3 lines in 1 file: E103 3" in first.stdout
    assert (hooked.root / SPLITS).read_bytes() == good


def test_what_is_for_people_to_decide_stops_the_commit(hooked: Folder, home: Path) -> None:
    hooked.edit(SPLITS, lambda data: data.replace(b'"train"', b'"practice"', 1))
    git(hooked.root, "add", SPLITS)
    done = hook(hooked, home, "run")

    assert done.returncode == 1
    assert f"{SPLITS}:1: E203" in done.stdout


def test_a_commit_of_other_files_is_not_held_up(hooked: Folder, home: Path) -> None:
    hooked.edit(SPLITS, lambda data: data[:-1])
    hooked.write("notes.txt", b"notes\n")
    git(hooked.root, "add", "notes.txt")
    done = hook(hooked, home, "run")

    assert done.returncode == 0
    assert done.stdout.count("(no files to check)Skipped") == 2

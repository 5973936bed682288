"""What other people's CI has: a clean clone of this repository, and repositories with a corpus."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from tests.check.folder import Folder, good_corpus
from tests.ci.runner import ROOT

if TYPE_CHECKING:
    from pathlib import Path


def git(folder: Path, *words: str) -> str:
    """What git prints, of a committer that is nobody."""
    who = ["-c", "user.name=Rimbia", "-c", "user.email=rimbia@pos.example", "-c", "init.defaultBranch=main"]
    done = subprocess.run(["git", *who, "-C", str(folder), *words], check=True, capture_output=True, text=True)
    return done.stdout.strip()


def commit(folder: Path) -> str:
    """Commit all that is in a folder, and give the commit."""
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "all", "--no-verify")
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture(scope="session")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with this one's files as they are now, committed, and nothing that git ignores."""
    folder = tmp_path_factory.mktemp("clone") / "kliping"
    names = git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate")
    for name in filter(None, names.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    commit(folder)
    return folder


@pytest.fixture(scope="session")
def good(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    return good_corpus(tmp_path_factory.mktemp("good") / "toy")


@pytest.fixture
def corpus(good: Folder, tmp_path: Path) -> Folder:
    """A repository with a good corpus, committed."""
    made = Folder(shutil.copytree(good.root, tmp_path / "toy"))
    commit(made.root)
    return made

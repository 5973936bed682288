"""Which commit of its repository holds what a release was made from: for people who build it again, no input of it."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

    from kliping.project import Corpus

__all__ = ["Commit", "commit_of"]

_INPUTS = (
    "pyproject.toml",
    ":(glob)schema/*.schema.json",
    ":(glob)corpus/articles/*.jsonl",
    "corpus/splits.jsonl",
    "corpus/LICENSE",
    "corpus/CHANGELOG.md",
    "annotations/gold.jsonl",
    ":(glob)annotations/pulled/*.jsonl",
    "annotations/guidelines.md",
)
"""What a release is made from, as git's patterns of paths."""


class Commit(NamedTuple):
    """A commit by name; None where there is no repository, no commit, or no git, or where `changed`.

    `changed`: the repository has a commit, and an input differs from it, is not in it, or is ignored.
    """

    name: str | None
    changed: bool = False


def commit_of(corpus: Corpus) -> Commit:
    """The commit that a corpus's inputs are at."""
    head = _git(corpus.root, "rev-parse", "--verify", "--quiet", "HEAD")
    if not head:
        return Commit(None)
    changed = _git(corpus.root, "status", "--porcelain", "--untracked-files=all", "--ignored", "--", *_INPUTS)
    return Commit(None, changed=True) if changed != "" else Commit(head)


def _git(folder: Path, *words: str) -> str | None:
    """What git says of a folder, trimmed; None where it fails or is not there."""
    git = shutil.which("git")
    if git is None:
        return None
    command = [git, "--no-optional-locks", "-C", str(folder), *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False, errors="replace")  # noqa: S603 — git alone
    return done.stdout.strip() if done.returncode == 0 else None

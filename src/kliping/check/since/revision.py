"""A corpus as it was at a revision, laid out in a folder of its own; the repository is only read."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kliping.errors import CallError
from kliping.project import Corpus
from kliping.project.repository import run_git

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator

__all__ = ["Repository", "commit_named", "corpus_at", "repository_of"]

CHECKED = ("pyproject.toml", "corpus", "schema", "annotations")
"""What the check reads of a corpus, besides `.kliping`."""


class Repository(NamedTuple):
    """A git repository: the program, and the top of the work tree."""

    git: str
    top: Path

    def run(self, *words: str, index: Path | None = None, given: bytes = b"") -> bytes:
        """What git prints.

        Raises:
            CallError: git says that it cannot.
        """
        done = run_git(self.git, self.top, *words, index=index, given=given)
        if done.returncode:
            raise CallError(f"--since: git {words[0]} failed: {_reason(done)}")
        return done.stdout


def repository_of(folder: Path) -> Repository:
    """The repository that a folder lies in.

    Raises:
        CallError: it lies in none, git is not installed, or git refuses to read it.
    """
    git = shutil.which("git")
    if git is None:
        raise CallError("--since asks git what was there before, and git is not installed; install it, or leave it out")
    done = run_git(git, folder, "rev-parse", "--show-toplevel")
    if done.returncode:
        raise CallError(f"{folder}: --since needs a git repository: {_reason(done)}")
    return Repository(git, Path(os.fsdecode(done.stdout.rstrip(b"\n"))))


def commit_named(repository: Repository, revision: str) -> str:
    """The commit that a revision names, as git writes it in full.

    Raises:
        CallError: there is none.
    """
    if revision and not revision.startswith("-"):
        asked = ("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
        done = run_git(repository.git, repository.top, *asked)
        if not done.returncode:
            return done.stdout.decode("ascii").strip()
    raise CallError(
        f"--since {revision}: no such revision here; `git log` lists them. Where only part of the history was fetched, "
        "fetch the rest: `git fetch --unshallow`, or `fetch-depth: 0` of actions/checkout"
    )


@contextmanager
def corpus_at(repository: Repository, commit: str, corpus: Corpus) -> Iterator[Corpus | None]:
    """A corpus as it was at a commit, for as long as it is looked at; None where it was none.

    Its files are as git would check them out, without the filters of the repository's own configuration. What is not in
    git, such as `.kliping`, is that of today.

    Raises:
        CallError: git cannot lay it out.
    """
    with tempfile.TemporaryDirectory(prefix="kliping-since-") as name:
        place = Path(name).resolve()
        below = corpus.root.relative_to(repository.top.resolve())
        _lay_out(repository, commit, below, place)
        root = place / "tree" / below
        if corpus.state.is_dir() and root.is_dir():
            (root / corpus.state.name).symlink_to(corpus.state, target_is_directory=True)
        yield _opened(root)


def _lay_out(repository: Repository, commit: str, below: Path, place: Path) -> None:
    index, tree = place / "index", place / "tree"
    tree.mkdir()
    paths = [f":(top,literal){(below / name).as_posix()}" for name in CHECKED]
    raw = f":(top,exclude,literal){(below / 'corpus/raw').as_posix()}"  # the check reads no raw file
    repository.run("read-tree", commit, index=index)
    files = repository.run("ls-files", "-z", "--", *paths, raw, index=index)
    repository.run("checkout-index", "-z", "--stdin", f"--prefix={tree}/", index=index, given=files)


def _opened(root: Path) -> Corpus | None:
    """The corpus in a folder, none above it."""
    try:
        found = Corpus.open(root)
    except CallError:
        return None
    return found if found.root == root else None


def _reason(done: subprocess.CompletedProcess[bytes]) -> str:
    """The first line of what git complains of."""
    lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
    return lines[0].removeprefix("fatal: ") if lines else f"exit code {done.returncode}"

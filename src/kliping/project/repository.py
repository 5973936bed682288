"""Asking git about a corpus's repository without running what that repository says.

A folder that somebody handed over may bring its `.git`, whose configuration names programs that git runs: for watching
files, as hooks, for filtering each file, for fetching what is missing. Git guards against this only where the folder is
another user's.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["ask_git", "git_call"]

_OF_ANOTHER = frozenset(
    {
        "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR", "GIT_CONFIG", "GIT_CONFIG_PARAMETERS", "GIT_DIR",
        "GIT_EXTERNAL_DIFF", "GIT_GRAFT_FILE", "GIT_IMPLICIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_NO_REPLACE_OBJECTS",
        "GIT_OBJECT_DIRECTORY", "GIT_PREFIX", "GIT_REPLACE_REF_BASE", "GIT_SHALLOW_FILE", "GIT_WORK_TREE",
    }
)  # fmt: skip
"""Variables that a hook has, and that would lead git to another repository than the folder's."""

_RUN_NOTHING = ("core.fsmonitor=false", f"core.hooksPath={os.devnull}", "diff.external=", "protocol.allow=never")


def ask_git(folder: Path, *words: str) -> str | None:
    """What git says of a folder, trimmed; None where it fails or is not there."""
    git = shutil.which("git")
    if git is None:
        return None
    command, environment = git_call(git, folder, *words)
    done = subprocess.run(command, env=environment, capture_output=True, check=False)  # noqa: S603 — git alone
    return done.stdout.decode("utf-8", "replace").strip() if done.returncode == 0 else None


def git_call(git: str, folder: Path, *words: str) -> tuple[list[str], dict[str, str]]:
    """The command and the environment that ask git something, and run nothing that the folder's repository names.

    Filters that the user has for all repositories, such as that of git-lfs, stay.
    """
    environment = {name: value for name, value in os.environ.items() if name not in _OF_ANOTHER}
    start = [git, "--no-optional-locks", "-C", str(folder)]
    asked = [*start, "config", "--local", "--includes", "--name-only", "--get-regexp", r"^filter\."]
    listed = subprocess.run(asked, env=environment, capture_output=True, check=False)  # noqa: S603 — git alone
    filters = {
        name.partition(".")[2].rpartition(".")[0]
        for name in listed.stdout.decode("utf-8", "surrogateescape").splitlines()
    }
    off = [f"filter.{name}.{what}" for name in sorted(filters) for what in ("clean=", "smudge=", "process=")]
    off += [f"filter.{name}.required=false" for name in sorted(filters)]
    options = [part for setting in (*_RUN_NOTHING, *off) for part in ("-c", setting)]
    return [*start, *options, *words], environment

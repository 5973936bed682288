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

__all__ = ["ask_git", "run_git"]

_OF_ANOTHER = frozenset(
    {
        "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR", "GIT_CONFIG", "GIT_CONFIG_PARAMETERS", "GIT_DIR",
        "GIT_EXTERNAL_DIFF", "GIT_GRAFT_FILE", "GIT_IMPLICIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_NO_REPLACE_OBJECTS",
        "GIT_OBJECT_DIRECTORY", "GIT_PREFIX", "GIT_REPLACE_REF_BASE", "GIT_SHALLOW_FILE", "GIT_WORK_TREE",
    }
)  # fmt: skip
"""Variables that a hook has, and that would lead git to another repository than the folder's."""

_RUN_NOTHING = {
    "core.fsmonitor": "false", "core.hooksPath": os.devnull, "diff.external": "", "protocol.allow": "never",
}  # fmt: skip


def ask_git(folder: Path, *words: str) -> str | None:
    """What git says of a folder, trimmed; None where it fails or is not there."""
    git = shutil.which("git")
    done = None if git is None else run_git(git, folder, *words)
    return None if done is None or done.returncode else done.stdout.decode("utf-8", "replace").strip()


def run_git(
    git: str, folder: Path, *words: str, index: Path | None = None, given: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    """Let git do something in a folder, in English, and run nothing that the folder's repository names.

    Filters that the user has for all repositories, such as that of git-lfs, stay.

    Args:
        git: the program.
        folder: where.
        words: the command and its arguments.
        index: a file to use in place of the repository's index.
        given: on standard input.
    """
    environment = {name: value for name, value in os.environ.items() if name not in _OF_ANOTHER} | {"LC_ALL": "C"}
    start = [git, "--no-optional-locks", "-C", str(folder)]
    settings = dict(_RUN_NOTHING)
    for name in _filters(start, environment):
        settings |= {f"filter.{name}.{what}": "" for what in ("clean", "smudge", "process")}
        settings |= {f"filter.{name}.required": "false"}
    plain = {name: value for name, value in settings.items() if "=" not in name}
    environment |= _in_environment({name: value for name, value in settings.items() if name not in plain}, environment)
    environment |= {} if index is None else {"GIT_INDEX_FILE": str(index)}
    options = [part for name, value in plain.items() for part in ("-c", f"{name}={value}")]
    command = [*start, *options, *words]
    return subprocess.run(command, input=given, capture_output=True, check=False, env=environment)  # noqa: S603 — git alone


def _filters(start: list[str], environment: dict[str, str]) -> list[str]:
    """The names of the filters that the repository or its work tree configures."""
    asked = [*start, "config", "--includes", "--show-scope", "--name-only", "--get-regexp", r"^filter\."]
    listed = subprocess.run(asked, env=environment, capture_output=True, check=False)  # noqa: S603 — git alone
    scoped = (line.split("\t", 1) for line in listed.stdout.decode("utf-8", "surrogateescape").splitlines())
    names = {name.partition(".")[2].rpartition(".")[0] for scope, name in scoped if scope in ("local", "worktree")}
    return sorted(names)


def _in_environment(settings: dict[str, str], environment: dict[str, str]) -> dict[str, str]:
    """Settings whose names the option `-c` would cut at their first `=`, after those that the user has there."""
    given = environment.get("GIT_CONFIG_COUNT", "")
    first = int(given) if given.isdecimal() else 0
    told = {"GIT_CONFIG_COUNT": str(first + len(settings))} if settings else {}
    for number, (name, value) in enumerate(settings.items(), first):
        told |= {f"GIT_CONFIG_KEY_{number}": name, f"GIT_CONFIG_VALUE_{number}": value}
    return told

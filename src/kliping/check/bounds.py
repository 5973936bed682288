"""Level 1, before anything is opened: every file is one, and is in the folder that is checked.

The folder may come from anybody. A pipe would be waited for without end, and a link may lead to any file of this
machine, whose lines would then be shown in the log of a public run.
"""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, NamedTuple

from kliping.check.rules import Example, Place, RuleList
from kliping.release.verification import unread_files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kliping.check.rules import Fault
    from kliping.project import Corpus

__all__ = ["BOUND_RULES", "BoundsSeen", "bounds_of_corpus", "bounds_of_release"]

FOLDERS = ("schema", "corpus", "annotations")
"""Of a corpus: what is read by a check, but for the raw folder."""

INNER = ("corpus/articles", "corpus/revisions", "corpus/versions", "annotations/pulled", "annotations/predictions")
"""Folders in them."""
FILES = (
    ".json",
    ".jsonl",
    ".xml",
    "pyproject.toml",
    "corpus/LICENSE",
    "corpus/CHANGELOG.md",
    "annotations/guidelines.md",
)
"""How the names of the files in them end."""
WRONG_KIND = {True: "is a folder where a file belongs", False: "is a file where a folder belongs"}
"""By whether it is a folder."""


class BoundsSeen(NamedTuple):
    """What must not be opened in a folder: each with its path, and why."""

    unread: tuple[tuple[str, str], ...]


BOUND_RULES: RuleList[BoundsSeen] = RuleList()


@BOUND_RULES(
    "E109",
    "every file is a file, every folder a folder, and both lie in what is checked",
    mend="Put the file itself in the place of the link; take out pipes, devices, and folders with a file's name.",
    example=Example("corpus/articles/00001.jsonl", "a file", "a link to /etc/passwd"),
)
def files_are_there(seen: BoundsSeen) -> Iterator[Fault]:
    """What is elsewhere is in no repository and no release: nobody else has it.

    Nothing is read then. A pipe would be waited for, and what a link leads to could be anything of this machine.
    """
    yield from ((Place(path), f"{why}; put there what belongs there, or take it out") for path, why in seen.unread)


def bounds_of_release(folder: Path) -> BoundsSeen:
    """What must not be opened in a release; a snapshot in the hub's cache has links to its own files."""
    return BoundsSeen(tuple(unread_files(folder)))


def bounds_of_corpus(corpus: Corpus) -> BoundsSeen:
    """What must not be opened in a corpus. Links within the corpus are followed; its raw files are not looked at."""
    return BoundsSeen(tuple(sorted(_unread(corpus))))


def _unread(corpus: Corpus) -> Iterator[tuple[str, str]]:
    root, raw = os.path.realpath(corpus.root), os.path.realpath(corpus.raw)
    waiting, known = ["pyproject.toml", *FOLDERS], {raw}
    while waiting:
        name = waiting.pop()
        goal = os.path.realpath(f"{root}/{name}")
        if goal in known:
            continue
        why, is_folder = _why_not(root, goal)
        if why:
            yield os.fsencode(name).decode("utf-8", "replace"), why
        elif _is_amiss(name, is_folder=is_folder):
            yield name, WRONG_KIND[is_folder]
        if is_folder and not why:
            known.add(goal)
            waiting += [f"{name}/{inner}" for inner in os.listdir(goal)]  # noqa: PTH208


def _is_amiss(name: str, *, is_folder: bool) -> bool:
    """Whether a folder has the name of a file that is read, or a file that of a folder with such files."""
    if is_folder:
        return name.endswith(FILES)
    return name in FOLDERS or name in INNER


def _why_not(root: str, goal: str) -> tuple[str, bool]:
    """Why a place must not be opened, empty where it may be; and whether it is a folder."""
    try:
        mode = os.lstat(goal).st_mode
    except OSError:
        return "", False  # not there, or a link to nothing: told by who asks for it
    if goal != root and not goal.startswith(f"{root}{os.sep}"):
        return "leads out of the corpus", stat.S_ISDIR(mode)
    if stat.S_ISDIR(mode) or stat.S_ISREG(mode):
        return "", stat.S_ISDIR(mode)
    return "is no file but a pipe, a socket or a device", False

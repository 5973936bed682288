"""Which commit of its repository holds what a release was made from: for people who build it again, no input of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kliping.project.repository import ask_git

if TYPE_CHECKING:
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
    head = ask_git(corpus.root, "rev-parse", "--verify", "--quiet", "HEAD")
    if not head:
        return Commit(None)
    asked = ("status", "--porcelain", "--untracked-files=all", "--ignored", "--ignore-submodules=all")
    changed = ask_git(corpus.root, *asked, "--", *_INPUTS)
    return Commit(None, changed=True) if changed != "" else Commit(head)

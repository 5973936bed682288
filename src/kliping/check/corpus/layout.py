"""Level 1, the folder: every file is one that kliping reads, and no shard is missing between two."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from kliping.check.rules import Example, Place, RuleList
from kliping.release.versions.record import is_version

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kliping.check.corpus.survey import Survey
    from kliping.check.rules import Fault

__all__ = ["LAYOUT_RULES", "is_read"]

LAYOUT_RULES: RuleList[Survey] = RuleList()

SHARDS = ("corpus/articles", "corpus/revisions", "annotations/pulled")
"""Folders of numbered files."""
FULL = (*SHARDS, "corpus/versions", "annotations/predictions")
"""Folders in which nothing else lies."""

_READ = re.compile(
    r"corpus/(sources|rejected|splits|exceptions)\.jsonl"
    r"|corpus/(articles|revisions)/[^/]+\.jsonl"
    r"|annotations/(carried|decisions|gold|quarantine|relabelled|rounds)\.jsonl"
    r"|annotations/(pulled|predictions)/[^/]+\.jsonl"
    r"|annotations/key\.json"
    r"|schema/(article|annotation|release|corpus)\.schema\.json"
)
_NUMBERED = re.compile(r"\d{5,}\.jsonl")


def is_read(path: str) -> bool:
    """Whether a file with data in it, relative to a corpus, is one that kliping reads."""
    folder, _, name = path.rpartition("/")
    if folder == "corpus/versions":
        return is_version(name.removesuffix("l").removesuffix(".json")) and ".json" in name
    return _READ.fullmatch(path) is not None


@LAYOUT_RULES(
    "E107",
    "shards are numbered from 00000 on, and none is missing",
    mend="Restore the missing file with git; put the lines of a file of another name into a numbered one.",
    example=Example("annotations/pulled", "00000.jsonl, 00001.jsonl and 00002.jsonl", "00000.jsonl and 00002.jsonl"),
)
def shards_are_numbered(survey: Survey) -> Iterator[Fault]:
    """A gap is a lost file, and all that was in it; a file of another name is gone after the next run of its step."""
    for folder in SHARDS:
        names = {path.name for path in (survey.corpus.root / folder).glob("*.jsonl")}
        numbered = {name for name in names if _NUMBERED.fullmatch(name)}
        for name in sorted(names - numbered):
            yield Place(f"{folder}/{name}"), "a shard without a number for a name; put its lines into a numbered one"
        missing = sorted({f"{number:05}.jsonl" for number in range(len(numbered))} - numbered)
        if missing:
            yield Place(f"{folder}/{missing[0]}"), f"missing, and {max(numbered)} is there; restore it with git"


@LAYOUT_RULES(
    "E108",
    "every file with data in it is one that is read",
    mend="Give the file the name that kliping knows, or move it out of the corpus; notes and pictures may stay.",
    example=Example("annotations", "decisions.jsonl", "decisions.jsonl.bak, or Decisions.jsonl"),
)
def files_are_read(survey: Survey) -> Iterator[Fault]:
    """A file that nobody reads looks like a part of the corpus, and what is in it is in no release.

    Looked at are files with `json` in their names in `corpus`, `annotations` and `schema`, but for the raw folder, and
    every file in a folder of shards, of predictions or of versions. Hidden files are let be.
    """
    root = survey.corpus.root
    for path in _files(root, survey.corpus.raw):
        name = path.relative_to(root).as_posix()
        is_data = "json" in path.name.lower() or name.startswith(tuple(f"{folder}/" for folder in FULL))
        if is_data and not is_read(name):
            yield Place(name), "a file that nothing reads; name it as kliping does, or move it out of the corpus"


def _files(root: Path, raw: Path) -> Iterator[Path]:
    """The files of a corpus that are neither raw nor hidden, in order."""
    for top in ("annotations", "corpus", "schema"):
        for folder, inner, names in os.walk(root / top):
            inner[:] = sorted(one for one in inner if not one.startswith(".") and Path(folder, one) != raw)
            yield from (Path(folder, name) for name in sorted(names) if not name.startswith("."))

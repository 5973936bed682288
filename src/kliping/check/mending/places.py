"""The files that may be mended, and what a line of each is; what releases held, `corpus/versions/`, is none of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kliping.records import (
    Annotation,
    Article,
    Assignment,
    Carried,
    Decision,
    Gold,
    Prediction,
    Quarantined,
    Record,
    Rejection,
    Relabelling,
    SourceEntry,
    SplitEntry,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["ARTICLES", "FILES", "Kept", "is_inside", "kept_files"]


class Kept(NamedTuple):
    """Files by their pattern, and what is in them; the order of whose keys is no rule's matter has no record.

    `whole`: the file is one JSON object, not one a line.
    """

    pattern: str
    record: type[Record] | None
    whole: bool = False


ARTICLES = Kept("corpus/articles/*.jsonl", Article)

FILES = (
    Kept("corpus/sources.jsonl", SourceEntry),
    ARTICLES,
    Kept("corpus/revisions/*.jsonl", Article),
    Kept("corpus/rejected.jsonl", Rejection),
    Kept("corpus/splits.jsonl", SplitEntry),
    Kept("corpus/exceptions.jsonl", None),
    Kept("annotations/pulled/*.jsonl", Annotation),
    Kept("annotations/carried.jsonl", Carried),
    Kept("annotations/predictions/*.jsonl", Prediction),
    Kept("annotations/rounds.jsonl", Assignment),
    Kept("annotations/relabelled.jsonl", Relabelling),
    Kept("annotations/quarantine.jsonl", Quarantined),
    Kept("annotations/decisions.jsonl", Decision),
    Kept("annotations/gold.jsonl", Gold),
    Kept("annotations/key.json", None, whole=True),
)
"""In the order in which they are mended and shown."""


def kept_files(root: Path) -> Iterator[tuple[Path, Kept]]:
    """The files of a corpus that may be mended, in order."""
    for kept in FILES:
        for path in sorted(root.glob(kept.pattern)):
            if path.is_file():
                yield path, kept


def is_inside(root: Path, path: Path) -> bool:
    """Whether a file lies in the corpus's own folders, and no symbolic link leads out of them."""
    folder = root.resolve() / path.relative_to(root).parts[0]
    return path.resolve().is_relative_to(folder)

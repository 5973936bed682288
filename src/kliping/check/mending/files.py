"""The files that may be mended, and what a line of each is; what releases held, `corpus/versions/`, is none of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kliping.check.corpus.kinds import KEPT
from kliping.records import Record, Rejection, Relabelling

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["ARTICLES", "FILES", "Mendable", "is_inside", "mendable_files"]


class Mendable(NamedTuple):
    """Files by their pattern, and what is in them; the order of whose keys is no rule's matter has no record.

    `whole`: the file is one JSON object, not one a line.
    """

    pattern: str
    record: type[Record] | None
    whole: bool = False


_ABOUT_ARTICLES = {kind: Mendable(kept.pattern, kept.record) for kind, kept in KEPT.items()}

ARTICLES = _ABOUT_ARTICLES["articles"]

FILES = (
    *_ABOUT_ARTICLES.values(),
    Mendable("corpus/rejected.jsonl", Rejection),
    Mendable("corpus/exceptions.jsonl", None),
    Mendable("annotations/relabelled.jsonl", Relabelling),
    Mendable("annotations/key.json", None, whole=True),
)
"""In the order in which they are mended and shown."""


def mendable_files(root: Path) -> Iterator[tuple[Path, Mendable]]:
    """The files of a corpus that may be mended, in order."""
    for mendable in FILES:
        for path in sorted(root.glob(mendable.pattern)):
            if path.is_file():
                yield path, mendable


def is_inside(root: Path, path: Path) -> bool:
    """Whether a file lies in the corpus's own folders, and no symbolic link leads out of them."""
    folder = root.resolve() / path.relative_to(root).parts[0]
    return path.resolve().is_relative_to(folder)

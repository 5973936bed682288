"""The commands that the other faults meet, each on a small corpus where it has something to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.corpora import write_corpus
from tests.faults.killed_adjudicate import disputed_corpus, made_up
from tests.faults.killed_normalise import annotated_corpus
from tests.faults.killed_release import VERSION, labelled_corpus
from tests.faults.killing import files_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.faults.killing import Files

__all__ = ["STEPS", "Step", "written"]


@dataclass(frozen=True, slots=True)
class Step:
    """A command, and a corpus where it has something to do.

    Attributes:
        arguments: of the command line.
        prepare: make the corpus in a folder.
    """

    arguments: tuple[str, ...]
    prepare: Callable[[Path], object]


def _plain(root: Path) -> None:
    write_corpus(root, [made_up(number) for number in range(400)])


def _half_gold(root: Path) -> None:
    """Gold for half of the articles, to learn from for the others."""
    disputed_corpus(root, 200)
    gold = root / "annotations" / "gold.jsonl"
    gold.write_bytes(b"".join(gold.read_bytes().splitlines(keepends=True)[::2]))


STEPS = {
    "normalise": Step(("normalise", "--workers", "2"), lambda root: annotated_corpus(root, 60)),
    "split": Step(("split",), lambda root: write_corpus(root, [made_up(number) for number in range(400)])),
    "sample": Step(
        ("sample", "--size", "300", "--round", "1"), lambda root: write_corpus(root, [made_up(n) for n in range(400)])
    ),
    "predict": Step(("predict",), _half_gold),
    "adjudicate": Step(("adjudicate",), lambda root: disputed_corpus(root, 200)),
    "release": Step(("release", VERSION, "--workers", "2"), lambda root: labelled_corpus(root, 200)),
}
"""Those that need no server."""


def written(root: Path) -> Files:
    """All that is a corpus's, beside what can be made again."""
    return files_of(root, "corpus", "annotations", "releases", "schema", "pyproject.toml")

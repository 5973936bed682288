"""The repository's own sample, to be broken: copies of its corpus, and of its release 0.2.0, which is built once."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from tests.check.folder import Folder
from tests.corpora import UNCHECKED

from kliping.contract import load_contract
from kliping.project import Corpus
from kliping.release import build_release

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.check.folder import Json

__all__ = ["AGROUND", "BRIDGE", "DIKE", "DIKE_UPDATED", "FESTIVAL", "LEVY", "build_sample", "copy_sample", "edit_about"]

ROOT = Path(__file__).parents[2]

AGROUND = "196d09681cb36441"
"""Of validation; nobody annotated it."""
BRIDGE = "ca0d6659285d82ef"
"""Of train; nobody annotated it."""
DIKE = "2dfdb2f34d87413a"
DIKE_UPDATED = "13c9a243f6f9d4f2"
"""Near-duplicates, of train."""
FESTIVAL = "7e5ac460b77f69f0"
"""It has emoji."""
LEVY = "c2bc55917e5448f0"
"""It has a subtitle."""


def copy_sample(place: Path) -> Folder:
    """A copy of the sample corpus in a new folder."""
    for name in ("corpus", "schema", "annotations"):
        shutil.copytree(ROOT / name, place / name)
    shutil.copy(ROOT / "pyproject.toml", place)
    return Folder(place)


def build_sample(place: Path) -> Path:
    """Release 0.2.0 of a copy of the sample in a new folder."""
    corpus = Corpus.open(copy_sample(place).root)
    return build_release(corpus, load_contract(corpus.schema), "0.2.0", UNCHECKED)[1]


def edit_about(folder: Folder, path: str, article: str, change: Callable[[Json], object], number: int = 0) -> None:
    """Change a line about an article in place: the first, or the one of this number."""
    lines = [at for at, line in enumerate(folder.lines(path)) if article in (line.get("id"), line.get("article_id"))]
    folder.edit_line(path, lines[number], change)

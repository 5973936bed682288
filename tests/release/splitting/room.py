"""Corpora to split: articles of words that resemble each other as much as a test wants."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from tests.corpora import article

from kliping.project import Corpus

if TYPE_CHECKING:
    from pathlib import Path

    from kliping.records import Article, SplitName


def told(name: str, story: str, published: str | None = "2024-08-05", *, until: int = 100, since: int = 0) -> Article:
    """An article of the words of a story from one place to another; two with 83 of 100 words in common are near."""
    words = " ".join(f"{story}{number}" for number in range(since, until))
    return msgspec.structs.replace(article(name, f"Judul {name}", words), published=published)


def with_splits(root: Path, settings: str) -> Corpus:
    """The corpus with settings under `[tool.kliping.splits]`."""
    path = root / "pyproject.toml"
    path.write_text(f"{path.read_text().partition('[tool.kliping.splits]')[0]}[tool.kliping.splits]\n{settings}\n")
    return Corpus.open(root)


def splits_of(corpus: Corpus) -> dict[str, SplitName]:
    return {entry.id: entry.split for entry in corpus.splits()}

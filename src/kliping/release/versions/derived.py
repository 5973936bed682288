"""What a release folder holds of each article, read from its tables: the same lines that its build recorded."""

from __future__ import annotations

import hashlib
import heapq
from dataclasses import dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from pyarrow import parquet

from kliping.contract.tables import stance_classes
from kliping.errors import DataError
from kliping.release.tables.parquet import batches, row_digest, row_objects
from kliping.release.versions.held import Held, short

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from kliping.contract import Contract
    from kliping.release.manifest import Manifest
    from kliping.release.tables.annotated import Row

__all__ = ["derive_held", "read_titles"]


TITLE_ROWS = 64
"""Rows whose titles are read at a time."""


def derive_held(folder: Path, manifest: Manifest, contract: Contract) -> Iterator[Held]:
    """What is held of each article, in the order of the ids; of each table and split a few rows are held.

    Args:
        folder: a release that is as its manifest says.
        manifest: its manifest.
        contract: the contract it follows, from its own `schema/`.

    Raises:
        DataError: rows of a table are not in the order of the articles, or belong to none.
    """
    stances = stance_classes(contract)
    splits = [_split(folder, manifest, split, stances) for split in manifest.configs["articles"]]
    return heapq.merge(*splits, key=attrgetter("id"))


def read_titles(folder: Path, ids: frozenset[str]) -> dict[str, str]:
    """The titles of some articles of a release; those without one are left out."""
    found: dict[str, str] = {}
    for path in sorted((folder / "articles").glob("*.parquet")) if ids else ():
        with parquet.ParquetFile(path) as file:
            for batch in batches(file, TITLE_ROWS, ["id", "title"]):
                rows = zip(*batch.to_pydict().values(), strict=True)
                found |= {name: title for name, title in rows if name in ids and title}
    return found


def _split(folder: Path, manifest: Manifest, split: str, stances: tuple[str, ...]) -> Iterator[Held]:
    """The articles of one split, each joined with its rows of the other tables, which are in the same order."""
    others = {
        config: Ahead(f"{config}/{split}", _rows(folder, config, split))
        for config, parts in manifest.configs.items()
        if config != "articles" and split in parts
    }
    before = ""
    for row in _rows(folder, "articles", split):
        name = row["id"]
        if name <= before:
            raise DataError(f"{folder}/articles: {name} comes after {before}; get the release again")
        yield _held(row, split, {config: rows.of(name) for config, rows in others.items()}, stances)
        before = name
    for rows in others.values():
        if rows.next is not None:
            raise DataError(f"{folder}/{rows.place}: rows of {_article(rows.next)} are out of order or of no article")


@dataclass(slots=True)
class Ahead:
    """Rows of a table with the next one in sight."""

    place: str
    rows: Iterator[Row]
    next: Row | None = field(init=False)

    def __post_init__(self) -> None:
        self.next = next(self.rows, None)

    def of(self, name: str) -> list[Row]:
        """The rows of an article, which come next if there are any."""
        found = []
        while self.next is not None and _article(self.next) == name:
            found.append(self.next)
            self.next = next(self.rows, None)
        return found


def _rows(folder: Path, config: str, split: str) -> Iterator[Row]:
    for path in sorted((folder / config).glob(f"{split}-*.parquet")):
        with parquet.ParquetFile(path) as file:
            yield from row_objects(file)


def _article(row: Row) -> str:
    return str(row.get("article_id") or row["id"])


def _held(row: Row, split: str, rows: Mapping[str, list[Row]], stances: tuple[str, ...]) -> Held:
    digests = {config: [row_digest(one) for one in found] for config, found in rows.items()}
    is_gold = row["annotation_status"] == "gold"
    mentions = [
        (one["start"], one["end"], one["label"]) for found in rows.get("entities", ()) for one in found["entities"]
    ]
    sides = [(_party(one, "target"), _party(one, "holder"), stances[one["stance"]]) for one in rows.get("stances", ())]
    made = zip(rows.get("annotations", ()), digests.get("annotations", ()), strict=True)
    return Held(
        id=row["id"],
        split=split,
        status=row["annotation_status"],
        text=row["text_sha256"][:16],
        article=short(row_digest(row)),
        entities=tuple(sorted(mentions)) if is_gold else None,
        stances=tuple(sorted(sides)) if is_gold else None,
        annotations={one["id"]: short(digest) for one, digest in made},
        rows={
            config: short(hashlib.sha256(b"".join(found)).digest())
            for config, found in digests.items()
            if found and config != "annotations"
        },
    )


def _party(row: Mapping[str, Any], side: str) -> str:
    if row[f"{side}_start"] is not None:
        return f"{row[f'{side}_start']}-{row[f'{side}_end']}"
    return str(row[f"{side}_name"] or row[f"{side}_kind"])

"""Level 6, leakage: near-duplicates by their texts, whatever the column `cluster` says.

Few articles are compared by their words; of many, only equal texts are known, in some bytes each.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from pyarrow import parquet

from kliping.check.names import Named, divided
from kliping.check.release.tables import READ_ERRORS, TableFile
from kliping.check.rules import Place, RuleList
from kliping.normaliser.run.near_duplicates import Clusters, links, shingles, sketch
from kliping.normaliser.run.resemblance import FEW
from kliping.release.splitting.split import SPLITS
from kliping.release.tables.parquet import batches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kliping.check.release.tables import Row
    from kliping.check.rules import Fault

__all__ = ["LEAK_RULES"]

BATCH_ROWS = 200

ArticleFiles: TypeAlias = Sequence[TableFile]
"""The readable files of the config `articles`."""

LEAK_RULES: RuleList[ArticleFiles] = RuleList()

_ORDER: dict[str, int] = {split: number for number, split in enumerate(SPLITS)}


class Body(NamedTuple):
    """An article's text without its title, and where it stands."""

    place: Place
    id: str
    split: str
    cluster: str
    words: str


@LEAK_RULES.also("E630")
def near_duplicates_have_one_split(files: ArticleFiles) -> Iterator[Fault]:
    """Two near-duplicates in two splits, each in a cluster of its own; of many articles, two equal texts."""
    try:
        count = sum(parquet.read_metadata(file.path).num_rows for file in files)
    except READ_ERRORS:
        return
    in_order = sorted(files, key=lambda file: _ORDER.get(file.split, 0))  # it is the test that leaks
    yield from _alike(in_order) if count <= FEW else _equal(in_order)


def _alike(files: ArticleFiles) -> Iterator[Fault]:
    bodies = list(_bodies(files))
    shingled = lru_cache(maxsize=512)(lambda at: shingles(bodies[at].words))
    sketches = [sketch(shingled(at)) for at in range(len(bodies))]
    for one, other, similarity in links(sketches, [True] * len(bodies), shingled, Clusters(len(bodies))):
        first, second = bodies[one], bodies[other]
        if first.split != second.split and first.cluster != second.cluster:
            message = f"{second.id} leaks into {second.split}: {first.id} in {first.split} at {first.place}"
            yield second.place, f"{message} is nearly the same, similarity {similarity:.2f}; release again"


def _equal(files: ArticleFiles) -> Iterator[Fault]:
    twice = divided(lambda: _texts(files))
    for place, name, split in _texts(files) if twice else ():
        first = twice.get(name)
        if first is not None and first.side != split:
            yield place, f"this text is in {first.side} at {first.place} too; release again"


def _texts(files: ArticleFiles) -> Iterator[Named]:
    return (Named(place, row["text_sha256"], file.split) for file, place, row in _rows(files, ["text_sha256"]))


def _bodies(files: ArticleFiles) -> Iterator[Body]:
    for file, place, row in _rows(files, ["id", "text", "blocks", "cluster"]):
        blocks = [one for one in row["blocks"] or () if one and one["type"] != "title"]
        words = "\n\n".join(row["text"][one["start"] : one["end"]] for one in blocks) or row["text"]
        yield Body(place, row["id"], file.split, row["cluster"], words)


def _rows(files: ArticleFiles, columns: list[str]) -> Iterator[tuple[TableFile, Place, Row]]:
    """Some columns of each row, as far as they can be read; one with a null is passed over, as another rule tells."""
    for file in files:
        number = 0
        try:
            with parquet.ParquetFile(file.path) as opened:
                for batch in batches(opened, BATCH_ROWS, columns):
                    for row in batch.to_pylist():
                        number += 1
                        if None not in row.values():
                            yield file, Place(file.place.path, number), row
        except READ_ERRORS:
            continue

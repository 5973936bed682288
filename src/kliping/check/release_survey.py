"""What must be known of all tables of a release before their rows pass: ids used twice, divided clusters, the order.

Only the columns with ids are read for it, and a few bytes a row are kept.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow.compute as pc
from pyarrow import parquet

from kliping.check.names import Named, divided, repeated
from kliping.check.release_tables import READ_ERRORS
from kliping.check.rules import Place, RuleList

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pyarrow as pa

    from kliping.check.release_tables import TableFile
    from kliping.check.rules import Fault

__all__ = ["ORDER_RULES", "Part", "Surveyed", "article_column", "survey_tables"]

BATCH_ROWS = 1_000


class Part(NamedTuple):
    """One split of one table."""

    config: str
    split: str


@dataclass(frozen=True, slots=True)
class Surveyed:
    """The tables of a release as a whole."""

    ids: Mapping[str, Mapping[str, Named]] = field(default_factory=dict)
    """By config: ids of rows that are there twice, each with its first place."""
    clusters: Mapping[str, Named] = field(default_factory=dict)
    """Clusters in more than one split, each with the first of its articles; `side` is the split."""
    unordered: Mapping[Part, Place] = field(default_factory=dict)
    """Where rows are not in the order of their articles' ids, with the first row that is not."""


ORDER_RULES: RuleList[Surveyed] = RuleList()


@ORDER_RULES("E614", "the rows of a config and split are in the order of their articles' ids")
def rows_are_in_order(surveyed: Surveyed) -> Iterator[Fault]:
    """Broken by rows that were shuffled or appended: what kliping writes of the same inputs is in one order."""
    for part, place in surveyed.unordered.items():
        yield place, f"{part.config}, {part.split}: the rows are not in the order of their articles; release again"


def article_column(config: str) -> str:
    """The column with the article's id."""
    return "id" if config in ("articles", "entities") else "article_id"


def survey_tables(parts: Mapping[Part, Sequence[TableFile]]) -> Surveyed:
    """Read the columns with ids, and of articles their clusters."""
    configs = {part.config for part in parts if article_column(part.config) != "id"}
    unordered = {part: _first_out_of_order(files) for part, files in parts.items()}
    articles = [file for part, files in parts.items() if part.config == "articles" for file in files]
    return Surveyed(
        ids={config: repeated(lambda at=config: _ids(parts, at)) for config in sorted(configs)},  # type: ignore[misc]
        clusters=divided(lambda: _clusters(articles)),
        unordered={part: place for part, place in unordered.items() if place is not None},
    )


def _ids(parts: Mapping[Part, Sequence[TableFile]], config: str) -> Iterator[Named]:
    """The ids of a config's rows, but those whose form ties them to their article: `ARTICLE:REST`."""
    for part, files in parts.items():
        for file in files if part.config == config else ():
            for number, batch in _columns(file, ["id", article_column(config)]):
                for row, (name, article) in enumerate(
                    zip(*(column.to_pylist() for column in batch.columns), strict=True)
                ):
                    if name is not None and str(name).rpartition(":")[0] != article:
                        yield Named(Place(file.place.path, number + row), str(name), part.split)


def _clusters(files: Sequence[TableFile]) -> Iterator[Named]:
    for file in files:
        for number, batch in _columns(file, ["cluster"]):
            for row, name in enumerate(batch.column("cluster").to_pylist()):
                if name is not None:
                    yield Named(Place(file.place.path, number + row), str(name), file.split)


def _first_out_of_order(files: Sequence[TableFile]) -> Place | None:
    """The first row that stands after one of a later article; a row without an article is passed over."""
    last: str | None = None
    for file in files:
        for number, batch in _columns(file, [article_column(file.config)]):
            names = batch.column(0)
            kept = names.drop_null()
            if not len(kept):
                continue
            if last is not None and kept[0].as_py() < last:
                return Place(file.place.path, number + _nth(names, 0))
            behind = pc.less(kept[1:], kept[:-1])
            if pc.any(behind).as_py():
                return Place(file.place.path, number + _nth(names, behind.to_pylist().index(True) + 1))
            last = kept[-1].as_py()
    return None


def _nth(names: pa.Array[Any], at: int) -> int:
    """Where the value stands that is at some place among those that are not null."""
    return [row for row, name in enumerate(names.to_pylist()) if name is not None][at]


def _columns(file: TableFile, columns: list[str]) -> Iterator[tuple[int, pa.RecordBatch]]:
    """Some columns of a file in batches, each with the number of its first row, from 1, as far as they can be read."""
    number = 1
    try:
        with parquet.ParquetFile(file.path) as opened:
            for batch in opened.iter_batches(BATCH_ROWS, columns=columns):
                yield number, batch.select(columns)
                number += batch.num_rows
    except READ_ERRORS:
        return  # the rows are read once more, and then it is told

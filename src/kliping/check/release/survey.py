"""What must be known of all tables of a release before their rows pass: ids used twice, divided clusters, the order.

Only the columns with ids are read for it, and a few bytes a row are kept.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from pyarrow import parquet

from kliping.check.names import Named, divided, repeated
from kliping.check.release.tables import READ_ERRORS
from kliping.check.rules import Example, Place, RuleList
from kliping.release.tables.parquet import batches

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kliping.check.release.tables import TableFile
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


@ORDER_RULES(
    "E614",
    "the rows of a config and split are in the order of their articles' ids",
    mend="Release again.",
    example=Example("articles", "rows in the order of their ids", "the same rows, turned around"),
)
def rows_are_in_order(surveyed: Surveyed) -> Iterator[Fault]:
    """Kliping writes rows in one order, by which releases are compared, and checked in little memory.

    Rows in another order were shuffled or appended by something else.
    """
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
    files = (file for part, files in parts.items() if part.config == config for file in files)
    for file in files:
        for place, (name, article) in _values(file, ["id", article_column(config)]):
            if name is not None and name.rpartition(":")[0] != article:
                yield Named(place, name, file.split)


def _clusters(files: Sequence[TableFile]) -> Iterator[Named]:
    for file in files:
        yield from (Named(place, name, file.split) for place, (name,) in _values(file, ["cluster"]) if name is not None)


def _first_out_of_order(files: Sequence[TableFile]) -> Place | None:
    """The first row that stands after one of a later article; a row without an article is passed over."""
    last = ""
    for file in files:
        for place, (name,) in _values(file, [article_column(file.config)]):
            if name is not None and name < last:
                return place
            last = last if name is None else name
    return None


def _values(file: TableFile, columns: list[str]) -> Iterator[tuple[Place, tuple[str | None, ...]]]:
    """Some columns of text of a file, row by row, as far as they can be read."""
    number = 0
    try:
        with parquet.ParquetFile(file.path) as opened:
            for batch in batches(opened, BATCH_ROWS, columns):
                for values in zip(*(batch.column(name).to_pylist() for name in columns), strict=True):
                    number += 1
                    yield Place(file.place.path, number), values
    except READ_ERRORS:
        return  # the rows are read once more, and then it is told

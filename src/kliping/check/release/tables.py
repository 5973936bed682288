"""Level 6, a release's Parquet files: there whole, and one schema for every file of a config.

`datasets` takes the schema of a config's first file and reads the others by it: a class order that differs would flip
labels without a word.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import pyarrow as pa
from pyarrow import parquet

from kliping.check.excerpts import brief
from kliping.check.release.shapes import has_nulls
from kliping.check.rules import Example, Place, RuleList
from kliping.contract.tables import arrow_schema
from kliping.release.manifest import MANIFEST
from kliping.release.tables.parquet import ContentDigest, batches

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kliping.check.release.files import Opened
    from kliping.check.release.shapes import Shape
    from kliping.check.rules import Fault
    from kliping.contract import Contract

__all__ = [
    "FILE_RULES",
    "PART_RULES",
    "READ_ERRORS",
    "PartSeen",
    "Row",
    "TableFile",
    "Tables",
    "rows_of",
    "table_files",
]

Row: TypeAlias = dict[str, Any]
"""A row of a table as Python values."""

BATCH_ROWS = 200
ROWS_AT_ONCE = 20
"""As Python values: the tokens of an article are many."""

READ_ERRORS = (pa.ArrowException, OSError, ValueError)


@dataclass(slots=True)
class TableFile:
    """A Parquet file of a release; `fault` says why it cannot be read."""

    path: Path
    place: Place
    config: str
    split: str
    expected: pa.Schema
    found: pa.Schema | None = None
    fault: str | None = None

    @property
    def is_readable(self) -> bool:
        """Whether its rows are those of its table."""
        return self.fault is None and self.found is not None and self.found.equals(self.expected)


@dataclass(slots=True)
class Tables:
    """Rows counted and hashed while they pass, by config and split."""

    rows: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))
    digests: dict[tuple[str, str], ContentDigest] = field(default_factory=lambda: defaultdict(ContentDigest))


class PartSeen(NamedTuple):
    """A release, and what its tables held."""

    opened: Opened
    tables: Tables


FILE_RULES: RuleList[TableFile] = RuleList()
PART_RULES: RuleList[PartSeen] = RuleList()


def table_files(folder: Path, contract: Contract, config: str) -> Iterator[TableFile]:
    """The Parquet files of a config, in the order of their names, their schemas read."""
    expected = arrow_schema(contract, config)
    for path in sorted((folder / config).glob("*.parquet")):
        place = Place(path.relative_to(folder).as_posix())
        file = TableFile(path, place, config, path.name.partition("-")[0], expected)
        try:
            file.found = parquet.read_schema(path)
        except READ_ERRORS as error:
            file.fault = str(error).splitlines()[0]
        yield file


def rows_of(file: TableFile, tables: Tables, shape: Shape) -> Iterator[tuple[Place, Row, Shape]]:
    """The rows of a file, a few at a time; a row's place counts from 1. Where reading fails, `file.fault` says why.

    Args:
        file: one that is readable.
        tables: where the rows are counted and hashed.
        shape: what may not be null; comes with each row that has to be looked at for it.
    """
    part = (file.config, file.split)
    number = 0
    try:
        with parquet.ParquetFile(file.path) as opened:
            for batch in batches(opened, BATCH_ROWS):
                looked_for = shape if has_nulls(batch, shape) else {}
                for start in range(0, batch.num_rows, ROWS_AT_ONCE):
                    for row in batch.slice(start, ROWS_AT_ONCE).to_pylist():
                        number += 1
                        tables.rows[part] += 1
                        tables.digests[part].add(row)
                        yield Place(file.place.path, number), row, looked_for
    except READ_ERRORS as error:
        file.fault = f"after row {number}: {str(error).splitlines()[0]}"


@FILE_RULES(
    "E611",
    "a Parquet file can be read",
    mend="Get the file again from where the release was published.",
    example=Example("articles", "a whole file", "a file that is cut short"),
)
def parquet_is_whole(file: TableFile) -> Iterator[Fault]:
    """A file that is cut or damaged loses rows, and readers differ in whether they notice."""
    if file.fault is not None:
        yield file.place, f"cannot be read as Parquet: {file.fault}; get the release again"


@FILE_RULES(
    "E612",
    "every file of a config has the schema that the contract gives, class names included",
    mend="Release again; to change columns or class names, change schema/corpus.schema.json first.",
    example=Example(
        "stances",
        "class names as the contract has them: against, none, favor",
        "another order in one file: favor, none, against",
    ),
)
def schema_is_derived(file: TableFile) -> Iterator[Fault]:
    """`datasets` reads the files of a config by the schema of the first.

    Columns of other types do not load; class names in another order load without a word, and what reads as against
    was favor.
    """
    if file.found is None:
        return
    if not file.found.equals(file.expected):
        found, expected = set(map(str, file.found)), set(map(str, file.expected))
        differs = ", ".join(sorted(found ^ expected)) or "the order of the columns"
        yield file.place, f"its columns are not those of schema/: {differs}; release again"
    if more := sorted((file.found.metadata or {}).keys() - (file.expected.metadata or {}).keys()):
        names = ", ".join(name.decode("utf-8", "replace") for name in more)
        yield file.place, f"holds what no table of ours does beside its rows: {brief(names)}; release again"
    if (file.found.metadata or {}).get(b"huggingface") != (file.expected.metadata or {}).get(b"huggingface"):
        yield file.place, "its features or class names are not those of schema/; labels would flip: release again"


@PART_RULES(
    "E613",
    "every config and split has the rows that the manifest counts, with that content",
    mend="Get the release again; to change rows, change the corpus and release a new version.",
    example=Example("articles", '"publisher": "Kabar Selawara"', '"publisher": "Kabar"'),
)
def rows_are_as_counted(seen: PartSeen) -> Iterator[Fault]:
    """Rows that were lost, doubled or changed since the release give other results under the same name and version."""
    if seen.opened.manifest is None:
        return
    listed = {
        (name, split): part for name, parts in seen.opened.manifest.configs.items() for split, part in parts.items()
    }
    for name, split in sorted(listed.keys() | seen.tables.rows.keys()):
        rows, part = seen.tables.rows.get((name, split), 0), listed.get((name, split))
        if part is None or part.rows != rows:
            says = "nothing" if part is None else f"{part.rows} rows"
            yield Place(MANIFEST), f"{name}, {split}: {rows} rows where it says {says}; get the release again"
        elif seen.tables.digests[name, split].hexdigest() != part.content_sha256:
            yield Place(MANIFEST), f"{name}, {split}: the rows are not those it names; get the release again"


@PART_RULES(
    "E615",
    "the name of a table's file has the first digits of its content's digest",
    mend="Release again: kliping names the files.",
    example=Example("articles", '"title": "Sanggar Ülgar Terancam', '"title": "Sanggar Terancam'),
)
def files_are_named_for_their_content(seen: PartSeen) -> Iterator[Fault]:
    """`datasets` keys its cache by the names of files.

    Rows that were replaced under an old name are never seen by who loaded the old ones.
    """
    for (name, split), digest in sorted(seen.tables.digests.items()):
        ending = f"-{digest.hexdigest()[:8]}.parquet"
        for path in sorted((seen.opened.folder / name).glob(f"{split}-*.parquet")):
            if not path.name.endswith(ending):
                yield Place(f"{name}/{path.name}"), f"its rows want a name that ends in {ending}; release again"

"""Parquet files whose schema is not the contract's: columns, types, class names."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyarrow as pa
from pyarrow import parquet
from tests.mutations.mutation import MutationList
from tests.mutations.sealing import change_table, edit_head, reseal
from tests.release.breaking import table_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.check.release.altering import Row

__all__ = ["TABLES"]

TABLES: MutationList[Path] = MutationList("release")

SPLITS = ("train", "validation", "test")
TURNED = ('"against", "none", "favor"', '"favor", "none", "against"')


def renamed(old: str, new: str) -> Callable[[pa.Table], pa.Table]:
    """Other class names in a file, its numbers left."""

    def change(table: pa.Table) -> pa.Table:
        told = (table.schema.metadata or {})[b"huggingface"].decode()
        assert old in told
        return table.replace_schema_metadata({"huggingface": told.replace(old, new)})

    return change


def cast(column: str, kind: pa.DataType, *, nullable: bool = True) -> Callable[[pa.Table], pa.Table]:
    """Another type of a column."""

    def change(table: pa.Table) -> pa.Table:
        at = table.schema.get_field_index(column)
        return table.cast(table.schema.set(at, pa.field(column, kind, nullable=nullable)))

    return change


def turn_scheme(folder: Path, name: str, order: list[str]) -> None:
    """Put a list of the scheme into another order."""
    path = folder / "schema/corpus.schema.json"
    held = json.loads(path.read_bytes())
    held["$defs"][name]["oneOf"].sort(key=lambda one: order.index(one["const"]))
    path.write_text(json.dumps(held, ensure_ascii=False, indent=2))


def turn_card(head: Row) -> None:
    """Put the stances of the card's features into another order."""
    for info in head["dataset_info"]:
        for feature in info["features"]:
            if feature["name"] == "stance":
                feature["dtype"]["class_label"]["names"] = {"0": "favor", "1": "none", "2": "against"}


@TABLES("label order changed in one split", "E612")
def turned_in_one_split(folder: Path) -> None:
    change_table(folder, "stances", ["test"], renamed(*TURNED))


@TABLES("a label renamed in one split", "E612")
def renamed_in_one_split(folder: Path) -> None:
    change_table(folder, "entities", ["train"], renamed("B-PLACE", "B-LOCATION"))


@TABLES("label order changed in all files, card and schema left", "E612")
def turned_in_all_files(folder: Path) -> None:
    change_table(folder, "stances", SPLITS, renamed(*TURNED))


@TABLES("class numbers permuted in all files, in the card and in the schema", "E672", "E640 E649")
def turned_everywhere(folder: Path) -> None:
    turn_scheme(folder, "stance", ["favor", "none", "against"])
    change_table(folder, "stances", SPLITS, renamed(*TURNED))
    edit_head(folder, turn_card)


@TABLES("class numbers as int32", "E612", "E634 E674")
def narrow(folder: Path) -> None:
    change_table(folder, "stances", SPLITS, cast("stance", pa.int32()))


@TABLES("class numbers as int8", "E612", "E634 E674")
def narrower(folder: Path) -> None:
    change_table(folder, "stances", SPLITS, cast("stance", pa.int8()))


@TABLES("a class column that is not nullable", "E612", "E634 E674")
def required(folder: Path) -> None:
    change_table(folder, "stances", SPLITS, cast("stance", pa.int64(), nullable=False))


@TABLES("offsets as int32", "E612", "E634 E674")
def narrow_offsets(folder: Path) -> None:
    change_table(folder, "stances", ["train"], cast("target_start", pa.int32()))


@TABLES("texts as large strings, as polars writes them", "E612", "E627 E629 E634")
def large_strings(folder: Path) -> None:
    change_table(folder, "articles", ["train"], cast("text", pa.large_string()))


@TABLES("a table written again by pandas", "E612", "E634 E674")
def through_pandas(folder: Path) -> None:
    change_table(folder, "stances", ["train"], lambda table: pa.Table.from_pandas(table.to_pandas()))


@TABLES("a table that names the machine it was written on", "E612")
def with_a_host(folder: Path) -> None:
    def change(table: pa.Table) -> pa.Table:
        return table.replace_schema_metadata({**table.schema.metadata, b"written": b"harbour-pc"})

    change_table(folder, "stances", ["train"], change)


@TABLES("a table without the names of its classes", "E612")
def nameless(folder: Path) -> None:
    change_table(folder, "stances", SPLITS, lambda table: table.replace_schema_metadata(None))


@TABLES("a column more", "E612", "E627 E629 E634")
def extra_column(folder: Path) -> None:
    change_table(
        folder, "articles", SPLITS, lambda table: table.append_column("topic", pa.array(["news"] * table.num_rows))
    )


@TABLES("a column left out", "E612", "E627 E629 E634")
def no_column(folder: Path) -> None:
    change_table(folder, "articles", SPLITS, lambda table: table.drop_columns(["licence"]))


@TABLES("a column renamed", "E612", "E629 E634 E674 E678")
def renamed_column(folder: Path) -> None:
    change_table(
        folder,
        "entities",
        SPLITS,
        lambda table: table.rename_columns([name.replace("ner_tags", "tags") for name in table.schema.names]),
    )


@TABLES("columns in another order", "E612", "E634 E674")
def other_columns(folder: Path) -> None:
    change_table(folder, "stances", ["train"], lambda table: table.select(table.schema.names[::-1]))


@TABLES("a list that is empty in all of a split, typed as null", "E612", "E627 E629 E634")
def null_list(folder: Path) -> None:
    def change(table: pa.Table) -> pa.Table:
        at = table.schema.get_field_index("topics")
        empty = pa.array([[]] * table.num_rows, pa.list_(pa.null()))
        return table.set_column(at, pa.field("topics", empty.type), empty)

    change_table(folder, "articles", ["test"], change)


@TABLES("times as timestamps, which lose their offset from UTC", "E612", "E634 E665 E674 E677 E679")
def timestamps(folder: Path) -> None:
    def change(table: pa.Table) -> pa.Table:
        at = table.schema.get_field_index("created")
        return table.set_column(at, "created", table["created"].cast(pa.timestamp("us", "UTC")))

    change_table(folder, "annotations", ["train"], change)


@TABLES("the table of another config", "E612", "E634 E674")
def other_config(folder: Path) -> None:
    parquet.write_table(
        parquet.read_table(table_file(folder, "articles", "test")), table_file(folder, "stances", "test")
    )
    reseal(folder)

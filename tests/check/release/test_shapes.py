"""Which parts of a row may not be null follows from the contract."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from kliping.check.release.shapes import Shape, has_nulls, nulls, row_shape
from kliping.contract import load_contract

CONTRACT = load_contract(Path(__file__).parents[3] / "schema")


def test_what_the_schema_lets_be_null_is_not_in_the_shape() -> None:
    shape = row_shape(CONTRACT, "articles")

    assert {"id", "text", "blocks", "annotation_status"} <= shape.keys()
    assert shape.keys().isdisjoint({"title", "dateline", "published", "extra", "metadata"})


def test_a_list_stands_for_its_items() -> None:
    shape = row_shape(CONTRACT, "entities")

    assert sorted(shape["entities"]) == ["end", "id", "label", "origin", "start", "text", "unsure"]


def test_nulls_are_named_by_their_place() -> None:
    row = {"id": None, "entities": [{"start": 0, "text": None}]}

    assert list(nulls(row, {"id": {}, "entities": {"start": {}, "text": {}}})) == ["id", "entities/text"]


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ({"id": "a", "note": None, "entities": [{"start": 0, "ref": None}]}, False),
        ({"id": None, "note": "x", "entities": []}, True),
        ({"id": "a", "note": "x", "entities": None}, True),
        ({"id": "a", "note": "x", "entities": [{"start": 0, "ref": "x"}, {"start": None, "ref": "x"}]}, True),
    ],
)
def test_a_batch_is_looked_at_only_where_something_is_null(row: dict[str, object], found: bool) -> None:
    kind = pa.list_(pa.struct([("start", pa.int64()), ("ref", pa.string())]))
    schema = pa.schema([("id", pa.string()), ("note", pa.string()), ("entities", kind)])
    good = {"id": "b", "note": None, "entities": [{"start": 1, "ref": None}]}
    batch = pa.RecordBatch.from_pylist([good, row], schema)
    shape: Shape = {"id": {}, "entities": {"start": {}}}

    assert has_nulls(batch, shape) is found
    assert any(any(nulls(one, shape)) for one in batch.to_pylist()) is found

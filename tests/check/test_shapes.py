"""Which parts of a row may not be null follows from the contract."""

from __future__ import annotations

from pathlib import Path

from kliping.check.shapes import nulls, row_shape
from kliping.contract import load_contract

CONTRACT = load_contract(Path(__file__).parents[2] / "schema")


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

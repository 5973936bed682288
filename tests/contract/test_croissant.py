"""The record sets that the contract gives: a field a column, classes with their names, and what cannot be told."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kliping.contract import load_contract
from kliping.contract.croissant import left_out, record_sets, split_pattern
from kliping.contract.tables import columns, table_names

if TYPE_CHECKING:
    from collections.abc import Iterator

SCHEMA = Path(__file__).parents[2] / "schema"
CONTRACT = load_contract(SCHEMA)
SPLITS = dict.fromkeys(table_names(CONTRACT), ("train", "test"))

STAFF = {"type": "array", "items": {"type": "object", "properties": {"name": {"type": "string"}}}}
METADATA = {
    "desk": {"type": "object", "description": "D.", "properties": {"head": {"type": "string"}, "staff": STAFF}},
    "pages": {"type": "array", "description": "P.", "items": {"type": "array", "items": {"type": "integer"}}},
    "print run": {"type": "integer", "description": "R."},
}


def by_id(record_set: str, contract: Any = CONTRACT) -> dict[str, Any]:
    (found,) = [one for one in record_sets(contract, SPLITS) if one["@id"] == record_set]
    return dict(found)


def fields(record_set: str, contract: Any = CONTRACT) -> dict[str, Any]:
    return {field["name"]: field for field in by_id(record_set, contract)["field"]}


def nodes(value: object) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from nodes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from nodes(inner)


def with_metadata(folder: Path) -> Any:
    shutil.copytree(SCHEMA, folder)
    own = folder / "corpus.schema.json"
    document = json.loads(own.read_bytes())
    document["$defs"]["metadata"]["properties"] = METADATA
    own.write_text(json.dumps(document))
    return load_contract(folder)


@pytest.mark.parametrize("table", table_names(CONTRACT))
def test_every_column_is_a_field_and_none_is_left_out(table: str) -> None:
    assert list(fields(table)) == ["split", *columns(CONTRACT, table)]
    assert left_out(CONTRACT, table) == ()


def test_a_list_of_structs_has_a_sub_field_a_leaf_named_by_its_path() -> None:
    stances = fields("annotations")["stances"]
    assert (stances["isArray"], stances["arrayShape"]) == (True, "-1")
    assert [(one["name"], one["source"]["transform"]["jsonPath"]) for one in stances["subField"]] == [
        ("id", "$.id"),
        ("stance", "$.stance"),
        ("target.kind", "$.target.kind"),
        ("target.mention", "$.target.mention"),
        ("target.name", "$.target.name"),
        ("holder.kind", "$.holder.kind"),
        ("holder.mention", "$.holder.mention"),
        ("holder.name", "$.holder.name"),
    ]


def test_class_columns_lead_to_their_names_in_the_order_of_the_scheme() -> None:
    assert fields("stances")["stance"]["annotation"]["references"] == {"field": {"@id": "stance_enum/number"}}
    assert fields("entities")["ner_tags"]["annotation"]["references"] == {"field": {"@id": "ner_tag_enum/number"}}
    assert [(one["stance_enum/number"], one["stance_enum/name"]) for one in by_id("stance_enum")["data"]] == [
        (0, "against"),
        (1, "none"),
        (2, "favor"),
    ]
    assert by_id("ner_tag_enum")["data"][:3] == [
        {"ner_tag_enum/number": 0, "ner_tag_enum/name": "O"},
        {"ner_tag_enum/number": 1, "ner_tag_enum/name": "B-PERSON"},
        {"ner_tag_enum/number": 2, "ner_tag_enum/name": "I-PERSON"},
    ]


def test_constants_in_structs_lead_to_the_list_that_has_them() -> None:
    found = {
        one["name"]: one["references"]["field"]["@id"]
        for column in ("entities", "stances")
        for one in fields("annotations")[column]["subField"]
        if "references" in one
    }
    assert found == {"label": "entity_label_enum/name", "stance": "stance_enum/name", "target.name": "target_enum/name"}


def test_identifiers_are_used_once_and_every_reference_leads_somewhere() -> None:
    found = list(nodes(record_sets(CONTRACT, SPLITS)))
    named = [one["@id"] for one in found if "@id" in one and "@type" in one]
    assert len(named) == len(set(named))
    assert {one["references"]["field"]["@id"] for one in found if "references" in one} <= set(named)


def test_only_configs_and_splits_that_are_there_are_told() -> None:
    found = record_sets(CONTRACT, {"articles": ("validation",)})
    assert [one["@id"] for one in found if not one["@id"].endswith("_enum")] == ["articles"]
    assert found[0]["data"] == [{"split_enum/name": "validation", "split_enum/url": "cr:ValidationSplit"}]


def test_the_pattern_of_splits_takes_nothing_else() -> None:
    assert split_pattern("stances", ("train", "test")) == r"^(?:stances/)?(train|test)(?:-.+\.parquet)?$"


def test_a_list_of_structs_in_a_struct_is_left_out_and_said(tmp_path: Path) -> None:
    contract = with_metadata(tmp_path / "schema")
    assert left_out(contract, "articles") == ("metadata.desk.staff",)
    assert by_id("articles", contract)["description"].endswith(
        "Left out, since Croissant cannot express a list of structs there: metadata.desk.staff."
    )
    parts = fields("articles", contract)["metadata"]["subField"]
    assert [(one["@id"], one["source"]["transform"]["jsonPath"], one.get("arrayShape")) for one in parts] == [
        ("articles/metadata/desk/head", "$.desk.head", None),
        ("articles/metadata/pages", "$.pages", "-1,-1"),
        ("articles/metadata/print%20run", "$['print run']", None),
    ]

"""The records mirror the contract: the same fields, in the same order."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kliping import records
from kliping.contract import CORE_FILES, core_schema
from kliping.records import Count, Finding, Receipt, Record

SCHEMAS = {name: json.loads(core_schema(name)) for name in CORE_FILES}
ARTICLE, ANNOTATION = SCHEMAS["article.schema.json"], SCHEMAS["annotation.schema.json"]

DEFINITIONS: list[tuple[type[Record], dict[str, object]]] = [
    (records.Article, ARTICLE),
    (records.Block, ARTICLE["$defs"]["block"]),
    (records.Dateline, ARTICLE["$defs"]["dateline"]),
    (records.Figure, ARTICLE["$defs"]["figure"]),
    (records.Related, ARTICLE["$defs"]["related"]),
    (records.Removed, ARTICLE["$defs"]["removed"]),
    (records.Source, ARTICLE["$defs"]["source"]),
    (records.Normaliser, ARTICLE["$defs"]["normaliser"]),
    (records.SourceEntry, ARTICLE["$defs"]["source_entry"]),
    (records.Rejection, ARTICLE["$defs"]["rejection"]),
    (records.SplitEntry, ARTICLE["$defs"]["split_entry"]),
    (records.Annotation, ANNOTATION),
    (records.Entity, ANNOTATION["$defs"]["entity"]),
    (records.Target, ANNOTATION["$defs"]["target"]),
    (records.Holder, ANNOTATION["$defs"]["holder"]),
    (records.Stance, ANNOTATION["$defs"]["stance"]),
    (records.Studio, ANNOTATION["$defs"]["studio"]),
    (records.Lost, ANNOTATION["$defs"]["lost"]),
    (records.Carried, ANNOTATION["$defs"]["carried"]),
    (records.Prediction, ANNOTATION["$defs"]["prediction"]),
    (records.Assignment, ANNOTATION["$defs"]["assignment"]),
    (records.Relabelling, ANNOTATION["$defs"]["relabelling"]),
    (records.Quarantined, ANNOTATION["$defs"]["quarantined"]),
    (records.Span, ANNOTATION["$defs"]["span"]),
    (records.Party, ANNOTATION["$defs"]["party"]),
    (records.Stated, ANNOTATION["$defs"]["stated"]),
    (records.Decision, ANNOTATION["$defs"]["decision"]),
    (records.Gold, ANNOTATION["$defs"]["gold"]),
]


@pytest.mark.parametrize(("record", "definition"), DEFINITIONS, ids=lambda value: getattr(value, "__name__", ""))
def test_a_record_has_the_fields_of_its_definition_in_order(
    record: type[Record], definition: dict[str, object]
) -> None:
    properties = definition["properties"]
    assert isinstance(properties, dict)
    assert list(record.__struct_fields__) == list(properties)
    assert definition["required"] == list(properties)
    assert definition["additionalProperties"] is False


@pytest.mark.parametrize("schema", SCHEMAS.values(), ids=SCHEMAS)
def test_every_field_of_the_core_is_described(schema: dict[str, object]) -> None:
    undescribed = list(_undescribed(schema, schema, "#"))
    assert undescribed == []


def _undescribed(node: object, schema: dict[str, object], place: str) -> list[str]:
    if not isinstance(node, dict):
        return []
    found = []
    for name, child in node.get("properties", {}).items() if isinstance(node.get("properties"), dict) else ():
        if "description" not in child and "$ref" not in child:
            found.append(f"{place}/{name}")
        found += _undescribed(child, schema, f"{place}/{name}")
    for name, child in node.get("$defs", {}).items():
        found += [] if "description" in child else [f"{place}/$defs/{name}"]
        found += _undescribed(child, schema, f"{place}/$defs/{name}")
    return found


def test_a_receipt_adds_up_only_where_nothing_is_missing() -> None:
    assert Receipt(step="pull", counts=(Count(what="regions", taken=5, kept=4, set_aside=1),), changes=1).adds_up
    assert not Receipt(step="pull", counts=(Count(what="regions", taken=5, kept=4),), changes=1).adds_up


def test_a_finding_names_its_place_first() -> None:
    assert str(Finding(code="E301", path="corpus/a.jsonl", line=3, message="no such article; pull again")) == (
        "corpus/a.jsonl:3: E301 no such article; pull again"
    )
    assert str(Finding(code="E101", path="README.md", line=None, message="missing")) == "README.md: E101 missing"


def test_the_repository_has_one_copy_of_the_core() -> None:
    checkout = Path(__file__).parents[1]
    assert not list((checkout / "src").rglob("article.schema.json"))
    for name in CORE_FILES:
        assert core_schema(name) == (checkout / "schema" / name).read_bytes()

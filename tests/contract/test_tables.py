"""What is derived for a release: Arrow schemas and features that `datasets` agrees with."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pyarrow as pa
import pytest

from kliping.contract import load_contract
from kliping.contract.tables import arrow_schema, class_names, features, table_names

SCHEMA = Path(__file__).parents[2] / "schema"
CONTRACT = load_contract(SCHEMA)


def test_the_first_table_is_articles() -> None:
    assert table_names(CONTRACT) == ("articles", "entities", "stances", "annotations", "soft_labels")


@pytest.mark.parametrize("table", table_names(CONTRACT))
def test_the_features_are_those_of_the_datasets_library(table: str) -> None:
    datasets = pytest.importorskip("datasets", reason="needs the extra `load`")
    ours = arrow_schema(CONTRACT, table)
    theirs = datasets.Features.from_dict(features(CONTRACT, table))
    assert theirs.arrow_schema.equals(ours)
    assert ours.metadata is not None
    assert json.loads(theirs.arrow_schema.metadata[b"huggingface"]) == json.loads(ours.metadata[b"huggingface"])


def test_classes_are_named_in_the_order_of_the_scheme() -> None:
    assert class_names(CONTRACT, "stances") == {"stance": ("against", "none", "favor")}
    assert class_names(CONTRACT, "entities")["ner_tags"][:5] == (
        "O", "B-PERSON", "I-PERSON", "B-ORGANISATION", "I-ORGANISATION",
    )  # fmt: skip
    assert class_names(CONTRACT, "articles") == {}


def test_class_columns_are_nullable_int64_or_datasets_drops_their_names() -> None:
    field = arrow_schema(CONTRACT, "stances").field("stance")
    assert (field.type, field.nullable) == (pa.int64(), True)


def test_a_new_label_and_a_new_field_flow_into_the_tables(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SCHEMA, tmp_path / "schema"))
    path = folder / "corpus.schema.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    document["$defs"]["entity_label"]["oneOf"].append(
        {"const": "DISASTER", "title": "Disaster", "description": "A flood or the like.", "x-kliping": {}}
    )
    document["$defs"]["metadata"]["properties"]["edition"] = {"type": "integer", "description": "Which edition."}
    path.write_text(json.dumps(document), encoding="utf-8")
    contract = load_contract(folder)
    assert class_names(contract, "entities")["ner_tags"][-2:] == ("B-DISASTER", "I-DISASTER")
    assert arrow_schema(contract, "articles").field("metadata").type == pa.struct([pa.field("edition", pa.int64())])
    assert "metadata" not in arrow_schema(CONTRACT, "articles").names

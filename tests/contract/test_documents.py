"""The contract loads whole, or all its faults are told at once."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kliping.contract import load_contract
from kliping.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Callable

SCHEMA = Path(__file__).parents[2] / "schema"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SCHEMA, tmp_path / "schema"))


def edit(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
    path = folder / "corpus.schema.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    change(document)
    path.write_text(json.dumps(document), encoding="utf-8")


def test_labels_come_in_the_order_of_the_schema() -> None:
    scheme = load_contract(SCHEMA).scheme
    assert [label.const for label in scheme.entity_labels] == ["PERSON", "ORGANISATION", "PLACE", "EVENT", "POLICY"]
    assert [label.const for label in scheme.stances] == ["against", "none", "favor"]
    assert scheme.entity_labels[0].title_in("id-ID") == "Orang"
    assert scheme.entity_labels[0].title_in("fr") == "Person"


def test_missing_and_broken_files_are_all_told(folder: Path) -> None:
    (folder / "article.schema.json").unlink()
    (folder / "release.schema.json").write_text("{")
    (folder / "annotation.schema.json").write_text("[]")
    with pytest.raises(DataError) as caught:
        load_contract(folder)
    lines = str(caught.value).splitlines()
    assert ["missing" in lines[0], "not a schema" in lines[1], "not JSON" in lines[2]] == [True, True, True]


def misspell(document: dict[str, Any]) -> None:
    document["$defs"]["stance"]["oneOf"][0]["x-kliping"]["colur"] = "#000000"


def undescribed(document: dict[str, Any]) -> None:
    del document["$defs"]["entity_label"]["oneOf"][0]["description"]


def twice(document: dict[str, Any]) -> None:
    labels = document["$defs"]["entity_label"]["oneOf"]
    labels.append({**labels[0], "x-kliping": {}})


def same_key(document: dict[str, Any]) -> None:
    document["$defs"]["stance"]["oneOf"][0]["x-kliping"]["key"] = "p"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (misspell, "'colur' was unexpected"),
        (undescribed, "'description' is a required property"),
        (twice, "'PERSON' is listed twice"),
        (same_key, "'against' has the hotkey 'p' of 'PERSON'"),
    ],
)
def test_a_fault_that_plain_json_schema_ignores_is_told(
    folder: Path, change: Callable[[dict[str, Any]], None], words: str
) -> None:
    edit(folder, change)
    with pytest.raises(DataError, match=words):
        load_contract(folder)


def test_what_takes_a_retired_labels_place_may_have_its_key(folder: Path) -> None:
    def rename(document: dict[str, Any]) -> None:
        labels = document["$defs"]["entity_label"]["oneOf"]
        labels.append({**labels[0], "const": "HUMAN"})
        labels[0]["deprecated"] = True

    edit(folder, rename)
    assert load_contract(folder).scheme.entity_labels[-1].key == "p"


def test_a_reference_that_leads_nowhere_is_told(folder: Path) -> None:
    path = folder / "release.schema.json"
    path.write_text(
        path.read_text(encoding="utf-8").replace("#/properties/title", "#/properties/titel"), encoding="utf-8"
    )
    with pytest.raises(DataError, match=r"release\.schema\.json: the reference '.*titel' leads nowhere"):
        load_contract(folder)

"""A good `croissant.json` gives no finding; each way of breaking it gives that of the rule that should catch it."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

from kliping.check.contract import open_contract
from kliping.check.release.croissant import CROISSANT_RULES, open_croissant
from kliping.check.release.files import Opened, open_manifest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Json: TypeAlias = dict[str, Any]


def found(folder: Path) -> list[tuple[str, str]]:
    contract, faults = open_contract(folder / "schema")
    seen = open_croissant(Opened(folder, open_manifest(folder), contract, faults))
    return [(finding.code, finding.message) for finding in CROISSANT_RULES.findings(seen)]


def edit(change: Callable[[Json], object]) -> Callable[[Path], None]:
    def change_file(folder: Path) -> None:
        path = folder / "croissant.json"
        document = json.loads(path.read_bytes())
        change(document)
        path.write_text(json.dumps(document))

    return change_file


def named(document: Json, key: str, identifier: str) -> Json:
    found: list[Json] = [one for one in document[key] if one["@id"] == identifier]
    return found[0]


def flip_classes(document: Json) -> None:
    data = named(document, "recordSet", "stance_enum")["data"]
    data[0]["stance_enum/name"], data[2]["stance_enum/name"] = "favor", "against"


def widen(document: Json) -> None:
    named(document, "distribution", "stances-files")["includes"] = "stances/*.parquet"


def drop(document: Json, key: str, identifier: str) -> None:
    document[key] = [one for one in document[key] if one["@id"] != identifier]


BREAKS: dict[str, tuple[str, Callable[[Path], object]]] = {
    "a release made before there was one": ("E641", lambda r: (r / "croissant.json").unlink()),
    "cut short": ("E641", lambda r: (r / "croissant.json").write_bytes(b'{"name":')),
    "no object": ("E641", lambda r: (r / "croissant.json").write_bytes(b"[]")),
    "another version": ("E642", edit(lambda d: d.update(version="0.2.0"))),
    "another name": ("E642", edit(lambda d: d.pop("name"))),
    "a wrong hash": ("E643", edit(lambda d: named(d, "distribution", "LICENSE").update(sha256="0" * 64))),
    "a wrong size": ("E643", edit(lambda d: named(d, "distribution", "LICENSE").update(contentSize="1 B"))),
    "another place": ("E643", edit(lambda d: named(d, "distribution", "LICENSE").update(contentUrl="/etc/hosts"))),
    "a file that is not named": ("E643", edit(lambda d: drop(d, "distribution", "README.md"))),
    "a file that is not there": ("E643", edit(lambda d: named(d, "distribution", "LICENSE").update({"@id": "other"}))),
    "a file twice": (
        "E643",
        edit(lambda d: d["distribution"].insert(0, d["distribution"][0] | {"contentUrl": "x"})),
    ),
    "another format": ("E643", edit(lambda d: named(d, "distribution", "LICENSE").update(encodingFormat="text/csv"))),
    "a file set of no config": (
        "E644",
        edit(lambda d: d["distribution"].append({"@type": "cr:FileSet", "@id": "all", "includes": "*"})),
    ),
    "no context": ("E646", edit(lambda d: d.pop("@context"))),
    "of no version of Croissant": ("E646", edit(lambda d: d.update(conformsTo=[]))),
    "no files": ("E643", edit(lambda d: d.pop("distribution"))),
    "a file set that takes more": ("E644", edit(widen)),
    "a config without a file set": ("E644", edit(lambda d: drop(d, "distribution", "stances-files"))),
    "classes in another order": ("E645", edit(flip_classes)),
    "a config without records": ("E645", edit(lambda d: drop(d, "recordSet", "stances"))),
    "records of nothing": ("E645", edit(lambda d: d["recordSet"].append({"@id": "other"}))),
    "no records": ("E645", edit(lambda d: d.update(recordSet=None))),
    "a field too few": ("E645", edit(lambda d: named(d, "recordSet", "articles")["field"].pop())),
}


def test_a_good_one_gives_no_finding(built: Path) -> None:
    assert found(built) == []


@pytest.mark.parametrize("way", BREAKS)
def test_each_way_of_breaking_it_is_found(release: Path, way: str) -> None:
    code, break_it = BREAKS[way]
    break_it(release)
    assert code in {one for one, _ in found(release)}


def test_the_sentence_says_what_is_wrong_and_what_to_do(release: Path) -> None:
    edit(lambda document: document.update(version="0.2.0"))(release)
    assert found(release) == [("E642", "version is '0.2.0' where the manifest has '0.1.0'; release again")]


def test_without_a_manifest_or_a_contract_the_other_rules_say_so(release: Path) -> None:
    (release / "manifest.json").unlink()
    shutil.rmtree(release / "schema")
    assert found(release) == []

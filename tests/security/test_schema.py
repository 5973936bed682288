"""A corpus's own schema may be anybody's: nothing that it names is fetched, and no pattern of it is waited for."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from tests.corpora import SCHEMA, article, write_corpus
from tests.security.test_server_answers import listening

from kliping.check import check_corpus
from kliping.contract import load_contract, violations
from kliping.contract.validation import _made
from kliping.errors import DataError
from kliping.project import Corpus

if TYPE_CHECKING:
    from pathlib import Path

    from kliping.contract import Contract

SLOW = "^(a|a)*$"
"""It takes twice as long with each further `a` before something else."""


def with_field(folder: Path, field: dict[str, Any]) -> Path:
    """A `schema/` whose articles may have a field of the corpus's own."""
    shutil.copytree(SCHEMA, folder, dirs_exist_ok=True)
    path = folder / "corpus.schema.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    document["$defs"]["metadata"]["properties"]["note"] = {"description": "A note.", **field}
    path.write_text(json.dumps(document), encoding="utf-8")
    return folder


def noted(contract: Contract, note: str) -> list[str]:
    """What is wrong with an article with a note."""
    line = json.loads(json.dumps({"metadata": {"note": note}}))
    return [fault for fault in violations(contract, "article", line) if fault.startswith("metadata")]


def test_a_pattern_that_takes_for_ever_is_given_up_and_told(tmp_path: Path) -> None:
    contract = load_contract(with_field(tmp_path, {"type": "string", "pattern": SLOW}))
    assert noted(contract, "aaa") == []
    for _ in range(50):
        (fault,) = noted(contract, "a" * 60 + "!")
        assert "takes too long" in fault


def test_the_check_of_a_corpus_with_such_a_pattern_ends(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path, [article("one", "Judul", "Isi berita.")])
    with_field(corpus.schema, {"type": "string", "pattern": SLOW})
    path = corpus.root / "corpus/articles/00000.jsonl"
    line = json.loads(path.read_bytes())
    line["metadata"] = {"note": "a" * 60 + "!"}
    path.write_text(json.dumps(line) + "\n", encoding="utf-8")
    assert any("takes too long" in one.message for one in check_corpus(Corpus.open(corpus.root)))


@pytest.mark.parametrize(
    "field", [{"pattern": "("}, {"pattern": "(?P<a>x)(?P<a>y)"}, {"patternProperties": {"^(a+)+$": {}}}]
)
def test_a_pattern_that_cannot_be_read_is_a_fault_of_the_schema(tmp_path: Path, field: dict[str, Any]) -> None:
    """Else the fast reader would refuse the schema, and no record would be held against it."""
    with pytest.raises(DataError, match=r"corpus\.schema\.json: .*pattern"):
        load_contract(with_field(tmp_path, {"type": "string", **field}))


@pytest.mark.parametrize("keyword", ["$ref", "$dynamicRef"])
def test_a_schema_elsewhere_is_not_fetched(tmp_path: Path, keyword: str) -> None:
    with listening() as (url, got):
        folder = with_field(tmp_path, {keyword: f"{url}/x.json"})
        with pytest.raises(DataError, match="leads nowhere"):
            load_contract(folder)
        assert got == []


def test_the_readers_themselves_fetch_nothing_and_open_no_file(tmp_path: Path) -> None:
    contract = load_contract(SCHEMA)
    (tmp_path / "other.json").write_text("{}")
    with listening() as (url, got):
        for place in (f"{url}/x.json", (tmp_path / "other.json").as_uri()):
            with pytest.raises(ValueError, match="none of the contract's documents"):
                _made(contract, {"$ref": place})
        assert got == []


def test_a_schema_that_refers_to_itself_without_end_is_told(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path, [article("one", "Judul", "Isi berita.")])
    with_field(corpus.schema, {"type": "string", "allOf": [{"$ref": "#/$defs/metadata/properties/note"}]})
    path = corpus.root / "corpus/articles/00000.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"metadata":{}', b'"metadata":{"note":7}'))
    assert any("without end" in one.message for one in check_corpus(Corpus.open(corpus.root)))


def test_a_schema_nested_without_end_is_told(tmp_path: Path) -> None:
    shutil.copytree(SCHEMA, tmp_path, dirs_exist_ok=True)
    for depth in (900, 100_000):
        (tmp_path / "corpus.schema.json").write_text('{"$id": "urn:x", "allOf": ' + "[" * depth + "]" * depth + "}")
        with pytest.raises(DataError, match=r"corpus\.schema\.json: "):
            load_contract(tmp_path)

"""The digest of a release's inputs."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import msgspec
import pytest
from tests.corpora import toy
from tests.release.card.describing import TOY, annotated, described

from kliping.contract import load_contract
from kliping.files import sha256
from kliping.project import Corpus, Settings
from kliping.project.citation import AuthorTable, CardTable, CitationTable
from kliping.release.building.inputs import FileRead, Inputs, Taken, inputs_sha256, read_inputs
from kliping.release.card.card import card_files
from kliping.release.croissant.document import croissant

if TYPE_CHECKING:
    from pathlib import Path

    from kliping.contract import Contract


def test_the_digest_changes_with_what_is_released_and_with_nothing_else(tmp_path: Path) -> None:
    corpus = toy(tmp_path / "here")
    shutil.copytree(tmp_path / "here", tmp_path / "there")
    (tmp_path / "there" / "corpus" / "versions").mkdir()
    moved = type(corpus).open(tmp_path / "there")
    digests = [inputs_sha256(read_inputs(one, load_contract(one.schema))) for one in (corpus, moved)]
    assert digests[0] == digests[1]
    (tmp_path / "there" / "annotations" / "guidelines.md").write_text("Other words.\n")
    assert inputs_sha256(read_inputs(moved, load_contract(moved.schema))) != digests[0]


def test_the_digest_is_over_settings_that_are_no_defaults_then_over_each_file(
    contract: Contract, tmp_path: Path
) -> None:
    settings = Settings(
        name="toy",
        seed=8,
        licence="CC0-1.0",
        citation=CitationTable(authors=(AuthorTable(name="The makers"),)),
        card=CardTable(),
    )
    read = (FileRead("corpus/LICENSE", "0" * 64, 1),)
    lines = (
        b'[{"name":"toy","licence":"CC0-1.0","citation":{"authors":[{"name":"The makers"}]}},"2026-11-25"]\n'
        b'["corpus/LICENSE","' + b"0" * 64 + b'"]\n'
    )
    assert inputs_sha256(Inputs(Corpus(tmp_path, settings), contract, read, Taken()), ["2026-11-25"]) == sha256(lines)


OTHER_SETTINGS: dict[str, object] = {
    "name": "other",
    "title": "Another title",
    "language": "id",
    "languages": ["id", "ms"],
    "seed": 8,
    "licence": "CC-BY-4.0",
    "rights_holder": "Others",
    "contact": "another tracker",
    "raw": "elsewhere",
    "min_length": 1,
    "max_bytes": 1,
    "workers": 1,
    "server": "http://127.0.0.1:1",
    "single_annotator": True,
    "splits": {"by": "time", "train": 0.6, "validation": 0.2, "test": 0.2, "stratify": ["publisher"]},
    "annotators": {"overlap": 3, "blind": True},
    "adjudication": {"strategy": "majority"},
    "citation": {"abstract": "Other news.", "doi": "10.5281/zenodo.1"},
    "card": {"rationale": "To test."},
    "sources": {"*": {"publisher": "Harian Lain"}},
}
"""Another value for each setting."""


def test_every_setting_has_another_value_here() -> None:
    assert OTHER_SETTINGS.keys() == {field.name for field in msgspec.structs.fields(Settings)}


@pytest.mark.parametrize("name", OTHER_SETTINGS)
def test_what_a_release_shows_of_a_setting_is_in_its_digest_and_nothing_else(
    contract: Contract, tmp_path: Path, name: str
) -> None:
    other = msgspec.convert(msgspec.to_builtins(TOY) | {name: OTHER_SETTINGS[name]}, Settings)
    shown, digests = zip(*(told(contract, tmp_path, settings) for settings in (TOY, other)), strict=True)
    assert (digests[0] != digests[1]) == (shown[0] != shown[1])


def told(contract: Contract, root: Path, settings: Settings) -> tuple[list[str], str]:
    """What card, citation and Croissant say under some settings, and the digest of the inputs."""
    filled = described(contract, settings, [annotated()])
    texts = [text for _, text in card_files(filled)] + [croissant(filled, {}).decode()]
    return texts, inputs_sha256(Inputs(Corpus(root, settings), contract, (), Taken()))

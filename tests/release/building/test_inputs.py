"""The digest of a release's inputs."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from tests.corpora import toy

from kliping.contract import load_contract
from kliping.release.building.inputs import inputs_sha256, read_inputs

if TYPE_CHECKING:
    from pathlib import Path


def test_the_digest_changes_with_what_is_released_and_with_nothing_else(tmp_path: Path) -> None:
    corpus = toy(tmp_path / "here")
    shutil.copytree(tmp_path / "here", tmp_path / "there")
    (tmp_path / "there" / "corpus" / "versions").mkdir()
    moved = type(corpus).open(tmp_path / "there")
    digests = [inputs_sha256(read_inputs(one, load_contract(one.schema))) for one in (corpus, moved)]
    assert digests[0] == digests[1]
    (tmp_path / "there" / "annotations" / "guidelines.md").write_text("Other words.\n")
    assert inputs_sha256(read_inputs(moved, load_contract(moved.schema))) != digests[0]

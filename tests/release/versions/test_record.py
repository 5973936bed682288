from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from kliping.contract import violations
from kliping.errors import CallError, DataError
from kliping.release.manifest import digest_of
from kliping.release.verification import read_manifest
from kliping.release.versions.record import checked_version, read_version, version_path

if TYPE_CHECKING:
    from pathlib import Path

    from kliping.contract import Contract
    from kliping.project import Corpus


@pytest.mark.parametrize("version", ["0.1.0", "1.0.0", "10.20.30"])
def test_a_semantic_version_is_one(version: str) -> None:
    assert checked_version(version) == version


@pytest.mark.parametrize(
    "version", ["v1.0.0", "1.0", "1.0.0-rc1", "01.0.0", "../1.0.0", "1.0.0\n", "", f"1.0.{'1' * 9999}", "١.٠.٠"]
)
def test_anything_else_is_none(version: str) -> None:
    with pytest.raises(CallError, match=r"write MAJOR\.MINOR\.PATCH"):
        checked_version(version)


@pytest.mark.usefixtures("released")
def test_a_record_is_valid_and_says_what_the_manifest_says(
    toy_corpus: Corpus, contract: Contract, released: Path
) -> None:
    record = read_version(toy_corpus, "0.1.0")
    assert record is not None
    assert record.configs == read_manifest(released).configs
    assert record.manifest_sha256 == digest_of(released / "manifest.json")
    assert list(violations(contract, "version", msgspec.to_builtins(record))) == []


def test_a_version_that_was_never_released_has_no_record(toy_corpus: Corpus) -> None:
    assert read_version(toy_corpus, "9.9.9") is None


def test_a_broken_record_is_told_with_its_place(tmp_path: Path, toy_corpus: Corpus) -> None:
    corpus = type(toy_corpus)(tmp_path, toy_corpus.settings)
    version_path(corpus, "0.1.0").parent.mkdir(parents=True)
    version_path(corpus, "0.1.0").write_text("{}")
    with pytest.raises(DataError, match="restore it with git"):
        read_version(corpus, "0.1.0")

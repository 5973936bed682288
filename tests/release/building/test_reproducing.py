"""A release is built twice, in processes that differ, and every byte is compared."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from tests.corpora import UNCHECKED, toy

from kliping.contract import load_contract
from kliping.errors import DataError
from kliping.release import Options, build_release
from kliping.release.building.reproducing import differences
from kliping.release.manifest import MANIFEST, list_files

if TYPE_CHECKING:
    from pathlib import Path

    from kliping.project import Corpus
    from kliping.records import Finding
    from kliping.release import Check

TWICE = Options(reproducible=True)


def build(corpus: Corpus, check: Check = UNCHECKED) -> tuple[tuple[str, ...], Path]:
    receipt, folder = build_release(corpus, load_contract(corpus.schema), "0.1.0", check, TWICE)
    return receipt.notes, folder


def test_a_second_build_has_the_same_bytes_while_it_is_built_and_once_it_is_there(tmp_path: Path) -> None:
    corpus = toy(tmp_path)
    for _ in range(2):
        notes, folder = build(corpus)
        count = len(list(list_files(folder))) + 1
        assert f"built again in another process: each of {count} files has the same bytes" in notes
    assert [one.name for one in corpus.releases.iterdir()] == ["toy-0.1.0"]


def test_a_second_build_with_other_bytes_keeps_the_release_from_appearing(tmp_path: Path) -> None:
    corpus = toy(tmp_path)

    def between(_folder: Path) -> list[Finding]:
        (corpus.annotation_folder / "guidelines.md").write_text("Other words.\n")
        return []

    with pytest.raises(
        DataError, match=r"guidelines\.md: R301 two builds give other bytes; report it(.|\n)*manifest\."
    ):
        build(corpus, UNCHECKED._replace(release=between))
    assert list(corpus.releases.iterdir()) == []
    assert not (corpus.corpus / "versions").exists()


def test_each_file_that_differs_is_told(released: Path, tmp_path: Path) -> None:
    other = shutil.copytree(released, tmp_path / "other")
    (other / "LICENSE").unlink()
    (other / "README.md").write_text("Other words.\n")
    assert [(one.path, one.message.partition(";")[0]) for one in differences(released, other)] == [
        ("LICENSE", "only one of two builds has it"),
        ("README.md", "two builds give other bytes"),
    ]


def test_another_pyarrow_is_told_as_what_it_is(released: Path, tmp_path: Path) -> None:
    other = shutil.copytree(released, tmp_path / "other")
    manifest = (other / MANIFEST).read_text()
    start = manifest.index('"pyarrow": "') + len('"pyarrow": "')
    (other / MANIFEST).write_text(f"{manifest[:start]}0.{manifest[start:]}")
    (found,) = differences(released, other)
    assert (found.path, found.message.rpartition(": ")[2]) == (
        MANIFEST,
        "only the same give the same bytes; install what wrote it",
    )

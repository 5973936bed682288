"""A good corpus for each test of the checks: made once, copied."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from tests.check.folder import KEY, Folder, good_corpus
from tests.corpora import UNCHECKED, toy

from kliping.contract import load_contract
from kliping.release import build_release

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def good(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    return good_corpus(tmp_path_factory.mktemp("good") / "toy")


@pytest.fixture
def folder(good: Folder, tmp_path: Path) -> Folder:
    return Folder(shutil.copytree(good.root, tmp_path / "toy"))


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of the toy corpus, never written to by a test."""
    corpus = toy(tmp_path_factory.mktemp("toy"))
    return build_release(corpus, load_contract(corpus.schema), "0.1.0", UNCHECKED)[1]


@pytest.fixture
def release(built: Path, tmp_path: Path) -> Path:
    """A copy of the release, to be broken."""
    return shutil.copytree(built, tmp_path / built.name)


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    """The maintainer's key, with which names are looked for."""
    monkeypatch.setenv("KLIPING_PSEUDONYM_KEY", KEY.hex())

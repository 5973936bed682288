"""A good corpus for each test of the checks: made once, copied."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from tests.check.folder import KEY, Folder, good_corpus

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def good(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    return good_corpus(tmp_path_factory.mktemp("good") / "toy")


@pytest.fixture
def folder(good: Folder, tmp_path: Path) -> Folder:
    return Folder(shutil.copytree(good.root, tmp_path / "toy"))


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    """The maintainer's key, with which names are looked for."""
    monkeypatch.setenv("KLIPING_PSEUDONYM_KEY", KEY.hex())

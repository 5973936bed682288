"""The sample's release, built once for the room."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.check.folder import KEY
from tests.mutations.sample import build_sample

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Release 0.2.0 of the sample, never written to by a test."""
    return build_sample(tmp_path_factory.mktemp("released") / "sample")


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    """The maintainer's key, with which names are looked for."""
    monkeypatch.setenv("KLIPING_PSEUDONYM_KEY", KEY.hex())

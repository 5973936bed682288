"""One corpus and its release for the whole room: building and loading take seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.corpora import UNCHECKED, toy

from kliping.contract import load_contract
from kliping.release import build_release

if TYPE_CHECKING:
    from pathlib import Path

    from kliping.contract import Contract
    from kliping.project import Corpus


@pytest.fixture(scope="session")
def toy_corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return toy(tmp_path_factory.mktemp("toy"))


@pytest.fixture(scope="session")
def contract(toy_corpus: Corpus) -> Contract:
    return load_contract(toy_corpus.schema)


@pytest.fixture(scope="session")
def released(toy_corpus: Corpus, contract: Contract) -> Path:
    """`toy-0.1.0`, never written to by a test."""
    return build_release(toy_corpus, contract, "0.1.0", UNCHECKED)[1]


@pytest.fixture(scope="session")
def datasets(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """`datasets`, offline and with a cache of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HF_HUB_OFFLINE", "1")
        patch.setenv("HF_HOME", str(tmp_path_factory.mktemp("hf")))
        found = pytest.importorskip("datasets")
        found.disable_progress_bars()
        return found

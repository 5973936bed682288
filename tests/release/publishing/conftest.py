"""A stand-in for the hub, and a corpus whose release is to be published."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.check.folder import good_corpus
from tests.corpora import UNCHECKED
from tests.release.publishing.hub import TOKEN, running_hub
from tests.release.publishing.publisher import running_publisher

from kliping.contract import load_contract
from kliping.project import Corpus
from kliping.release import build_release

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.release.publishing.hub import Hub
    from tests.release.publishing.publisher import Publisher

    Kliping = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def hub() -> Iterator[Hub]:
    with running_hub() as running:
        yield running


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    """The good corpus, with its release 0.1.0."""
    made = Corpus.open(good_corpus(tmp_path / "corpus").root)
    build_release(made, load_contract(made.schema), "0.1.0", UNCHECKED)
    return made


@pytest.fixture
def environment(hub: Hub, tmp_path: Path) -> dict[str, str]:
    """Of a user who is logged in at the stand-in."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HF_", "HUGGING"))}
    own = {"HF_ENDPOINT": hub.url, "HF_TOKEN": TOKEN, "HF_HOME": str(tmp_path / "hf"), "HF_HUB_DISABLE_XET": "1"}
    return {**kept, **own, "NO_PROXY": "127.0.0.1"}


@pytest.fixture
def kliping(corpus: Corpus, environment: dict[str, str]) -> Kliping:
    """The real command line, at the corpus, with the hub's address and login in its environment."""

    def run(*arguments: str, **changed: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "kliping", *arguments],
            cwd=corpus.root, env={**environment, **changed}, capture_output=True, text=True, check=False,
        )  # fmt: skip

    return run


@pytest.fixture
def publish(corpus: Corpus, environment: dict[str, str]) -> Iterator[Publisher]:
    """Publishes releases of the corpus in a process that knows the hub's address and login."""
    with running_publisher(corpus.root, environment) as publisher:
        yield publisher

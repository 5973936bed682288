"""What tests share: the one real Label Studio of a run, started when the first test asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kliping.project import Corpus, Settings
from kliping.studio import server

if TYPE_CHECKING:
    from collections.abc import Iterator

SETTINGS = ("LABEL_STUDIO_URL", "LABEL_STUDIO_API_KEY", "KLIPING_PSEUDONYM_KEY")


@pytest.fixture(scope="session")
def private_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Data and configuration folders of the run's own; the cache stays the user's, as it holds the installation."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(home / "data"))
        patch.setenv("XDG_CONFIG_HOME", str(home / "config"))
        for name in SETTINGS:
            patch.delenv(name, raising=False)
        yield


@pytest.fixture(scope="session")
def studio_corpus(private_home: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:  # noqa: ARG001
    """An empty corpus whose server runs until the end of the run."""
    corpus = Corpus(tmp_path_factory.mktemp("studio"), Settings(name="server-of-the-tests"))
    server.start(corpus)
    yield corpus
    server.stop(corpus)


@pytest.fixture(scope="session")
def studio(studio_corpus: Corpus) -> tuple[str, str]:
    """The address of the run's server, and its token."""
    running = server.status(studio_corpus)
    assert running is not None
    return running.url, server.read_token(running)

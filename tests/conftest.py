"""What tests share: the one real Label Studio of a process, started when the first test asks for it."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest
from tests.studio.cluster import Cluster, postgresql

from kliping.project import Corpus, Settings
from kliping.studio import server
from kliping.studio.server.install import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator

SETTINGS = ("LABEL_STUDIO_URL", "LABEL_STUDIO_API_KEY", "KLIPING_PSEUDONYM_KEY")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Which server the tests get."""
    group = parser.getgroup("label studio")
    group.addoption("--label-studio", default=VERSION, metavar="VERSION", help="the Label Studio of the run")
    group.addoption("--postgresql", action="store_true", help="its data in a PostgreSQL that the run starts")


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
def cluster(request: pytest.FixtureRequest) -> Iterator[Cluster | None]:
    """The PostgreSQL of a run that asks for one; its password is where PostgreSQL's own programs look for it."""
    if not request.config.getoption("--postgresql"):
        yield None
        return
    with postgresql() as cluster, pytest.MonkeyPatch.context() as patch:
        patch.setenv("PGPASSWORD", cluster.password)
        yield cluster


@pytest.fixture(scope="session")
def studio_corpus(
    private_home: None,  # noqa: ARG001 — the data folder
    cluster: Cluster | None,
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> Iterator[Corpus]:
    """An empty corpus whose server runs until the end of the run."""
    corpus = Corpus(tmp_path_factory.mktemp("studio"), Settings(name="server-of-the-tests"))
    version = request.config.getoption("--label-studio")
    server.start(corpus, _free_port(), database=cluster.url if cluster else None, version=version)
    yield corpus
    server.stop(corpus)


@pytest.fixture(scope="session")
def studio(studio_corpus: Corpus) -> tuple[str, str]:
    """The address of the run's server, and its token."""
    running = server.status(studio_corpus)
    assert running is not None
    return running.url, server.read_token(running)


def _free_port() -> int:
    """A port of this run's own: two runs that both find the usual one free would meet there."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
    return port

"""Work outlives its server: in today's version, it has all. Not for the server that other tests share."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from demo.annotators import submit
from demo.returned import differences
from tests.studio.test_round_trip import FERRY, LEVY, MARKET, by_ayu, by_bima, tasks_of

from kliping.errors import CallError, ServerError
from kliping.studio import server
from kliping.studio.client import Client
from kliping.studio.pull import pull
from kliping.studio.push import push
from kliping.studio.server.install import VERSION, numbers

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.studio.cluster import Cluster

    from kliping.contract import Contract
    from kliping.project import Corpus

pytestmark = pytest.mark.studio


@pytest.fixture(autouse=True)
def _own_server(request: pytest.FixtureRequest) -> None:
    if not request.config.getoption("--postgresql") and request.config.getoption("--label-studio") == VERSION:
        pytest.skip("of `nox -s postgres` and `nox -s upgrade`")


@pytest.fixture
def annotated(
    make_corpus: Callable[..., Corpus], contract: Contract, client: Client, ayu: Client, bima: Client
) -> Corpus:
    """A corpus that was pushed, annotated by two, and not pulled yet."""
    corpus = make_corpus(FERRY, LEVY, MARKET)
    push(corpus, contract, client)
    submit(ayu, tasks_of(corpus, client), by_ayu())
    submit(bima, tasks_of(corpus, client), by_bima())
    return corpus


def running(corpus: Corpus) -> server.Server:
    found = server.status(corpus)
    assert found is not None
    return found


def restart(corpus: Corpus, **asked: str) -> list[str]:
    """Stop a server and start it at the same port; what the start said."""
    port = urlsplit(running(corpus).url).port
    server.stop(corpus)
    said: list[str] = []
    server.start(corpus, port, said.append, **asked)
    return said


def test_started_again_it_has_all_that_was_submitted(
    studio_corpus: Corpus, annotated: Corpus, contract: Contract, request: pytest.FixtureRequest
) -> None:
    """Without being told its database again; an older one's data are taken over."""
    before = request.config.getoption("--label-studio")
    said = restart(studio_corpus)
    if before != VERSION:
        assert said[0].startswith(f"Label Studio {VERSION} takes over the data of {before}")
    after = running(studio_corpus)
    with Client(after.url, server.read_token(after)) as client:
        assert client.version() == numbers(VERSION)
        assert push(annotated, contract, client).changes == 0
        receipt = pull(annotated, contract, client)
        assert receipt.adds_up
        assert differences([*by_ayu(), *by_bima()], annotated.annotations()) == []
        assert pull(annotated, contract, client).changes == 0


def test_before_the_takeover_the_old_data_were_copied(studio_corpus: Corpus, request: pytest.FixtureRequest) -> None:
    before = request.config.getoption("--label-studio")
    if before == VERSION or request.config.getoption("--postgresql"):
        pytest.skip("of `nox -s upgrade`")
    data = Path(running(studio_corpus).data)
    with closing(sqlite3.connect(data / f"label_studio.{before}.sqlite3")) as copy:
        assert copy.execute("SELECT count(*) FROM task_completion").fetchone()[0] >= 5
    with pytest.raises(CallError, match=f"{before} cannot read them"):
        restart(studio_corpus, version=before)
    server.start(studio_corpus)


def test_the_password_of_the_database_is_nowhere(
    studio_corpus: Corpus, cluster: Cluster | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if cluster is None:
        pytest.skip("of `nox -s postgres`")
    found = running(studio_corpus)
    password = cluster.password
    data = Path(found.data)
    files = [path for path in (*data.rglob("*"), *studio_corpus.root.rglob("*")) if path.is_file()]
    assert data / "label_studio.sqlite3" not in files
    assert not [path for path in files if password.encode() in path.read_bytes()]
    assert password not in Path(f"/proc/{found.pid}/cmdline").read_text()
    monkeypatch.setenv("PGPASSWORD", "another")
    with pytest.raises(ServerError, match="password authentication failed") as caught:
        restart(studio_corpus)
    assert "another" not in str(caught.value)

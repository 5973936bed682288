"""A corpus works with the server that is meant, and a token goes to no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
from tests.studio.gateway import answering

from kliping.errors import CallError, ServerError
from kliping.project import Corpus, Settings
from kliping.studio.connection import connect
from kliping.studio.server import Server

if TYPE_CHECKING:
    from pathlib import Path

SECRET = "feedfacefeedfacefeedfacefeedfacefeedface"


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Corpus:
    """A corpus without a server, in an environment that names none."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    for name in ("LABEL_STUDIO_URL", "LABEL_STUDIO_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    return Corpus(tmp_path / "corpus", Settings(name="toy"))


def test_without_a_server_it_says_how_to_start_one(corpus: Corpus) -> None:
    with pytest.raises(ServerError, match="kliping studio start"):
        connect(corpus)


def test_a_server_that_is_named_without_a_token_gets_none(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LABEL_STUDIO_URL", "http://127.0.0.1:1/")
    with pytest.raises(CallError, match=r"http://127\.0\.0\.1:1: no token.*LABEL_STUDIO_API_KEY"):
        connect(corpus)


@pytest.mark.parametrize(
    "named", ["http://ana:opensesame@127.0.0.1:1", "opensesame", "ftp://opensesame", "http://[opensesame", "http://"]
)
def test_what_is_no_address_is_refused_and_not_shown(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    monkeypatch.setenv("LABEL_STUDIO_URL", named)
    with pytest.raises(CallError, match="LABEL_STUDIO_URL: not a server's address") as refused:
        connect(corpus)
    assert "opensesame" not in str(refused.value)


def test_the_token_of_a_server_that_died_is_sent_to_nobody(corpus: Corpus) -> None:
    """Who listens on its port now may be anybody."""
    token = corpus.root / "token"
    token.parent.mkdir()
    token.write_text(SECRET)
    with answering(200, b"{}", "application/json") as url:
        dead = Server(url=url, pid=2**22 + 1, data=str(corpus.root), token_file=str(token))
        corpus.state.mkdir()
        (corpus.state / "studio.json").write_bytes(msgspec.json.encode(dead))
        with pytest.raises(ServerError, match="no server of this corpus is running"):
            connect(corpus)


def test_a_token_alone_is_for_the_server_of_the_settings(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LABEL_STUDIO_API_KEY", SECRET)
    with answering(401, b"{}", "application/json") as url:
        named = Corpus(corpus.root, Settings(name="toy", server=url))
        with pytest.raises(ServerError, match=f"{url}: the server does not accept the token"):
            connect(named)


@pytest.mark.parametrize("said", ["soon", "0", "-1", "inf", "nan"])
def test_what_is_no_number_of_seconds_is_refused(corpus: Corpus, monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    monkeypatch.setenv("LABEL_STUDIO_API_KEY", SECRET)
    monkeypatch.setenv("KLIPING_TIMEOUT", said)
    with pytest.raises(CallError, match="KLIPING_TIMEOUT is no number of seconds"):
        connect(corpus)


@pytest.mark.studio
def test_a_corpus_finds_its_own_server(studio_corpus: Corpus) -> None:
    with connect(studio_corpus) as client:
        assert client.people.whoami() == "maintainer@kliping.example"


@pytest.mark.studio
def test_the_environment_names_another_server(
    studio: tuple[str, str], corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LABEL_STUDIO_URL", f" {studio[0]}/\n")
    monkeypatch.setenv("LABEL_STUDIO_API_KEY", f"{studio[1]}\n")
    with connect(corpus) as client:
        assert client.url == studio[0]

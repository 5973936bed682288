"""A corpus has one server, which starts once, is known again, and is the only thing that `stop` ends."""

from __future__ import annotations

import os
import re
import socket
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from kliping.errors import CallError, ServerError
from kliping.project import Corpus, Settings
from kliping.studio import server
from kliping.studio.server import process
from kliping.studio.server.install import MARK, environment_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

GIVEN = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Corpus:
    """A corpus without a server, whose server would keep its data in a folder of the test."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("LABEL_STUDIO_API_KEY", raising=False)
    return Corpus(tmp_path / "corpus", Settings(name="toy"))


@pytest.fixture
def bystander() -> Iterator[subprocess.Popen[bytes]]:
    """A process that is nobody's server and waits to be told to end."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as waiting:
        yield waiting
        waiting.communicate(b"\n")


def mode(path: str | Path) -> int:
    return stat.S_IMODE(Path(path).stat().st_mode)


def note(corpus: Corpus, pid: int, port: int = 1) -> Path:
    """Note a server as `start` does; the file."""
    path = corpus.state / "studio.json"
    path.parent.mkdir(parents=True)
    data = f"{os.environ['XDG_DATA_HOME']}/kliping/toy/label-studio"
    noted = server.Server(url=f"http://127.0.0.1:{port}", pid=pid, data=data, token_file=f"{data}/token")
    path.write_bytes(msgspec.json.encode(noted))
    return path


def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """A script where Label Studio's Python would be."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    python = environment_folder() / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f"#!/bin/sh\n{script}\n")
    python.chmod(0o755)
    (environment_folder() / MARK).touch()


def test_a_corpus_without_a_server_has_no_status_and_nothing_to_stop(corpus: Corpus) -> None:
    assert server.status(corpus) is None
    assert server.stop(corpus) is False


def test_a_server_that_died_is_forgotten(corpus: Corpus) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()
    noted = note(corpus, ended.pid)
    assert server.status(corpus) is None
    assert not noted.exists()


def test_a_process_that_got_the_number_of_a_dead_server_is_left_alone(
    corpus: Corpus, bystander: subprocess.Popen[bytes]
) -> None:
    noted = note(corpus, bystander.pid)
    assert server.stop(corpus) is False
    assert bystander.poll() is None
    assert not noted.exists()


@pytest.mark.parametrize("key", ["short", GIVEN.upper(), GIVEN + "0", "eyJhbGciOiJIUzI1NiJ9.e30.c2ln"])
def test_a_key_of_another_form_is_refused_before_anything_is_made(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    monkeypatch.setenv("LABEL_STUDIO_API_KEY", key)
    said: list[str] = []
    with pytest.raises(CallError, match="40 digits") as caught:
        server.start(corpus, progress=said.append)
    assert key not in str(caught.value)
    assert said == []
    assert not Path(os.environ["XDG_DATA_HOME"]).exists()


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_a_port_that_is_none_is_refused(corpus: Corpus, port: int) -> None:
    with pytest.raises(CallError, match="1 to 65535"):
        server.start(corpus, port)


def test_a_port_that_was_asked_for_and_is_taken_is_refused(corpus: Corpus) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(CallError, match=r"is taken.*--port"):
            server.start(corpus, taken.getsockname()[1])


def test_a_server_that_cannot_start_says_why_and_where_its_log_is(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, monkeypatch, "echo 'Traceback:'; echo 'OSError: no space left on device'; echo; exit 1")
    with pytest.raises(ServerError) as caught:
        server.start(corpus)
    found = re.search(r"OSError: no space left on device; its log is (\S+)$", str(caught.value))
    assert found is not None
    assert Path(found[1]).read_text().startswith("Traceback:")
    assert mode(found[1]) == 0o600
    assert server.kept_server(corpus) is None


def test_a_server_that_never_gets_ready_is_ended(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, monkeypatch, "echo $$ > $LABEL_STUDIO_BASE_DATA_DIR/pid; echo migrating; exec tail -f /dev/null")
    monkeypatch.setattr("kliping.studio.server.lifecycle.READY_WITHIN", 1)
    with pytest.raises(ServerError, match="not ready within 1 s: migrating"):
        server.start(corpus)
    (pid,) = (int(path.read_text()) for path in (tmp_path / "data").rglob("pid"))
    assert not process.is_alive(pid)


REFUSES_EVERYBODY = """\
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer

class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/health" else 401)
        self.end_headers()

HTTPServer(("127.0.0.1", int(sys.argv[-1])), Handler).serve_forever()
"""


def test_a_server_with_anothers_database_is_told_to_let_us_in_once_and_then_ended(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A script stands in for a Label Studio whose database has other tokens."""
    program = tmp_path / "refuses.py"
    program.write_text(REFUSES_EVERYBODY)
    told = f'case "$2" in *JWTSettings*) echo told >> {tmp_path / "told"}; exit;; esac'
    start = f'echo $$ > {tmp_path / "pid"}; exec {sys.executable} {program} "$@"'
    stand_in(tmp_path, monkeypatch, f"{told}\n{start}")
    with pytest.raises(
        ServerError, match=r"does not accept the token in .*: its database is of another server"
    ) as caught:
        server.start(corpus)
    (token,) = (tmp_path / "data").rglob("token")
    assert token.read_text() not in str(caught.value)
    assert (tmp_path / "told").read_text() == "told\n"
    assert not process.is_alive(int((tmp_path / "pid").read_text()))


def test_the_servers_environment_has_no_secret_of_another_server(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, monkeypatch, "env; exit 1")
    monkeypatch.setenv("LABEL_STUDIO_URL", "http://other.example")
    monkeypatch.setenv("POSTGRE_PASSWORD", "hunter2")
    with pytest.raises(ServerError):
        server.start(corpus)
    (log,) = (tmp_path / "data").rglob("server.log")
    said = log.read_text()
    assert "other.example" not in said
    assert "hunter2" not in said
    assert "COLLECT_ANALYTICS=False" in said


def test_a_database_is_told_to_the_server_and_kept_only_where_it_starts(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, monkeypatch, "env; cat $LABEL_STUDIO_BASE_DATA_DIR/database; exit 1")
    monkeypatch.setenv("PGPASSWORD", "hunter2")
    with pytest.raises(ServerError) as caught:
        server.start(corpus, database="postgresql://ana@pos.example/lables")
    assert "hunter2" not in str(caught.value)
    (log,) = (tmp_path / "data").rglob("server.log")
    said = log.read_text()
    assert "POSTGRE_NAME=lables" in said
    assert "PGPASSWORD=hunter2" in said  # the server's environment, which nobody else reads
    assert "postgresql://ana@pos.example:5432/lables" in said
    assert list((tmp_path / "data").rglob("database")) == []


def test_a_database_with_its_password_in_the_address_is_refused_before_anything_is_made(corpus: Corpus) -> None:
    with pytest.raises(CallError, match="PGPASSWORD"):
        server.start(corpus, database="postgresql://ana:hunter2@pos.example/labels")
    assert not Path(os.environ["XDG_DATA_HOME"]).exists()


@pytest.mark.studio
def test_starting_twice_finds_the_server_that_runs(studio_corpus: Corpus) -> None:
    running = server.status(studio_corpus)
    assert running is not None
    said: list[str] = []
    assert server.start(studio_corpus, progress=said.append) == running
    assert said == [f"already running at {running.url}"]


@pytest.mark.studio
def test_what_is_noted_in_the_corpus_can_be_lost(studio_corpus: Corpus) -> None:
    running = server.status(studio_corpus)
    (studio_corpus.state / "studio.json").unlink()
    assert server.status(studio_corpus) == running
    assert (studio_corpus.state / "studio.json").is_file()


@pytest.mark.studio
def test_secrets_are_files_that_only_the_user_reads(studio_corpus: Corpus) -> None:
    running = server.status(studio_corpus)
    assert running is not None
    data = Path(running.data)
    assert [mode(path) for path in (data, running.token_file, data / "password", data / "server.log")] == [
        0o700, 0o600, 0o600, 0o600,
    ]  # fmt: skip
    token = server.read_token(running)
    assert token not in (data / "server.log").read_text(encoding="utf-8", errors="replace")
    assert token not in Path(f"/proc/{running.pid}/cmdline").read_text()
    assert studio_corpus.root not in data.parents


@pytest.mark.studio
def test_a_server_with_a_given_key_starts_beside_a_taken_port_and_stops_alone(
    private_home: None,  # noqa: ARG001 — the data folder
    studio_corpus: Corpus,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    bystander: subprocess.Popen[bytes],
) -> None:
    monkeypatch.setenv("LABEL_STUDIO_API_KEY", GIVEN)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        wanted = f"http://127.0.0.1:{taken.getsockname()[1]}"
        corpus = Corpus(tmp_path / "corpus", Settings(name="toy", server=wanted))
        started = server.start(corpus)
    try:
        assert started.url != wanted
        assert server.read_token(started) == GIVEN
        assert process.answers(started.url, GIVEN)
        assert server.status(corpus) == started
        monkeypatch.setenv("LABEL_STUDIO_API_KEY", GIVEN[::-1])
        assert server.start(corpus) == started
    finally:
        stopped = server.stop(corpus)
    assert stopped
    assert not process.is_alive(started.pid)
    assert server.status(corpus) is None
    assert server.stop(corpus) is False
    assert Path(started.data, "label_studio.sqlite3").is_file()
    assert bystander.poll() is None
    assert server.status(studio_corpus) is not None
    with pytest.raises(CallError, match="not the key that this corpus's server was made with"):
        server.start(corpus)

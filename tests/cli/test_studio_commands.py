"""`studio`, `push` and `pull` as people type them: a sentence, an exit code, never a trace, never the token."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.corpora import article, write_corpus

if TYPE_CHECKING:
    from pathlib import Path

    from kliping.project import Corpus

SECRET = "feedfacefeedfacefeedfacefeedfacefeedface"


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Corpus:
    """One article, no server, and folders of the test's own for keys and data."""
    for name in ("DATA", "CONFIG"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name))
    for name in ("LABEL_STUDIO_URL", "LABEL_STUDIO_API_KEY", "KLIPING_PSEUDONYM_KEY"):
        monkeypatch.delenv(name, raising=False)
    return write_corpus(tmp_path / "corpus", [article("market", "Pasar Lama", "Pasar Lama tetap buka.")])


def kliping(corpus: Corpus, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    command = [sys.executable, "-m", "kliping", *arguments, "-C", str(corpus.root)]
    return subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")


def sentence(done: subprocess.CompletedProcess[str], code: int) -> str:
    """The one line that a failed command says."""
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (code, "", 1), done.stderr
    return done.stderr


def test_status_has_the_same_keys_without_a_server(corpus: Corpus) -> None:
    done = kliping(corpus, "studio", "status", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == {"url": None, "pid": None, "data": None, "token_file": None}


def test_status_and_stop_without_a_server_are_calm(corpus: Corpus) -> None:
    assert "kliping studio start" in kliping(corpus, "studio", "status").stdout
    assert kliping(corpus, "studio", "stop").stdout == "no server of this corpus is running\n"
    assert json.loads(kliping(corpus, "studio", "stop", "--json").stdout) == {"stopped": False}


@pytest.mark.parametrize("command", ["push", "pull"])
def test_without_a_server_the_sentence_says_how_to_start_one(corpus: Corpus, command: str) -> None:
    assert "`kliping studio start`" in sentence(kliping(corpus, command), 3)


def test_a_server_that_does_not_answer_exits_with_3(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        monkeypatch.setenv("LABEL_STUDIO_URL", f"http://127.0.0.1:{silent.getsockname()[1]}")
        monkeypatch.setenv("LABEL_STUDIO_API_KEY", SECRET)
        said = sentence(kliping(corpus, "push"), 3)
    assert "`kliping studio start`" in said
    assert SECRET not in said


def test_a_key_that_no_server_can_have_exits_with_2(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LABEL_STUDIO_API_KEY", "not-a-key")
    said = sentence(kliping(corpus, "studio", "start"), 2)
    assert "LABEL_STUDIO_API_KEY" in said
    assert "not-a-key" not in said


def test_an_address_that_is_none_exits_with_2(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LABEL_STUDIO_URL", "pos.example")
    monkeypatch.setenv("LABEL_STUDIO_API_KEY", SECRET)
    assert "begins with http:// or https://" in sentence(kliping(corpus, "pull"), 2)


@pytest.mark.studio
def test_a_wrong_token_exits_with_3(studio: tuple[str, str], corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LABEL_STUDIO_URL", studio[0])
    monkeypatch.setenv("LABEL_STUDIO_API_KEY", f"{SECRET}\n")
    said = sentence(kliping(corpus, "push"), 3)
    assert "does not accept the token" in said
    assert SECRET not in said


@pytest.mark.studio
def test_a_project_that_is_not_there_exits_with_2(
    studio: tuple[str, str], corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LABEL_STUDIO_URL", studio[0])
    monkeypatch.setenv("LABEL_STUDIO_API_KEY", studio[1])
    said = sentence(kliping(corpus, "pull"), 2)
    assert "`kliping push`" in said
    assert studio[1] not in said
    assert not (corpus.annotation_folder / "key.json").exists()


@pytest.mark.studio
def test_push_and_pull_twice_change_nothing(
    studio: tuple[str, str], corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = (corpus.root / "pyproject.toml").read_text().replace("Toy corpus", f"Toy {corpus.root.parent.name}")
    named = named.replace('"toy"', f'"toy-{corpus.root.parent.name}"')
    (corpus.root / "pyproject.toml").write_text(named)
    monkeypatch.setenv("LABEL_STUDIO_URL", studio[0])
    monkeypatch.setenv("LABEL_STUDIO_API_KEY", studio[1])
    for command in ("push", "pull"):
        first = kliping(corpus, command)
        assert first.returncode == 0, first.stderr
        again = kliping(corpus, command, "--json")
        assert (again.returncode, json.loads(again.stdout)["changes"]) == (0, 0)
        for done in (first, again):
            assert studio[1] not in done.stdout + done.stderr


@pytest.mark.studio
def test_status_tells_where_the_server_is_and_not_its_token(studio_corpus: Corpus, studio: tuple[str, str]) -> None:
    (studio_corpus.root / "pyproject.toml").write_text('[tool.kliping]\nname = "server-of-the-tests"\n')
    done = kliping(studio_corpus, "studio", "status", "--json")
    told = json.loads(done.stdout)
    assert list(told) == ["url", "pid", "data", "token_file"]
    assert told["url"] == studio[0]
    shown = kliping(studio_corpus, "studio", "status")
    assert str(told["pid"]) in shown.stdout
    for output in (done, shown):
        assert studio[1] not in output.stdout + output.stderr


def test_a_pull_from_a_file_needs_no_server(corpus: Corpus) -> None:
    about = next(corpus.articles())
    meta = {"kliping": {"id": about.id, "text_sha256": about.text_sha256}}
    made = {"id": 3, "result": [], "completed_by": {"id": 1, "email": "ayu@pos.example"}}
    export = corpus.root.parent / "export.json"
    export.write_text(json.dumps([{"id": 2, "data": {"text": about.text}, "meta": meta, "annotations": [made]}]))
    done = kliping(corpus, "pull", "--from", str(export))
    assert (done.returncode, done.stderr) == (0, "")
    assert "annotations: 1 = 1 kept + 0 set aside" in done.stdout
    assert json.loads(kliping(corpus, "pull", "--from", str(export), "--json").stdout)["changes"] == 0
    export.write_text("text,label")
    assert "export the project from Label Studio as JSON" in sentence(kliping(corpus, "pull", "--from", str(export)), 1)


def test_a_file_is_always_read_whole(corpus: Corpus) -> None:
    done = kliping(corpus, "pull", "--full", "--from", str(corpus.root / "pyproject.toml"))
    assert (done.returncode, done.stdout) == (2, "")
    assert "leave --full out" in done.stderr

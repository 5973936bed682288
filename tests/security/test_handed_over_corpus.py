"""A corpus folder that somebody handed over: what its files say moves nothing outside of it, and no secret."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import msgspec
import pytest
from tests.corpora import toy, write_corpus
from tests.security.test_server_answers import TOKEN, listening

from kliping.cli import main
from kliping.errors import ServerError
from kliping.normaliser.run.journal import finish
from kliping.studio import server
from kliping.studio.connection import connect
from kliping.studio.server import process

if TYPE_CHECKING:
    from pathlib import Path


def test_a_note_of_a_server_takes_no_file_of_ours_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process that it names may even be a Label Studio of ours, of another corpus."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    for name in ("LABEL_STUDIO_URL", "LABEL_STUDIO_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    corpus = write_corpus(tmp_path / "toy", [])
    secret = tmp_path / "id_secret"
    secret.write_text(TOKEN)
    with listening() as (other, got):
        port = other.rpartition(":")[2]
        command = [sys.executable, "-c", f"input()  # {process.PROGRAM}", "--port", port]
        with subprocess.Popen(command, stdin=subprocess.PIPE) as running:
            try:
                for url, file in ((other, secret), (f"http://localhost:{port}", tmp_path / "data/kliping/a/token")):
                    noted = server.Server(url=url, pid=running.pid, data=str(tmp_path), token_file=str(file))
                    corpus.state.mkdir(exist_ok=True)
                    (corpus.state / "studio.json").write_bytes(msgspec.json.encode(noted))
                    with pytest.raises(ServerError, match="no server of this corpus is running"):
                        connect(corpus)
                    assert not server.stop(corpus)
                assert running.poll() is None
            finally:
                running.communicate(b"\n")
        assert got == []


def test_a_journal_that_names_files_elsewhere_removes_none(tmp_path: Path) -> None:
    """`.kliping/` may come with the folder: what a killed run had decided is then somebody else's word."""
    mine = tmp_path / "mine.jsonl"
    mine.write_text("{}\n")
    ready, corpus = tmp_path / "staging/ready", tmp_path / "toy/corpus"
    for folder in (ready, corpus / "articles"):
        folder.mkdir(parents=True)
    old = corpus / "articles/00001.jsonl"
    old.touch()
    names = ["../../mine.jsonl", str(mine), "articles/../../../mine.jsonl", "articles/00001.jsonl", "LICENSE"]
    (corpus / "LICENSE").touch()
    (ready / "surplus.json").write_bytes(msgspec.json.encode(names))
    finish(tmp_path / "staging", corpus)
    assert mine.exists()
    assert (corpus / "LICENSE").exists()
    assert not old.exists()


FILES = (
    "corpus/articles/00000.jsonl", "corpus/sources.jsonl", "corpus/splits.jsonl", "corpus/rejected.jsonl",
    "annotations/pulled/00000.jsonl", "annotations/decisions.jsonl", "annotations/gold.jsonl",
    "annotations/rounds.jsonl", "annotations/carried.jsonl", "annotations/quarantine.jsonl",
    "annotations/relabelled.jsonl", "annotations/key.json", "annotations/predictions/toy.jsonl",
    "corpus/versions/0.1.0.json", "corpus/versions/0.1.0.jsonl", "schema/corpus.schema.json",
    "schema/release.schema.json", ".kliping/names.json", "pyproject.toml",
)  # fmt: skip

COMMANDS = (
    ("normalise",), ("doubtful",), ("split",), ("sample", "--size", "1"), ("predict",), ("agree",), ("adjudicate",),
    ("status",), ("release", "--dry-run"), ("diff", "0.1.0", "0.2.0"), ("check",),
)  # fmt: skip


@pytest.mark.parametrize("file", FILES)
def test_what_is_nested_without_end_is_a_sentence_for_every_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    corpus = toy(tmp_path / "toy")
    path = corpus.root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    deep = "[" * 100_000
    path.write_text(f"[tool.kliping]\nname = {deep}\n" if file.endswith(".toml") else f'{{"id": {deep}\n')
    for words in COMMANDS:
        assert kliping(monkeypatch, *words, "-C", str(corpus.root)) in (0, 1, 2, 3), words


def kliping(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    """The exit code of a command that runs in this process: what it raises ends the test."""
    monkeypatch.setattr(sys, "argv", ["kliping", *words])
    try:
        main()
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0

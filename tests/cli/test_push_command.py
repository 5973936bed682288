"""`kliping push --dry-run` says what a push would do, to people and to machines, and changes nothing."""

from __future__ import annotations

import json
import subprocess
import sys
import uuid
from typing import TYPE_CHECKING

import pytest
from tests.corpora import article, write_corpus

from kliping.project import Corpus
from kliping.studio.client import Client
from kliping.studio.projects import find_project

if TYPE_CHECKING:
    from pathlib import Path


def kliping(corpus: Corpus, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    command = [sys.executable, "-m", "kliping", *arguments, "-C", str(corpus.root)]
    return subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")


@pytest.fixture
def corpus(tmp_path: Path, studio: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> Corpus:
    """Two articles, for a project that no other test has."""
    corpus = write_corpus(
        tmp_path / "corpus", [article("market", "Pasar", "Buka."), article("ferry", "Feri", "Malam.")]
    )
    settings = f'[tool.kliping]\nname = "toy-{uuid.uuid4().hex[:12]}"\nlanguage = "id"\n'
    (corpus.root / "pyproject.toml").write_text(settings)
    monkeypatch.setenv("LABEL_STUDIO_URL", studio[0])
    monkeypatch.setenv("LABEL_STUDIO_API_KEY", studio[1])
    return Corpus.open(corpus.root)


@pytest.mark.studio
def test_a_dry_run_says_what_would_be_done_and_does_nothing(corpus: Corpus, studio: tuple[str, str]) -> None:
    done = kliping(corpus, "push", "--dry-run")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "nothing was changed; a push now would do this:",
        f"project '{corpus.settings.name}': would be made",
        "  2 tasks to import",
    ]
    with Client(*studio) as client:
        assert find_project(client, corpus.settings) is None
    assert not (corpus.state / "receipts").exists()


@pytest.mark.studio
def test_a_dry_run_tells_machines_the_same(corpus: Corpus) -> None:
    assert kliping(corpus, "push").returncode == 0
    (told,) = json.loads(kliping(corpus, "push", "--dry-run", "--json").stdout)
    assert (told["role"], told["screen"], told["imported"], told["kept"]) == ("shared", False, 0, 2)
    assert list(told) == [
        "role", "title", "project", "screen", "by_hand", "imported", "replaced", "twins", "superseded", "kept",
        "outdated", "elsewhere", "earlier", "unassigned", "foreign", "withdrawn",
    ]  # fmt: skip

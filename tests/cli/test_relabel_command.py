"""`kliping relabel` as people type it: a sentence, an exit code, and no server where there is none."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.corpora import annotation, article, entity, write_corpus

if TYPE_CHECKING:
    from pathlib import Path

    from kliping.project import Corpus

MARKET = article("market", "Pasar", "Festival dibuka.")


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Corpus:
    """An annotation with a label that the schema has no more, and no server."""
    for name in ("DATA", "CONFIG"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name))
    for name in ("LABEL_STUDIO_URL", "LABEL_STUDIO_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    said = annotation(MARKET, "annotator-aa", (entity(MARKET, 1, "Festival", "FEAST"),))
    return write_corpus(tmp_path / "corpus", [MARKET], annotations=[said])


def kliping(corpus: Corpus, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    command = [sys.executable, "-m", "kliping", *arguments, "-C", str(corpus.root)]
    return subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")


def test_offline_everything_here_is_renamed_once(corpus: Corpus) -> None:
    done = kliping(corpus, "relabel", "FEAST=EVENT", "--offline")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[:2] == [
        "relabel: 2 changes",
        "  annotations with FEAST: 1 = 1 kept + 0 set aside",
    ]
    assert [one.entities[0].label for one in corpus.annotations()] == ["EVENT"]
    again = kliping(corpus, "relabel", "FEAST=EVENT", "--offline", "--json")
    assert (again.returncode, json.loads(again.stdout)["changes"]) == (0, 0)
    (line,) = corpus.relabelled()
    assert (line.control, line.old, line.new, line.annotations) == ("label", "FEAST", "EVENT", 1)


def test_without_a_server_the_sentence_says_how_to_start_one(corpus: Corpus) -> None:
    done = kliping(corpus, "relabel", "FEAST=EVENT")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (3, "", 1)
    assert "`kliping studio start`" in done.stderr


@pytest.mark.parametrize("stated", ["FEAST", "FEAST=NOBODY", "PERSON=EVENT"])
def test_what_cannot_be_meant_exits_with_2(corpus: Corpus, stated: str) -> None:
    done = kliping(corpus, "relabel", stated, "--offline")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.check.folder import good_corpus

from kliping.project import Corpus

if TYPE_CHECKING:
    from pathlib import Path


def kliping(*arguments: str, at: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kliping", *arguments], cwd=at, capture_output=True, text=True, check=False
    )


def test_a_release_prints_its_receipt_and_the_line_that_loads_it_and_twice_is_once(tmp_path: Path) -> None:
    good_corpus(tmp_path)
    first = kliping("release", "0.1.0", at=tmp_path)
    assert (first.returncode, first.stderr) == (0, "")
    assert "articles with gold: 2 = 2 kept + 0 set aside" in first.stdout
    assert 'load it: datasets.load_dataset("releases/toy-0.1.0")' in first.stdout
    second = kliping("release", "0.1.0", "--json", at=tmp_path)
    assert json.loads(second.stdout)["changes"] == 0


def test_a_version_that_is_none_exits_2_with_a_sentence(tmp_path: Path) -> None:
    good_corpus(tmp_path)
    wrong = kliping("release", "v1", at=tmp_path)
    assert wrong.returncode == 2
    assert wrong.stderr == "kliping: 'v1' is no version: write MAJOR.MINOR.PATCH without v, such as 0.1.0\n"


def test_a_corpus_that_cannot_be_released_exits_1_with_every_finding(tmp_path: Path) -> None:
    corpus = Corpus.open(good_corpus(tmp_path).root)
    (corpus.corpus / "splits.jsonl").unlink()
    wrong = kliping("release", "0.1.0", at=tmp_path)
    assert wrong.returncode == 1
    assert wrong.stderr == "kliping: corpus/splits.jsonl: R102 3 articles have no split; run `kliping split`\n"
    assert not corpus.releases.exists()

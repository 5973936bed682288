from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.check.folder import good_corpus
from tests.corpora import UNCHECKED

from kliping.contract import load_contract
from kliping.project import Corpus
from kliping.release import build_release

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


def test_a_dry_run_says_what_must_come_next_and_leaves_nothing(tmp_path: Path) -> None:
    corpus = Corpus.open(good_corpus(tmp_path).root)
    build_release(corpus, load_contract(corpus.schema), "0.1.0", UNCHECKED)
    (corpus.annotation_folder / "guidelines.md").write_text("# Other words\n")
    before = sorted(tmp_path.rglob("*"))
    written = kliping("release", "--dry-run", "--markdown", at=tmp_path)
    assert (written.returncode, written.stderr) == (0, "")
    assert written.stdout == "## 0.1.1\n\nPatch: 1 change beside the rows since 0.1.0.\n"
    assert sorted(tmp_path.rglob("*")) == before


def test_a_dry_run_of_too_little_shows_what_changed_and_exits_1(tmp_path: Path) -> None:
    corpus = Corpus.open(good_corpus(tmp_path).root)
    build_release(corpus, load_contract(corpus.schema), "0.1.0", UNCHECKED)
    splits = corpus.corpus / "splits.jsonl"
    splits.write_bytes(splits.read_bytes().replace(b'"lamps","split":"train"', b'"lamps","split":"test"'))
    tried = kliping("release", "0.2.0", "--dry-run", "--json", at=tmp_path)
    assert tried.returncode == 1
    assert json.loads(tried.stdout)["smallest"] == "1.0.0"
    assert tried.stderr.splitlines()[-1] == "kliping: choose 1.0.0 or later"


def test_a_release_without_a_version_is_a_wrong_call(tmp_path: Path) -> None:
    good_corpus(tmp_path)
    for arguments in ([], ["0.1.0", "--markdown"]):
        wrong = kliping("release", *arguments, at=tmp_path)
        assert wrong.returncode == 2
        assert "--dry-run" in wrong.stderr


def test_two_forms_of_one_page_are_a_wrong_call(tmp_path: Path) -> None:
    good_corpus(tmp_path)
    for command in (["release", "--dry-run"], ["diff", "0.1.0", "0.2.0"]):
        wrong = kliping(*command, "--json", "--markdown", at=tmp_path)
        assert (wrong.returncode, wrong.stdout) == (2, "")
        assert wrong.stderr == "kliping: --json and --markdown are two forms of one page; leave one of them out\n"

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.corpora import write_corpus
from tests.release.splitting.room import splits_of, told

if TYPE_CHECKING:
    from pathlib import Path

    from kliping.project import Corpus


def kliping(*arguments: str, at: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kliping", *arguments], cwd=at, capture_output=True, text=True, check=False
    )


@pytest.fixture
def bridged(tmp_path: Path) -> Corpus:
    """Two near-duplicates in two splits, and a new article."""
    articles = [told("a", "s"), told("b", "s", until=95), told("c", "t")]
    return write_corpus(tmp_path, articles, splits={"a": "train", "b": "test"})


def test_a_bridge_exits_1_with_the_question_and_a_decision_answers_it(bridged: Corpus) -> None:
    before = (bridged.corpus / "splits.jsonl").read_bytes()
    asked = kliping("split", at=bridged.root)
    assert (asked.returncode, asked.stdout) == (1, "")
    assert asked.stderr == (
        "kliping: corpus/splits.jsonl: near-duplicates in two splits: a (train) and b (test), similarity 0.9479; "
        "decide where the whole cluster goes with `kliping split --resolve`: a=train, or a=test (a moved split makes "
        "the next release a major one)\n"
    )
    dry = kliping("split", "--resolve", "b=test", "--dry-run", at=bridged.root)
    assert dry.stdout.startswith("nothing was changed; without --dry-run this would be done:\nsplit: 2 changes\n")
    assert (bridged.corpus / "splits.jsonl").read_bytes() == before
    assert not (bridged.state / "receipts").exists()
    done = kliping("split", "--resolve", "b=test", "--json", at=bridged.root)
    assert json.loads(done.stdout)["notes"][0] == "moved: a from train to test"
    assert json.loads((bridged.state / "receipts" / "split.json").read_text())["changes"] == 2
    assert splits_of(bridged)["a"] == "test"
    again = kliping("split", "--resolve", "b=test", at=bridged.root)
    assert (again.returncode, again.stdout.splitlines()[0]) == (0, "split: 0 changes")


def test_a_decision_that_is_none_exits_2_with_a_sentence(bridged: Corpus) -> None:
    wrong = kliping("split", "--resolve", "b=dev", at=bridged.root)
    assert wrong.returncode == 2
    assert wrong.stderr == "kliping: --resolve b=dev: write ID=SPLIT, with SPLIT one of train, validation, test\n"


def test_an_unknown_setting_exits_2_with_the_known_ones(bridged: Corpus) -> None:
    path = bridged.root / "pyproject.toml"
    path.write_text(f'{path.read_text()}\n[tool.kliping.splits]\nby = "moon"\n')
    wrong = kliping("split", at=bridged.root)
    assert wrong.returncode == 2
    assert (
        "[tool.kliping]: Invalid enum value 'moon' - at `$.splits.by`; see docs/reference/settings.md" in wrong.stderr
    )

"""`sample` and `status` as people type them."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.corpora import toy

if TYPE_CHECKING:
    from pathlib import Path


def kliping(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kliping", *arguments, "-C", str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Five articles, three of them annotated, before any round."""
    root = toy(tmp_path).root
    with (root / "pyproject.toml").open("a") as settings:
        settings.write("[tool.kliping.annotators.people.annotator-aa]\n[tool.kliping.annotators.people.annotator-bb]\n")
    return root


def test_a_round_is_made_and_told(folder: Path) -> None:
    done = kliping(folder, "sample", "--size", "2", "--by", "stratified")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("sample: 5 changes\n  articles: 5 = 1 kept + 4 set aside\n")
    again = kliping(folder, "sample", "--size", "2", "--round", "2", "--json")
    assert json.loads(again.stdout)["changes"] == 0


def test_the_table_has_its_columns_below_each_other(folder: Path) -> None:
    done = kliping(folder, "status")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[:3] == [
        "round  annotator     assigned  submitted  skipped  left  quarantined  median time",
        "    1  annotator-aa         5          3        0     2            0         12 s",
        "    1  annotator-bb         5          3        1     1            0         12 s",
    ]
    told = json.loads(kliping(folder, "status", "--json").stdout)
    assert told["articles"] == {"total": 5, "gold": 2, "partial": 1, "none": 2, "in_rounds": 5}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--size", "0"], "size 0: a round has 1 article or more"),
        (["--size", "2", "--round", "7"], "round 7: the next one is 2"),
        ([], "Missing option '--size'"),
    ],
)
def test_a_wrong_call_is_a_sentence(folder: Path, arguments: list[str], words: str) -> None:
    done = kliping(folder, "sample", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr
    assert not (folder / "annotations/rounds.jsonl").exists()

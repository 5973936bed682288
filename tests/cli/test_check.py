"""`kliping check` and `kliping adjudicate` as people and machines run them."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.check.folder import GOLD, PULLED, SPLITS, Folder, good_corpus

if TYPE_CHECKING:
    from pathlib import Path

UNCHECKED = (
    "whether annotations name an annotator could not be checked: the corpus's pseudonym key is not here; give it as "
    "KLIPING_PSEUDONYM_KEY"
)
"""Of a corpus that was pulled with a key that this machine does not have."""


def kliping(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kliping", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return good_corpus(tmp_path / "toy")


def test_a_good_corpus_exits_with_0_and_says_so(folder: Folder) -> None:
    done = kliping("check", "-C", folder.root)

    assert (done.returncode, done.stdout, done.stderr) == (0, f"no findings in the corpus toy\n{UNCHECKED}\n", "")


def test_findings_are_a_line_each_and_exit_with_1(folder: Folder) -> None:
    folder.edit(SPLITS, lambda data: data[:-1])
    done = kliping("check", "-C", folder.root)

    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "corpus/splits.jsonl:3: E103 does not end in LF; end it, or restore what was cut with git",
        "1 finding in the corpus toy",
        UNCHECKED,
    ]


def test_machines_get_the_same_findings_as_json(folder: Folder) -> None:
    folder.edit(SPLITS, lambda data: data[:-1])
    done = kliping("check", "-C", folder.root, "--json")

    assert done.returncode == 1
    assert [(one["code"], one["path"], one["line"]) for one in json.loads(done.stdout)] == [("E103", SPLITS, 3)]


def test_a_folder_that_is_neither_corpus_nor_release_exits_with_2(tmp_path: Path) -> None:
    done = kliping("check", tmp_path)

    assert done.returncode == 2
    assert "no release: no manifest.json" in done.stderr


def test_a_release_without_its_manifest_exits_with_1(folder: Folder) -> None:
    assert kliping("release", "0.1.0", "-C", folder.root).returncode == 0
    release = folder.root / "releases" / "toy-0.1.0"
    good = kliping("check", release)
    (release / "manifest.json").unlink()
    bad = kliping("check", release)

    assert (good.returncode, good.stdout) == (0, "no findings in the release toy-0.1.0\n")
    assert bad.returncode == 1
    assert bad.stdout.startswith("manifest.json: E601 missing; get the release again\n")


def test_adjudicating_twice_changes_nothing(folder: Folder) -> None:
    before = (folder.root / GOLD).read_bytes()
    folder.write(GOLD, b"")
    first, second = (kliping("adjudicate", "-C", folder.root, "--json") for _ in range(2))

    assert [json.loads(done.stdout)["changes"] for done in (first, second)] == [2, 0]
    assert (folder.root / GOLD).read_bytes() == before


def test_adjudicating_nothing_is_a_sentence(folder: Folder) -> None:
    folder.write(PULLED, b"")
    done = kliping("adjudicate", "-C", folder.root)

    assert done.returncode == 1
    assert done.stderr.endswith("annotations/pulled: nothing to adjudicate; run `kliping pull` first\n")
    assert "Traceback" not in done.stderr

"""`kliping adjudicate` as people and machines run it."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.check.folder import GOLD, PULLED, Folder, good_corpus

if TYPE_CHECKING:
    from pathlib import Path


def kliping(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kliping", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return good_corpus(tmp_path / "toy")


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

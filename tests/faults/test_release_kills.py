"""A release that is killed at any instant is finished by the next. `python -m tests.faults` kills more."""

from __future__ import annotations

import random
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.check.folder import good_corpus
from tests.faults.killed_release import killed_releases

if TYPE_CHECKING:
    from pathlib import Path

INSTANTS = 2


def test_a_killed_release_is_finished_by_the_next(tmp_path: Path) -> None:
    seed = random.randrange(1_000_000)
    print(f"seed {seed}")
    rows = list(killed_releases(tmp_path, INSTANTS, seed, articles=1100))
    assert len(rows) == INSTANTS


def test_of_two_at_once_one_releases_and_the_other_waits_or_finds_it_there(tmp_path: Path) -> None:
    folder = good_corpus(tmp_path / "toy")
    command = [sys.executable, "-m", "kliping", "release", "0.1.0"]
    both = [
        subprocess.Popen(command, cwd=folder.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    said = [one.communicate() for one in both]
    codes = sorted(one.returncode for one in both)
    assert codes in ([0, 0], [0, 2]), said
    assert [one.name for one in (folder.root / "releases").iterdir()] == ["toy-0.1.0"]

"""A command that is killed at any instant is finished by the next. `python -m tests.faults` kills more."""

from __future__ import annotations

import random
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.check.folder import good_corpus
from tests.faults.killed_adjudicate import killed_adjudications
from tests.faults.killed_normalise import killed_normalisations
from tests.faults.killed_release import killed_releases
from tests.faults.killing import Kill, state_of
from tests.faults.table import detail, summary

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def seed() -> int:
    """Of the instants: printed, so that a failure can be had again."""
    seed = random.randrange(1_000_000)
    print(f"seed {seed}")
    return seed


def test_a_killed_normalisation_is_finished_by_the_next(tmp_path: Path, seed: int) -> None:
    kills = list(killed_normalisations(tmp_path, 4, seed, dumps=100))
    assert len({one.command for one in kills}) == 4


def test_a_killed_adjudication_is_finished_by_the_next(tmp_path: Path, seed: int) -> None:
    assert len(list(killed_adjudications(tmp_path, 3, seed, articles=600))) == 3


def test_a_killed_release_is_finished_by_the_next(tmp_path: Path, seed: int) -> None:
    assert len(list(killed_releases(tmp_path, 2, seed, articles=1100))) == 2


def test_of_two_releases_at_once_one_releases_and_the_other_waits_or_finds_it_there(tmp_path: Path) -> None:
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


def test_what_a_killed_run_wrote_is_nothing_something_beside_a_part_or_all() -> None:
    before, expected = {"a": b"1", "b": b"1", "gone": b""}, {"a": b"2", "b": b"1", "c": b"3"}
    assert state_of(before, before, expected) == ("nothing", "0 of 3 files")
    assert state_of(before, {**before, ".a.12345678": b""}, expected) == (
        "beside",
        "0 of 3 files, 1 beside their place",
    )
    assert state_of(before, {**before, "a": b"2"}, expected) == ("part", "1 of 3 files")
    assert state_of(before, expected, expected) == ("all", "3 of 3 files")


def test_the_table_has_a_row_a_command_and_a_row_an_instant() -> None:
    kills = [
        Kill("push", 0.5, "killed", "nothing", "0 tasks more", 0),
        Kill("push", 1.5, "killed alone", "part", "7 tasks more", 0),
        Kill("push", 2.5, "ended before", "all", "9 tasks more", 0),
    ]
    assert detail(kills[0]) == "| push | 0.500 s | killed | 0 tasks more |"
    assert summary(kills) == (
        "| push | 3 | 2, 1 of them without its workers | 1 | 1 nothing, 1 part "
        "| as undisturbed, byte for byte; no draft left; then 0 changes | 0 duplicates |"
    )

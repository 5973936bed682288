"""A full disk, a read-only folder, two at once, a clock that goes back: a sentence, nothing half written or lost.

`python -m tests.faults` meets more of each.
"""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.check.folder import good_corpus
from tests.faults.disks import Ended, gives_mounts, read_only
from tests.faults.faults import (
    BACK,
    after_the_clock_went_back,
    at_once,
    faketime,
    on_full_disks,
    refused_by_holders,
    told_well,
    where_read_only,
)
from tests.faults.steps import STEPS, Step

from kliping.project import Corpus, alone

if TYPE_CHECKING:
    from pathlib import Path

FREE = (0, 1 << 14)
"""Bytes that are left on the disk: too few."""

NOT_RUN = {"push": ("push",), "pull": ("pull",), "relabel": ("relabel", "PERSON=HUMAN", "--offline")}
"""Commands that never come to need their server here."""

HOLDERS = {**{name: step.arguments for name, step in STEPS.items()}, **NOT_RUN}


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A corpus for each command, that none of the tests writes to."""
    found = {}
    for name in ("normalise", "adjudicate", "sample"):
        found[name] = tmp_path_factory.mktemp("faults") / name
        STEPS[name].prepare(found[name])
    return found


@pytest.mark.parametrize("name", ["normalise", "adjudicate"])
def test_a_full_disk_is_a_sentence_and_nothing_is_half_written(
    name: str, corpora: dict[str, Path], tmp_path: Path
) -> None:
    on_full_disks(name, STEPS[name], corpora[name], tmp_path, FREE)


@pytest.mark.parametrize("name", sorted(HOLDERS))
def test_a_read_only_folder_is_a_sentence(name: str, corpora: dict[str, Path], tmp_path: Path) -> None:
    if not gives_mounts():
        pytest.skip("this machine gives no mount of one's own, and root may write whatever permissions say")
    where_read_only(name, Step(HOLDERS[name], lambda _root: None), corpora["sample"], tmp_path)


@pytest.mark.parametrize("name", sorted(HOLDERS))
def test_a_command_beside_one_that_is_at_work_says_so_and_changes_nothing(name: str, tmp_path: Path) -> None:
    folder = good_corpus(tmp_path / "toy")
    refused_by_holders(name, Step(HOLDERS[name], lambda _root: None), folder.root)


@pytest.mark.parametrize("name", ["normalise", "adjudicate", "sample"])
def test_two_at_once_end_as_one(name: str, corpora: dict[str, Path], tmp_path: Path) -> None:
    at_once(name, STEPS[name], corpora[name], tmp_path)


@pytest.mark.parametrize("name", ["normalise", "adjudicate"])
def test_a_clock_that_goes_back_changes_nothing(name: str, corpora: dict[str, Path], tmp_path: Path) -> None:
    if not faketime(BACK):
        pytest.skip("no `faketime` here, which Debian's package of that name has")
    after_the_clock_went_back(name, STEPS[name], corpora[name], tmp_path)


def test_a_check_takes_no_lock_and_needs_no_room_to_write(tmp_path: Path) -> None:
    corpus = Corpus.open(good_corpus(tmp_path / "toy").root)
    command = [sys.executable, "-m", "kliping", "check", "-C", str(corpus.root)]
    with alone(corpus, "normalise"):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    if gives_mounts():
        assert read_only(corpus.root, ["check"], tmp_path / "run").code == 0


@pytest.mark.parametrize("dry", [("split", "--dry-run"), ("status",), ("agree",)])
def test_what_writes_nothing_runs_beside_a_command_that_does(dry: tuple[str, ...], tmp_path: Path) -> None:
    corpus = Corpus.open(good_corpus(tmp_path / "toy").root)
    with alone(corpus, "pull"):
        command = [sys.executable, "-m", "kliping", *dry, "-C", str(corpus.root)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_two_who_make_a_corpus_in_one_folder_are_told_apart(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kliping", "init", str(tmp_path / "new"), "--name"]
    both = [subprocess.Popen([*command, name], stderr=subprocess.PIPE, text=True) for name in ("one", "other")]
    said = [Ended(one.wait(), "", one.communicate()[1]) for one in both]
    assert sorted(one.code for one in said) == [0, 2], said
    told_well(next(one for one in said if one.code))
    settled = Corpus.open(tmp_path / "new").settings.name
    assert settled == ("one" if said[0].code == 0 else "other")

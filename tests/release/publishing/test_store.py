"""Publishing into a group's own store: a folder."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.corpora import UNCHECKED

import kliping
from kliping.contract import load_contract
from kliping.errors import CallError, DataError
from kliping.release import build_release, verify
from kliping.release.publishing import Hub, Options, Store, destination, publish
from kliping.release.publishing import store as stores

if TYPE_CHECKING:
    from pathlib import Path

    from kliping.project import Corpus
    from kliping.records import Receipt


def to_store(corpus: Corpus, folder: Path, *, dry_run: bool = False) -> Receipt:
    return publish(corpus, "0.1.0", Store(folder), lambda _folder: [], Options(dry_run=dry_run))[0]


def tree(folder: Path) -> dict[str, bytes]:
    return {one.relative_to(folder).as_posix(): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    made = tmp_path / "shelf"
    made.mkdir()
    return made


def test_a_release_is_copied_whole_and_twice_is_once(corpus: Corpus, shelf: Path) -> None:
    first = to_store(corpus, shelf)
    assert tree(shelf / "toy-0.1.0") == tree(corpus.releases / "toy-0.1.0")
    assert [one.name for one in shelf.iterdir()] == ["toy-0.1.0"]
    assert verify(shelf / "toy-0.1.0") == []
    number = len(tree(shelf / "toy-0.1.0"))
    assert (first.counts[0].taken, first.counts[0].kept, first.changes) == (number, number, number + 1)
    assert to_store(corpus, shelf).changes == 0


def test_through_the_command_line(corpus: Corpus, shelf: Path) -> None:
    command = [sys.executable, "-m", "kliping", "publish", "0.1.0", "--to", "../shelf", "--json"]
    done = subprocess.run(command, cwd=corpus.root, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["changes"] == len(tree(shelf / "toy-0.1.0")) + 1


def test_a_dry_run_writes_nothing(corpus: Corpus, shelf: Path) -> None:
    assert to_store(corpus, shelf, dry_run=True).changes == 0
    assert list(shelf.iterdir()) == []


def test_other_content_under_the_name_is_refused_and_stays(corpus: Corpus, shelf: Path) -> None:
    to_store(corpus, shelf)
    (shelf / "toy-0.1.0" / "manifest.json").write_text("{}\n")
    before = tree(shelf)
    with pytest.raises(DataError, match=r"is there with other content, and a release never changes"):
        to_store(corpus, shelf)
    assert tree(shelf) == before


def test_a_published_release_that_was_changed_since_is_told(corpus: Corpus, shelf: Path) -> None:
    to_store(corpus, shelf)
    (shelf / "toy-0.1.0" / "README.md").write_text("Other words.\n")
    with pytest.raises(
        DataError, match=r"README.md: E602 differs from the manifest(.|\n)*was changed after it was pub"
    ):
        to_store(corpus, shelf)


def test_what_is_no_release_keeps_its_name(corpus: Corpus, shelf: Path) -> None:
    (shelf / "toy-0.1.0").mkdir()
    with pytest.raises(DataError, match="is there and is no release"):
        to_store(corpus, shelf)
    assert list((shelf / "toy-0.1.0").iterdir()) == []


def test_what_a_killed_run_left_is_compared_and_mended(corpus: Corpus, shelf: Path) -> None:
    """A file whole, one cut short, one that is of no release, and a folder where a file belongs to no more."""
    own, draft = corpus.releases / "toy-0.1.0", shelf / ".toy-0.1.0.part"
    draft.mkdir()
    (draft / "LICENSE").write_bytes((own / "LICENSE").read_bytes())
    whole = (draft / "LICENSE").stat().st_ino
    (draft / "README.md").write_bytes((own / "README.md").read_bytes()[:100])
    (draft / "stray").mkdir()
    (draft / "stray" / "file").write_text("?")
    assert to_store(corpus, shelf).changes == len(tree(own))  # all but one, and the name
    assert tree(shelf / "toy-0.1.0") == tree(own)
    assert (shelf / "toy-0.1.0" / "LICENSE").stat().st_ino == whole
    assert not (shelf / "toy-0.1.0" / "stray").exists()
    assert [one.name for one in shelf.iterdir()] == ["toy-0.1.0"]


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_killed_at_any_file_the_next_run_finishes(corpus: Corpus, shelf: Path) -> None:
    expected = tree(corpus.releases / "toy-0.1.0")
    for number in range(len(expected) * 2 + 2):
        pid = os.fork()
        if pid == 0:
            _die_at_sync(number)
            to_store(corpus, shelf)
            os._exit(0)
        _, status = os.waitpid(pid, 0)
        assert os.waitstatus_to_exitcode(status) in (0, -signal.SIGKILL)
        if (shelf / "toy-0.1.0").exists():
            assert tree(shelf / "toy-0.1.0") == expected
        to_store(corpus, shelf)
        assert [one.name for one in shelf.iterdir()] == ["toy-0.1.0"]
        assert tree(shelf / "toy-0.1.0") == expected
        for path in sorted((shelf / "toy-0.1.0").rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        (shelf / "toy-0.1.0").rmdir()


def _die_at_sync(number: int) -> None:
    """In a child: end by SIGKILL where the disk is asked for the so manieth time to keep what was written."""
    left = iter(range(number))
    sync = os.fsync

    def dying(descriptor: int) -> None:
        if next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)
        sync(descriptor)

    stores.os.fsync = dying  # type: ignore[attr-defined]


def test_two_at_once_do_not_meet(corpus: Corpus, shelf: Path) -> None:
    import fcntl

    draft = shelf / ".toy-0.1.0.part"
    draft.mkdir()
    held = os.open(draft, os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)
    with pytest.raises(CallError, match="another run publishes it there right now"):
        to_store(corpus, shelf)
    os.close(held)
    assert to_store(corpus, shelf).changes > 0


def test_a_released_folder_loads_from_the_store(corpus: Corpus, shelf: Path, datasets: object) -> None:
    assert datasets
    to_store(corpus, shelf)
    assert kliping.load(shelf / "toy-0.1.0", "stances")["train"].num_rows == 1


@pytest.mark.parametrize("given", ["/srv/releases", "./x", "../x", "~/x"])
def test_a_path_that_is_not_there_is_refused(given: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    with pytest.raises(CallError, match="no such folder; make it first"):
        destination(given)


def test_how_a_path_is_told_from_a_dataset(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "group" / "store").mkdir(parents=True)
    assert destination("./group/store") == Store(tmp_path.cwd().joinpath(".", "group", "store").relative_to(tmp_path))
    assert destination("rimbia/toy") == Hub("rimbia/toy")
    with pytest.raises(CallError, match=r"a dataset of the hub, or the folder here\? write ./group/store"):
        destination("group/store")


@pytest.mark.parametrize("given", ["", "toy", "a/b/c", "https://hub.example/a/b", "a/-b", "a/b--c", "a/b.git", "a b/c"])
def test_what_is_neither_is_refused(given: str) -> None:
    with pytest.raises(CallError, match="is neither a dataset"):
        destination(given)


def test_a_version_that_was_never_built_is_refused(corpus: Corpus, shelf: Path) -> None:
    with pytest.raises(DataError, match=r"releases/toy-0.2.0: there is no such release here; run `kliping release 0.2"):
        publish(corpus, "0.2.0", Store(shelf), lambda _folder: [])
    build_release(corpus, load_contract(corpus.schema), "0.2.0", UNCHECKED)
    assert publish(corpus, "0.2.0", Store(shelf), lambda _folder: [])[0].changes > 0

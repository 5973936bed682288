"""One command at a time on a corpus: who holds it is told; what killed ones left is cleared up."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from tests.corpora import toy

from kliping.errors import CallError, DataError
from kliping.project import Corpus, Settings, alone, one_at_a_time, putting, unfinished

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOLD = """
import sys
from kliping.project import Corpus, alone
with alone(Corpus.open(sys.argv[1]), sys.argv[2]):
    print("held", flush=True)
    input()
"""


@contextmanager
def held(root: Path, command: str) -> Iterator[subprocess.Popen[str]]:
    """Another process that is at work on the corpus, under a command's name."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(root), command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_second_command_is_told_which_one_is_at_work_and_changes_nothing(tmp_path: Path) -> None:
    corpus = toy(tmp_path / "toy")
    with held(corpus.root, "pull") as other:
        said = (
            rf"^toy: `kliping pull` \(process {other.pid}, since \d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\dZ\) is at work on "
            r"this corpus; wait until it ends, then run the command again; nothing was changed$"
        )
        with pytest.raises(CallError, match=said), alone(corpus, "split"):
            pytest.fail("two at once")


def test_a_killed_command_lets_the_corpus_go(tmp_path: Path) -> None:
    corpus = toy(tmp_path / "toy")
    with held(corpus.root, "pull") as other:
        other.kill()
        other.wait()
        with alone(corpus, "split"):
            pass


def test_a_command_that_ended_leaves_no_name_behind(tmp_path: Path) -> None:
    corpus = toy(tmp_path / "toy")
    with alone(corpus, "split"):
        assert b'"command":"split"' in (corpus.state / "corpus.lock").read_bytes()
    assert (corpus.state / "corpus.lock").read_bytes() == b""


def test_a_holder_that_has_not_told_its_name_yet_is_another_command(tmp_path: Path) -> None:
    corpus = toy(tmp_path / "toy")
    with held(corpus.root, "pull"):
        (corpus.state / "corpus.lock").write_bytes(b'{"comm')
        with pytest.raises(CallError, match=r"^toy: another command is at work"), alone(corpus, "split"):
            pytest.fail("two at once")


def test_a_step_within_a_step_goes_on_and_the_lock_is_held_until_the_outer_one_ends(tmp_path: Path) -> None:
    corpus = toy(tmp_path / "toy")

    @one_at_a_time("adjudicate")
    def inner(_corpus: Corpus) -> int:
        return 1

    def from_elsewhere() -> None:
        with alone(corpus, "pull"):
            pass

    with alone(corpus, "normalise"), ThreadPoolExecutor(1) as elsewhere:
        assert inner(corpus) == 1
        with pytest.raises(CallError, match="`kliping normalise`"):
            elsewhere.submit(from_elsewhere).result()
    from_elsewhere()


def test_a_step_that_fails_lets_the_corpus_go(tmp_path: Path) -> None:
    corpus = toy(tmp_path / "toy")
    with pytest.raises(DataError, match="broken"), alone(corpus, "pull"):
        raise DataError("broken")
    with held(corpus.root, "split"):
        pass


def test_a_release_and_a_pull_do_not_keep_each_other_out(tmp_path: Path) -> None:
    corpus = toy(tmp_path / "toy")
    with held(corpus.root, "pull"), alone(corpus, "release", "release.lock"):
        pass


def test_what_killed_commands_left_is_cleared_up_and_other_hidden_files_stay(tmp_path: Path) -> None:
    corpus = toy(tmp_path / "toy")
    left = [
        "annotations/.gold.jsonl.a1b2c3_d",
        "corpus/articles/.00000.jsonl.abcdefgh",
        ".kliping/.names.json.12345678",
    ]
    others = ["annotations/.gitattributes", "annotations/.gold.jsonl.swp", "corpus/.notes.settings"]
    for name in (*left, *others):
        (corpus.root / name).parent.mkdir(exist_ok=True)
        (corpus.root / name).write_bytes(b"x")
    with alone(corpus, "split"):
        assert [name for name in (*left, *others) if (corpus.root / name).exists()] == others


def test_where_no_lock_can_be_had_a_sentence_says_why(tmp_path: Path) -> None:
    (tmp_path / ".kliping").write_bytes(b"a file, where a folder should be")
    corpus = Corpus(tmp_path, Settings(name="toy"))
    said = (
        r"\.kliping/corpus\.lock: .*; `kliping split` writes into the corpus, so its folder must be writable; nothing"
    )
    with pytest.raises(DataError, match=said), alone(corpus, "split"):
        pytest.fail("no lock")


def test_a_command_that_was_stopped_between_two_files_is_known_until_it_has_ended(tmp_path: Path) -> None:
    corpus = toy(tmp_path / "toy")
    assert unfinished(corpus) == []
    with putting(corpus):
        assert unfinished(corpus) == ["pull"]
    assert unfinished(corpus) == []
    with pytest.raises(DataError, match="full"), putting(corpus):
        raise DataError("the disk is full")
    assert unfinished(corpus) == ["pull"]
    with putting(corpus):
        pass
    assert unfinished(corpus) == []

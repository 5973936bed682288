"""What people meet at the command line: sentences and exit codes, never a trace."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from kliping.cli import COMMANDS

if TYPE_CHECKING:
    from pathlib import Path


def kliping(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command line as people do, in a process of its own."""
    command = [sys.executable, "-m", "kliping", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str) -> None:
    done = kliping(command, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert re.search("Examples?:", done.stdout) or command == "studio"


def test_the_help_lists_the_commands_in_the_order_of_an_articles_way() -> None:
    text = kliping("--help").stdout
    places = [text.index(f"\n  {command} ") for command in COMMANDS]
    assert places == sorted(places)


def test_an_unknown_command_exits_with_2() -> None:
    done = kliping("normalize")
    assert done.returncode == 2
    assert "No such command 'normalize'" in done.stderr


def test_no_corpus_exits_with_2_and_says_what_to_do(tmp_path: Path) -> None:
    done = kliping("normalise", "-C", tmp_path)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "kliping init DIR" in done.stderr


def test_a_new_corpus_passes_its_check(tmp_path: Path) -> None:
    folder = tmp_path / "warta"
    made = kliping("init", folder, "--language", "id")
    assert (made.returncode, made.stderr) == (0, "")
    checked = kliping("check", "-C", folder)
    assert (checked.returncode, checked.stderr) == (0, "")


def test_init_never_overwrites(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine")
    done = kliping("init", tmp_path, "--name", "warta")
    assert done.returncode == 2
    assert "already has README.md" in done.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["README.md"]


@pytest.mark.parametrize("arguments", [["--name", "a/b"], ["--language", "indonesian language"]])
def test_init_refuses_what_would_not_work_later(tmp_path: Path, arguments: list[str]) -> None:
    done = kliping("init", tmp_path / "new", *arguments)
    assert done.returncode == 2
    assert not (tmp_path / "new").exists()


def test_an_empty_raw_folder_is_told(tmp_path: Path) -> None:
    kliping("init", tmp_path / "new")
    done = kliping("normalise", "-C", tmp_path / "new")
    assert done.returncode == 2
    assert "corpus/raw" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_schema_that_is_none_is_told_by_every_command_that_needs_it(tmp_path: Path) -> None:
    kliping("init", tmp_path / "new")
    (tmp_path / "new/corpus/raw/a.txt").write_text("A title\n\n" + "Some words of a body. " * 10)
    (tmp_path / "new/schema/corpus.schema.json").write_text('{"type": 3}')
    for command in (["normalise"], ["check"], ["release", "0.1.0"]):
        done = kliping(*command, "-C", tmp_path / "new")
        assert done.returncode == 1, command
        assert "corpus.schema.json" in done.stdout + done.stderr
        assert "Traceback" not in done.stderr
    assert not (tmp_path / "new/corpus/articles").exists()

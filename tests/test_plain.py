"""Names and titles that come from sources cannot steer the terminal that they are printed on."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from tests.corpora import write_corpus

from kliping.plain import plain

if TYPE_CHECKING:
    from pathlib import Path

STEERING = "\x1b]0;owned\x07\u202e.html"
SHOWN = "<U+001B>]0;owned<U+0007><U+202E>.html"
PAGE = (
    "<h1>The night ferry sails</h1>" + "<p>The night ferry from Selawara sails again after two weeks, he said.</p>" * 4
)


def kliping(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kliping", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")


def test_what_steers_a_terminal_is_told_by_its_code() -> None:
    assert plain(f"Café {STEERING}\ud800") == f"Café {SHOWN}<U+D800>"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    corpus = write_corpus(tmp_path, [])
    corpus.raw.mkdir(parents=True, exist_ok=True)
    with ZipFile(corpus.raw / "old.zip", "w") as archive:
        archive.writestr(STEERING, PAGE)
        archive.writestr(f"b{STEERING}", PAGE)
    return tmp_path


def test_receipts_lists_and_errors_print_no_control_characters(folder: Path) -> None:
    made = kliping("normalise", "-C", folder)
    listed = kliping("doubtful", "-C", folder)
    wrong = kliping("explain", "-C", folder, f"no{STEERING}")
    assert SHOWN in made.stdout
    assert SHOWN in listed.stdout
    assert SHOWN in wrong.stderr
    for done in (made, listed, wrong):
        assert not {"\x1b", "\x07", "\u202e"} & {*done.stdout, *done.stderr}

"""`corpus/versions/`: each rule is proven by what breaks it."""

from __future__ import annotations

import hashlib
import json
import shutil
from typing import TYPE_CHECKING

import pytest
from tests.check.corpus.test_checking import reorder
from tests.check.folder import Folder, Json, good_corpus
from tests.corpora import UNCHECKED

from kliping.check import check_corpus
from kliping.contract import load_contract
from kliping.project import Corpus
from kliping.release import build_release

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HEAD = "corpus/versions/0.1.0.json"
LINES = "corpus/versions/0.1.0.jsonl"


@pytest.fixture(scope="session")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    folder = good_corpus(tmp_path_factory.mktemp("recorded"))
    corpus = Corpus.open(folder.root)
    build_release(corpus, load_contract(corpus.schema), "0.1.0", UNCHECKED)
    return folder


@pytest.fixture
def folder(recorded: Folder, tmp_path: Path) -> Folder:
    shutil.copytree(recorded.root, tmp_path / "copy", ignore=shutil.ignore_patterns("releases"))
    return Folder(tmp_path / "copy")


def edit_head(folder: Folder, change: Callable[[Json], object]) -> None:
    head = json.loads((folder.root / HEAD).read_bytes())
    change(head)
    folder.write(HEAD, json.dumps(head).encode() + b"\n")


def sign(folder: Folder) -> None:
    """Give the head the hash of the lines as they are now."""
    digest = hashlib.sha256((folder.root / LINES).read_bytes()).hexdigest()
    edit_head(folder, lambda head: head.update(held_sha256=digest))


def forge(change: Callable[[bytes], bytes]) -> Callable[[Folder], None]:
    def both(folder: Folder) -> None:
        folder.edit(LINES, change)
        sign(folder)

    return both


BREAKS: dict[str, tuple[str, Callable[[Folder], object]]] = {
    "lines without a head": ("E681", lambda f: (f.root / HEAD).unlink()),
    "a head without lines": ("E681", lambda f: (f.root / LINES).unlink()),
    "a head under another name": ("E681", lambda f: shutil.copy(f.root / HEAD, f.root / "corpus/versions/0.2.0.json")),
    "a line taken out": ("E682", lambda f: f.edit(LINES, lambda data: data.partition(b"\n")[2])),
    "a flipped stance": ("E682", lambda f: f.edit(LINES, lambda data: data.replace(b"against", b"favor"))),
    "an unknown split": ("E203", lambda f: f.edit_line(LINES, 0, lambda line: line.update(status="golden"))),
    "a line cut short": ("E104", lambda f: f.edit(LINES, lambda data: data[:-20])),
    "keys in another order": ("E105", lambda f: f.edit_line(LINES, 0, reorder)),
    "a head of other numbers": (
        "E683",
        lambda f: edit_head(f, lambda head: head["configs"]["articles"]["train"].update(rows=9)),
    ),
    "a line taken out, and signed": ("E683", forge(lambda data: data.partition(b"\n")[2])),
    "lines out of order, and signed": (
        "E683",
        forge(lambda data: b"".join(reversed(data.splitlines(keepends=True)))),
    ),
    "a line that is none, and signed": ("E683", forge(lambda data: data + b"{}\n")),
}


def test_a_version_as_it_was_recorded_is_good(folder: Folder) -> None:
    assert folder.codes() == set()


@pytest.mark.parametrize("broken", BREAKS)
def test_what_is_broken_is_found_by_its_rule_and_says_what_to_do(folder: Folder, broken: str) -> None:
    code, break_it = BREAKS[broken]
    break_it(folder)
    found = check_corpus(Corpus.open(folder.root))
    assert code in {one.code for one in found}
    assert all("; " in one.message for one in found)


def test_a_changed_line_is_one_finding_with_the_file(folder: Folder) -> None:
    folder.edit(LINES, lambda data: data.replace(b"against", b"favor"))
    assert [str(one) for one in check_corpus(Corpus.open(folder.root))] == [
        f"{LINES}: E682 differs from held_sha256 in 0.1.0.json; restore both with git"
    ]


def test_a_head_that_is_cut_short_is_told_once(folder: Folder) -> None:
    (folder.root / HEAD).write_text(json.dumps({"name": "toy"}) + "\n")
    assert {one.path for one in check_corpus(Corpus.open(folder.root))} == {HEAD}

"""`kliping check --fix` as people, machines and CI run it."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.check.folder import SPLITS, Folder, good_corpus

if TYPE_CHECKING:
    from pathlib import Path

BROKEN = '{"split":"train","id":"market","cluster":"market"}\r\n'
DIFFERENCE = [
    f"--- {SPLITS}",
    f"+++ {SPLITS}",
    "@@ -1 +1 @@ E103, E105",
    '-{"split":"train","id":"market","cluster":"market"}<U+000D>',
    '+{"id":"market","split":"train","cluster":"market"}',
]


def kliping(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kliping", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    made = good_corpus(tmp_path / "toy")
    good = (made.root / SPLITS).read_bytes().split(b"\n", 1)[1]
    made.write(SPLITS, BROKEN.encode() + good)
    return made


def test_the_difference_comes_first_and_what_is_left_is_told(folder: Folder) -> None:
    done = kliping("check", "--fix", "-C", folder.root)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[:7] == [
        *DIFFERENCE,
        "mended 1 line in 1 file: E103 1, E105 1",
        "no findings in the corpus toy",
    ]


def test_a_second_time_it_is_0_changes(folder: Folder) -> None:
    kliping("check", "--fix", "-C", folder.root)

    assert kliping("check", "--fix", folder.root).stdout.splitlines()[:2] == [
        "0 changes",
        "no findings in the corpus toy",
    ]


def test_a_dry_run_changes_nothing_and_exits_with_1(folder: Folder) -> None:
    before = (folder.root / SPLITS).read_bytes()
    done = kliping("check", "--fix", "--dry-run", "-C", folder.root)

    assert done.returncode == 1
    assert done.stdout.splitlines()[5] == (
        "nothing was changed; without --dry-run 1 line in 1 file would be mended: E103 1, E105 1"
    )
    assert (folder.root / SPLITS).read_bytes() == before


def test_what_cannot_be_mended_is_left_with_the_reason_and_exits_with_1(folder: Folder) -> None:
    folder.edit(SPLITS, lambda data: data + b"{\r\n")
    done = kliping("check", "--fix", "-C", folder.root)

    assert done.returncode == 1
    assert done.stdout.splitlines()[5] == (
        f"{SPLITS}:4: E103 is left: the line is no JSON object, so nobody can prove that it would say the same"
    )


def test_machines_get_the_findings_alone_and_the_difference_apart(folder: Folder) -> None:
    done = kliping("check", "--fix", "--json", "-C", folder.root)

    assert json.loads(done.stdout)["findings"] == []
    assert done.stderr.splitlines() == [*DIFFERENCE, "mended 1 line in 1 file: E103 1, E105 1"]


def test_a_release_is_never_mended(folder: Folder) -> None:
    kliping("check", "--fix", folder.root)
    assert kliping("release", "0.1.0", "-C", folder.root).returncode == 0
    done = kliping("check", "--fix", folder.root / "releases" / "toy-0.1.0")

    assert done.returncode == 2
    assert done.stderr.endswith(
        "--fix mends a corpus, never a release; mend the corpus, and release the next version\n"
    )


def test_a_dry_run_of_a_check_alone_exits_with_2(folder: Folder) -> None:
    done = kliping("check", "--dry-run", "-C", folder.root)

    assert (done.returncode, done.stderr) == (
        2,
        "kliping: --dry-run: it goes with --fix only; a check changes nothing\n",
    )

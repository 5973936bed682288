from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from pyarrow import parquet
from tests.corpora import UNCHECKED, toy

from kliping.contract import load_contract
from kliping.files import sha256
from kliping.release import build_release

if TYPE_CHECKING:
    from pathlib import Path

CORE_ONLY = (
    "import sys\n"
    "for name in ('datasets', 'huggingface_hub', 'numpy', 'pandas', 'httpx', 'selectolax', 'label_studio_sdk'):\n"
    "    sys.modules[name] = None\n"
    "sys.argv[0] = 'kliping'\n"
    "from kliping.cli import main\n"
    "main()"
)
"""The command line where no extra is installed."""


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus that released and recorded 0.1.0."""
    corpus = toy(tmp_path_factory.mktemp("corpus"))
    build_release(corpus, load_contract(corpus.schema), "0.1.0", UNCHECKED)
    return corpus.root


@pytest.fixture
def copy(recorded: Path, tmp_path: Path) -> Path:
    """The release, far from its corpus."""
    return shutil.copytree(recorded / "releases" / "toy-0.1.0", tmp_path / "toy-0.1.0")


def verify(*arguments: str, at: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", CORE_ONLY, "verify", *arguments]
    return subprocess.run(command, cwd=at, capture_output=True, text=True, check=False)


def manifest_sha256(folder: Path) -> str:
    return sha256((folder / "manifest.json").read_bytes())


def test_far_from_its_corpus_it_says_what_it_proves_and_what_not(copy: Path) -> None:
    done = verify("toy-0.1.0", at=copy.parent)
    assert (done.returncode, done.stderr) == (0, "")
    first, manifest, files, vouched = done.stdout.splitlines()
    assert first == "toy-0.1.0: toy 0.1.0: as its manifest says"
    assert manifest == f"  manifest.json: SHA-256 {manifest_sha256(copy)}"
    assert files.endswith(" bytes, each with the SHA-256 in the manifest, and no other")
    assert vouched.startswith("  vouched for by nobody: whoever changes a file can change the manifest with it.")


def test_a_published_digest_vouches_for_the_manifest(copy: Path) -> None:
    done = verify("toy-0.1.0", "--manifest-sha256", manifest_sha256(copy).upper(), "--content", at=copy.parent)
    assert done.returncode == 0
    assert done.stdout.endswith(
        "  rows: read and digested anew, as the manifest says\n  vouched for: --manifest-sha256 names this manifest\n"
    )


def test_another_published_digest_exits_1(copy: Path) -> None:
    done = verify("toy-0.1.0", "--manifest-sha256", "0" * 64, at=copy.parent)
    assert done.returncode == 1
    assert done.stdout.startswith(f"manifest.json: V101 its SHA-256 is {manifest_sha256(copy)}, not {'0' * 64}: ")


def test_in_the_corpus_that_recorded_it_the_record_vouches(recorded: Path, copy: Path) -> None:
    for arguments, at in [
        ((str(copy),), recorded),
        ((str(copy), "-C", str(recorded)), copy.parent),
        (("toy-0.1.0",), recorded / "releases"),
        ((str(recorded / "releases" / "toy-0.1.0"),), copy.parent),
    ]:
        done = verify(*arguments, at=at)
        assert done.returncode == 0
        expected = f"  vouched for: {recorded}/corpus/versions/0.1.0.json names this manifest"
        assert done.stdout.splitlines()[-1] == expected


def test_files_that_were_changed_with_their_manifest_are_found_by_the_record_alone(recorded: Path, copy: Path) -> None:
    forge(copy, drop_rows=True)
    assert verify("toy-0.1.0", at=copy.parent).returncode == 0
    done = verify(str(copy), at=recorded)
    assert done.returncode == 1
    assert done.stdout.startswith(f"manifest.json: V101 {recorded}/corpus/versions/0.1.0.json recorded version 0.1.0 ")


def test_the_same_rows_in_other_bytes_are_vouched_for_as_rows(recorded: Path, copy: Path) -> None:
    forge(copy, drop_rows=False)
    done = verify(str(copy), at=recorded)
    assert done.returncode == 0
    assert "rows: read and digested anew" in done.stdout
    assert "recorded the same rows, in other bytes" in done.stdout


def test_a_release_does_not_vouch_for_itself(recorded: Path, copy: Path) -> None:
    shutil.copy(recorded / "pyproject.toml", copy)
    shutil.copytree(recorded / "corpus" / "versions", copy / "corpus" / "versions")
    done = verify("toy-0.1.0", "--json", at=copy.parent)
    assert done.returncode == 1
    assert json.loads(done.stdout)["vouched_by"] is None


def forge(folder: Path, *, drop_rows: bool) -> None:
    """Write a table anew, and let the manifest follow."""
    (path,) = (folder / "stances").glob("test-*.parquet")
    table = parquet.read_table(path)
    parquet.write_table(table.slice(0, 0) if drop_rows else table, path, compression="none")
    held = json.loads((folder / "manifest.json").read_bytes())
    held["files"][f"stances/{path.name}"] = {"sha256": sha256(path.read_bytes()), "bytes": path.stat().st_size}
    if drop_rows:
        held["configs"]["stances"]["test"].update(rows=0, content_sha256=sha256(b""))
    (folder / "manifest.json").write_text(json.dumps(held))


def test_everything_wrong_is_told_at_once_for_machines_too(copy: Path) -> None:
    (copy / "LICENSE").unlink()
    (copy / "notes.txt").write_text("new")
    os.mkfifo(copy / "pipe")
    plain, machine = verify("toy-0.1.0", at=copy.parent), verify("toy-0.1.0", "--json", at=copy.parent)
    assert (plain.returncode, machine.returncode) == (1, 1)
    assert plain.stdout.splitlines()[:4] == [
        "LICENSE: E602 is in the manifest and is not here; get the release again",
        "notes.txt: E603 is not in the manifest; take it out",
        "pipe: E603 is not in the manifest and is no file but a pipe, a socket, a device or a folder; take it out",
        "toy-0.1.0: toy 0.1.0: 3 findings",
    ]
    told = json.loads(machine.stdout)
    assert [(one["code"], one["path"]) for one in told["findings"]] == [
        ("E602", "LICENSE"),
        ("E603", "notes.txt"),
        ("E603", "pipe"),
    ]
    assert (told["name"], told["version"], told["vouched_by"], told["bytes"]) == ("toy", "0.1.0", None, None)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere"], "kliping: nowhere: no such folder; name the folder that `kliping release` made\n"),
        (["."], "kliping: .: no release: no manifest.json; name the folder that `kliping release` made\n"),
        (
            ["toy-0.1.0", "--manifest-sha256", "3b1f"],
            "kliping: '3b1f' is no SHA-256: give 64 hexadecimal digits\n",
        ),
    ],
)
def test_a_wrong_call_exits_2_with_a_sentence(copy: Path, arguments: list[str], said: str) -> None:
    done = verify(*arguments, at=copy.parent)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", said)


def test_a_manifest_that_is_none_exits_1_with_a_sentence(copy: Path) -> None:
    (copy / "manifest.json").write_bytes(b"{")
    done = verify("toy-0.1.0", at=copy.parent)
    assert done.returncode == 1
    assert done.stderr.startswith("kliping: toy-0.1.0/manifest.json: no manifest: ")
    assert "Traceback" not in done.stderr

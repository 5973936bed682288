from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from kliping.errors import DataError
from kliping.normaliser.run.listing import list_raw, path_order

if TYPE_CHECKING:
    from pathlib import Path


def put(folder: Path, name: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(b"four")


def test_files_come_in_the_order_of_their_paths_without_hidden_ones(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a.txt", ".hidden", ".folder/x.txt", "a/.y"):
        put(tmp_path, name)
    found = list_raw(tmp_path)
    assert [file.path for file in found] == ["a.txt", "a/z.txt", "b.txt"]
    assert {file.size for file in found} == {4}
    assert found[0].changed == (tmp_path / "a.txt").stat().st_mtime_ns


def test_a_folder_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert list_raw(tmp_path / "nowhere") == []


def test_a_link_to_a_folder_is_followed_but_not_round_and_round(tmp_path: Path) -> None:
    put(tmp_path, "elsewhere/a.txt")
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "linked").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere" / "back").symlink_to(raw)
    assert [file.path for file in list_raw(raw)] == ["linked/a.txt"]


MOUNTED = """
mount -t tmpfs one "$1" && mkdir "$1/sub" && mount -t tmpfs two "$1/sub" && touch "$1/a.txt" "$1/sub/b.txt" && \\
exec "$2" -c '
import sys
from pathlib import Path
from kliping.normaliser.run.listing import list_raw
print([file.path for file in list_raw(Path(sys.argv[1]))])' "$1"
"""
"""Two disks, one in the other; the first folder of each has the same number."""


def test_a_disk_that_is_mounted_in_the_raw_folder_is_listed(tmp_path: Path) -> None:
    alone = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"]
    if not shutil.which("unshare") or subprocess.run([*alone, f"mount -t tmpfs x {tmp_path}"], check=False).returncode:
        pytest.skip("nothing can be mounted here")
    command = [*alone, MOUNTED, "sh", str(tmp_path), sys.executable]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "['a.txt', 'sub/b.txt']\n"


def test_what_is_no_file_is_listed(tmp_path: Path) -> None:
    (tmp_path / "dead.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "round.txt").symlink_to(tmp_path / "round.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    put(tmp_path, "a.txt")
    assert [file.path for file in list_raw(tmp_path)] == ["a.txt", "dead.txt", "pipe.txt", "round.txt"]


def test_names_that_no_json_can_hold_are_all_named(tmp_path: Path) -> None:
    for name in (b"a\xff.txt", b"b\xff.txt"):
        with open(os.fsencode(tmp_path) + b"/" + name, "wb") as file:  # noqa: PTH123 — the name is no text
            file.write(b"x")
    with pytest.raises(DataError, match="rename the file") as caught:
        list_raw(tmp_path)
    assert len(str(caught.value).splitlines()) == 2


def test_a_part_that_is_a_number_is_ordered_as_one() -> None:
    paths = ["t.csv/10", "t.csv/9", "t.csv", "s/2.txt", "s/10.txt"]
    assert sorted(paths, key=path_order) == ["s/10.txt", "s/2.txt", "t.csv", "t.csv/9", "t.csv/10"]

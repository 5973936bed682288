from __future__ import annotations

import os
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

"""Files are there whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from kliping.errors import DataError
from kliping.files import (
    copy_file,
    drop_drafts,
    encode_lines,
    read_lines,
    read_shards,
    write_bytes,
    write_lines,
    write_shards,
)
from kliping.records import SplitEntry

if TYPE_CHECKING:
    from collections.abc import Iterator


def entries(count: int) -> list[SplitEntry]:
    return [SplitEntry(id=f"a{number}", split="train", cluster=f"a{number}") for number in range(count)]


def test_an_equal_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "file"
    assert write_bytes(path, b"one") is True
    before = path.stat().st_mtime_ns
    assert write_bytes(path, b"one") is False
    assert path.stat().st_mtime_ns == before
    assert write_bytes(path, b"two") is True
    assert [file.name for file in path.parent.iterdir()] == ["file"]


def test_a_failed_write_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.mkdir()  # a folder in the way: the rename fails
    (path / "old").write_text("kept")
    with pytest.raises(OSError, match="file"):
        write_bytes(path, b"new")
    assert [file.name for file in tmp_path.iterdir()] == ["file"]
    assert (path / "old").read_text() == "kept"


def test_lines_have_the_schemas_key_order_and_end_in_lf() -> None:
    assert encode_lines(entries(2)) == (
        b'{"id":"a0","split":"train","cluster":"a0"}\n{"id":"a1","split":"train","cluster":"a1"}\n'
    )


def test_records_come_back_from_shards_in_order(tmp_path: Path) -> None:
    assert write_shards(tmp_path, entries(2500)) is True
    assert sorted(file.name for file in tmp_path.iterdir()) == ["00000.jsonl", "00001.jsonl", "00002.jsonl"]
    assert list(read_shards(tmp_path, SplitEntry)) == entries(2500)
    assert write_shards(tmp_path, entries(2500)) is False


def test_shards_past_the_last_are_removed(tmp_path: Path) -> None:
    write_shards(tmp_path, entries(2500))
    assert write_shards(tmp_path, entries(10)) is True
    assert [file.name for file in tmp_path.iterdir()] == ["00000.jsonl"]


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        '{"id":"a"}',
        '{"id":"a","split":"dev","cluster":"a"}',
        '{"id":"a","split":"test","cluster":"a","x":1}',
    ],
)
def test_a_wrong_line_is_told_with_its_place(tmp_path: Path, line: str) -> None:
    path = tmp_path / "splits.jsonl"
    path.write_bytes(encode_lines(entries(1)) + line.encode() + b"\n")
    with pytest.raises(DataError, match=r"splits\.jsonl:2: "):
        list(read_lines(path, SplitEntry))


def test_an_absent_file_holds_nothing(tmp_path: Path) -> None:
    assert list(read_lines(tmp_path / "none.jsonl", SplitEntry)) == []


def test_lines_are_written_whole_and_an_equal_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "lines.jsonl"
    lines = [msgspec.Raw(b'{"a":%d}' % number) for number in range(2500)]
    assert write_lines(path, iter(lines))
    before = path.stat().st_mtime_ns, path.read_bytes()
    assert not write_lines(path, iter(lines))
    assert (path.stat().st_mtime_ns, path.read_bytes()) == before
    for other in (lines[:-1], [*lines, lines[0]], [*lines[:-1], msgspec.Raw(b'{"a":"x"}')], []):
        assert write_lines(path, iter(other))
        assert path.read_bytes() == b"".join(bytes(line) + b"\n" for line in other)
    assert [one.name for one in tmp_path.iterdir()] == ["lines.jsonl"]


def test_drafts_of_a_killed_process_are_dropped_and_nothing_else(tmp_path: Path) -> None:
    for name in (
        "00000.jsonl",
        ".00000.jsonl.73976a8b",
        ".00001.jsonl.a_b_c_d_",
        ".notes.jsonl",
        "gold.jsonl.12345678",
    ):
        (tmp_path / name).write_bytes(b"")
    drop_drafts(tmp_path, "*.jsonl")
    assert sorted(one.name for one in tmp_path.iterdir()) == [".notes.jsonl", "00000.jsonl", "gold.jsonl.12345678"]


def test_a_copy_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "source").write_bytes(b"new")
    copy_file(tmp_path / "source", tmp_path / "below" / "copy")
    assert (tmp_path / "below" / "copy").read_bytes() == b"new"
    unreadable = Path("/proc/self/mem")  # opens, and fails when it is read
    if unreadable.exists():
        with pytest.raises(OSError, match="Input/output error"):
            copy_file(unreadable, tmp_path / "below" / "copy")
    assert [(path.name, path.read_bytes()) for path in (tmp_path / "below").iterdir()] == [("copy", b"new")]


def test_a_draft_that_is_being_written_is_not_dropped(tmp_path: Path) -> None:
    def written() -> Iterator[SplitEntry]:
        drop_drafts(tmp_path, "*.jsonl")
        yield from entries(2)

    assert write_lines(tmp_path / "splits.jsonl", written())
    assert [one.name for one in tmp_path.iterdir()] == ["splits.jsonl"]

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest
from pyarrow import parquet

from kliping.release.tables.columns import record_batch
from kliping.release.tables.parquet import GROUP_ROWS, ContentDigest, Part, TableWriter, row_digest

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA = pa.schema([pa.field("id", pa.string()), pa.field("marks", pa.list_(pa.int64()))])


def write(folder: Path, rows: int, *, shard_rows: int = 100_000, at_once: int = 700) -> Part:
    writer = TableWriter(folder, "toys", "train", SCHEMA, shard_rows=shard_rows)
    made = [{"id": f"a{number}", "marks": []} for number in range(rows)]
    for at in range(0, rows, at_once):
        some = made[at : at + at_once]
        writer.add(record_batch(some, SCHEMA), b"".join(map(row_digest, some)))
    return writer.close()


def test_the_content_digest_is_over_the_digests_of_sorted_json() -> None:
    digest = ContentDigest()
    own = digest.add({"id": "é", "b": None, "a": [1, 2.5]})
    assert own == hashlib.sha256('{"a":[1,2.5],"b":null,"id":"é"}'.encode()).digest()
    assert digest.hexdigest() == hashlib.sha256(own).hexdigest()


def test_the_digest_of_the_content_is_in_the_file_name(tmp_path: Path) -> None:
    part = write(tmp_path, 2)
    assert part.files == (f"toys/train-00000-of-00001-{part.content_sha256[:8]}.parquet",)
    assert [path.name for path in (tmp_path / "toys").iterdir()] == [part.files[0].removeprefix("toys/")]


def test_rows_come_back_in_row_groups_of_a_fixed_size(tmp_path: Path) -> None:
    part = write(tmp_path, GROUP_ROWS + 1)
    with parquet.ParquetFile(tmp_path / part.files[0]) as file:
        sizes = [file.metadata.row_group(at).num_rows for at in range(file.metadata.num_row_groups)]
        assert sizes == [GROUP_ROWS, 1]
        assert file.metadata.row_group(0).column(0).compression == "ZSTD"
        assert file.read().column("id").to_pylist()[-1] == f"a{GROUP_ROWS}"


def test_an_all_empty_list_column_keeps_its_type(tmp_path: Path) -> None:
    part = write(tmp_path, 2)
    assert parquet.read_schema(tmp_path / part.files[0]).field("marks").type == pa.list_(pa.int64())


def test_many_rows_are_several_files(tmp_path: Path) -> None:
    part = write(tmp_path, 5, shard_rows=2)
    assert [name.split("-")[1:4] for name in part.files] == [
        ["00000", "of", "00003"],
        ["00001", "of", "00003"],
        ["00002", "of", "00003"],
    ]
    assert [parquet.read_metadata(tmp_path / name).num_rows for name in part.files] == [2, 2, 1]
    assert part.rows == 5


@pytest.mark.parametrize("shard_rows", [100_000, 1_500])
def test_the_batches_that_rows_come_in_change_no_byte(tmp_path: Path, shard_rows: int) -> None:
    made = {}
    for at_once in (1, 999, 1_000, 2_300):
        folder = tmp_path / str(at_once)
        part = write(folder, 2_300, shard_rows=shard_rows, at_once=at_once)
        made[at_once] = {name: (folder / name).read_bytes() for name in part.files}
    assert len(made[1]) == (1 if shard_rows == 100_000 else 2)
    assert all(files == made[1] for files in made.values())


def test_without_a_row_there_is_no_file(tmp_path: Path) -> None:
    assert write(tmp_path, 0) == Part(0, hashlib.sha256().hexdigest(), (), 0, 0)
    assert not (tmp_path / "toys").exists()


def test_sizes_are_those_of_what_was_written(tmp_path: Path) -> None:
    part = write(tmp_path, 3)
    assert part.parquet_bytes == (tmp_path / part.files[0]).stat().st_size
    assert part.arrow_bytes == parquet.read_table(tmp_path / part.files[0]).nbytes

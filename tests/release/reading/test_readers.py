"""Other readers of Parquet give the rows that pyarrow gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pytest
from pyarrow import parquet

from kliping.release.verification import read_manifest

if TYPE_CHECKING:
    from pathlib import Path


def plain(value: Any) -> Any:
    """A value as pyarrow gives it: pandas has arrays for lists, and not-a-number for null."""
    if isinstance(value, np.ndarray | list):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    return None if isinstance(value, float) and np.isnan(value) else value


def by_pandas(path: Path) -> list[Any]:
    return [plain(row) for row in pd.read_parquet(path).to_dict("records")]


def by_polars(path: Path) -> list[Any]:
    rows: list[Any] = pl.read_parquet(path).to_dicts()
    return rows


def by_polars_lazily(path: Path) -> list[Any]:
    rows: list[Any] = pl.scan_parquet(path).collect().to_dicts()
    return rows


def by_duckdb(path: Path) -> list[Any]:
    with duckdb.connect() as connection:
        found = connection.execute("select * from read_parquet(?)", [str(path)])
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


@pytest.mark.parametrize("read", [by_pandas, by_polars, by_polars_lazily, by_duckdb], ids=lambda read: read.__name__)
def test_every_table_has_the_rows_that_pyarrow_reads(released: Path, read: Any) -> None:
    paths = [released / name for name in read_manifest(released).files if name.endswith(".parquet")]
    assert len(paths) >= 10
    for path in paths:
        assert read(path) == parquet.read_table(path).to_pylist(), path.name


def test_a_query_over_all_splits_of_a_config_takes_a_pattern(released: Path) -> None:
    pattern = str(released / "articles" / "*.parquet")
    with duckdb.connect() as connection:
        counted = connection.execute(f"select count(*) from '{pattern}'").fetchone()  # noqa: S608 — our own folder
    assert counted == (5,)
    assert pl.scan_parquet(pattern).collect().height == 5

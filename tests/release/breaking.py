"""Ways to break a release on purpose and let its manifest follow, as a careless tool would."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeAlias

import pyarrow as pa
from pyarrow import parquet

from kliping.files import sha256

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = [
    "Row", "drop", "edit", "edit_card", "edit_manifest", "relist", "rewrite", "rewrite_rows", "rows_into", "table_file",
]  # fmt: skip

Row: TypeAlias = dict[str, Any]


def table_file(folder: Path, config: str, split: str) -> Path:
    """The only file of a split."""
    (path,) = (folder / config).glob(f"{split}-*.parquet")
    return path


def rewrite(path: Path, folder: Path, change: Callable[[pa.Table], pa.Table]) -> None:
    """Write a table of a release anew."""
    parquet.write_table(change(parquet.read_table(path)), path)
    relist(folder, path)


def rows_into(path: Path, change: Callable[[list[Row]], object]) -> None:
    """Change the rows of a file in place, its schema kept."""
    schema, rows = parquet.read_schema(path), parquet.read_table(path).to_pylist()
    change(rows)
    parquet.write_table(pa.Table.from_pylist(rows, schema), path)


def rewrite_rows(folder: Path, config: str, split: str, change: Callable[[list[Row]], object]) -> None:
    """Change the rows of a table of a release in place."""
    path = table_file(folder, config, split)
    rows_into(path, change)
    relist(folder, path)


def edit(folder: Path, name: str, old: str, new: str) -> None:
    """Replace words of a file, where they first stand."""
    text = (folder / name).read_text()
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1))
    relist(folder, folder / name)


def edit_card(folder: Path, *edits: tuple[str, str]) -> None:
    """Replace words of the card, each where it first stands."""
    for old, new in edits:
        edit(folder, "README.md", old, new)


def drop(folder: Path, name: str) -> None:
    """Take a file out, of the manifest too."""
    (folder / name).unlink()
    edit_manifest(folder, lambda held: held["files"].pop(name))


def relist(folder: Path, path: Path) -> None:
    """Let the manifest say what a file is now."""
    entry = {"sha256": sha256(path.read_bytes()), "bytes": path.stat().st_size}
    edit_manifest(folder, lambda held: held["files"].update({path.relative_to(folder).as_posix(): entry}))


def edit_manifest(folder: Path, change: Callable[[Row], object]) -> None:
    """Change the manifest."""
    held = json.loads((folder / "manifest.json").read_bytes())
    change(held)
    (folder / "manifest.json").write_bytes(json.dumps(held).encode())

"""Ways to break a release on purpose and let its manifest follow, as a careless tool would."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pyarrow import parquet

from kliping.files import sha256

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pyarrow as pa

__all__ = ["edit_card", "relist", "rewrite", "table_file"]


def table_file(folder: Path, config: str, split: str) -> Path:
    """The only file of a split."""
    (path,) = (folder / config).glob(f"{split}-*.parquet")
    return path


def rewrite(path: Path, folder: Path, change: Callable[[pa.Table], pa.Table]) -> None:
    """Write a table of a release anew."""
    parquet.write_table(change(parquet.read_table(path)), path)
    relist(folder, path)


def edit_card(folder: Path, *edits: tuple[str, str]) -> None:
    """Replace words of the card, each where it first stands."""
    path = folder / "README.md"
    text = path.read_text()
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text)
    relist(folder, path)


def relist(folder: Path, path: Path) -> None:
    """Let the manifest say what a file is now."""
    held: dict[str, Any] = json.loads((folder / "manifest.json").read_bytes())
    entry = {"sha256": sha256(path.read_bytes()), "bytes": path.stat().st_size}
    held["files"][path.relative_to(folder).as_posix()] = entry
    (folder / "manifest.json").write_bytes(json.dumps(held).encode())

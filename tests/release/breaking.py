"""Ways to break a release on purpose and let its manifest follow, as a careless tool would."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyarrow import parquet
from tests.check.release.altering import edit_manifest
from tests.check.release.altering import table as table_file

from kliping.files import sha256

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pyarrow as pa

__all__ = ["drop", "edit", "edit_card", "relist", "rewrite", "table_file"]


def rewrite(path: Path, folder: Path, change: Callable[[pa.Table], pa.Table]) -> None:
    """Write a table of a release anew."""
    parquet.write_table(change(parquet.read_table(path)), path)
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

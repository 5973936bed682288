"""Ways to alter a release on purpose and let its manifest follow, as a careless tool would."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeAlias

import pyarrow as pa
from pyarrow import parquet

from kliping.files import sha256

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["Row", "edit", "edit_card", "edit_manifest", "relist", "rewrite", "table"]

Row: TypeAlias = dict[str, Any]


def table(folder: Path, config: str, split: str) -> Path:
    """The only file of a split."""
    (path,) = (folder / config).glob(f"{split}-*.parquet")
    return path


def rewrite(folder: Path, config: str, split: str, change: Callable[[list[Row]], object]) -> None:
    """Change the rows of a file in place."""
    path = table(folder, config, split)
    schema, rows = parquet.read_schema(path), parquet.read_table(path).to_pylist()
    change(rows)
    parquet.write_table(pa.Table.from_pylist(rows, schema), path)
    relist(folder, path)


def relist(folder: Path, path: Path) -> None:
    """Let the manifest say what a file is now, and Croissant too."""
    name, digest, size = path.relative_to(folder).as_posix(), sha256(path.read_bytes()), path.stat().st_size
    edit_manifest(folder, lambda held: held["files"].update({name: {"sha256": digest, "bytes": size}}))
    if name != "croissant.json":
        _relist_in_croissant(folder, name, digest, size)


def _relist_in_croissant(folder: Path, name: str, digest: str, size: int) -> None:
    place = folder / "croissant.json"
    document = json.loads(place.read_bytes())
    for one in document["distribution"]:
        if one["@id"] == name:
            one.update(sha256=digest, contentSize=f"{size} B")
    place.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n")
    relist(folder, place)


def edit_manifest(folder: Path, change: Callable[[Row], object]) -> None:
    """Change the manifest in place."""
    held = json.loads((folder / "manifest.json").read_bytes())
    change(held)
    (folder / "manifest.json").write_text(json.dumps(held, ensure_ascii=False, indent=2) + "\n")


def edit_card(folder: Path, old: str, new: str) -> None:
    """Change words of the card in place."""
    edit(folder, "README.md", old, new)


def edit(folder: Path, name: str, old: str, new: str) -> None:
    """Change words of a text in place, where they first stand."""
    text = (folder / name).read_text()
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1))
    relist(folder, folder / name)

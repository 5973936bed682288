"""Letting all that is derived follow a change of a release, as a clever colleague's script would."""

from __future__ import annotations

import json
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml
from pyarrow import parquet
from tests.check.release.altering import rows_into
from tests.release.breaking import table_file

from kliping.contract import CORE_FILES, load_contract
from kliping.contract.croissant import record_sets
from kliping.contract.tables import table_names
from kliping.release.croissant.distribution import distribution
from kliping.release.manifest import MANIFEST, file_entries
from kliping.release.splitting.split import SPLITS
from kliping.release.tables.parquet import ContentDigest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.check.release.altering import Row

    from kliping.contract import Contract

__all__ = ["change_rows", "change_table", "edit_croissant", "edit_head", "reseal", "seal_files"]

CARD, CROISSANT, OWN = "README.md", "croissant.json", "corpus.schema.json"


class Sealed(NamedTuple):
    """A split of a table as the manifest and the card count it; sizes are bytes on the disk and in memory."""

    path: str
    rows: int
    content_sha256: str
    size: int
    in_memory: int


def change_rows(folder: Path, config: str, split: str, change: Callable[[list[Row]], object]) -> None:
    """Change the rows of a split, and let all that is derived of them follow."""
    rows_into(table_file(folder, config, split), change)
    reseal(folder)


def change_table(folder: Path, config: str, splits: Iterable[str], change: Callable[[Any], Any]) -> None:
    """Change splits as Arrow tables, and let all that is derived of them follow."""
    for split in splits:
        path = table_file(folder, config, split)
        parquet.write_table(change(parquet.read_table(path)), path)
    reseal(folder)


def reseal(folder: Path) -> None:
    """Let file names, counts and digests follow the tables: in the card, in croissant.json and in the manifest."""
    tables = {config: _sealed(folder, config) for config in table_names(_contract(folder))}
    configs = {config: parts for config, parts in tables.items() if parts}
    edit_head(folder, lambda head: _count(head, configs))
    seal_files(folder, {config: _counted(parts) for config, parts in configs.items()})


def seal_files(folder: Path, configs: Row | None = None) -> None:
    """Let the hashes of all files follow, in croissant.json and in the manifest; `configs` are new ones of it."""
    manifest = json.loads((folder / MANIFEST).read_bytes())
    manifest["configs"] = manifest["configs"] if configs is None else configs
    if (folder / CROISSANT).is_file():
        described = json.loads((folder / CROISSANT).read_bytes())
        others = {path: entry for path, entry in file_entries(folder).items() if path != CROISSANT}
        described["distribution"] = distribution(others, manifest["configs"])
        if configs is not None:
            splits = {config: list(parts) for config, parts in configs.items()}
            described["recordSet"] = record_sets(_contract(folder), splits)
        (folder / CROISSANT).write_text(json.dumps(described, ensure_ascii=False, indent=2) + "\n")
    _list_files(folder, manifest)


def edit_head(folder: Path, change: Callable[[Row], object]) -> None:
    """Change the card's YAML."""
    _, head, body = (folder / CARD).read_text().split("---\n", 2)
    held = yaml.load(head, Loader=yaml.CSafeLoader)
    change(held)
    text = yaml.dump(held, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True, width=1_000)
    (folder / CARD).write_text(f"---\n{text}---\n{body}")
    seal_files(folder)


def edit_croissant(folder: Path, change: Callable[[Row], object]) -> None:
    """Change croissant.json, and let the manifest follow."""
    described = json.loads((folder / CROISSANT).read_bytes())
    change(described)
    (folder / CROISSANT).write_text(json.dumps(described, ensure_ascii=False, indent=2) + "\n")
    _list_files(folder, json.loads((folder / MANIFEST).read_bytes()))


def _contract(folder: Path) -> Contract:
    """The contract of a release, read once for equal files: it takes a tenth of a second."""
    return _contract_of(tuple((folder / "schema" / name).read_bytes() for name in (*CORE_FILES, OWN)))


@cache
def _contract_of(files: tuple[bytes, ...]) -> Contract:
    with tempfile.TemporaryDirectory() as place:
        for name, data in zip((*CORE_FILES, OWN), files, strict=True):
            (Path(place) / name).write_bytes(data)
        return load_contract(Path(place))


def _list_files(folder: Path, manifest: Row) -> None:
    manifest["files"] = {
        path: {"sha256": entry.sha256, "bytes": entry.bytes} for path, entry in file_entries(folder).items()
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n")


def _sealed(folder: Path, config: str) -> dict[str, Sealed]:
    """Each split of a config, its file named for what it holds now."""
    parts: dict[str, Sealed] = {}
    for split in SPLITS:
        for path in (folder / config).glob(f"{split}-*.parquet"):
            read = parquet.read_table(path)
            digest = ContentDigest()
            for row in read.to_pylist():
                digest.add(row)
            content = digest.hexdigest()
            named = path.rename(path.with_name(f"{split}-00000-of-00001-{content[:8]}.parquet"))
            size = named.stat().st_size
            parts[split] = Sealed(f"{config}/{named.name}", read.num_rows, content, size, read.nbytes)
    return parts


def _counted(parts: dict[str, Sealed]) -> Row:
    return {split: {"rows": part.rows, "content_sha256": part.content_sha256} for split, part in parts.items()}


def _count(head: Row, configs: dict[str, dict[str, Sealed]]) -> None:
    """Let the card's YAML list the files there are, with their rows and sizes."""
    head["configs"] = [one for one in head["configs"] if one["config_name"] in configs]
    head["dataset_info"] = [one for one in head["dataset_info"] if one["config_name"] in configs]
    for config in head["configs"]:
        parts = configs[config["config_name"]]
        config["data_files"] = [{"split": split, "path": part.path} for split, part in parts.items()]
    for info in head["dataset_info"]:
        parts = configs[info["config_name"]]
        info["splits"] = [
            {"name": split, "num_bytes": part.in_memory, "num_examples": part.rows} for split, part in parts.items()
        ]
        info["download_size"] = sum(part.size for part in parts.values())
        info["dataset_size"] = sum(part.in_memory for part in parts.values())

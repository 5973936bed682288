"""`manifest.json`: what a release holds and what it was made from."""

from __future__ import annotations

import hashlib
from importlib.metadata import version as installed
from typing import TYPE_CHECKING

import msgspec
import pyarrow as pa

from kliping.contract import CORE_FILES
from kliping.records import Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from kliping.contract import Contract
    from kliping.release.building.inputs import Inputs
    from kliping.release.tables.parquet import Part

__all__ = [
    "MANIFEST",
    "FileEntry",
    "Manifest",
    "PartEntry",
    "core_identifiers",
    "digest_of",
    "encode",
    "file_entries",
    "list_files",
    "make_manifest",
]

MANIFEST = "manifest.json"


class PartEntry(Record, frozen=True):
    """One split of one config: `release.schema.json#/$defs/part`."""

    rows: int
    content_sha256: str


class FileEntry(Record, frozen=True):
    """One file, its size in bytes: `release.schema.json#/$defs/file`."""

    sha256: str
    bytes: int


class Manifest(Record, frozen=True):
    """`release.schema.json#/$defs/manifest`."""

    name: str
    version: str
    scheme: str
    inputs_sha256: str
    kliping: str
    pyarrow: str
    schemas: tuple[str, ...]
    configs: dict[str, dict[str, PartEntry]]
    files: dict[str, FileEntry]


def make_manifest(
    inputs: Inputs,
    digest: str,
    version: str,
    parts: Mapping[str, Mapping[str, Part]],
    files: Mapping[str, FileEntry],
) -> Manifest:
    """The manifest of a folder that is complete but for it; `digest` is that of the inputs."""
    contract = inputs.contract
    return Manifest(
        name=inputs.corpus.settings.name,
        version=version,
        scheme=contract.scheme.version,
        inputs_sha256=digest,
        kliping=installed("kliping"),
        pyarrow=pa.__version__,
        schemas=core_identifiers(contract),
        configs=_part_entries(parts),
        files=dict(files),
    )


def core_identifiers(contract: Contract) -> tuple[str, ...]:
    """The identifiers of the core schemas of a contract."""
    return tuple(contract.identifier(file.removesuffix(".schema.json")) for file in CORE_FILES)


def file_entries(folder: Path, known: Mapping[str, FileEntry] | None = None) -> dict[str, FileEntry]:
    """Every file of a release but its manifest, in the order of their paths; what is known is not read again."""
    held = known or {}
    return {
        path: held.get(path) or FileEntry(sha256=digest_of(folder / path), bytes=(folder / path).stat().st_size)
        for path in list_files(folder)
    }


def _part_entries(parts: Mapping[str, Mapping[str, Part]]) -> dict[str, dict[str, PartEntry]]:
    """Rows and content of each split of each config."""
    return {
        config: {split: PartEntry(rows=part.rows, content_sha256=part.content_sha256) for split, part in splits.items()}
        for config, splits in parts.items()
    }


def list_files(folder: Path) -> Iterator[str]:
    """Every file of a release but its manifest, as a path with forward slashes, sorted."""
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())
    return iter(sorted(path for path in found if path != MANIFEST))


def digest_of(path: Path) -> str:
    """SHA-256 of a file, read piece by piece."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def encode(record: Record) -> bytes:
    """A record as indented JSON, keys in the schema's order, for files that people read and git compares."""
    return msgspec.json.format(msgspec.json.encode(record), indent=2) + b"\n"

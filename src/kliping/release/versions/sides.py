"""One side of a comparison: a version that is recorded, or a release folder, alike from here on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kliping.contract import load_contract
from kliping.contract.tables import table_names
from kliping.errors import CallError, DataError
from kliping.files import read_lines
from kliping.release.manifest import MANIFEST, digest_of
from kliping.release.verification import read_manifest, verify
from kliping.release.versions.derived import derive_held
from kliping.release.versions.held import Held
from kliping.release.versions.record import (
    head_of,
    head_of_record,
    held_path,
    read_version,
    recorded_versions,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from kliping.contract import Contract
    from kliping.project import Corpus
    from kliping.release.manifest import Manifest
    from kliping.release.versions.record import Head

__all__ = ["Side", "drafted_side", "folder_side", "recorded_side"]


@dataclass(frozen=True, slots=True)
class Side:
    """What is compared: the head, and what is held of each article in the order of the ids, read anew each time."""

    head: Head
    held: Callable[[], Iterator[Held]]
    folder: Path | None
    """Where the tables are, for titles; None where they are not at hand."""


def recorded_side(corpus: Corpus, version: str) -> Side:
    """A version as `corpus/versions/` has it; no Parquet file is needed.

    Raises:
        CallError: it was never released.
        DataError: its record is damaged.
    """
    record = read_version(corpus, version)
    if record is None:
        known = ", ".join(recorded_versions(corpus)) or "none"
        raise CallError(f"{version}: never released from this corpus; recorded in corpus/versions: {known}")
    path = held_path(corpus, version)
    if not path.is_file() or digest_of(path) != record.held_sha256:
        what = "differs from what its head says" if path.is_file() else "missing"
        raise DataError(f"{path}: {what}; restore it with git")
    folder = corpus.releases / f"{record.name}-{version}"
    return Side(head_of_record(record), lambda: _read(path), folder if folder.is_dir() else None)


def drafted_side(contract: Contract, manifest: Manifest, folder: Path, held: Path) -> Side:
    """A release that is being built; `held` are the lines that its build wrote."""
    return Side(head_of(contract, manifest), lambda: _read(held), folder)


def folder_side(folder: Path) -> Side:
    """A release folder, anywhere; it is compared with its manifest first.

    Raises:
        CallError: it is no release.
        DataError: it is damaged, with every finding.
    """
    manifest = read_manifest(folder)
    findings = verify(folder)
    if findings:
        raise DataError("\n".join(f"{folder}/{finding}" for finding in findings))
    contract = load_contract(folder / "schema")
    strange = manifest.configs.keys() - set(table_names(contract))
    if strange or "articles" not in manifest.configs:
        what = f"names {', '.join(sorted(strange))}, no table of its schema" if strange else "names no articles"
        raise DataError(f"{folder}/{MANIFEST}: {what}; get the release again")
    return Side(head_of(contract, manifest), lambda: derive_held(folder, manifest, contract), folder)


def _read(path: Path) -> Iterator[Held]:
    before = ""
    for number, held in enumerate(read_lines(path, Held), 1):
        if held.id <= before:
            raise DataError(f"{path}:{number}: {held.id} comes after {before}; restore the file with git")
        yield held
        before = held.id

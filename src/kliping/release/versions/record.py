"""`corpus/versions/VERSION.json`: what each release held, kept by git, so that a version can never change its mind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from kliping.errors import CallError, DataError
from kliping.files import sha256, write_bytes
from kliping.records import Record
from kliping.release.manifest import MANIFEST, PartEntry, encode

if TYPE_CHECKING:
    from pathlib import Path

    from kliping.project import Corpus
    from kliping.release.manifest import Manifest

__all__ = ["Version", "checked_version", "read_version", "record_version", "version_path"]

_SEMANTIC = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)", re.ASCII)


class Version(Record, frozen=True):
    """`release.schema.json#/$defs/version`."""

    name: str
    version: str
    inputs_sha256: str
    pyarrow: str
    manifest_sha256: str
    configs: dict[str, dict[str, PartEntry]]


def checked_version(version: str) -> str:
    """A version as Semantic Versioning 2.0.0 writes it, without pre-release or build.

    Raises:
        CallError: it is none.
    """
    if not _SEMANTIC.fullmatch(version):
        raise CallError(f"{version!r} is no version: write MAJOR.MINOR.PATCH without v, such as 0.1.0")
    return version


def version_path(corpus: Corpus, version: str) -> Path:
    """Where a version is recorded."""
    return corpus.corpus / "versions" / f"{version}.json"


def read_version(corpus: Corpus, version: str) -> Version | None:
    """What a version held; None where it was never released.

    Raises:
        DataError: the record is none.
    """
    path = version_path(corpus, version)
    if not path.is_file():
        return None
    try:
        return msgspec.json.decode(path.read_bytes(), type=Version)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: no record of a version: {error}; restore it with git") from None


def record_version(corpus: Corpus, folder: Path, manifest: Manifest) -> bool:
    """Record what a release holds, and tell whether that was news. A record that is there stays."""
    path = version_path(corpus, manifest.version)
    if path.is_file():
        return False
    record = Version(
        name=manifest.name,
        version=manifest.version,
        inputs_sha256=manifest.inputs_sha256,
        pyarrow=manifest.pyarrow,
        manifest_sha256=sha256((folder / MANIFEST).read_bytes()),
        configs=manifest.configs,
    )
    return write_bytes(path, encode(record))

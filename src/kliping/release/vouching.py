"""Who vouches for a release's manifest: a digest that was published, or the corpus that recorded the version.

A manifest proves that files belong together. Who replaces files can replace the manifest too, so what counts is whether
somebody else knows its digest.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from kliping.errors import CallError
from kliping.project import Corpus
from kliping.records import Finding, Record
from kliping.release.manifest import MANIFEST, digest_of
from kliping.release.verification import other_rows, read_manifest, verify
from kliping.release.versions.record import read_version, version_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from kliping.release.manifest import Manifest
    from kliping.release.versions.record import Version

__all__ = ["Verified", "known_corpora", "verify_release"]


class Verified(Record, frozen=True):
    """What became of comparing a release with its manifest.

    `files` is how many the manifest lists, itself left out, `bytes` their size, None where anything was found.
    `rows_compared`: whether the rows were read and digested anew. `vouched_by` names who knows this very manifest,
    `rows_vouched_by` the record of a version that holds the same rows in other bytes; both are None where nobody does.
    """

    folder: str
    name: str
    version: str
    manifest_sha256: str
    files: int
    bytes: int | None
    rows_compared: bool
    vouched_by: str | None
    rows_vouched_by: str | None
    findings: tuple[Finding, ...]


class _Record(NamedTuple):
    """What a corpus recorded of a version, and where."""

    path: Path
    version: Version


def verify_release(
    folder: Path, *, content: bool = False, manifest_sha256: str | None = None, corpora: Iterable[Corpus] = ()
) -> Verified:
    """Compare a release with its manifest, and the manifest with what others know of it.

    Args:
        folder: `NAME-VERSION/`, anywhere.
        content: also read the tables and digest their rows. Rows are read too where a corpus recorded this version with
            the same rows in other bytes, as another pyarrow writes them.
        manifest_sha256: the SHA-256 that the manifest should have, in hexadecimal.
        corpora: which may have recorded the version; the first that did is asked. None that lies in the folder is:
            a release cannot vouch for itself.

    Raises:
        CallError: the folder is no release.
        DataError: its manifest, or a corpus's record of the version, is none.
    """
    manifest = read_manifest(folder)
    found = digest_of(folder / MANIFEST)
    elsewhere = (corpus for corpus in corpora if not corpus.root.is_relative_to(folder.resolve()))
    record = next(_records(manifest, elsewhere), None)
    same_bytes = record is not None and record.version.manifest_sha256 == found
    same_rows = record is not None and record.version.configs == manifest.configs
    content = content or (same_rows and not same_bytes)
    findings = verify(folder)
    rows = list(other_rows(folder, manifest)) if content else []
    asked = manifest_sha256.lower() if manifest_sha256 is not None else None
    if asked is not None and asked != found:
        findings.append(_finding(f"its SHA-256 is {found}, not {asked}: another release, or one that was changed"))
    if record is not None and not same_rows:
        findings.append(_finding(f"{record.path} recorded version {manifest.version} with other rows"))
    by = str(record.path) if record is not None else None
    return Verified(
        folder=str(folder),
        name=manifest.name,
        version=manifest.version,
        manifest_sha256=found,
        files=len(manifest.files),
        bytes=None if findings else sum(entry.bytes for entry in manifest.files.values()),
        rows_compared=content,
        vouched_by=by if same_bytes else "--manifest-sha256" if asked == found else None,
        rows_vouched_by=by if same_rows and not same_bytes and not rows else None,
        findings=(*findings, *rows),
    )


def known_corpora(*starts: Path) -> Iterator[Corpus]:
    """The corpus at or above each folder, where there is one."""
    for start in starts:
        with suppress(CallError):
            yield Corpus.open(start)


def _records(manifest: Manifest, corpora: Iterable[Corpus]) -> Iterator[_Record]:
    for corpus in corpora:
        if corpus.settings.name == manifest.name:
            version = read_version(corpus, manifest.version)
            if version is not None:
                yield _Record(version_path(corpus, manifest.version), version)


def _finding(message: str) -> Finding:
    return Finding(code="V101", path=MANIFEST, line=None, message=f"{message}; get the release again from who made it")

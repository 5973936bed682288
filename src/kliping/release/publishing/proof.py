"""What is published is what was recorded: proven before anything is sent, file by file."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kliping.errors import DataError
from kliping.release.manifest import MANIFEST, FileEntry, Manifest, digest_of
from kliping.release.verification import read_manifest, verify
from kliping.release.versions.record import checked_version, read_version

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from kliping.project import Corpus
    from kliping.records import Finding
    from kliping.release.versions.record import Version

__all__ = ["Proven", "git_blob", "prove"]


@dataclass(frozen=True, slots=True)
class Proven:
    """A release that is whole, good and recorded; `files` are all of it, the manifest included, by path."""

    folder: Path
    manifest: Manifest
    files: Mapping[str, FileEntry]

    @property
    def tag(self) -> str:
        """The version's tag, such as `v0.1.0`."""
        return f"v{self.manifest.version}"


def prove(corpus: Corpus, version: str, check: Callable[[Path], Sequence[Finding]]) -> Proven:
    """A release of this corpus, compared with its manifest, its record in corpus/versions, and every rule.

    Args:
        corpus: an opened corpus.
        version: MAJOR.MINOR.PATCH.
        check: gives the findings about a release folder.

    Raises:
        CallError: the version is none.
        DataError: it is not built, not recorded, not what was recorded, or wrong; all that is wrong at once.
    """
    name = f"{corpus.settings.name}-{checked_version(version)}"
    folder = corpus.releases / name
    if not (folder / MANIFEST).is_file():
        raise DataError(f"releases/{name}: there is no such release here; run `kliping release {version}` first")
    manifest = read_manifest(folder)
    recorded = read_version(corpus, version)
    faults = [f"releases/{name}/{finding}" for finding in verify(folder)]
    faults += _unlike_record(corpus, version, manifest, recorded, digest_of(folder / MANIFEST))
    if "LICENSE" not in manifest.files:
        faults.append(f"releases/{name}: no LICENSE: what others may do with it must be said; release a new version")
    faults = faults or [f"releases/{name}/{finding}" for finding in check(folder)]
    if faults:
        raise DataError("\n".join(faults))
    own = FileEntry(sha256=digest_of(folder / MANIFEST), bytes=(folder / MANIFEST).stat().st_size)
    return Proven(folder, manifest, {**manifest.files, MANIFEST: own})


def _unlike_record(
    corpus: Corpus, version: str, manifest: Manifest, recorded: Version | None, manifest_sha256: str
) -> list[str]:
    place = f"corpus/versions/{version}.json"
    if recorded is None:
        return [f"{place}: missing, so nobody could tell later what was published; restore it with git"]
    if (manifest.name, manifest.version) != (corpus.settings.name, version):
        return [f"{place}: the manifest is of {manifest.name} {manifest.version}; build this version again"]
    if recorded.manifest_sha256 != manifest_sha256:
        message = (
            f"{place}: the folder in releases is not the one that was recorded; remove it and run `kliping release "
            f"{version}` with kliping {recorded.kliping} and pyarrow {recorded.pyarrow}, which give the recorded bytes"
        )
        return [message]
    return []


def git_blob(path: Path) -> str:
    """The name that git gives a file's content: SHA-1 over `blob SIZE`, a zero byte and the content."""
    digest = hashlib.sha1(b"blob %d\0" % path.stat().st_size, usedforsecurity=False)
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()

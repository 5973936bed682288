"""Exceptions applied to what was found in a release that is on record."""

from __future__ import annotations

import os
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from kliping.check.exceptions.reading import EXCEPTIONS, usable_exceptions
from kliping.check.exceptions.rules import NEED_RULES, Used
from kliping.check.reporting.report import Excepted
from kliping.errors import KlipingError
from kliping.release.manifest import MANIFEST, digest_of
from kliping.release.verification import read_manifest
from kliping.release.versions.record import read_version

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from pathlib import Path

    from kliping.check.exceptions.reading import Stated
    from kliping.project import Corpus
    from kliping.records import Finding

__all__ = ["Applied", "apply_exceptions"]


class Applied(NamedTuple):
    """What counts, what is allowed, and sentences about exceptions that do not count."""

    findings: tuple[Finding, ...]
    excepted: tuple[Excepted, ...] = ()
    notes: tuple[str, ...] = ()


def apply_exceptions(folder: Path, findings: Sequence[Finding], corpora: Iterable[Corpus], today: date) -> Applied:
    """Take out of a release's findings what its corpus allows; what it allows in vain is a finding of its own.

    Only a release on record has exceptions: its manifest, or the rows that its manifest lists, are those that
    `corpus/versions/` holds. Each finding is allowed by the first exception for its rule and file.

    Args:
        folder: the release.
        findings: what was found in it.
        corpora: which may have recorded it; the first with its name is asked. None that lies in the folder is.
        today: exceptions count until their last day is over.
    """
    outside = (corpus for corpus in corpora if not corpus.root.is_relative_to(folder.resolve()))
    version, corpus = _version(folder), None
    if version is not None:
        corpus = next((one for one in outside if one.settings.name == version.name), None)
    if version is None or corpus is None:
        return Applied(tuple(findings))
    stated = list(usable_exceptions(corpus, version.number))
    if stated and not _is_on_record(corpus, folder, version):
        note = f"{EXCEPTIONS} does not count here: this is not the {version.number} that corpus/versions has on record"
        return Applied(tuple(findings), notes=(note,))
    return _applied(stated, findings, os.path.relpath(corpus.root, folder.resolve()), today)


class _Release(NamedTuple):
    name: str
    number: str


def _version(folder: Path) -> _Release | None:
    """What a release calls itself; None where its manifest cannot be read."""
    with suppress(KlipingError, OSError):
        manifest = read_manifest(folder)
        return _Release(manifest.name, manifest.version)
    return None


def _is_on_record(corpus: Corpus, folder: Path, version: _Release) -> bool:
    with suppress(KlipingError):
        record = read_version(corpus, version.number)
        if record is not None:
            same_rows = record.configs == read_manifest(folder).configs
            return same_rows or record.manifest_sha256 == digest_of(folder / MANIFEST)
    return False


def _applied(stated: Sequence[Stated], findings: Sequence[Finding], root: str, today: date) -> Applied:
    standing = [one for one in stated if one.exception.until is None or one.exception.until >= today.isoformat()]
    kept: list[Finding] = []
    excepted: list[Excepted] = []
    uses = Counter[int]()
    for finding in findings:
        at = next((at for at, one in enumerate(standing) if _allows(one, finding)), None)
        if at is None:
            kept.append(finding)
        else:
            uses[at] += 1
            excepted.append(_excepted(finding, standing[at]))
    for at, one in enumerate(standing):
        place = one.place._replace(path=f"{root}/{one.place.path}")  # from what was checked, as all paths are
        kept += NEED_RULES.findings(Used(one._replace(place=place), uses[at]))
    notes = (f"{one.place} ended on {one.exception.until}, and counts no more" for one in stated if one not in standing)
    return Applied(tuple(kept), tuple(excepted), tuple(notes))


def _allows(stated: Stated, finding: Finding) -> bool:
    return stated.exception.code == finding.code and stated.exception.path in (None, finding.path)


def _excepted(finding: Finding, stated: Stated) -> Excepted:
    one = stated.exception
    return Excepted(
        finding=finding, line=stated.place.line or 0, reason=one.reason, by=one.by, date=one.date, until=one.until
    )

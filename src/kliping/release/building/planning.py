"""What is to be built, where, and of what: settled before anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kliping.errors import DataError
from kliping.normaliser.run.processes import available_cores
from kliping.release.building.inputs import Inputs, inputs_sha256, read_inputs
from kliping.release.building.refusals import refusals, split_refusals
from kliping.release.card.changelog import changes_until, read_changes
from kliping.release.card.described import release_date
from kliping.release.manifest import MANIFEST
from kliping.release.splitting.leakage import Leakage, leakage
from kliping.release.verification import read_manifest
from kliping.release.versions.record import checked_version, read_version

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kliping.contract import Contract
    from kliping.project import Corpus
    from kliping.records import Finding
    from kliping.release.card.changelog import Change
    from kliping.release.versions.record import Version

__all__ = ["Plan", "inputs_under", "make_plan", "refuse"]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be built where; `digest` is that of the inputs, `recorded` what an earlier build held."""

    inputs: Inputs
    digest: str
    version: str
    date: str | None
    changes: tuple[Change, ...]
    place: Path
    recorded: Version | None
    leakage: Leakage
    workers: int


def make_plan(corpus: Corpus, contract: Contract, version: str, workers: int | None = None) -> Plan:
    """What is to be built, of a corpus that can be released under this version as far as its inputs tell.

    Raises:
        CallError: the version is none.
        DataError: something is missing or cannot be read, with every finding; or the version holds other content.
    """
    checked_version(version)
    inputs = read_inputs(corpus, contract)
    if inputs.taken.findings:  # not all lines can be read, so not all texts compared
        refuse(list(refusals(inputs)))
    found = leakage(corpus)
    refuse([*refusals(inputs), *split_refusals(corpus, found)])
    place = corpus.releases / f"{corpus.settings.name}-{version}"
    date, changes = _told(corpus, version)
    digest = inputs_sha256(inputs, [date, changes])
    processes = workers or corpus.settings.workers or available_cores()
    plan = Plan(inputs, digest, version, date, changes, place, read_version(corpus, version), found, processes)
    _same_inputs(plan)
    return plan


def inputs_under(plan: Plan, version: str) -> str:
    """The digest that the inputs of a plan would have under an older version.

    It leaves out what is said of later versions only, so that a new date or a new section of the changelog alone is
    no change of the corpus.
    """
    return inputs_sha256(plan.inputs, _told(plan.inputs.corpus, version))


def _told(corpus: Corpus, version: str) -> tuple[str | None, tuple[Change, ...]]:
    """A version's date, and what the changelog says until it."""
    changes = changes_until(read_changes(corpus.corpus / "CHANGELOG.md"), version)
    return release_date(changes, version), changes


def refuse(findings: Sequence[Finding], prefix: str = "", remedy: str = "") -> None:
    """Raise what was found, in order, where anything was.

    Raises:
        DataError: a line for each finding.
    """
    if findings:
        ordered = sorted(findings, key=lambda one: (one.path, one.line or 0, one.code, one.message))
        raise DataError("\n".join(f"{prefix}{finding}{remedy}" for finding in ordered))


def _same_inputs(plan: Plan) -> None:
    """A version that was released, here or elsewhere, was made from these very inputs."""
    if plan.place.exists() and not (plan.place / MANIFEST).is_file():
        raise DataError(f"releases/{plan.place.name}: no release, for want of {MANIFEST}; remove the folder")
    if plan.recorded is not None:
        known = plan.recorded.inputs_sha256
    elif plan.place.exists():
        known = read_manifest(plan.place).inputs_sha256
    else:
        return
    if known != plan.digest:
        raise DataError(
            f"version {plan.version} was released with other content, and a release never changes; choose a new version"
        )

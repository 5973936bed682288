"""`kliping release VERSION`: a folder that is there whole, checked, or not at all, and never changes."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
from collections import Counter
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kliping.errors import DataError
from kliping.files import write_bytes
from kliping.normaliser.run.processes import available_cores
from kliping.project import why_unchecked
from kliping.records import Count, Receipt
from kliping.release.alone import one_at_a_time
from kliping.release.card.card import card_files
from kliping.release.card.changelog import changes_until, read_changes
from kliping.release.card.described import Described, release_date
from kliping.release.croissant.document import CROISSANT, croissant
from kliping.release.inputs import Inputs, inputs_sha256, read_inputs
from kliping.release.manifest import MANIFEST, digest_of, encode, file_entries, make_manifest
from kliping.release.refusals import refusals, split_refusals
from kliping.release.splitting.leakage import Leakage, leakage
from kliping.release.tables.writing import write_tables
from kliping.release.verification import read_manifest, verify
from kliping.release.versions.record import checked_version, read_version, record_version
from kliping.release.versions.sides import drafted_side
from kliping.release.versions.succession import next_patch, succeed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kliping.contract import Contract
    from kliping.project import Corpus
    from kliping.records import Finding
    from kliping.release.card.changelog import Change
    from kliping.release.manifest import Manifest
    from kliping.release.versions.succession import Succession

from kliping.release.versions.record import Version

__all__ = ["Check", "build_release", "dry_run"]


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


class Draft(NamedTuple):
    """A release that is written and not yet there: its folder, and the lines of what is held of each article."""

    folder: Path
    held: Path
    manifest: Manifest


class Check(NamedTuple):
    """What finds everything wrong with a corpus, and with a release folder; a room above this one knows how."""

    corpus: Callable[[Corpus], Sequence[Finding]]
    release: Callable[[Path], Sequence[Finding]]


@one_at_a_time
def build_release(
    corpus: Corpus, contract: Contract, version: str, check: Check, workers: int | None = None
) -> tuple[Receipt, Path]:
    """Build `releases/NAME-VERSION/` and record it in `corpus/versions/VERSION.json`.

    The same inputs under the same version change nothing; a folder that is gone is built again, and must hold what was
    recorded. The corpus is checked first; the release is built beside its place, checked, then renamed.

    Args:
        corpus: an opened corpus.
        contract: its contract.
        version: MAJOR.MINOR.PATCH.
        check: gives the findings about a corpus and about a release folder; any keeps the release from appearing.
        workers: processes at most; without it, those of the settings, else one a core. They change nothing but the
            time.

    Raises:
        CallError: the version is none, or another release of the corpus is being built.
        DataError: the corpus cannot be released, with every finding; or the version is there with other content.
    """
    plan = _plan(corpus, contract, version, check, workers)
    place, there, notes = plan.place, plan.place.exists(), []
    if there:
        _refuse(verify(place), f"releases/{place.name}/", "; remove the folder and run `kliping release` again")
        if plan.recorded is None:
            raise DataError(
                f"releases/{place.name} is there and corpus/versions/{version}.json is not; restore the record with "
                "git, or remove the folder and run `kliping release` again"
            )
    else:
        notes = _build(plan, check)
    recorded = not there and plan.recorded is None
    return _receipt(plan, read_manifest(place), int(not there) + recorded, notes), place


@contextmanager
def dry_run(
    corpus: Corpus, contract: Contract, version: str | None, check: Check, workers: int | None = None
) -> Iterator[Succession]:
    """Build and check a release, give what it would follow, and leave nothing of it.

    Args:
        corpus: an opened corpus.
        contract: its contract.
        version: MAJOR.MINOR.PATCH; None for the next one, whatever it may be.
        check: as for `build_release`.
        workers: as for `build_release`.

    Raises:
        CallError: the version is none.
        DataError: the corpus cannot be released, with every finding.
    """
    plan = _plan(corpus, contract, version or next_patch(corpus), check, workers)
    try:
        with _drafted(plan) as draft:
            _refuse(check.release(draft.folder), "the release as built: ")
            found = _succession(plan, draft)
            yield found if version else found.named()
    finally:
        with suppress(OSError):
            corpus.releases.rmdir()  # only where it is empty


def _plan(corpus: Corpus, contract: Contract, version: str, check: Check, workers: int | None) -> Plan:
    """What is to be built, of a corpus that can be released under this version as far as its inputs tell."""
    checked_version(version)
    _refuse(check.corpus(corpus))
    inputs = read_inputs(corpus, contract)
    if inputs.taken.findings:  # not all lines can be read, so not all texts compared
        _refuse(list(refusals(inputs)))
    found = leakage(corpus)
    _refuse([*refusals(inputs), *split_refusals(corpus, found)])
    place = corpus.releases / f"{corpus.settings.name}-{version}"
    changes = changes_until(read_changes(corpus.corpus / "CHANGELOG.md"), version)
    date = release_date(changes, version)
    digest = inputs_sha256(inputs, [date, changes])
    processes = workers or corpus.settings.workers or available_cores()
    plan = Plan(inputs, digest, version, date, changes, place, read_version(corpus, version), found, processes)
    _sweep(corpus.releases)
    _same_inputs(plan)
    return plan


def _refuse(findings: Sequence[Finding], prefix: str = "", remedy: str = "") -> None:
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


def _build(plan: Plan, check: Check) -> list[str]:
    """Build beside the place, check, record, then rename: a kill before the last step leaves a record to build again.

    Returns:
        Notes on what changed since the version before, where this one is news.
    """
    with _drafted(plan) as draft:
        notes: list[str] = []
        if plan.recorded is None:
            succession = _succession(plan, draft)
            succession.refuse()
            notes += [*succession.notes(), *_unwritten(plan)]
        elif plan.recorded.configs != draft.manifest.configs:
            raise DataError(
                f"version {plan.version}: these inputs no longer give what was recorded in "
                f"corpus/versions/{plan.version}.json: another kliping built it; choose a new version"
            )
        _refuse(check.release(draft.folder), "the release as built: ")
        record_version(plan.inputs.corpus, plan.inputs.contract, draft.folder, draft.manifest, draft.held)
        draft.folder.rename(plan.place)
        return notes


@contextmanager
def _drafted(plan: Plan) -> Iterator[Draft]:
    """A release as it is written beside its place; what is still there in the end is removed."""
    plan.place.parent.mkdir(parents=True, exist_ok=True)
    draft = plan.place.parent / f".{plan.place.name}.{os.getpid()}"
    folder, held = draft / plan.place.name, draft / "held.jsonl"
    try:
        draft.mkdir()
        with _locked(draft):
            folder.mkdir()
            yield Draft(folder, held, _fill(folder, held, plan))
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _succession(plan: Plan, draft: Draft) -> Succession:
    inputs = plan.inputs
    return succeed(inputs.corpus, drafted_side(inputs.contract, draft.manifest, draft.folder, draft.held))


def _unwritten(plan: Plan) -> Iterator[str]:
    """A changelog that says nothing of a version is no error; it is an input, so it cannot be mended afterwards."""
    if all(change.version != plan.version for change in plan.changes):
        yield (
            f"corpus/CHANGELOG.md has no section {plan.version}, so the card tells no changes; before a release, "
            "`kliping release VERSION --dry-run --markdown` writes one to paste there"
        )


def _fill(folder: Path, held: Path, plan: Plan) -> Manifest:
    inputs, version = plan.inputs, plan.version
    parts, statistics, findings = write_tables(folder, held, inputs, plan.workers)
    _refuse(findings)
    corpus, contract = inputs.corpus, inputs.contract
    filled = Described(
        settings=corpus.settings,
        contract=contract,
        version=version,
        date=plan.date,
        changes=plan.changes,
        parts=parts,
        statistics=statistics,
        leakage=plan.leakage,
        guidelines=(corpus.annotation_folder / "guidelines.md").is_file(),
    )
    for path, text in card_files(filled):
        write_bytes(folder / path, text.encode())
    for source, target in _copies(corpus):
        write_bytes(folder / target, source.read_bytes())
    files = file_entries(folder)
    write_bytes(folder / CROISSANT, croissant(filled, files))
    manifest = make_manifest(inputs, plan.digest, version, parts, file_entries(folder, files))
    write_bytes(folder / MANIFEST, encode(manifest))
    return manifest


def _copies(corpus: Corpus) -> Iterator[tuple[Path, Path]]:
    yield corpus.corpus / "LICENSE", Path("LICENSE")
    for path in sorted(corpus.schema.glob("*.schema.json")):
        yield path, Path("schema") / path.name
    guidelines = corpus.annotation_folder / "guidelines.md"
    if guidelines.is_file():
        yield guidelines, Path("guidelines.md")


def _receipt(plan: Plan, manifest: Manifest, changes: int, news: Sequence[str]) -> Receipt:
    """Taken is what the corpus's files hold, kept is what the tables hold: the two are counted apart."""
    taken = plan.inputs.taken
    rows = Counter({table: sum(part.rows for part in parts.values()) for table, parts in manifest.configs.items()})
    return Receipt(
        step="release",
        counts=(
            Count(what="articles", taken=taken.articles, kept=rows["articles"]),
            Count(what="articles with gold", taken=taken.gold, kept=rows["entities"]),
            Count(what="gold stances", taken=taken.stances, kept=rows["stances"]),
            Count(what="annotations", taken=taken.annotations, kept=rows["annotations"], set_aside=taken.superseded),
        ),
        changes=changes,
        notes=(*news, *_notes(plan, taken.superseded)),
    )


def _notes(plan: Plan, superseded: int) -> Iterator[str]:
    if superseded:
        yield f"annotations of a superseded text, set aside: {superseded}"
    if plan.recorded is not None and plan.recorded.manifest_sha256 != digest_of(plan.place / MANIFEST):
        yield "the same rows in other bytes than were recorded: another kliping or pyarrow wrote them"
    if unchecked := why_unchecked(plan.inputs.corpus):
        yield unchecked
    yield str(plan.leakage)


def _sweep(releases: Path) -> None:
    """Remove what killed runs left; a folder of a run that still goes on stays."""
    for folder in releases.glob(".*"):
        if re.fullmatch(r"\..+\.\d+", folder.name) and folder.is_dir():
            with suppress(BlockingIOError), _locked(folder):
                shutil.rmtree(folder)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold a folder against other runs; the system lets it go with the process, however that ends.

    Raises:
        BlockingIOError: another run holds it.
    """
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(descriptor)

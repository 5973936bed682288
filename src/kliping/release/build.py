"""`kliping release VERSION`: a folder that is there whole, checked, or not at all, and never changes."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
from collections import Counter
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kliping.contract.tables import arrow_schema, table_names
from kliping.errors import DataError
from kliping.files import encode_lines, write_bytes
from kliping.records import Count, Receipt
from kliping.release.card.card import card_files
from kliping.release.card.changelog import changes_until, read_changes
from kliping.release.card.described import Described, release_date
from kliping.release.card.statistics import Statistics
from kliping.release.croissant.document import CROISSANT, croissant
from kliping.release.inputs import Inputs, inputs_sha256, read_inputs
from kliping.release.manifest import MANIFEST, digest_of, encode, file_entries, make_manifest
from kliping.release.refusals import refusals
from kliping.release.splitting.split import SPLITS
from kliping.release.tables.annotated import Annotated, words
from kliping.release.tables.parquet import Part, TableWriter
from kliping.release.tables.rows import BUILDERS
from kliping.release.verification import read_manifest, verify
from kliping.release.versions.held import hold
from kliping.release.versions.record import checked_version, read_version, record_version

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kliping.contract import Contract
    from kliping.project import Corpus
    from kliping.records import Finding
    from kliping.release.card.changelog import Change
    from kliping.release.manifest import Manifest

from kliping.release.versions.record import Version

__all__ = ["Check", "build_release"]


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


class Check(NamedTuple):
    """What finds everything wrong with a corpus, and with a release folder; a room above this one knows how."""

    corpus: Callable[[Corpus], Sequence[Finding]]
    release: Callable[[Path], Sequence[Finding]]


def build_release(corpus: Corpus, contract: Contract, version: str, check: Check) -> tuple[Receipt, Path]:
    """Build `releases/NAME-VERSION/` and record it in `corpus/versions/VERSION.json`.

    The same inputs under the same version change nothing; a folder that is gone is built again, and must hold what was
    recorded. The corpus is checked first; the release is built beside its place, checked, then renamed.

    Args:
        corpus: an opened corpus.
        contract: its contract.
        version: MAJOR.MINOR.PATCH.
        check: gives the findings about a corpus and about a release folder; any keeps the release from appearing.

    Raises:
        CallError: the version is none.
        DataError: the corpus cannot be released, with every finding; or the version is there with other content.
    """
    checked_version(version)
    _refuse(check.corpus(corpus))
    inputs = read_inputs(corpus, contract)
    _refuse(list(refusals(inputs)))
    place = corpus.releases / f"{corpus.settings.name}-{version}"
    changes = changes_until(read_changes(corpus.corpus / "CHANGELOG.md"), version)
    date = release_date(changes, version)
    digest = inputs_sha256(inputs, [date, changes])
    plan = Plan(inputs, digest, version, date, changes, place, read_version(corpus, version))
    _sweep(corpus.releases)
    _same_inputs(plan)
    there = place.exists()
    if there:
        _refuse(verify(place), f"releases/{place.name}/", "; remove the folder and run `kliping release` again")
        if plan.recorded is None:
            raise DataError(
                f"releases/{place.name} is there and corpus/versions/{version}.json is not; restore the record with "
                "git, or remove the folder and run `kliping release` again"
            )
        recorded = False
    else:
        recorded = _build(plan, check)
    return _receipt(plan, read_manifest(place), int(not there) + recorded), place


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


def _build(plan: Plan, check: Check) -> bool:
    """Build beside the place, check, record, then rename: a kill before the last step leaves a record to build again.

    Returns:
        Whether the record was news.
    """
    plan.place.parent.mkdir(parents=True, exist_ok=True)
    draft = plan.place.parent / f".{plan.place.name}.{os.getpid()}"
    folder, held = draft / plan.place.name, draft / "held.jsonl"
    try:
        draft.mkdir()
        with _locked(draft):
            folder.mkdir()
            manifest = _fill(folder, held, plan)
            if plan.recorded is not None and plan.recorded.configs != manifest.configs:
                raise DataError(
                    f"version {plan.version}: these inputs no longer give what was recorded in "
                    f"corpus/versions/{plan.version}.json: another kliping built it; choose a new version"
                )
            _refuse(check.release(folder), "the release as built: ")
            recorded = record_version(plan.inputs.corpus, plan.inputs.contract, folder, manifest, held)
            folder.rename(plan.place)
            return recorded
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _fill(folder: Path, held: Path, plan: Plan) -> Manifest:
    inputs, version = plan.inputs, plan.version
    statistics = Statistics()
    parts = _write_tables(folder, held, inputs, statistics)
    corpus, contract = inputs.corpus, inputs.contract
    filled = Described(
        settings=corpus.settings,
        contract=contract,
        version=version,
        date=plan.date,
        changes=plan.changes,
        parts=parts,
        statistics=statistics,
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


def _write_tables(folder: Path, held: Path, inputs: Inputs, statistics: Statistics) -> dict[str, dict[str, Part]]:
    """Every table in every split where it has a row, and beside them what is held of each article.

    `datasets` cannot load a split without a row.
    """
    tables = table_names(inputs.contract)
    used = {inputs.splits[name].split for name in inputs.texts}
    splits = [split for split in SPLITS if split in used]
    known = words(inputs.contract)
    with ExitStack() as opened:
        holding = opened.enter_context(held.open("wb"))
        writers = {}
        for table in tables:
            schema = arrow_schema(inputs.contract, table)
            for split in splits:
                writers[table, split] = writer = TableWriter(folder, table, split, schema)
                opened.callback(writer.abandon)
        for annotated in _annotated(inputs):
            split = inputs.splits[annotated.article.id].split
            statistics.add(annotated, split, known)
            digests: dict[str, list[bytes]] = {table: [] for table in tables}
            for table in tables:
                for row in BUILDERS[table](annotated, known):
                    statistics.add_row(table, row)
                    digests[table].append(writers[table, split].add(row))
            holding.write(encode_lines([hold(annotated, digests)]))
        written = {table: {split: writers[table, split].close() for split in splits} for table in tables}
    filled: dict[str, dict[str, Part]] = {}
    for table, parts in written.items():
        if any(part.rows for part in parts.values()):
            filled[table] = {split: part for split, part in parts.items() if part.rows}
    return filled


def _annotated(inputs: Inputs) -> Iterator[Annotated]:
    for article in sorted(inputs.corpus.articles(), key=lambda one: one.id):
        made = inputs.annotations.get(article.id, ())
        current = tuple(one for one in made if one.text_sha256 == article.text_sha256)
        yield Annotated(article, inputs.splits[article.id], inputs.gold.get(article.id), current)


def _receipt(plan: Plan, manifest: Manifest, changes: int) -> Receipt:
    """Taken is what the corpus's files hold, kept is what the tables hold: the two are counted apart."""
    inputs = plan.inputs
    gold = inputs.gold.values()
    superseded = sum(one.text_sha256 != inputs.texts[name] for name, made in inputs.annotations.items() for one in made)
    rows = Counter({table: sum(part.rows for part in parts.values()) for table, parts in manifest.configs.items()})
    made = sum(len(found) for found in inputs.annotations.values())
    return Receipt(
        step="release",
        counts=(
            Count(what="articles", taken=len(inputs.texts), kept=rows["articles"]),
            Count(what="articles with gold", taken=len(gold), kept=rows["entities"]),
            Count(what="gold stances", taken=sum(len(one.stances) for one in gold), kept=rows["stances"]),
            Count(what="annotations", taken=made, kept=rows["annotations"], set_aside=superseded),
        ),
        changes=changes,
        notes=tuple(_notes(plan, superseded)),
    )


def _notes(plan: Plan, superseded: int) -> Iterator[str]:
    if superseded:
        yield f"annotations of a superseded text, set aside: {superseded}"
    if plan.recorded is not None and plan.recorded.manifest_sha256 != digest_of(plan.place / MANIFEST):
        yield "the same rows in other bytes than were recorded: another kliping or pyarrow wrote them"


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

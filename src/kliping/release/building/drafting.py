"""A release as it is written beside its place: whole and checked before it takes its name, or gone."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kliping.files import write_bytes
from kliping.release.building.planning import refuse
from kliping.release.card.card import card_files
from kliping.release.card.described import Described
from kliping.release.croissant.document import CROISSANT, croissant
from kliping.release.manifest import MANIFEST, encode, file_entries, make_manifest
from kliping.release.tables.writing import write_tables
from kliping.release.versions.record import held_path, version_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kliping.project import Corpus
    from kliping.release.building.planning import Plan
    from kliping.release.manifest import Manifest

__all__ = ["Draft", "beside", "drafted", "fill", "sweep"]


class Draft(NamedTuple):
    """A release that is written and not yet there: its folder, and the lines of what is held of each article."""

    folder: Path
    held: Path
    manifest: Manifest


@contextmanager
def drafted(plan: Plan) -> Iterator[Draft]:
    """A release as it is written beside its place; what is still there in the end is removed."""
    with beside(plan.place) as room:
        folder, held = room / plan.place.name, room / "held.jsonl"
        yield Draft(folder, held, fill(folder, held, plan))


@contextmanager
def beside(place: Path) -> Iterator[Path]:
    """A folder beside a release's place, for this run alone, and gone when it ends."""
    place.parent.mkdir(parents=True, exist_ok=True)
    room = place.parent / f".{place.name}.{os.getpid()}"
    try:
        room.mkdir()
        with _locked(room):
            yield room
    finally:
        shutil.rmtree(room, ignore_errors=True)


def fill(folder: Path, held: Path, plan: Plan) -> Manifest:
    """Write a whole release into a new folder.

    Args:
        folder: the release's.
        held: the file for what is held of each article.
        plan: what is built.

    Raises:
        DataError: something cannot be proven, with every finding.
    """
    folder.mkdir()
    inputs, version = plan.inputs, plan.version
    parts, statistics, findings = write_tables(folder, held, inputs, plan.workers)
    refuse(findings)
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


def sweep(corpus: Corpus) -> None:
    """Remove what killed runs left; what belongs to a run that still goes on stays.

    A record is written lines first, then head: of a run that was killed between the two, the lines go, too.
    """
    for folder in corpus.releases.glob(".*"):
        found = _ROOM.fullmatch(folder.name)
        if found and folder.is_dir():
            with suppress(BlockingIOError), _locked(folder):
                if not version_path(corpus, found[1]).exists():
                    held_path(corpus, found[1]).unlink(missing_ok=True)
                shutil.rmtree(folder)


_ROOM = re.compile(r"\..+-(\d+\.\d+\.\d+)\.\d+", re.ASCII)
"""A folder beside a release's place: `.NAME-VERSION.PID`."""


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

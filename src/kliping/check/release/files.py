"""Level 6, a release's files: the manifest names them all, each is as it was written, and the licence is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from kliping.check.lines import parse
from kliping.check.rules import Place, RuleList
from kliping.check.schema import unfit
from kliping.release.manifest import MANIFEST, Manifest, core_identifiers
from kliping.release.verification import changed_files, unlisted_files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kliping.check.rules import Fault
    from kliping.contract import Contract

__all__ = ["RELEASE_RULES", "Opened", "open_manifest"]


class Opened(NamedTuple):
    """A release folder with its manifest and its own copies of the contract, where they can be read."""

    folder: Path
    manifest: Manifest | None
    contract: Contract | None
    contract_faults: tuple[str, ...]


RELEASE_RULES: RuleList[Opened] = RuleList()


def open_manifest(folder: Path) -> Manifest | None:
    """The manifest of a release, or None where it cannot be read."""
    try:
        return msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None


@RELEASE_RULES("E601", "the manifest keeps its schema")
def manifest_is_valid(opened: Opened) -> Iterator[Fault]:
    """Broken by a manifest without a version."""
    place = Place(MANIFEST)
    if not (opened.folder / MANIFEST).is_file():
        yield place, "missing; get the release again"
        return
    value, fault = parse((opened.folder / MANIFEST).read_bytes())
    faults = [fault] if fault else []
    if value is not None and opened.contract is not None:
        faults = unfit(opened.contract, "manifest", value)
    if not faults and opened.manifest is None:
        faults = ["it is no manifest"]
    for one in faults:
        yield place, f"{one}; get the release again"


@RELEASE_RULES("E606", "the manifest names the scheme and the schemas that are in the release")
def manifest_names_the_contract(opened: Opened) -> Iterator[Fault]:
    """Broken by a `schema/` of another version of the scheme than the manifest says."""
    if opened.manifest is None or opened.contract is None:
        return
    expected = (opened.contract.scheme.version, core_identifiers(opened.contract))
    if (opened.manifest.scheme, opened.manifest.schemas) != expected:
        yield Place(MANIFEST), "its scheme or schemas are not those of schema/; get the release again"


@RELEASE_RULES("E602", "every file is as the manifest says")
def files_are_as_listed(opened: Opened) -> Iterator[Fault]:
    """Broken by a file that is missing, or whose size or SHA-256 differs."""
    if opened.manifest is not None:
        yield from ((Place(name), message) for name, message in changed_files(opened.folder, opened.manifest))


@RELEASE_RULES("E603", "every file is in the manifest")
def files_are_listed(opened: Opened) -> Iterator[Fault]:
    """Broken by a Parquet file of an older version left in a config's folder: it would be loaded with the rest."""
    if opened.manifest is not None:
        yield from ((Place(name), message) for name, message in unlisted_files(opened.folder, opened.manifest))


@RELEASE_RULES("E604", "the release's copies of the contract can be read")
def contract_loads(opened: Opened) -> Iterator[Fault]:
    """Broken by a release without `schema/corpus.schema.json`."""
    for fault in opened.contract_faults:
        path, _, message = fault.partition(": ")
        yield Place(path.removeprefix(f"{opened.folder}/")), message


@RELEASE_RULES("E605", "the licence is there")
def licence_is_there(opened: Opened) -> Iterator[Fault]:
    """Broken by a release without `LICENSE`, or with an empty one."""
    path = opened.folder / "LICENSE"
    if not path.is_file() or not path.read_bytes().strip():
        yield Place("LICENSE"), "missing or empty; write corpus/LICENSE and release again"

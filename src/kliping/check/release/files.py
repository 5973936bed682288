"""Level 6, a release's files: the manifest names them all, each is as it was written, and the licence is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kliping.check.keys import key_twice, read_pairs
from kliping.check.lines import parse
from kliping.check.release.documents import read_document
from kliping.check.rules import Example, Place, RuleList
from kliping.check.schema import unfit
from kliping.errors import KlipingError
from kliping.release.manifest import MANIFEST, Manifest, core_identifiers
from kliping.release.verification import changed_files, read_manifest, unlisted_files

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
    """The manifest of a release, or None where it cannot be read, or is larger than any of ours."""
    try:
        return read_manifest(folder)
    except (KlipingError, OSError):
        return None


@RELEASE_RULES(
    "E601",
    "the manifest keeps its schema",
    mend="Get the release again, with its manifest.json as it was published.",
    example=Example(MANIFEST, '"version": "0.2.0"', '"version": "latest"'),
)
def manifest_is_valid(opened: Opened) -> Iterator[Fault]:
    """The manifest is what every file, row count and version is proven by; without one, nothing of a release is."""
    place = Place(MANIFEST)
    document = read_document(opened.folder, MANIFEST)
    value, fault = parse(document.text.encode()) if document.fault is None else (None, document.fault)
    faults = [fault] if fault else []
    if value is not None and opened.contract is not None:
        faults = unfit(opened.contract, "manifest", value)
    if not faults and opened.manifest is None:
        faults = ["it is no manifest"]
    if not faults and (name := _twice(document.text)) is not None:
        faults = [f"the key {name!r} is there twice"]
    for one in faults:
        yield place, f"{one}; get the release again"


def _twice(text: str) -> str | None:
    try:
        return key_twice(read_pairs(text))
    except (ValueError, RecursionError):
        return None


@RELEASE_RULES(
    "E602",
    "every file is as the manifest says",
    mend="Get the file again from where the release was published; to change it, release a new version.",
    example=Example("guidelines.md", "# Annotation guidelines", "# Annotation rules"),
)
def files_are_as_listed(opened: Opened) -> Iterator[Fault]:
    """A release never changes. A file that is cut, missing or edited is not what others cite under the same version."""
    if opened.manifest is not None:
        yield from ((Place(name), message) for name, message in changed_files(opened.folder, opened.manifest))


@RELEASE_RULES(
    "E603",
    "every file is in the manifest",
    mend="Take the file out of the release's folder.",
    example=Example("articles", "no other file", "a Parquet file of an older version beside the others"),
)
def files_are_listed(opened: Opened) -> Iterator[Fault]:
    """A Parquet file that lies in a config's folder may be loaded with the rest, and nobody vouches for it."""
    if opened.manifest is not None:
        yield from ((Place(name), message) for name, message in unlisted_files(opened.folder, opened.manifest))


@RELEASE_RULES(
    "E604",
    "the release's copies of the contract can be read",
    mend="Get the folder schema/ of the release again.",
    example=Example("schema/corpus.schema.json", '"$schema"', '"$schema'),
)
def contract_loads(opened: Opened) -> Iterator[Fault]:
    """Columns, class names and meanings are read by the release's own contract; without it the rest is not checked."""
    for fault in opened.contract_faults:
        path, _, message = fault.partition(": ")
        yield Place(path.removeprefix(f"{opened.folder}/")), message


@RELEASE_RULES(
    "E605",
    "the licence is there",
    mend="Write corpus/LICENSE and release again.",
    example=Example("LICENSE", "the licence's text", "nothing, or no such file"),
)
def licence_is_there(opened: Opened) -> Iterator[Fault]:
    """Without a licence, nobody knows what they may do with the data, and the law of most places says: nothing."""
    document = read_document(opened.folder, "LICENSE")
    if document.fault is not None or not document.text.strip():
        yield Place("LICENSE"), f"{document.fault or 'empty'}; write corpus/LICENSE and release again"


@RELEASE_RULES(
    "E606",
    "the manifest names the scheme and the schemas that are in the release",
    mend="Get manifest.json and schema/ again, both from the same release.",
    example=Example(MANIFEST, '"scheme": "1.0.0"', '"scheme": "9.0.0"'),
)
def manifest_names_the_contract(opened: Opened) -> Iterator[Fault]:
    """A `schema/` of another version gives the labels other meanings than those that annotators worked by."""
    if opened.manifest is None or opened.contract is None:
        return
    expected = (opened.contract.scheme.version, core_identifiers(opened.contract))
    if (opened.manifest.scheme, opened.manifest.schemas) != expected:
        yield Place(MANIFEST), "its scheme or schemas are not those of schema/; get the release again"

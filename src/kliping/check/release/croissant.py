"""Level 6, `croissant.json`: what machines load a release by says what the manifest and the contract say."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from kliping.check.release.documents import CROISSANT, read_document
from kliping.check.rules import Example, RuleList
from kliping.contract.croissant import record_sets
from kliping.release.croissant.distribution import distribution
from kliping.release.croissant.document import FRAME
from kliping.release.splitting.split import SPLITS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kliping.check.release.documents import Document
    from kliping.check.release.files import Opened
    from kliping.check.rules import Fault
    from kliping.contract import Contract
    from kliping.release.manifest import Manifest

__all__ = ["CROISSANT_RULES", "CroissantSeen", "open_croissant"]


class CroissantSeen(NamedTuple):
    """A release's `croissant.json`, with what it has to agree with, where that can be read."""

    text: Document
    manifest: Manifest | None
    contract: Contract | None

    @property
    def document(self) -> Mapping[str, Any]:
        """What it says."""
        return self.text.json[0]

    @property
    def fault(self) -> str | None:
        """Why it says nothing."""
        return self.text.json[1]

    def at(self, identifier: str, message: str) -> Fault:
        """A fault at what it says under an identifier."""
        return self.text.found(message, f'"@id": {json.dumps(identifier, ensure_ascii=False)}')

    def distribution(self, kind: str) -> list[Mapping[str, Any]]:
        """The file objects or file sets."""
        found = self.document.get("distribution")
        listed = [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
        return [one for one in listed if one.get("@type") == kind]


CROISSANT_RULES: RuleList[CroissantSeen] = RuleList()


def open_croissant(opened: Opened, text: Document | None = None) -> CroissantSeen:
    """The file of an opened release; `text` where it was read already."""
    return CroissantSeen(text or read_document(opened.folder, CROISSANT), opened.manifest, opened.contract)


@CROISSANT_RULES(
    "E641",
    "croissant.json is there and can be read",
    mend="Get croissant.json again, or release anew where the release was made before there was one.",
    example=Example("croissant.json", '"@type": "sc:Dataset"', '"@type": "sc:Dataset'),
)
def croissant_is_readable(seen: CroissantSeen) -> Iterator[Fault]:
    """Search engines and loaders of machine learning find and read a release by this file."""
    if seen.fault is not None:
        yield (
            seen.text.place(),
            f"{seen.fault}; get the release again, or release anew where it was made before there was one",
        )


@CROISSANT_RULES(
    "E642",
    "croissant.json has the name and the version of the manifest",
    mend="Release again.",
    example=Example("croissant.json", '"name": "kliping-sample"', '"name": "kliping"'),
)
def croissant_is_named(seen: CroissantSeen) -> Iterator[Fault]:
    """Who loads by it would cite, and cache, another dataset."""
    if seen.fault is not None or seen.manifest is None:
        return
    for key, expected in (("name", seen.manifest.name), ("version", seen.manifest.version)):
        found = seen.document.get(key)
        if found != expected:
            message = f"{key} is {found!r} where the manifest has {expected!r}; release again"
            yield seen.text.found(message, f'"{key}": {json.dumps(found, ensure_ascii=False)}')


@CROISSANT_RULES(
    "E643",
    "croissant.json names every other file, with the manifest's SHA-256 and size",
    mend="Release again.",
    example=Example("croissant.json", '"contentUrl": "LICENSE"', '"contentUrl": "https://pos.example/LICENSE"'),
)
def croissant_names_files(seen: CroissantSeen) -> Iterator[Fault]:
    """Who loads by it trusts its hashes: a wrong one lets other bytes through. A file without one is never read."""
    if seen.fault is not None or seen.manifest is None:
        return
    files = {path: entry for path, entry in seen.manifest.files.items() if path != CROISSANT}
    listed = seen.distribution("cr:FileObject")
    expected = {one["@id"]: one for one in distribution(files, ())}
    found = {str(one.get("@id")): one for one in listed}
    if len(found) < len(listed):
        yield seen.text.found("names a file twice; release again", '"distribution"')
    for name in sorted(expected.keys() | found.keys()):
        if name not in found:
            yield seen.text.found(f"does not name {name}; release again", '"distribution"')
        elif name not in expected:
            yield seen.at(name, f"names {name}, which is not in the manifest; release again")
        elif found[name] != expected[name]:
            message = f"{name}: its place, SHA-256, size or format is not that of the manifest; release again"
            yield seen.at(name, message)


@CROISSANT_RULES(
    "E644",
    "each config's file set in croissant.json takes exactly its files",
    mend="Release again.",
    example=Example("croissant.json", '"@id": "stances-files"', '"@id": "stances-all"'),
)
def croissant_sets_are_whole(seen: CroissantSeen) -> Iterator[Fault]:
    """A set of files that takes one too many mixes versions; a config without one cannot be loaded."""
    if seen.fault is not None or seen.manifest is None:
        return
    derived = distribution(seen.manifest.files, seen.manifest.configs)
    expected = [one for one in derived if one["@type"] == "cr:FileSet"]
    found = seen.distribution("cr:FileSet")
    for one in expected:
        if one not in found:
            yield seen.at(one["@id"], f"{one['@id']} does not name exactly the files of its config; release again")
    if len(found) > len(expected):
        other = next((str(one.get("@id")) for one in found if one not in expected), "")
        yield seen.at(other, "has a set of files that is no config's; release again")


@CROISSANT_RULES(
    "E645",
    "the record sets of croissant.json are those that the contract gives",
    mend="Release again.",
    example=Example("croissant.json", '"stance_enum/name": "against"', '"stance_enum/name": "contra"'),
)
def croissant_records_are_derived(seen: CroissantSeen) -> Iterator[Fault]:
    """Who loads by it decodes by its enumerations: two classes in another order flip labels."""
    if seen.fault is not None or seen.manifest is None or seen.contract is None:
        return
    splits = {name: [one for one in SPLITS if one in parts] for name, parts in seen.manifest.configs.items()}
    expected = {one["@id"]: one for one in record_sets(seen.contract, splits)}
    listed = seen.document.get("recordSet")
    given = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    found = {str(one.get("@id")): one for one in given}
    for name in sorted(expected.keys() | found.keys()):
        if found.get(name) != expected.get(name):
            yield seen.at(name, f"the record set {name} is not the one that schema/ gives; release again")


@CROISSANT_RULES(
    "E646",
    "croissant.json is read by Croissant's own terms",
    mend="Release again.",
    example=Example("croissant.json", '"http://mlcommons.org/croissant/1.1"', '"http://mlcommons.org/croissant/0.8"'),
)
def croissant_has_its_terms(seen: CroissantSeen) -> Iterator[Fault]:
    """Without its context nothing in the file has a meaning: the keys are abbreviations."""
    if seen.fault is None and any(seen.document.get(key) != value for key, value in FRAME.items()):
        message = f"its {', '.join(FRAME)} are not those of Croissant 1.1; release again"
        yield seen.text.found(message, '"@context"')

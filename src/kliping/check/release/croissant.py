"""Level 6, `croissant.json`: what machines load a release by says what the manifest and the contract say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kliping.check.lines import parse
from kliping.check.rules import Place, RuleList
from kliping.contract.croissant import record_sets
from kliping.release.croissant.distribution import distribution
from kliping.release.croissant.document import CROISSANT, FRAME
from kliping.release.splitting.split import SPLITS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kliping.check.release.files import Opened
    from kliping.check.rules import Fault
    from kliping.contract import Contract
    from kliping.release.manifest import Manifest

__all__ = ["CROISSANT_RULES", "CroissantSeen", "open_croissant"]

_PLACE = Place(CROISSANT)


class CroissantSeen(NamedTuple):
    """A release's `croissant.json`, or why there is none, with what it has to agree with, where that can be read."""

    document: Mapping[str, Any]
    fault: str | None
    manifest: Manifest | None
    contract: Contract | None

    def distribution(self, kind: str) -> list[Mapping[str, Any]]:
        """The file objects or file sets."""
        found = self.document.get("distribution")
        listed = [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
        return [one for one in listed if one.get("@type") == kind]


CROISSANT_RULES: RuleList[CroissantSeen] = RuleList()


def open_croissant(opened: Opened) -> CroissantSeen:
    """The file of an opened release."""
    path = opened.folder / CROISSANT
    value, fault = parse(path.read_bytes()) if path.is_file() else (None, "missing")
    return CroissantSeen(value or {}, fault, opened.manifest, opened.contract)


@CROISSANT_RULES("E641", "croissant.json is there and can be read")
def croissant_is_readable(seen: CroissantSeen) -> Iterator[Fault]:
    """Broken by a file that is cut short, and by a release that was made before there was one."""
    if seen.fault is not None:
        yield _PLACE, f"{seen.fault}; get the release again, or release anew where it was made before there was one"


@CROISSANT_RULES("E642", "croissant.json has the name and the version of the manifest")
def croissant_is_named(seen: CroissantSeen) -> Iterator[Fault]:
    """Broken by one that was copied from another version."""
    if seen.fault is not None or seen.manifest is None:
        return
    for key, expected in (("name", seen.manifest.name), ("version", seen.manifest.version)):
        found = seen.document.get(key)
        if found != expected:
            yield _PLACE, f"{key} is {found!r} where the manifest has {expected!r}; release again"


@CROISSANT_RULES("E643", "croissant.json names every other file, with the manifest's SHA-256 and size")
def croissant_names_files(seen: CroissantSeen) -> Iterator[Fault]:
    """Broken by a wrong hash, for who loads by it would trust other bytes, and by a file that is not named."""
    if seen.fault is not None or seen.manifest is None:
        return
    files = {path: entry for path, entry in seen.manifest.files.items() if path != CROISSANT}
    listed = seen.distribution("cr:FileObject")
    expected = {one["@id"]: one for one in distribution(files, ())}
    found = {str(one.get("@id")): one for one in listed}
    if len(found) < len(listed):
        yield _PLACE, "names a file twice; release again"
    for name in sorted(expected.keys() | found.keys()):
        if name not in found:
            yield _PLACE, f"does not name {name}; release again"
        elif name not in expected:
            yield _PLACE, f"names {name}, which is not in the manifest; release again"
        elif found[name] != expected[name]:
            yield _PLACE, f"{name}: its place, SHA-256, size or format is not that of the manifest; release again"


@CROISSANT_RULES("E644", "each config's file set in croissant.json takes exactly its files")
def croissant_sets_are_whole(seen: CroissantSeen) -> Iterator[Fault]:
    """Broken by a pattern that also takes another version's files, and by a config without a file set."""
    if seen.fault is not None or seen.manifest is None:
        return
    derived = distribution(seen.manifest.files, seen.manifest.configs)
    expected = [one for one in derived if one["@type"] == "cr:FileSet"]
    found = seen.distribution("cr:FileSet")
    for one in expected:
        if one not in found:
            yield _PLACE, f"{one['@id']} does not name exactly the files of its config; release again"
    if len(found) > len(expected):
        yield _PLACE, "has a set of files that is no config's; release again"


@CROISSANT_RULES("E645", "the record sets of croissant.json are those that the contract gives")
def croissant_records_are_derived(seen: CroissantSeen) -> Iterator[Fault]:
    """Broken by two classes in another order: who decodes by it would flip labels."""
    if seen.fault is not None or seen.manifest is None or seen.contract is None:
        return
    splits = {name: [one for one in SPLITS if one in parts] for name, parts in seen.manifest.configs.items()}
    expected = {one["@id"]: one for one in record_sets(seen.contract, splits)}
    listed = seen.document.get("recordSet")
    given = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    found = {str(one.get("@id")): one for one in given}
    for name in sorted(expected.keys() | found.keys()):
        if found.get(name) != expected.get(name):
            yield _PLACE, f"the record set {name} is not the one that schema/ gives; release again"


@CROISSANT_RULES("E646", "croissant.json is read by Croissant's own terms")
def croissant_has_its_terms(seen: CroissantSeen) -> Iterator[Fault]:
    """Broken by a file without its context, by which nothing in it has a meaning."""
    if seen.fault is None and any(seen.document.get(key) != value for key, value in FRAME.items()):
        yield _PLACE, f"its {', '.join(FRAME)} are not those of Croissant 1.1; release again"

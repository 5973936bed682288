"""Level 6, the card: its YAML decides what `datasets` loads, and silently wins over the Parquet files.

Beside it, what people read: the sections, the release that card and citation say they are of, and the card's links.
"""

from __future__ import annotations

import re
from posixpath import normpath
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

import yaml

from kliping.check.rules import Place, RuleList
from kliping.contract.tables import features
from kliping.release.card.card import SECTIONS
from kliping.release.card.hub import CHOICES, LANGUAGE
from kliping.release.card.metadata import yaml_features

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from kliping.check.rules import Fault
    from kliping.contract import Contract
    from kliping.release.manifest import Manifest

__all__ = ["CARD", "CARD_RULES", "CardSeen", "open_card"]

CARD = "README.md"
CITATION = "CITATION.cff"
_PLACE = Place(CARD)


class CardSeen(NamedTuple):
    """A card's YAML, or why there is none, with what the tables hold: files and rows by config and split.

    `folder` is the release, `manifest` its manifest; None where that cannot be read, as another rule says.
    """

    head: Mapping[str, Any]
    fault: str | None
    contract: Contract
    files: Mapping[tuple[str, str], list[str]]
    rows: Mapping[tuple[str, str], int]
    folder: Path
    manifest: Manifest | None

    def listed(self, key: str) -> list[dict[str, Any]]:
        """The entries of a list of the card that are objects."""
        found = self.head.get(key)
        return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []

    @property
    def body(self) -> str:
        """What people read: the card without its YAML, or nothing where it cannot be read."""
        try:
            return (self.folder / CARD).read_text(encoding="utf-8").split("---\n", 2)[-1]
        except (OSError, ValueError):
            return ""


CARD_RULES: RuleList[CardSeen] = RuleList()


def open_card(folder: Path) -> tuple[dict[str, Any], str | None]:
    """The YAML between the dashes at the head of a card, or why there is none."""
    try:
        text = (folder / CARD).read_text(encoding="utf-8")
        start, head, *_ = text.split("---\n", 2)
        found = yaml.safe_load(head) if not start else None
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
        return {}, str(error).splitlines()[0]
    return (found, None) if isinstance(found, dict) else ({}, "no YAML between dashes at its head")


@CARD_RULES("E631", "the card's YAML can be read and names a licence")
def card_is_readable(seen: CardSeen) -> Iterator[Fault]:
    """Broken by a card without the dashes, and by one without `license`."""
    if seen.fault is not None:
        yield _PLACE, f"no card: {seen.fault}; release again"
    elif not seen.head.get("license"):
        yield _PLACE, "names no license; set `licence` in [tool.kliping] and release again"


@CARD_RULES("E632", "the card lists exactly the files of each config and split, and articles is the default")
def card_lists_files(seen: CardSeen) -> Iterator[Fault]:
    """Broken by a pattern that also takes another version's files."""
    found: dict[tuple[str, str], list[str]] = {}
    for config in seen.listed("configs"):
        for part in config.get("data_files") or ():
            if isinstance(part, dict):
                paths = part.get("path")
                key = (str(config.get("config_name")), str(part.get("split")))
                found[key] = sorted(map(str, paths if isinstance(paths, list) else [paths]))
    for name, split in sorted(found.keys() | seen.files.keys()):
        if found.get((name, split)) != seen.files.get((name, split)):
            yield _PLACE, f"configs: {name}, {split} does not list exactly the files there are; release again"
    for config in seen.listed("configs"):
        if more := sorted(config.keys() - {"config_name", "version", "data_files", "default"}):
            yield _PLACE, f"configs: {config.get('config_name')} is loaded with {', '.join(more)}; release again"
    default = [config.get("config_name") for config in seen.listed("configs") if config.get("default")]
    if default != ["articles"]:
        yield _PLACE, f"configs: the default is {default}, not articles alone; release again"


@CARD_RULES("E633", "the card's features and class names are those of the Parquet files")
def card_features_are_derived(seen: CardSeen) -> Iterator[Fault]:
    """Broken by two class names in another order: labels flip, since the card wins."""
    infos = {info.get("config_name"): info for info in seen.listed("dataset_info")}
    for name in sorted({config for config, _ in seen.files}):
        if infos.get(name, {}).get("features") != yaml_features(features(seen.contract, name)):
            yield _PLACE, f"dataset_info: the features of {name} are not those of its files; release again"


@CARD_RULES("E634", "the card counts the rows there are")
def card_counts_rows(seen: CardSeen) -> Iterator[Fault]:
    """Broken by a `num_examples` of another version."""
    counted: dict[tuple[str, str], Any] = {}
    for info in seen.listed("dataset_info"):
        for part in info.get("splits") or ():
            if isinstance(part, dict):
                counted[str(info.get("config_name")), str(part.get("name"))] = part.get("num_examples")
    for name, split in sorted(counted.keys() | seen.rows.keys()):
        says, rows = counted.get((name, split)), seen.rows.get((name, split), 0)
        if says != rows:
            yield _PLACE, f"dataset_info: {name}, {split} has {rows} rows, not {says}; release again"
    for name, info in ((str(info.get("config_name")), info) for info in seen.listed("dataset_info")):
        paths = [path for (config, _), found in seen.files.items() if config == name for path in found]
        sizes = [part.get("num_bytes") for part in info.get("splits") or () if isinstance(part, dict)]
        stated = (info.get("download_size"), info.get("dataset_size"))
        in_memory = sum(size for size in sizes if isinstance(size, int))
        if stated != (sum((seen.folder / path).stat().st_size for path in paths), in_memory):
            yield _PLACE, f"dataset_info: the sizes of {name} are not those of its files and splits; release again"


@CARD_RULES("E635", "the card's fields of choices hold what the hub knows")
def card_chooses_what_the_hub_knows(seen: CardSeen) -> Iterator[Fault]:
    """Broken by `size_categories: [tiny]`: the hub refuses the card, or shows it without the field."""
    for field in sorted(CHOICES.keys() & seen.head.keys()):
        given = _strings(seen.head[field])
        if unknown := sorted(set(given) - CHOICES[field]):
            yield _PLACE, f"{field}: the hub does not know {', '.join(unknown)}; release again"
    for language in _strings(seen.head.get("language")):
        if not LANGUAGE.fullmatch(language):
            yield _PLACE, f"language: {language} is no code of two or three letters; release again"


@CARD_RULES("E636", "the card has all its sections, in order")
def card_has_its_sections(seen: CardSeen) -> Iterator[Fault]:
    """Broken by a section that is cut out, and by one that is there and says nothing."""
    if seen.fault is not None:
        return
    found = dict(_SECTION.findall(_FENCED.sub("", seen.body)))
    missing = [title for title, _ in SECTIONS if not found.get(title, "").strip()]
    if missing:
        yield _PLACE, f"without, or with an empty, section {', '.join(missing)}; release again"
    elif list(found) != [title for title, _ in SECTIONS]:
        yield _PLACE, "its sections are in another order, or others are among them; release again"


@CARD_RULES("E637", "card and citation name this very release")
def card_names_the_release(seen: CardSeen) -> Iterator[Fault]:
    """Broken by the card of another version, whose files happen to fit."""
    manifest = seen.manifest
    if manifest is None:
        return
    if seen.fault is None:
        versions = [seen.head.get("version"), *(config.get("version") for config in seen.listed("configs"))]
        heading = re.search(r"^# .*, version (\S+)$", seen.body, re.MULTILINE)
        versions.append(heading[1] if heading else None)
        if others := sorted({str(one) for one in versions if one != manifest.version}):
            yield _PLACE, f"says version {', '.join(others)}, not {manifest.version}; release again"
        if f'load_dataset("{manifest.name}-{manifest.version}")' not in seen.body:
            yield _PLACE, f"does not load {manifest.name}-{manifest.version}; release again"
    version = _cited_version(seen.folder)
    if version != manifest.version:
        yield Place(CITATION), f"cites version {version}, not {manifest.version}; release again"


@CARD_RULES("E638", "every relative link and image of the card is a file of the release")
def card_links_lead_somewhere(seen: CardSeen) -> Iterator[Fault]:
    """Broken by a plot that was taken out, and by a link out of the folder."""
    manifest = seen.manifest
    if manifest is None:
        return
    for target in sorted({one for found in _LINK.findall(_FENCED.sub("", seen.body)) for one in found if one}):
        path = unquote(target.partition("#")[0])
        if path and not _WEB.match(path) and normpath(path) not in manifest.files:
            yield _PLACE, f"leads to {path}, which is no file of the release; release again"


_FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_SECTION = re.compile(r"^## (.+)\n((?:(?!## ).*\n?)*)", re.MULTILINE)
_LINK = re.compile(r"!?\[[^\]]*\]\(<?([^)>\s]+)[^)]*\)|\b(?:src|href)=[\"\']([^\"\']+)")
_WEB = re.compile(r"[a-z][a-z0-9+.-]*:|//")


def _strings(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [] if value is None else [str(value)]


def _cited_version(folder: Path) -> str | None:
    try:
        found = yaml.safe_load((folder / CITATION).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError, yaml.YAMLError):
        return None
    return str(found.get("version")) if isinstance(found, dict) else None

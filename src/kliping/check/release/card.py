"""Level 6, the card's YAML: it decides what `datasets` loads, and silently wins over the Parquet files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kliping.check.release.documents import CARD
from kliping.check.rules import Example, RuleList
from kliping.contract.tables import features
from kliping.release.card.hub import CHOICES, LANGUAGE
from kliping.release.card.metadata import yaml_features
from kliping.release.reading.steering import CONFIG_KEYS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from kliping.check.release.documents import Document, Documents
    from kliping.check.rules import Fault
    from kliping.contract import Contract
    from kliping.release.manifest import Manifest

__all__ = ["CARD_RULES", "CardSeen"]


class CardSeen(NamedTuple):
    """A release's texts, with what the tables hold: files and rows by config and split.

    `folder` is the release, `manifest` its manifest; None where that cannot be read, as another rule says.
    """

    told: Documents
    contract: Contract
    files: Mapping[tuple[str, str], list[str]]
    rows: Mapping[tuple[str, str], int]
    folder: Path
    manifest: Manifest | None

    @property
    def card(self) -> Document:
        """The card."""
        return self.told.card

    @property
    def head(self) -> Mapping[str, Any]:
        """What the card's YAML says."""
        return self.card.head[0]

    @property
    def fault(self) -> str | None:
        """Why there is no such YAML."""
        return self.card.head[1]

    def listed(self, key: str) -> list[dict[str, Any]]:
        """The entries of a list of the card that are objects."""
        found = self.head.get(key)
        return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


CARD_RULES: RuleList[CardSeen] = RuleList()


@CARD_RULES(
    "E631",
    "the card's YAML can be read and names a licence",
    mend="Set `licence` in [tool.kliping], and release again.",
    example=Example(CARD, "license: cc0-1.0\n", ""),
)
def card_is_readable(seen: CardSeen) -> Iterator[Fault]:
    """Without it `datasets` guesses configs and classes, and a hub shows a dataset that nobody may use."""
    if seen.fault is not None:
        yield seen.card.place(), f"no card: {seen.fault}; release again"
    elif not seen.head.get("license"):
        yield seen.card.place(1), "names no license; set `licence` in [tool.kliping] and release again"


@CARD_RULES(
    "E632",
    "the card lists exactly the files of each config and split, and articles is the default",
    mend="Release again.",
    example=Example(CARD, "path: stances/train-00000-of-00001-", "path: stances/t*-00000-of-00001-"),
)
def card_lists_files(seen: CardSeen) -> Iterator[Fault]:
    """What the card does not list is not loaded, and a pattern takes another version's files, too."""
    if seen.fault is not None:
        return  # another rule tells
    found: dict[tuple[str, str], list[str]] = {}
    for config in seen.listed("configs"):
        for part in config.get("data_files") or ():
            if isinstance(part, dict):
                paths = part.get("path")
                key = (str(config.get("config_name")), str(part.get("split")))
                found[key] = sorted(map(str, paths if isinstance(paths, list) else [paths]))
    for name, split in sorted(found.keys() | seen.files.keys()):
        if found.get((name, split)) != seen.files.get((name, split)):
            message = f"configs: {name}, {split} does not list exactly the files there are; release again"
            yield seen.card.stated(message, "configs", name, "data_files", split, "path")
    for config in seen.listed("configs"):
        if more := sorted(map(str, config.keys() - CONFIG_KEYS)):
            name = str(config.get("config_name"))
            message = f"configs: {name} is loaded with {', '.join(more)}; release again"
            yield seen.card.stated(message, "configs", name, more[0])
    default = [config.get("config_name") for config in seen.listed("configs") if config.get("default")]
    if default != ["articles"]:
        yield seen.card.stated(f"configs: the default is {default}, not articles alone; release again", "configs")


@CARD_RULES(
    "E633",
    "the card's features and class names are those of the Parquet files",
    mend="Release again.",
    example=Example(CARD, "'0': against", "'0': favor"),
)
def card_features_are_derived(seen: CardSeen) -> Iterator[Fault]:
    """The card wins over the files: with two class names in another order, what reads as against was favor."""
    if seen.fault is not None:
        return  # another rule tells
    infos = {info.get("config_name"): info for info in seen.listed("dataset_info")}
    for name in sorted({config for config, _ in seen.files}):
        found, expected = infos.get(name, {}).get("features"), yaml_features(features(seen.contract, name))
        if found != expected:
            message = f"dataset_info: the features of {name} are not those of its files; release again"
            yield seen.card.stated(message, "dataset_info", name, "features", _first_other(found, expected))


@CARD_RULES(
    "E634",
    "the card counts the rows there are",
    mend="Release again.",
    example=Example(CARD, "num_examples: 17", "num_examples: 71"),
)
def card_counts_rows(seen: CardSeen) -> Iterator[Fault]:
    """`datasets` refuses a split whose rows are not those that the card counts, and people plan by its sizes."""
    if seen.fault is not None:
        return  # another rule tells
    counted: dict[tuple[str, str], Any] = {}
    for info in seen.listed("dataset_info"):
        for part in info.get("splits") or ():
            if isinstance(part, dict):
                counted[str(info.get("config_name")), str(part.get("name"))] = part.get("num_examples")
    for name, split in sorted(counted.keys() | seen.rows.keys()):
        says, rows = counted.get((name, split)), seen.rows.get((name, split), 0)
        if says != rows:
            message = f"dataset_info: {name}, {split} has {rows} rows, not {says}; release again"
            yield seen.card.stated(message, "dataset_info", name, "splits", split, "num_examples")
    for name, info in ((str(info.get("config_name")), info) for info in seen.listed("dataset_info")):
        paths = [path for (config, _), found in seen.files.items() if config == name for path in found]
        sizes = [part.get("num_bytes") for part in info.get("splits") or () if isinstance(part, dict)]
        in_memory = sum(size for size in sizes if isinstance(size, int))
        held = {"download_size": sum((seen.folder / path).stat().st_size for path in paths), "dataset_size": in_memory}
        for key in (key for key, size in held.items() if info.get(key) != size):
            message = f"dataset_info: the {key} of {name} is {held[key]}, not {info.get(key)}; release again"
            yield seen.card.stated(message, "dataset_info", name, key)


@CARD_RULES(
    "E635",
    "the card's fields of choices hold what the hub knows",
    mend="Set the field in [tool.kliping.card] to one that the hub has, and release again.",
    example=Example(CARD, "multilinguality:\n- multilingual", "multilinguality:\n- bilingual"),
)
def card_chooses_what_the_hub_knows(seen: CardSeen) -> Iterator[Fault]:
    """The hub refuses a card with a choice that it does not know, or shows the dataset without it."""
    for field in sorted(CHOICES.keys() & seen.head.keys()):
        given = _strings(seen.head[field])
        if unknown := sorted(set(given) - CHOICES[field]):
            message = f"{field}: the hub does not know {', '.join(unknown)}; release again"
            yield seen.card.stated(message, field)
    for language in _strings(seen.head.get("language")):
        if not LANGUAGE.fullmatch(language):
            message = f"language: {language} is no code of two or three letters; release again"
            yield seen.card.stated(message, "language")


def _first_other(found: object, expected: list[dict[str, Any]]) -> str:
    """The name of the first feature that is not as it should be."""
    given = found if isinstance(found, list) else []
    pairs = zip([*given, *[None] * len(expected)], expected, strict=False)
    return next((str(feature["name"]) for one, feature in pairs if one != feature), "")


def _strings(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [] if value is None else [str(value)]

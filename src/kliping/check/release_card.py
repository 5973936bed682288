"""Level 6, the card: its YAML decides what `datasets` loads, and silently wins over the Parquet files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from kliping.check.rules import Place, RuleList
from kliping.contract.tables import features
from kliping.release.card.metadata import yaml_features

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from kliping.check.rules import Fault
    from kliping.contract import Contract

__all__ = ["CARD", "CARD_RULES", "CardSeen", "open_card"]

CARD = "README.md"
_PLACE = Place(CARD)


class CardSeen(NamedTuple):
    """A card's YAML, or why there is none, with what the tables hold: files and rows by config and split."""

    head: Mapping[str, Any]
    fault: str | None
    contract: Contract
    files: Mapping[tuple[str, str], list[str]]
    rows: Mapping[tuple[str, str], int]

    def listed(self, key: str) -> list[dict[str, Any]]:
        """The entries of a list of the card that are objects."""
        found = self.head.get(key)
        return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


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

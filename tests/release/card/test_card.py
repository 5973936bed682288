from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

from kliping.release.card.card import SECTIONS
from kliping.release.verification import read_manifest

if TYPE_CHECKING:
    from pathlib import Path

    from kliping.project import Corpus


def card_of(folder: Path) -> tuple[dict[str, Any], str]:
    _, head, body = (folder / "README.md").read_text(encoding="utf-8").split("---\n", 2)
    return yaml.safe_load(head), body


def test_the_first_config_is_the_default_and_the_only_one(released: Path) -> None:
    configs = card_of(released)[0]["configs"]
    assert [one["config_name"] for one in configs] == ["articles", "entities", "stances", "annotations", "soft_labels"]
    assert [one.get("default") for one in configs] == [True, None, None, None, None]


def test_every_data_file_is_named_exactly_and_every_parquet_file_is_named(released: Path) -> None:
    named = [file["path"] for config in card_of(released)[0]["configs"] for file in config["data_files"]]
    assert sorted(named) == sorted(path.relative_to(released).as_posix() for path in released.rglob("*.parquet"))


def test_the_examples_are_counted_as_in_the_manifest(released: Path) -> None:
    counted = {
        one["config_name"]: {split["name"]: split["num_examples"] for split in one["splits"]}
        for one in card_of(released)[0]["dataset_info"]
    }
    configs = read_manifest(released).configs
    assert counted == {name: {split: part.rows for split, part in parts.items()} for name, parts in configs.items()}


def test_the_head_says_what_the_hub_asks_for(released: Path) -> None:
    head = card_of(released)[0]
    assert (head["language"], head["license"], head["size_categories"]) == (["en", "id"], "cc0-1.0", ["n<1K"])
    assert head["pretty_name"] == "Toy corpus: news from Rimbia"


def test_every_section_is_there_and_filled(released: Path) -> None:
    body = card_of(released)[1]
    found = re.findall(r"^## (.+)\n\n(.+)", body, flags=re.MULTILINE)
    assert [title for title, _ in found] == [title for title, _ in SECTIONS]


def test_labels_are_told_with_meaning_and_counts_by_split(released: Path) -> None:
    body = card_of(released)[1]
    assert "| entities | A row an article with gold: its tokens, BIO tags and mentions. | 1 | 0 | 1 |" in body
    assert "| `favor` | The holder supports the target or wants it to happen. | 0 | 0 | 1 |" in body
    assert "Annotators: 2, by keyed pseudonyms; 6 annotations, 1 skipped" in body
    assert "Agreement on mentions: F1 0.923" in body


def test_no_path_of_the_machine_and_no_annotator_is_in_a_release(released: Path, toy_corpus: Corpus) -> None:
    for path in released.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert str(toy_corpus.root).encode() not in data
            assert path.suffix == ".parquet" or b"annotator-" not in data or path.parent.name == "schema"

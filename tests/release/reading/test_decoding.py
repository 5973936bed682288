from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import kliping
from kliping.errors import CallError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def cache(tmp_path: Path, datasets: Any) -> str:
    assert datasets
    return str(tmp_path / "cache")


def test_classes_become_words_in_every_split_and_other_columns_stay(released: Path, cache: str) -> None:
    loaded = kliping.load(released, "stances", cache_dir=cache)
    decoded = kliping.decode(loaded)
    assert {split: rows["stance"][:] for split, rows in decoded.items()} == {
        "train": ["against", "none"],
        "test": ["favor"],
    }
    assert decoded["test"].column_names == loaded["test"].column_names
    assert decoded["test"].remove_columns("stance")[:] == loaded["test"].remove_columns("stance")[:]


def test_lists_of_classes_become_lists_of_words_streamed_too(released: Path, cache: str) -> None:
    tags = [
        kliping.decode(kliping.load(released, "entities", split="test", streaming=streaming, cache_dir=cache))
        for streaming in (False, True)
    ]
    for rows in tags:
        assert next(iter(rows))["ner_tags"][3:7] == ["O", "B-ORGANISATION", "I-ORGANISATION", "I-ORGANISATION"]


def test_pandas_and_polars_then_hold_words(released: Path, cache: str) -> None:
    pytest.importorskip("pandas")
    rows = kliping.decode(kliping.load(released, "stances", split="train", cache_dir=cache))
    assert list(rows.to_pandas()["stance"]) == ["against", "none"]
    assert rows.to_polars()["stance"].to_list() == ["against", "none"]


def test_null_stays_null_and_a_config_without_classes_is_given_back(released: Path, cache: str, datasets: Any) -> None:
    names = datasets.Features({"stance": datasets.ClassLabel(names=["against", "favor"])})
    rows = datasets.Dataset.from_dict({"stance": [None, 1]}, features=names)
    assert kliping.decode(rows)["stance"][:] == [None, "favor"]
    articles = kliping.load(released, split="test", cache_dir=cache)
    assert kliping.decode(articles) is articles


def test_what_is_no_dataset_is_refused() -> None:
    with pytest.raises(CallError, match=r"kliping\.decode takes what kliping\.load gives, not list"):
        kliping.decode([{"stance": 1}])

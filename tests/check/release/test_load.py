"""What a consumer's process finds wrong, each shown on a release that was broken in that way."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest
from pyarrow import parquet
from tests.release.breaking import edit_card, rewrite, table_file

from kliping.check.release import consumer
from kliping.check.release.checking import check_release
from kliping.check.release.load import LOAD_RULES, LoadSeen
from kliping.contract import load_contract
from kliping.contract.tables import features, table_names

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pyarrow as pa

pytest.importorskip("datasets", reason="the extra load is not installed")


@pytest.fixture
def quiet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`datasets` in this process, with a cache of its own."""
    import datasets

    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")
    monkeypatch.setattr(datasets.config, "HF_HUB_OFFLINE", True)
    datasets.disable_progress_bars()


def consumed(folder: Path) -> consumer.Consumed:
    contract = load_contract(folder / "schema")
    return consumer.consume(str(folder), {name: features(contract, name) for name in table_names(contract)})


def changed(column: str, value: object) -> Any:
    """A change of the first row's value in a column."""

    def change(table: pa.Table) -> pa.Table:
        rows = table.to_pylist()
        rows[0][column] = value
        return type(table).from_pylist(rows, table.schema)

    return change


def test_a_column_of_another_type_in_the_card_is_found(release: Path) -> None:
    edit_card(release, ("- name: language_score\n    dtype: float64", "- name: language_score\n    dtype: float32"))
    found = [one for one in check_release(release) if one.code == "E691"]
    assert {one.message.partition(" gives ")[0] for one in found} == {
        f"articles, {split}: {what}" for split in ("train", "validation", "test") for what in ("loading", "streaming")
    }


def test_a_stance_that_is_not_what_gold_says_is_found(release: Path) -> None:
    rewrite(table_file(release, "stances", "test"), release, changed("stance", 0))
    found = [one.message for one in check_release(release) if one.code == "E693"]
    assert found == ["stances, test: ferry: against where gold is favor; release again"]


@pytest.mark.usefixtures("quiet")
def test_tags_that_are_not_what_gold_says_are_found(release: Path) -> None:
    assert consumed(release).words == ()
    path = table_file(release, "entities", "test")
    rewrite(path, release, lambda table: changed("ner_tags", [0] * len(table["tokens"][0]))(table))
    assert consumed(release).words == ("entities, test: ferry: 0 tags begin mentions, of 2",)


@pytest.mark.usefixtures("quiet")
def test_a_tag_at_another_mention_is_found(release: Path) -> None:
    def swap(table: pa.Table) -> pa.Table:
        entities = table.to_pylist()[0]["entities"]
        labels = [one["label"] for one in entities]
        turned = [one | {"label": label} for one, label in zip(entities, reversed(labels), strict=True)]
        turn: Callable[[pa.Table], pa.Table] = changed("entities", turned)
        return turn(table)

    rewrite(table_file(release, "entities", "test"), release, swap)
    assert consumed(release).words == (
        "entities, test: ferry: the tag B-ORGANISATION is at no mention of that label",
        "entities, test: ferry: the tag B-POLICY is at no mention of that label",
    )


@pytest.mark.usefixtures("quiet")
def test_of_many_rows_the_class_columns_are_loaded_in_full(release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = consumed(release)
    monkeypatch.setattr(consumer, "WHOLE_ROWS", 0)
    monkeypatch.setattr(consumer, "STREAMED_ROWS", 1)
    bounded = consumed(release)
    assert bounded == whole
    assert bounded.rows == bounded.features == ()
    assert bounded.decoded["stances"].keys() == {"train", "test"}


@pytest.mark.usefixtures("quiet")
def test_rows_that_streaming_gives_otherwise_are_found(
    release: Path, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No release makes `datasets` do so: streaming another folder stands in for a version of it that does."""
    import datasets

    other = shutil.copytree(built, tmp_path / "other")
    rewrite(table_file(other, "stances", "test"), other, changed("stance", 0))
    load = datasets.load_dataset

    def streams_other(folder: str, config: str, *, streaming: bool = False, **options: Any) -> Any:
        return load(str(other) if streaming else folder, config, streaming=streaming, **options)

    monkeypatch.setattr(datasets, "load_dataset", streams_other)
    assert consumed(release).rows == ("stances, test, row 1: streaming gives other values than loading",)


@pytest.mark.usefixtures("quiet")
def test_what_is_streamed_is_held_a_row_group_at_a_time(release: Path) -> None:
    import datasets

    path = table_file(release, "annotations", "train")
    read = parquet.read_table(path)
    parquet.write_table(read, path, row_group_size=1)
    streamed = datasets.load_dataset(str(release), "annotations", streaming=True)["train"]
    bounded = consumer._bounded(streamed)
    assert (streamed.num_shards, bounded.num_shards) == (1, read.num_rows)
    assert list(bounded) == list(streamed)


def test_a_release_that_cannot_be_loaded_is_told_in_a_sentence(release: Path) -> None:
    edit_card(release, ("configs:", "konfigs:"))
    seen = LoadSeen(release, {"articles": {"train": {}}})
    assert [one.code for one in LOAD_RULES.findings(seen)] == ["E690"]


def test_labels_are_digested_as_words() -> None:
    def digest(names: tuple[str, ...], *values: Any) -> str:
        labels = consumer.LabelDigest(names)
        for value in values:
            labels.add(value)
        return labels.hexdigest()

    assert digest(("against", "favor"), 0, [1, 0]) == digest(("favor", "against"), 1, [0, 1])
    assert digest(("against", "favor"), 0, [1, 0]) != digest(("against", "favor"), 0, [0, 1])
    assert digest(("a", "b"), [0], [1]) != digest(("a", "b"), [0, 1])
    assert digest(("a",), None) == digest(("a",), [7]) == digest(("a",), -1)

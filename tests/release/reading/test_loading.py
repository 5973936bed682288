from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING, Any

import pytest
from tests.corpora import UNCHECKED, toy

import kliping
from kliping.contract import load_contract
from kliping.contract.tables import features
from kliping.errors import CallError, DataError
from kliping.files import sha256
from kliping.release import build_release
from kliping.release.verification import read_manifest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kliping.contract import Contract

CONFIGS = ("articles", "entities", "stances", "annotations", "soft_labels")


@pytest.fixture(scope="session")
def loaded(released: Path, datasets: Any, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:  # noqa: ARG001
    cache = str(tmp_path_factory.mktemp("cache"))
    return {config: kliping.load(released, config, cache_dir=cache) for config in CONFIGS}


def test_every_split_has_the_rows_of_the_manifest(loaded: Mapping[str, Any], released: Path) -> None:
    found = {config: {split: rows.num_rows for split, rows in splits.items()} for config, splits in loaded.items()}
    configs = read_manifest(released).configs
    assert found == {name: {split: part.rows for split, part in parts.items()} for name, parts in configs.items()}


def test_features_are_those_of_the_contract(loaded: Mapping[str, Any], contract: Contract, datasets: Any) -> None:
    for config, splits in loaded.items():
        for rows in splits.values():
            assert rows.features == datasets.Features.from_dict(features(contract, config))


def test_stances_decode_to_the_strings_of_gold(loaded: Mapping[str, Any]) -> None:
    decoded = {
        row["id"]: rows.features["stance"].int2str(row["stance"]) for rows in loaded["stances"].values() for row in rows
    }
    assert decoded == {"market:s1": "against", "market:s2": "none", "ferry:s1": "favor"}


def test_tags_decode_to_the_labels_of_gold(loaded: Mapping[str, Any]) -> None:
    rows = loaded["entities"]["test"]
    names = rows.features["ner_tags"].feature.names
    tagged = [(token, names[tag]) for token, tag in zip(rows[0]["tokens"], rows[0]["ner_tags"], strict=True) if tag]
    assert tagged == [
        ("Rimbia", "B-ORGANISATION"),
        ("Ferry", "I-ORGANISATION"),
        ("Board", "I-ORGANISATION"),
        ("night", "B-POLICY"),
        ("ferry", "I-POLICY"),
    ]


def test_a_list_that_is_empty_in_every_row_of_a_split_loads(loaded: Mapping[str, Any]) -> None:
    assert loaded["annotations"]["validation"]["entities"] == [[]]


def test_the_sizes_in_the_card_are_those_that_datasets_counts(
    loaded: Mapping[str, Any], released: Path, tmp_path: Path
) -> None:
    from datasets import DatasetDict, load_dataset_builder

    assert all(isinstance(splits, DatasetDict) for splits in loaded.values())
    for config, splits in loaded.items():
        stated = load_dataset_builder(str(released), config, cache_dir=str(tmp_path)).info.splits
        assert {name: stated[name].num_bytes for name in splits} == {
            name: rows.info.splits[name].num_bytes for name, rows in splits.items()
        }


def test_a_second_version_beside_the_first_is_its_own_in_one_cache(tmp_path: Path, datasets: Any) -> None:  # noqa: ARG001
    corpus = toy(tmp_path)
    cache = str(tmp_path / "cache")
    first = build_release(corpus, load_contract(corpus.schema), "0.1.0", UNCHECKED)[1]
    assert kliping.load(first, "stances", cache_dir=cache)["test"][0]["stance"] == 2
    gold = corpus.annotation_folder / "gold.jsonl"
    gold.write_bytes(gold.read_bytes().replace(b'"favor"', b'"against"'))
    second = build_release(corpus, load_contract(corpus.schema), "0.2.0", UNCHECKED)[1]
    assert kliping.load(second, "stances", cache_dir=cache)["test"][0]["stance"] == 0
    assert kliping.load(first, "stances", cache_dir=cache)["test"][0]["stance"] == 2


def test_one_folder_name_with_other_content_never_gives_the_old_rows(tmp_path: Path, datasets: Any) -> None:  # noqa: ARG001
    cache = str(tmp_path / "cache")
    found = []
    for name, side in (("here", b'"favor"'), ("there", b'"against"')):
        corpus = toy(tmp_path / name)
        gold = corpus.annotation_folder / "gold.jsonl"
        gold.write_bytes(gold.read_bytes().replace(b'"favor"', side))
        folder = build_release(corpus, load_contract(corpus.schema), "0.1.0", UNCHECKED)[1]
        found.append(kliping.load(folder, "stances", cache_dir=cache)["test"][0]["stance"])
    assert found == [2, 0]


def test_a_changed_file_is_refused_before_anything_is_loaded(released: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(released, tmp_path / released.name)
    (changed,) = (copy / "stances").glob("test-*.parquet")
    changed.write_bytes(changed.read_bytes()[:-1] + b"?")
    with pytest.raises(DataError, match=f"{changed.name}: E602 differs from the manifest"):
        kliping.load(copy)


def test_a_config_that_is_not_there_is_told_with_those_that_are(released: Path) -> None:
    with pytest.raises(CallError, match="no config 'topics'; it has articles, entities, stances, annotations"):
        kliping.load(released, "topics")


def test_without_datasets_it_says_what_to_install(released: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "datasets", None)
    with pytest.raises(CallError, match=r'pip install "kliping\[load\]"'):
        kliping.load(released)


def test_every_finding_about_a_damaged_release_is_told_at_once(released: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(released, tmp_path / released.name)
    (copy / "LICENSE").unlink()
    (copy / "README.md").write_text("changed")
    (copy / "notes.txt").write_text("new")
    with pytest.raises(DataError) as raised:
        kliping.load(copy)
    assert str(raised.value).splitlines() == [
        f"{copy}/LICENSE: E602 is in the manifest and is not here; get the release again",
        f"{copy}/README.md: E602 differs from the manifest in size or SHA-256; get the release again",
        f"{copy}/notes.txt: E603 is not in the manifest; take it out",
    ]


def test_a_name_is_loaded_from_a_groups_store_at_the_newest_version_which_the_rows_tell(
    released: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, datasets: Any
) -> None:
    assert datasets
    shutil.copytree(released, tmp_path / "store" / released.name)
    monkeypatch.setenv("KLIPING_RELEASES", str(tmp_path / "store"))
    monkeypatch.chdir(tmp_path)
    with caplog.at_level("INFO", "kliping"):
        rows = kliping.load("toy", "stances", split="test", cache_dir=tmp_path / "cache")
    assert str(rows.info.version) == "0.1.0"
    assert caplog.messages == [f"toy 0.1.0 from {tmp_path}/store/toy-0.1.0"]


def test_streaming_and_columns_give_the_same_rows(loaded: Mapping[str, Any], released: Path, tmp_path: Path) -> None:
    streamed = kliping.load(released, "entities", streaming=True)
    assert {split: list(rows) for split, rows in streamed.items()} == {
        split: rows.to_list() for split, rows in loaded["entities"].items()
    }
    narrow = kliping.load(released, "stances", split="train", columns=["id", "stance"], cache_dir=tmp_path)
    assert narrow.to_list() == [{"id": "market:s1", "stance": 0}, {"id": "market:s2", "stance": 1}]
    assert narrow.features["stance"].names == ["against", "none", "favor"]
    one = kliping.load(released, "stances", split="train", columns=["stance"], streaming=True)
    assert list(one) == [{"stance": 0}, {"stance": 1}]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"split": "tset"}, 'Unknown split "tset"'),
        ({"split": "tset", "streaming": True}, "Bad split: tset"),
        ({"columns": ["stanse"]}, "no column stanse; it has id, article_id, stance, "),
        ({"colums": ["stance"]}, "datasets has no option 'colums'"),
        ({"data_files": "x.parquet"}, "kliping.load takes no data_files=: a config has its files; say config="),
        ({"revision": "v0.1.0"}, "kliping.load takes no revision=: .*; say version="),
    ],
)
def test_an_option_that_is_none_is_told(released: Path, options: dict[str, Any], said: str, datasets: Any) -> None:
    assert datasets
    with pytest.raises(CallError, match=said):
        kliping.load(released, "stances", **options)


def test_what_was_read_is_kept_under_the_manifests_digest(released: Path, tmp_path: Path, datasets: Any) -> None:
    assert datasets
    for folder in (released, shutil.copytree(released, tmp_path / "copy" / released.name)):
        kliping.load(folder, "stances", cache_dir=tmp_path / "cache")
    digest = sha256((released / "manifest.json").read_bytes())
    assert [path.name for path in (tmp_path / "cache" / "kliping").iterdir()] == [digest[:32]]

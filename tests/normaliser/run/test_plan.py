from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from kliping.normaliser.run import plan as planning
from kliping.normaliser.run.listing import RawFile
from kliping.normaliser.run.plan import plan
from kliping.project import Settings, SourceTable

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = Settings(name="a")
FILES = [RawFile(f"{number}.txt", 10, 1) for number in range(5)]


def keys(files: list[RawFile] = FILES, settings: Settings = SETTINGS, contract: str = "c") -> list[str]:
    return [shard.key for shard in plan(files, settings, contract)]


@pytest.fixture(autouse=True)
def _two_files_a_shard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "SHARD_FILES", 2)


def test_every_file_is_in_one_shard_in_order() -> None:
    shards = plan(FILES, SETTINGS, "c")
    assert [shard.paths for shard in shards] == [("0.txt", "1.txt"), ("2.txt", "3.txt"), ("4.txt",)]
    assert [shard.size for shard in shards] == [20, 20, 10]


def test_a_shard_that_holds_enough_bytes_takes_no_further_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "SHARD_BYTES", 10)
    assert len(keys()) == 5


def test_the_same_plan_has_the_same_keys_and_each_shard_its_own() -> None:
    assert keys() == keys()
    assert len(set(keys())) == 3


def test_a_file_that_changed_changes_the_key_of_its_shard_alone() -> None:
    changed = [*FILES[:4], FILES[4]._replace(changed=2)]
    assert [one == other for one, other in zip(keys(), keys(changed), strict=True)] == [True, True, False]


@pytest.mark.parametrize(
    "change",
    [
        {"language": "id"},
        {"licence": "MIT"},
        {"min_length": 3},
        {"max_bytes": 3},
        {"sources": {"*": SourceTable(publisher="Kabar")}},
    ],
)
def test_a_setting_that_articles_depend_on_changes_every_key(change: dict[str, object]) -> None:
    assert not set(keys()) & set(keys(settings=msgspec.structs.replace(SETTINGS, **change)))


def test_the_number_of_workers_changes_no_key() -> None:
    assert keys(settings=msgspec.structs.replace(SETTINGS, workers=3)) == keys()


def test_a_file_that_states_something_of_others_and_another_contract_change_every_key() -> None:
    beside = RawFile("sources.csv", 10, 1)
    assert not set(keys([*FILES, beside])) & set(keys([*FILES, beside._replace(changed=2)]))
    assert not set(keys()) & set(keys(contract="d"))


def test_a_sidecar_counts_only_where_its_file_is_there() -> None:
    beside = RawFile("9.txt.json", 10, 1)
    owner = RawFile("9.txt", 10, 1)
    first = keys([*FILES, owner, beside])[0]
    assert first != keys([*FILES, owner, beside._replace(changed=2)])[0]
    assert keys([*FILES, beside])[0] == keys([*FILES, beside._replace(changed=2)])[0] == keys()[0]


def test_with_a_table_of_sources_it_matters_which_files_there_are() -> None:
    table = RawFile("0/sources.csv", 10, 1)
    assert keys([table, *FILES])[0] != keys([table, *FILES[:4]])[0]
    assert keys(FILES)[0] == keys(FILES[:4])[0]


def test_another_model_and_another_module_of_this_tool_change_every_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def keys_with(name: str, content: str) -> list[str]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content)
        planning._tool.cache_clear()
        return keys()

    monkeypatch.setattr(planning, "PACKAGE", tmp_path)
    first = keys_with("page/model.json", "{}")
    assert not set(first) & set(other := keys_with("page/model.json", "{ }"))
    assert not set(other) & set(last := keys_with("page/a.py", "a = 1"))
    assert keys_with("__pycache__/a.pyc", "a") == last
    planning._tool.cache_clear()

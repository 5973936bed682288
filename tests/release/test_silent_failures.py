"""The ways in which a release goes wrong without a word, a test each.

Each test first shows the failure with plain libraries, on files that it makes by hand, so that it fails when a library
changes its mind. Then it shows that a release of ours is immune: broken in this way it is found, or loaded it is right.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest
import yaml
from pyarrow import parquet
from tests.corpora import UNCHECKED, toy
from tests.release.breaking import edit_card, relist, rewrite, table_file
from tests.release.fresh import fresh

import kliping
from kliping.check import check_release
from kliping.contract import load_contract
from kliping.errors import CallError, DataError
from kliping.release import build_release, verify

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

NAMES = ("against", "none", "favor")
AGAINST, NONE, FAVOR = range(3)

PLAIN = """\
def plain(place, **options):
    return datasets.load_dataset(place, "stances", **options)["test"]["stance"][:]
"""
"""A consumer's line."""

OURS = """\
import kliping
def ours(place, version=None):
    return kliping.load(place, "stances", version)["test"]["stance"][:]
"""


@pytest.fixture
def copy(released: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of which each test may break one thing; whole, there is no finding."""
    return shutil.copytree(released, tmp_path_factory.mktemp("copy") / released.name)


@pytest.fixture(scope="module")
def others(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Releases of the same corpus, where the ferry's stance is `against` and not `favor`: 0.2.0, and another 0.1.0."""
    found = {}
    for version in ("0.1.0", "0.2.0"):
        corpus = toy(tmp_path_factory.mktemp("other"))
        gold = corpus.annotation_folder / "gold.jsonl"
        gold.write_bytes(gold.read_bytes().replace(b'"favor"', b'"against"'))
        found[version] = build_release(corpus, load_contract(corpus.schema), version, UNCHECKED)[1]
    return found


def write_stances(
    path: Path,
    values: Sequence[int | None],
    names: Sequence[str] = NAMES,
    *,
    kind: pa.DataType | None = None,
    nullable: bool = True,
) -> None:
    """A Parquet file with one class column, as `datasets` writes it."""
    features = {"stance": {"names": list(names), "_type": "ClassLabel"}}
    schema = pa.schema(
        [pa.field("stance", kind or pa.int64(), nullable=nullable)],
        metadata={"huggingface": json.dumps({"info": {"features": features}})},
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    parquet.write_table(pa.table({"stance": values}, schema=schema), path)


def write_card(folder: Path, split: str, names: Sequence[str] | None = None) -> None:
    """A card of one config and split; with names, it says what the classes are."""
    files = [{"split": split, "path": f"{split}-*.parquet"}]
    head: dict[str, Any] = {"configs": [{"config_name": "stances", "default": True, "data_files": files}]}
    if names is not None:
        classes = {"class_label": {"names": {str(number): name for number, name in enumerate(names)}}}
        features = [{"name": "stance", "dtype": classes}]
        head["dataset_info"] = [{"config_name": "stances", "features": features}]
    (folder / "README.md").write_text(f"---\n{yaml.safe_dump(head)}---\n")


def decoded(rows: Any) -> list[str]:
    return [rows.features["stance"].int2str(value) for value in rows["stance"][:]]


def codes(folder: Path) -> set[str]:
    return {finding.code for finding in check_release(folder, load=False)}


def test_the_release_that_is_broken_below_is_whole(copy: Path) -> None:
    assert check_release(copy) == []


# Two splits list their label names in another order.


def test_splits_that_order_labels_otherwise_are_read_by_the_first_ones_order(
    copy: Path, datasets: Any, tmp_path: Path
) -> None:
    write_stances(tmp_path / "train-0.parquet", [AGAINST])
    write_stances(tmp_path / "test-0.parquet", [2], ("favor", "none", "against"))
    plain = datasets.load_dataset(str(tmp_path), data_files={"train": "train-*", "test": "test-*"})
    assert decoded(plain["test"]) == ["favor"]  # it was written as against

    rewrite(table_file(copy, "stances", "test"), copy, _reversed_names)
    assert codes(copy) == {"E612", "E634", "E643"}


def _reversed_names(table: pa.Table) -> pa.Table:
    told = (table.schema.metadata or {})[b"huggingface"].decode()
    turned = told.replace('"against", "none", "favor"', '"favor", "none", "against"')
    assert turned != told
    return table.replace_schema_metadata({"huggingface": turned})


# The card's class order differs from the Parquet's.


def test_a_card_that_orders_labels_otherwise_wins(copy: Path, datasets: Any, tmp_path: Path) -> None:
    write_stances(tmp_path / "train-0.parquet", [AGAINST])
    write_card(tmp_path, "train", ("favor", "none", "against"))
    assert decoded(datasets.load_dataset(str(tmp_path))["train"]) == ["favor"]

    edit_card(copy, ("'0': against", "'0': favor"), ("'2': favor", "'2': against"))
    assert {finding.code for finding in check_release(copy)} == {"E633", "E643", "E690", "E691", "E693"}


# A local release is rebuilt in place, or two folders share a base name and an equal card.


def test_a_folder_that_was_rebuilt_and_another_of_its_name_give_the_old_rows(
    released: Path, others: dict[str, Path], tmp_path: Path
) -> None:
    home, here, there = tmp_path / "home", tmp_path / "here" / "toy", tmp_path / "there" / "toy"
    for folder, value in ((here, FAVOR), (there, AGAINST)):
        write_stances(folder / "test-0.parquet", [value])
        write_card(folder, "test")
    place = tmp_path / "releases" / released.name
    shutil.copytree(released, place)
    before = "here, place = sys.argv[1:]\nfound = [plain(here), plain(place), ours(place)]\n"
    assert fresh(home, PLAIN + OURS + before, here, place) == [[FAVOR], [FAVOR], [FAVOR]]

    write_stances(here / "test-0.parquet", [AGAINST])
    shutil.rmtree(place)
    shutil.copytree(others["0.1.0"], place)
    after = "found = {one: [plain(one), ours(one)] for one in sys.argv[3:]}\n"
    after += "found |= {one: [plain(one)] for one in sys.argv[1:3]}\n"
    assert fresh(home, PLAIN + OURS + after, here, there, place, released) == {
        str(here): [[FAVOR]],  # rebuilt in place, and read by another process
        str(there): [[FAVOR]],  # another folder of this base name
        str(place): [[AGAINST], [AGAINST]],
        str(released): [[FAVOR], [FAVOR]],
    }


def test_other_label_names_over_equal_rows_are_never_the_old_ones(
    released: Path, copy: Path, datasets: Any, tmp_path: Path
) -> None:
    """Equal rows have equal file names, since rows hold numbers: the cards differ."""
    for path in (copy / "stances").iterdir():
        rewrite(path, copy, _renamed_favor)
    edit_card(copy, ("'2': favor", "'2': backing"))
    names = []
    for folder in (released, copy):
        found = datasets.load_dataset(str(folder), "stances", cache_dir=str(tmp_path / "plain"))
        names.append(found["test"].features["stance"].names[FAVOR])
        found = kliping.load(folder, "stances", cache_dir=str(tmp_path / "ours"))
        names.append(found["test"].features["stance"].names[FAVOR])
    assert names == ["favor", "favor", "backing", "backing"]


def _renamed_favor(table: pa.Table) -> pa.Table:
    told = (table.schema.metadata or {})[b"huggingface"].decode()
    return table.replace_schema_metadata({"huggingface": told.replace('"favor"', '"backing"')})


# `v1/` beside `v2/` under one folder that is loaded.


def test_versions_below_one_folder_are_concatenated(
    released: Path, others: dict[str, Path], datasets: Any, tmp_path: Path
) -> None:
    plain, both = tmp_path / "plain", tmp_path / "both"
    for version, value in (("v1", FAVOR), ("v2", AGAINST)):
        write_stances(plain / version / "train-0.parquet", [value])
    assert datasets.load_dataset(str(plain))["train"]["stance"][:] == [FAVOR, AGAINST]

    for folder in (released, others["0.2.0"]):
        shutil.copytree(folder, both / folder.name)
    with pytest.raises(CallError, match="no release"):
        kliping.load(both, "stances")
    found = {name: kliping.load(both / name, "stances")["test"]["stance"][:] for name in ("toy-0.1.0", "toy-0.2.0")}
    assert found == {"toy-0.1.0": [FAVOR], "toy-0.2.0": [AGAINST]}
    shutil.copytree(released, both / "toy-0.2.0" / "old")
    assert "E603" in codes(both / "toy-0.2.0")
    assert "E603" in {finding.code for finding in verify(both / "toy-0.2.0")}


# An all-empty list column in one split.


def test_a_list_that_is_empty_in_all_of_a_split_is_typed_as_null(copy: Path, datasets: Any, tmp_path: Path) -> None:
    parquet.write_table(pa.Table.from_pylist([{"entities": []}]), tmp_path / "train-0.parquet")
    parquet.write_table(pa.Table.from_pylist([{"entities": [{"start": 1}]}]), tmp_path / "test-0.parquet")
    with pytest.raises(datasets.exceptions.DatasetGenerationError) as raised:
        datasets.load_dataset(str(tmp_path))
    assert "Couldn't cast array of type struct<start: int64> to null" in str(raised.value.__cause__)

    assert kliping.load(copy, "annotations")["validation"]["entities"][:] == [[]]
    path = table_file(copy, "annotations", "validation")
    assert parquet.read_table(path)["entities"].to_pylist() == [[]]
    rewrite(path, copy, lambda table: pa.Table.from_pylist(table.to_pylist()).cast(_with_null_list(table)))
    assert codes(copy) >= {"E612"}


def _with_null_list(table: pa.Table) -> pa.Schema:
    at = table.schema.get_field_index("entities")
    return table.schema.set(at, pa.field("entities", pa.list_(pa.null())))


# A null, -1 or out-of-range class label.


@pytest.mark.parametrize("value", [None, -1, 7])
def test_a_class_that_is_none_is_taken(value: int | None, copy: Path, datasets: Any, tmp_path: Path) -> None:
    write_stances(tmp_path / "train-0.parquet", [value])
    write_card(tmp_path, "train", NAMES)
    assert datasets.load_dataset(str(tmp_path))["train"]["stance"][:] == [value]

    at = parquet.read_schema(table_file(copy, "stances", "test")).get_field_index("stance")
    rewrite(
        table_file(copy, "stances", "test"),
        copy,
        lambda table: table.set_column(at, table.schema.field(at), pa.chunked_array([pa.array([value], pa.int64())])),
    )
    assert "E622" in codes(copy)


# A class column that is `int8`, or not nullable.


@pytest.mark.parametrize(("kind", "nullable"), [(pa.int8(), True), (pa.int64(), False)], ids=["int8", "not nullable"])
def test_a_narrow_or_required_class_column_loses_its_names(
    kind: pa.DataType, nullable: bool, copy: Path, datasets: Any, tmp_path: Path
) -> None:
    write_stances(tmp_path / "train-0.parquet", [AGAINST], kind=kind, nullable=nullable)
    assert datasets.load_dataset(str(tmp_path))["train"].features == {"stance": datasets.Value(str(kind))}

    path = table_file(copy, "stances", "test")
    schema = parquet.read_schema(path)
    at = schema.get_field_index("stance")
    rewrite(path, copy, lambda table: table.cast(schema.set(at, pa.field("stance", kind, nullable=nullable))))
    assert "E612" in codes(copy)


# A round trip through pandas.


def test_pandas_forgets_the_names_and_the_cards_lines_put_them_back(
    released: Path, datasets: Any, tmp_path: Path
) -> None:
    write_stances(tmp_path / "train-0.parquet", [AGAINST])
    plain = datasets.load_dataset(str(tmp_path))["train"]
    assert datasets.Dataset.from_pandas(plain.to_pandas()).features == {"stance": datasets.Value("int64")}

    card = (released / "README.md").read_text()
    (lines, *_) = card.partition("```python\n")[2].split("```")
    code = f"import os, pandas\nos.chdir(sys.argv[1])\n{lines}\nframes = [one for one in list(vars().values())"
    code += " if isinstance(one, pandas.DataFrame)]\nfound = [list(one['stance']) for one in frames]\n"
    assert fresh(tmp_path / "home", code, released.parent) == [["against", "none"]]


# `revision=` of a local folder, and offline of the hub.


def test_a_revision_of_a_folder_is_ignored(released: Path, datasets: Any, tmp_path: Path) -> None:
    write_stances(tmp_path / "train-0.parquet", [AGAINST])
    assert datasets.load_dataset(str(tmp_path), revision="v9.9.9")["train"]["stance"][:] == [AGAINST]

    with pytest.raises(CallError, match=r"takes no revision=: .*; say version="):
        kliping.load(released, "stances", revision="v9.9.9")
    with pytest.raises(DataError, match=r"holds version 0\.1\.0 of toy, not 9\.9\.9"):
        kliping.load(released, "stances", "9.9.9")


def test_offline_a_revision_of_the_hub_is_whatever_came_last(
    released: Path, others: dict[str, Path], datasets: Any, tmp_path: Path
) -> None:
    """The caches are laid out by hand, as two downloads and two loads leave them: no hub was asked."""
    home = tmp_path / "home"
    commits = {"0.1.0": "1" * 40, "0.2.0": "2" * 40}
    for version, folder in (("0.1.0", released), ("0.2.0", others["0.2.0"])):
        _as_downloaded(home, folder, version, commits[version])
        _as_loaded(home, folder, commits[version], datasets)
    code = """\
found = [plain("desa/toy", revision=tag) for tag in ("v0.1.0", "v9.9.9")]
found += [ours("desa/toy", version) for version in ("0.1.0", "0.2.0", None)]
"""
    assert fresh(home, PLAIN + OURS + code) == [
        [AGAINST],  # in v0.1.0 it is favor
        [AGAINST],  # and there is no v9.9.9
        [FAVOR],
        [AGAINST],
        [AGAINST],
    ]


def _as_downloaded(home: Path, folder: Path, version: str, commit: str) -> None:
    """The hub's cache: a snapshot of links to blobs, and what its tags mean."""
    repository = home / "hub" / "datasets--desa--toy"
    for below in ("blobs", "refs"):
        (repository / below).mkdir(parents=True, exist_ok=True)
    for path in (one for one in folder.rglob("*") if one.is_file()):
        blob = repository / "blobs" / hashlib.sha256(path.read_bytes()).hexdigest()
        link = repository / "snapshots" / commit / path.relative_to(folder)
        link.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, blob)
        link.symlink_to(os.path.relpath(blob, link.parent))
    for name in (f"v{version}", "main"):
        (repository / "refs" / name).write_text(commit)


def _as_loaded(home: Path, folder: Path, commit: str, datasets: Any) -> None:
    """The cache of `datasets` after `load_dataset("desa/toy", "stances")` at a commit."""
    elsewhere = home / "elsewhere" / commit
    shutil.copytree(folder, elsewhere / "toy")
    datasets.load_dataset(str(elsewhere / "toy"), "stances", cache_dir=str(elsewhere / "cache"))
    (kept,) = (elsewhere / "cache" / "toy" / "stances").glob("*/*/")
    shutil.copytree(kept, home / "datasets" / "desa___toy" / "stances" / kept.parent.name / commit)


# Croissant's FileSet.


def test_a_file_set_of_croissant_is_read_without_a_look_at_its_sha256(copy: Path, tmp_path: Path) -> None:
    path = tmp_path / "train-0.parquet"
    parquet.write_table(pa.table({"stance": ["favor"]}), path)
    (tmp_path / "croissant.json").write_text(json.dumps(_croissant(hashlib.sha256(path.read_bytes()).hexdigest())))
    parquet.write_table(pa.table({"stance": ["against"]}), path)
    read = """\
import mlcroissant
def read(name):
    try: return [row[f"{name}/stance"].decode() for row in mlcroissant.Dataset(sys.argv[1]).records(name)]
    except mlcroissant._src.core.issues.GenerationError: return "refused"
found = {name: read(name) for name in ("by-set", "by-file")}
"""
    assert fresh(tmp_path / "home", read, tmp_path / "croissant.json") == {"by-set": ["against"], "by-file": "refused"}

    changed = table_file(copy, "stances", "test")
    changed.write_bytes(table_file(copy, "stances", "train").read_bytes())
    assert {(one.code, one.path) for one in verify(copy)} == {("E602", f"stances/{changed.name}")}
    relist(copy, changed)
    assert "E613" in codes(copy)


def _croissant(sha256: str) -> dict[str, Any]:
    """A file by itself, and the same as a set of files; a record set from each."""

    def field(name: str, source: str) -> dict[str, Any]:
        whence = {source: {"@id": source}, "extract": {"column": "stance"}}
        return {
            "@type": "cr:RecordSet",
            "@id": name,
            "field": [{"@type": "cr:Field", "@id": f"{name}/stance", "dataType": "sc:Text", "source": whence}],
        }

    parquet_file = {"encodingFormat": "application/x-parquet"}
    terms = ("column", "extract", "field", "fileObject", "fileSet", "includes", "recordSet", "source")
    return {
        "@context": {
            "@language": "en",
            "@vocab": "https://schema.org/",
            "cr": "http://mlcommons.org/croissant/",
            "dct": "http://purl.org/dc/terms/",
            "sc": "https://schema.org/",
            "conformsTo": "dct:conformsTo",
            "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
            **{term: f"cr:{term}" for term in terms},
        },
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": "toy",
        "distribution": [
            {
                "@type": "cr:FileObject",
                "@id": "fileObject",
                "contentUrl": "train-0.parquet",
                "sha256": sha256,
                **parquet_file,
            },
            {"@type": "cr:FileSet", "@id": "fileSet", "includes": "train-*.parquet", **parquet_file},
        ],
        "recordSet": [field("by-set", "fileSet"), field("by-file", "fileObject")],
    }

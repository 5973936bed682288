"""Each rule's example is true: what is good stands in the sample's release, and what is bad gives the rule's code."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.check.release.altering import Row, edit, edit_manifest, relist, rewrite, table
from tests.corpora import UNCHECKED

from kliping.check import all_rules, check_release
from kliping.contract import load_contract
from kliping.project import Corpus
from kliping.release import build_release

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kliping.check.rules import Rule

ROOT = Path(__file__).parents[3]
CONFIGS = ("articles", "entities", "stances", "annotations", "soft_labels")
SPLITS = ("train", "validation", "test")
LOADED = ("E690", "E691", "E692", "E693")
"""What only a consumer's load finds."""
OF_THE_CORPUS = ("E681", "E682", "E683", "E684")
"""What is found in a corpus, about its releases."""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("sample")
    for name in ("corpus", "schema", "annotations"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "pyproject.toml", root)
    corpus = Corpus.open(root)
    return build_release(corpus, load_contract(corpus.schema), "0.2.0", UNCHECKED)[1]


@pytest.fixture
def release(sample: Path, tmp_path: Path) -> Path:
    return shutil.copytree(sample, tmp_path / sample.name)


def cut_short(folder: Path) -> None:
    path = table(folder, "articles", "train")
    path.write_bytes(path.read_bytes()[:4_000])


def leave_an_older_file(folder: Path) -> None:
    path = table(folder, "articles", "train")
    shutil.copy(path, path.with_name("train-00000-of-00001-deadbeef.parquet"))


def turn_classes_around(folder: Path) -> None:
    from pyarrow import parquet

    path = table(folder, "stances", "test")
    read = parquet.read_table(path)
    features = read.schema.metadata[b"huggingface"].decode()
    turned = features.replace('"against", "none", "favor"', '"favor", "none", "against"')
    assert turned != features
    parquet.write_table(read.replace_schema_metadata({"huggingface": turned}), path)
    relist(folder, path)


def move_stances(folder: Path) -> None:
    path = table(folder, "stances", "train")
    path.rename(path.with_name(path.name.replace("train", "train-1").replace("train-1", "validation", 1)))


def share_a_cluster(folder: Path) -> None:
    clusters: list[str] = []
    rewrite(folder, "articles", "train", lambda rows: clusters.append(rows[0]["cluster"]))
    rewrite(folder, "articles", "test", lambda rows: rows[0].update(cluster=clusters[0]))


def empty_the_licence(folder: Path) -> None:
    (folder / "LICENSE").write_bytes(b"\n")
    relist(folder, folder / "LICENSE")


BY_HAND: dict[str, Callable[[Path], object]] = {
    "E603": leave_an_older_file,
    "E605": empty_the_licence,
    "E611": cut_short,
    "E612": turn_classes_around,
    "E614": lambda folder: rewrite(folder, "articles", "train", lambda rows: rows.reverse()),
    "E628": move_stances,
    "E630": share_a_cluster,
}
"""What no other words in a text or a row can break: the example says it in a sentence."""


def rules() -> list[Rule[Any]]:
    return [rule for rule in all_rules() if rule.level == 6 and rule.code not in OF_THE_CORPUS]


def codes(folder: Path) -> set[str]:
    return {one.code for one in check_release(folder, load=False)}


def alter(folder: Path, rule: Rule[Any]) -> None:
    """Put what is bad in the place of what is good, where that first stands."""
    assert rule.example is not None
    path, good, bad = rule.example
    if path in CONFIGS:
        alter_a_row(folder, path, good, bad)
    elif path == "manifest.json":
        text = (folder / path).read_text()
        assert good in text
        (folder / path).write_text(text.replace(good, bad, 1))
    elif rule.code == "E602":
        (folder / path).write_text((folder / path).read_text().replace(good, bad, 1))
    elif path == "croissant.json":
        text = (folder / path).read_text()
        assert good in text
        (folder / path).write_text(text.replace(good, bad, 1))
        edit_manifest(folder, lambda _held: None)
    else:
        edit(folder, path, good, bad)


def alter_a_row(folder: Path, config: str, good: str, bad: str) -> None:
    split, number = next(found for found in rows_of(folder, config) if good in found[2])[:2]

    def change(rows: list[Row]) -> None:
        text = json.dumps(rows[number], ensure_ascii=False)
        rows[number] = json.loads(text.replace(good, bad, 1))

    rewrite(folder, config, split, change)


def rows_of(folder: Path, config: str) -> Iterator[tuple[str, int, str]]:
    """Split, number and JSON of each row of a config."""
    from pyarrow import parquet

    for split in SPLITS:
        for number, row in enumerate(parquet.read_table(table(folder, config, split)).to_pylist()):
            yield split, number, json.dumps(row, ensure_ascii=False)


def test_the_release_of_the_sample_gives_no_finding(sample: Path) -> None:
    assert check_release(sample, load=False) == []


@pytest.mark.parametrize("rule", [one for one in rules() if one.code not in LOADED], ids=lambda rule: rule.code)
def test_an_example_gives_the_code_of_its_rule(release: Path, rule: Rule[Any]) -> None:
    by_hand = BY_HAND.get(rule.code)
    if by_hand is not None:
        by_hand(release)
    else:
        alter(release, rule)
    assert rule.code in codes(release)


@pytest.mark.parametrize("code", ["E690", "E691", "E693"])
def test_an_example_of_what_a_consumer_reads_gives_the_code_of_its_rule(release: Path, code: str) -> None:
    """E692 is what another version of `datasets` might do: `test_load.py` puts other rows in its way."""
    pytest.importorskip("datasets", reason="the extra load is not installed")
    (rule,) = [one for one in rules() if one.code == code]
    alter(release, rule)
    assert code in {one.code for one in check_release(release)}

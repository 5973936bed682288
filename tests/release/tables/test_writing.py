from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from pyarrow import parquet
from tests.corpora import annotation, article, entity, gold, mention, stance, write_corpus

from kliping.contract import load_contract
from kliping.records import Holder
from kliping.release.building.inputs import read_inputs
from kliping.release.tables.writing import write_tables

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kliping.project import Corpus
    from kliping.records import SplitName
    from kliping.release.tables.writing import Written

COUNT = 23
HERE: tuple[SplitName, ...] = ("train", "train", "test")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """Articles in the order of their raw paths, which is not that of the ids; every third one has no gold."""
    articles = [
        article(f"news-{at * 7 % COUNT:02}", f"Pasar {at}", f"Sena Waluyo menolak pasar {at} 👩‍🌾 di Rimbia. Ya.")
        for at in range(COUNT)
    ]
    said = (stance(1, "against", mention("e2"), Holder(kind="mention", mention="e1")),)
    marked = {one.id: (entity(one, 1, "Sena Waluyo", "PERSON"), entity(one, 2, "Rimbia", "PLACE")) for one in articles}
    by_id = sorted(articles, key=lambda one: one.id)
    return write_corpus(
        tmp_path_factory.mktemp("corpus"),
        articles,
        splits={one.id: HERE[at % 3] for at, one in enumerate(articles)},
        gold=[gold(one, marked[one.id], said) for at, one in enumerate(by_id) if at % 3],
        annotations=[annotation(one, who, marked[one.id], said) for one in by_id for who in ("annotator-aa", "b")],
    )


def write(corpus: Corpus, folder: Path, workers: int, batch_articles: int) -> Written:
    folder.mkdir()
    inputs = read_inputs(corpus, load_contract(corpus.schema))
    return write_tables(folder, folder / "held.jsonl", inputs, workers, batch_articles=batch_articles)


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def alone(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> tuple[Written, dict[str, bytes]]:
    """All articles at once, in one process."""
    folder = tmp_path_factory.mktemp("alone") / "tables"
    return write(corpus, folder, 1, 500), files(folder)


@pytest.mark.parametrize(("workers", "batch_articles"), [(1, 1), (1, 7), (2, 5), (3, 2)])
def test_neither_workers_nor_batches_change_a_byte(
    corpus: Corpus, tmp_path: Path, alone: tuple[Written, dict[str, bytes]], workers: int, batch_articles: int
) -> None:
    written = write(corpus, tmp_path / "tables", workers, batch_articles)
    assert written == alone[0]
    assert files(tmp_path / "tables") == alone[1]


@pytest.mark.parametrize(("seed", "workers"), [("1", 1), ("2", 2)])
def test_nor_does_what_strings_hash_to(
    corpus: Corpus, tmp_path: Path, alone: tuple[Written, dict[str, bytes]], seed: str, workers: int
) -> None:
    script = (
        "import sys; from pathlib import Path; from kliping.project import Corpus;"
        "from tests.release.tables.test_writing import write;"
        f"write(Corpus.open(sys.argv[1]), Path(sys.argv[2]), {workers}, 4)"
    )
    command = [sys.executable, "-c", script, str(corpus.root), str(tmp_path / "tables")]
    subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": seed})
    assert files(tmp_path / "tables") == alone[1]


def test_rows_are_in_the_order_of_the_ids_and_counted(corpus: Corpus, tmp_path: Path) -> None:
    written = write(corpus, tmp_path / "tables", 1, 4)
    assert {table: {split: part.rows for split, part in parts.items()} for table, parts in written.parts.items()} == {
        "articles": {"train": 16, "test": 7},
        "entities": {"train": 10, "test": 5},
        "stances": {"train": 10, "test": 5},
        "annotations": {"train": 32, "test": 14},
        "soft_labels": {"train": 48, "test": 21},
    }
    assert written.findings == []
    assert written.statistics.articles == {"train": 16, "test": 7}
    for parts in written.parts.values():
        for part in parts.values():
            ids = list(_ids(tmp_path / "tables", part.files))
            assert ids == sorted(ids)


def test_every_finding_of_every_batch_is_told_and_nothing_is_counted(corpus: Corpus, tmp_path: Path) -> None:
    broken = write_corpus(
        tmp_path / "corpus",
        list(corpus.articles()),
        splits={one.id: one.split for one in corpus.splits()},
        gold=list(corpus.gold()),
        annotations=list(corpus.annotations()),
    )
    path = broken.annotation_folder / "gold.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"PERSON"', b'"HERO"'))
    written = write(broken, tmp_path / "tables", 2, 5)
    assert [finding.line for finding in written.findings] == list(range(1, 16))


def _ids(folder: Path, names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        table = parquet.read_table(folder / name)
        yield from map(str, table.column("article_id" if "article_id" in table.column_names else "id").to_pylist())

"""Every line of a corpus is in one batch, once, and so is every article, whatever order the files are in."""

from __future__ import annotations

import json
from io import BytesIO
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kliping.check.corpus.batches import batches
from kliping.check.corpus.index import located

if TYPE_CHECKING:
    from pathlib import Path

    from kliping.check.corpus.batches import Batch

NAMES = st.integers(0, 30).map(lambda number: f"a{number:02}")
LINES = st.lists(st.one_of(NAMES, NAMES, NAMES, st.none()), max_size=40)
"""Of a file: the id of each line, or None for one that has none."""
FILES = st.tuples(st.lists(LINES, max_size=3), st.booleans())
"""Of a kind: its files, and whether to put them in order."""


def read(data: bytes) -> str | None:
    found = json.loads(data).get("id")
    return str(found) if found is not None else None


def put_in_order(files: list[list[str | None]]) -> list[list[str | None]]:
    ids = iter(sorted(one for lines in files for one in lines if one is not None))
    return [[None if one is None else next(ids) for one in lines] for lines in files]


def written(root: Path, files: list[list[str | None]]) -> list[tuple[str, Path]]:
    places = []
    for number, lines in enumerate(files):
        path = root / f"{number}.jsonl"
        objects = ({"x": "y" * (at % 7)} | ({"id": one} if one else {}) for at, one in enumerate(lines))
        path.write_text("".join(json.dumps(one) + "\n" for one in objects))
        places.append((path.name, path))
    return places


def lines_of(root: Path, batch: Batch, kind: str) -> list[tuple[str, int, str | None]]:
    """The lines of a batch: file, number and id of each."""
    found = []
    for path, number, offset, size in batch.stretches.get(kind, ()):
        data = (root / path).read_bytes()[offset : offset + size]
        found += [(path, at, read(line)) for at, line in enumerate(BytesIO(data), number)]
    return found


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(one=FILES, other=FILES, size=st.sampled_from([1, 50, 300, 10_000]))
def test_a_batch_has_all_lines_of_its_articles(
    tmp_path: Path, one: tuple[list[list[str | None]], bool], other: tuple[list[list[str | None]], bool], size: int
) -> None:
    kinds, expected = {}, {}
    for kind, (files, ordered) in (("one", one), ("other", other)):
        (tmp_path / kind).mkdir(exist_ok=True)
        lines = put_in_order(files) if ordered else files
        kinds[kind] = located(written(tmp_path / kind, lines), lambda: read)
        expected[kind] = [(f"{n}.jsonl", at, name) for n, some in enumerate(lines) for at, name in enumerate(some, 1)]
    found = list(batches(kinds, size))

    for kind, every in expected.items():
        there = [line for batch in found for line in lines_of(tmp_path / kind, batch, kind)]
        assert sorted(there, key=str) == sorted(every, key=str)
        with_id = [line for line in there if line[2]]
        assert with_id == sorted((line for line in every if line[2]), key=lambda line: line[2] or "")
    named = [{line[2] for kind in kinds for line in lines_of(tmp_path / kind, one, kind)} - {None} for one in found]
    assert sum(map(len, named)) == len(set().union(*named))


def test_lines_in_order_are_kept_by_few_marks_and_cut_into_many_batches(tmp_path: Path) -> None:
    files = written(tmp_path, [[f"a{number:03}" for number in range(200)]])

    found = list(batches({"one": located(files, lambda: read)}, 400))
    assert len(found) > 5
    assert all(len(batch.stretches["one"]) == 1 for batch in found)

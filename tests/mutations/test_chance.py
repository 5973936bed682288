"""Small changes at random: a byte, a line, one value of a record. What means something else then is found.

Values that nothing else repeats or proves are left out; `docs/reference/findings.md` names them.
"""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.check.folder import ARTICLES, DECISIONS, GOLD, PULLED, SOURCES, SPLITS, Folder
from tests.mutations.chance import changed, leaves, put
from tests.mutations.sample import copy_sample
from tests.mutations.sealing import change_rows

from kliping.check import check_corpus, check_release
from kliping.project import Corpus

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.check.release.altering import Row
    from tests.mutations.chance import Leaf

QUIETLY = settings(
    deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

HASHED = (
    GOLD,
    "annotations/labeling.xml",
    "schema/article.schema.json",
    "schema/annotation.schema.json",
    "schema/release.schema.json",
    "corpus/versions/0.1.0.jsonl",
    "corpus/versions/0.2.0.jsonl",
)
"""Files of which every byte is derived, hashed or shipped."""

PROVEN = {
    ARTICLES: "id text text_sha256 title subtitle blocks[].start blocks[].end",
    SOURCES: "id",
    SPLITS: "id split",
    PULLED: "article_id text_sha256 entities[].start entities[].end entities[].text",
    DECISIONS: "article_id text_sha256 mention.start mention.end mention.text verdict",
    GOLD: (
        "article_id text_sha256 scheme annotators entities[].id entities[].start entities[].end entities[].text "
        "entities[].label entities[].ref entities[].origin entities[].unsure stances[].id stances[].stance "
        "stances[].target.kind stances[].target.mention stances[].target.name stances[].holder.kind "
        "stances[].holder.mention stances[].holder.name"
    ),
}
"""Values that something else in the corpus repeats or proves."""

PROVEN_IN_ROWS = {
    "articles": "id text text_sha256 title subtitle annotation_status blocks[].start blocks[].end",
    "entities": (
        "id text language tokens[] token_spans[].start token_spans[].end ner_tags[] entities[].start entities[].end "
        "entities[].text entities[].label bio_lost bio_widened annotators predictions_shown"
    ),
    "stances": (
        "article_id stance target_kind target_name target_start target_end target_text target_label holder_kind "
        "holder_name holder_start holder_end holder_text holder_label sentence sentence_start sentence_end language "
        "annotators predictions_shown"
    ),
    "annotations": "article_id text_sha256 status entities[].start entities[].end entities[].text entities[].label",
    "soft_labels": (
        "article_id kind start end text target_kind target_name target_start target_end target_text holder_kind "
        "holder_name holder_start holder_end holder_text choices[].label choices[].annotators unmarked annotators "
        "predictions_shown language gold"
    ),
}
"""The same of the columns of a release."""

SPLIT_NAMES = ("train", "validation", "test")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """A copy that each example puts back."""
    return copy_sample(tmp_path_factory.mktemp("chance") / "sample")


def is_found(folder: Folder, path: str, data: bytes) -> bool:
    """Whether a file with other bytes gives a finding; it is put back."""
    whole = (folder.root / path).read_bytes()
    folder.write(path, data)
    try:
        return bool(check_corpus(Corpus.open(folder.root)))
    finally:
        folder.write(path, whole)


@settings(QUIETLY, max_examples=15)
@given(path=st.sampled_from(HASHED), at=st.integers(0, 10**7), bit=st.integers(0, 7))
def test_a_bit_of_what_is_derived_or_hashed_is_found(sample: Folder, path: str, at: int, bit: int) -> None:
    data = bytearray((sample.root / path).read_bytes())
    data[at % len(data)] ^= 1 << bit

    assert is_found(sample, path, bytes(data))


@settings(QUIETLY, max_examples=8)
@given(path=st.sampled_from([ARTICLES, SOURCES, SPLITS, GOLD]), at=st.integers(0, 10**7))
def test_a_line_that_is_lost_is_found(sample: Folder, path: str, at: int) -> None:
    lines = (sample.root / path).read_bytes().splitlines(keepends=True)
    lines.pop(at % len(lines))

    assert is_found(sample, path, b"".join(lines))


@settings(QUIETLY, max_examples=8)
@given(path=st.sampled_from([ARTICLES, SOURCES, SPLITS, PULLED, GOLD]), at=st.integers(0, 10**7))
def test_a_line_that_is_there_twice_is_found(sample: Folder, path: str, at: int) -> None:
    lines = (sample.root / path).read_bytes().splitlines(keepends=True)
    lines.append(lines[at % len(lines)])

    assert is_found(sample, path, b"".join(lines))


@settings(QUIETLY, max_examples=8)
@given(pair=st.permutations([ARTICLES, SOURCES, SPLITS, PULLED, DECISIONS, GOLD]), at=st.integers(0, 10**7))
def test_a_line_that_lies_in_another_file_is_found(sample: Folder, pair: list[str], at: int) -> None:
    line = (sample.root / pair[0]).read_bytes().splitlines(keepends=True)[at % len(sample.lines(pair[0]))]

    assert is_found(sample, pair[1], (sample.root / pair[1]).read_bytes() + line)


@settings(QUIETLY, max_examples=25)
@given(path=st.sampled_from(sorted(PROVEN)), draw=st.data())
def test_a_value_that_is_proven_is_found_changed(sample: Folder, path: str, draw: st.DataObject) -> None:
    lines = (sample.root / path).read_bytes().splitlines(keepends=True)
    at = draw.draw(st.integers(0, len(lines) - 1))
    record = json.loads(lines[at])
    _change(record, PROVEN[path], draw)
    lines[at] = json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"

    assert is_found(sample, path, b"".join(lines))


@settings(QUIETLY, max_examples=6)
@given(config=st.sampled_from(sorted(PROVEN_IN_ROWS)), split=st.sampled_from(SPLIT_NAMES), draw=st.data())
def test_a_value_of_a_row_that_is_proven_is_found_changed(
    released: Path, tmp_path: Path, config: str, split: str, draw: st.DataObject
) -> None:
    copy = shutil.copytree(released, tmp_path / released.name)
    try:
        change_rows(copy, config, split, lambda rows: _change_row(rows, PROVEN_IN_ROWS[config], draw))

        assert check_release(copy, load=False)
    finally:
        shutil.rmtree(copy)


def _change_row(rows: list[Row], proven: str, draw: st.DataObject) -> None:
    _change(draw.draw(st.sampled_from(rows)), proven, draw)


def _change(record: Row, proven: str, draw: st.DataObject) -> None:
    """Change one value of a record whose name is among those."""
    among = [leaf for leaf in _named(record, proven) if leaf.value is not None]
    assume(among)
    leaf = draw.draw(st.sampled_from(among))
    put(record, leaf.steps, draw.draw(st.sampled_from(changed(leaf.value))))


def _named(record: Row, proven: str) -> Iterator[Leaf]:
    names = proven.split()
    return (leaf for leaf in leaves(record) if leaf.name in names)

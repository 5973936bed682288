"""The good sample corpus gives no finding; each way of breaking it gives just those of the rules that should see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.mutations.catching import CORPUS_MUTATIONS, found_in_corpus
from tests.mutations.sample import copy_sample

from kliping.check import check_corpus
from kliping.project import Corpus

if TYPE_CHECKING:
    from pathlib import Path

    from tests.check.folder import Folder
    from tests.mutations.mutation import Mutation


def test_the_sample_gives_no_finding_whole_or_written_again(tmp_path: Path) -> None:
    folder = copy_sample(tmp_path / "sample")
    assert check_corpus(Corpus.open(folder.root)) == []

    for path in sorted(folder.root.rglob("*.jsonl")):
        if path.read_bytes():
            folder.edit_line(str(path.relative_to(folder.root)), 0, lambda _line: None)
    assert check_corpus(Corpus.open(folder.root)) == []


def test_no_two_mutations_of_a_corpus_are_said_alike() -> None:
    assert len({one.what for one in CORPUS_MUTATIONS}) == len(CORPUS_MUTATIONS) >= 60


@pytest.mark.parametrize("mutation", [pytest.param(one, id=one.what) for one in CORPUS_MUTATIONS])
def test_what_breaks_the_corpus_is_caught(mutation: Mutation[Folder]) -> None:
    assert found_in_corpus(mutation) == mutation.codes

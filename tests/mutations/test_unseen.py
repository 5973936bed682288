"""What the docs say that check cannot see, it does not see: where it learns to, the list gets shorter."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from tests.mutations.sample import copy_sample
from tests.mutations.unseen import UNSEEN_IN_CORPUS, UNSEEN_IN_RELEASE

from kliping.check import check_corpus, check_release
from kliping.project import Corpus

if TYPE_CHECKING:
    from pathlib import Path

    from tests.check.folder import Folder
    from tests.mutations.unseen import Unseen


@pytest.mark.parametrize("change", [pytest.param(one, id=one.what) for one in UNSEEN_IN_CORPUS.changes])
def test_a_corpus_is_checked_without_a_finding(change: Unseen[Folder], tmp_path: Path) -> None:
    folder = copy_sample(tmp_path / "sample")
    change.breaks(folder)

    assert check_corpus(Corpus.open(folder.root)) == []


@pytest.mark.parametrize("change", [pytest.param(one, id=one.what) for one in UNSEEN_IN_RELEASE.changes])
def test_a_release_is_checked_without_a_finding(change: Unseen[Path], released: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(released, tmp_path / released.name)
    change.breaks(copy)

    assert check_release(copy, load=False) == []

"""The good release gives no finding; each way of breaking it gives just those of the rules that should see it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from tests.mutations.catching import RELEASE_MUTATIONS, found_in_release
from tests.mutations.sealing import reseal

from kliping.check import check_release

if TYPE_CHECKING:
    from pathlib import Path

    from tests.mutations.mutation import Mutation


def test_the_release_gives_no_finding_whole_or_sealed_again(released: Path, tmp_path: Path) -> None:
    assert check_release(released) == []

    copy = shutil.copytree(released, tmp_path / released.name)
    reseal(copy)
    assert check_release(copy, load=False) == []


def test_no_two_mutations_of_a_release_are_said_alike() -> None:
    assert len({one.what for one in RELEASE_MUTATIONS}) == len(RELEASE_MUTATIONS) >= 60


@pytest.mark.parametrize("mutation", [pytest.param(one, id=one.what) for one in RELEASE_MUTATIONS])
def test_what_breaks_the_release_is_caught(mutation: Mutation[Path], released: Path) -> None:
    if mutation.load:
        pytest.importorskip("datasets", reason="the extra load is not installed")
    assert found_in_release(mutation, released) == mutation.codes

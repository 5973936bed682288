"""A draft is one run's own: neither taken over nor removed by another."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from kliping.release.building.drafting import beside

if TYPE_CHECKING:
    from pathlib import Path


def test_a_draft_of_a_run_on_another_machine_with_the_same_number_is_left_alone(tmp_path: Path) -> None:
    theirs = tmp_path / f".toy-0.1.0.{os.getpid()}"
    theirs.mkdir()
    (theirs / "README.md").write_text("half a release")
    with pytest.raises(FileExistsError), beside(tmp_path / "toy-0.1.0"):
        pass
    assert (theirs / "README.md").read_text() == "half a release"


def test_a_draft_is_gone_in_the_end_whatever_happened(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No space left"):
        _fill_the_disk(tmp_path / "toy-0.1.0")
    assert list(tmp_path.iterdir()) == []


def _fill_the_disk(place: Path) -> None:
    with beside(place) as room:
        (room / "README.md").write_text("half a release")
        raise OSError(28, "No space left on device")

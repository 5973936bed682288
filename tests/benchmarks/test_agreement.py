"""The benchmark of agreement compares like with like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.agreement import main

if TYPE_CHECKING:
    import pytest


def test_both_libraries_find_the_same_alpha(capsys: pytest.CaptureFixture[str]) -> None:
    main(["6", "3", "100"])
    rows = [line.split("|") for line in capsys.readouterr().out.splitlines() if line.startswith("| k")]
    ours, theirs = (row[3].strip() for row in rows)
    assert ours == theirs
    assert 0.5 < float(ours) < 1

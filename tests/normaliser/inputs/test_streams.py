from __future__ import annotations

import io

import pytest

from kliping.errors import Rejected
from kliping.normaliser.inputs.streams import FREE, RATIO, Allowance, counted, read_most


@pytest.mark.parametrize(("packed", "most"), [(1, FREE), (FREE, RATIO * FREE)])
def test_an_allowance_is_a_multiple_of_the_size_and_something_in_any_case(packed: int, most: int) -> None:
    allowance = Allowance(packed)
    allowance.take(most)
    with pytest.raises(Rejected, match=f"too-large: it has {packed} bytes and unpacks to more than {most}"):
        allowance.take(1)


def test_what_is_read_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kliping.normaliser.inputs.streams.FREE", 1000)
    allowance = Allowance(1)
    assert counted(io.BufferedReader(io.BytesIO(b"x" * 600)), allowance).read() == b"x" * 600
    with pytest.raises(Rejected, match="too-large"):
        counted(io.BufferedReader(io.BytesIO(b"x" * 600)), allowance).read()


@pytest.mark.parametrize(("size", "read"), [(0, 0), (9, 9), (10, 10), (11, 11), (500, 11)])
def test_no_more_is_read_than_shows_that_it_is_too_much(size: int, read: int) -> None:
    assert len(read_most(io.BytesIO(b"x" * size), 10)) == read

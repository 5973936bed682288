"""What a server lacks: neither what says the same, nor what has the same numbers."""

from __future__ import annotations

from kliping.studio.restore.comparison import Compared, compare
from kliping.studio.restore.wanted import Print

ONE, TWO = Print("one", 5, 1), Print("two", 5, 2)


def test_an_empty_server_lacks_everything() -> None:
    assert compare([ONE, TWO], []) == Compared((0, 1), 0)


def test_what_says_the_same_is_there_whatever_its_numbers() -> None:
    assert compare([ONE, TWO], [Print("one", 50, 10)]) == Compared((1,), 0)


def test_what_has_the_same_numbers_is_there_as_the_server_tells_it() -> None:
    assert compare([ONE, TWO], [Print("two as the screen made it", 5, 2)]) == Compared((0,), 0)


def test_the_same_said_twice_must_be_there_twice() -> None:
    assert compare([ONE, Print("one", 5, 3)], [Print("one", 50, 10)]) == Compared((1,), 0)


def test_what_nobody_asked_for_is_newer() -> None:
    assert compare([ONE], [Print("new", 50, 10)]) == Compared((0,), 1)

from __future__ import annotations

from tests.corpora import article

from kliping.normaliser.run.differences import changed_lines, difference

OLD = article("a", "Feri tetap di dermaga", "Satu.", "Baca juga: pasar", "Dua.")
NEW = article("a", "Feri tetap di dermaga", "Satu.", "Dua.", "Tiga.")


def test_a_difference_shows_the_blocks_that_come_and_go() -> None:
    lines = difference(OLD, NEW).splitlines()
    assert lines[0].startswith("--- a ")
    assert "-Baca juga: pasar" in lines
    assert "+Tiga." in lines


def test_blocks_are_counted_without_the_empty_lines_between() -> None:
    assert changed_lines(difference(OLD, NEW)) == (1, 1)
    assert changed_lines(difference(OLD, OLD)) == (0, 0)

"""Tables on the terminal."""

from __future__ import annotations

from kliping.cli.aligned import aligned


def test_words_are_at_the_left_of_their_column_and_numbers_at_the_right() -> None:
    rows = [("round", "annotator", "left"), ("1", "annotator-a", "12"), ("10", "b", "")]
    assert list(aligned(rows, left=(1,))) == [
        "round  annotator    left",
        "    1  annotator-a    12",
        "   10  b",
    ]

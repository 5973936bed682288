from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from kliping.cli.progress import progress_shown, words
from kliping.normaliser.run.corpus import Progress

if TYPE_CHECKING:
    import pytest


def test_the_words_tell_the_share_the_rate_and_the_time_left() -> None:
    began = Progress(0, 0, 1000)
    assert words(Progress(300, 250, 1000), began, 10.0) == "300 inputs, 25%, 30/s, 30 s left"
    assert words(Progress(300, 250, 1_000_000), began, 10.0) == "300 inputs, 0%, 30/s, 11 h 6 min left"


def test_what_an_earlier_run_did_is_not_this_one_s_rate() -> None:
    assert words(Progress(100, 600, 1000), Progress(0, 500, 1000), 10.0) == "100 inputs, 60%, 10/s, 40 s left"


def test_before_anything_is_done_there_is_no_rate() -> None:
    assert words(Progress(0, 0, 1000), Progress(0, 0, 1000), 0.0) == "0 inputs, 0%"
    assert words(Progress(0, 0, 0), Progress(0, 0, 0), 1.0) == "0 inputs, 100%"


def test_a_log_has_a_line_a_minute_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    seconds = count(0, 25)
    with progress_shown("normalise", lambda: float(next(seconds))) as show:
        for done in range(6):
            show(Progress(done * 100, done * 10, 100))
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.splitlines() == [
        "normalise: 200 inputs, 20%, 3/s, 5 min 0 s left",
        "normalise: 500 inputs, 50%, 3/s, 2 min 30 s left",
    ]

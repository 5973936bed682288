from __future__ import annotations

import msgspec

from kliping.errors import Rejected
from kliping.normaliser.inputs.refused import Refused


def test_a_sentence_that_quotes_what_is_no_text_can_be_written() -> None:
    refused = Refused.because("a.csv", Rejected("broken", "there is no caf\udce9"))
    assert refused.detail == "there is no caf\\udce9"
    assert msgspec.json.encode(refused)


def test_a_sentence_that_quotes_a_whole_file_is_cut() -> None:
    refused = Refused.because("a.csv", Rejected("not-found", "x" * 40_000_000))
    assert (len(refused.detail), refused.detail[-2:]) == (4000, "x…")

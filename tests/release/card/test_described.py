"""The date of a release comes from what it is made from, never from the clock."""

from __future__ import annotations

import pytest

from kliping.errors import CallError
from kliping.release.card.changelog import Change
from kliping.release.card.described import release_date

CHANGES = (Change("0.2.0", "2026-11-25", ""), Change("0.1.0", None, ""))


def test_the_changelog_tells_the_date(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert release_date(CHANGES, "0.2.0") == "2026-11-25"


def test_without_it_source_date_epoch_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert release_date(CHANGES, "0.1.0") == "2023-11-14"


def test_without_either_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert release_date(CHANGES, "0.1.0") is None


@pytest.mark.parametrize("epoch", ["soon", "1e3", "99999999999999999999"])
def test_what_is_no_number_of_seconds_is_told(monkeypatch: pytest.MonkeyPatch, epoch: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    with pytest.raises(CallError, match="not a number of seconds since 1970; unset it, or set one"):
        release_date(CHANGES, "0.1.0")

"""Addresses lie in a private file, a file a key, and are shown to nobody."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest

from kliping.errors import CallError, DataError
from kliping.studio.people.addresses import addresses_file, keep_addresses, known_addresses, refuse_non_addresses

if TYPE_CHECKING:
    from pathlib import Path

KEY = bytes(range(32))


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path


def test_addresses_are_kept_by_pseudonym_and_only_the_user_can_read_them(home: Path) -> None:
    assert keep_addresses(KEY, ["ayu@pos.example"]) == 1
    assert keep_addresses(KEY, ["bima@pos.example", "ayu@pos.example"]) == 1
    assert keep_addresses(KEY, ["bima@pos.example"]) == 0
    assert sorted(known_addresses(KEY).values()) == ["ayu@pos.example", "bima@pos.example"]
    assert known_addresses(KEY)["annotator-9fa52dbd5ee1"] == "ayu@pos.example"
    path = addresses_file(KEY)
    assert path.is_relative_to(home / "config/kliping/addresses")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_each_key_has_a_file_of_its_own() -> None:
    keep_addresses(KEY, ["ayu@pos.example"])
    assert known_addresses(bytes(32)) == {}


def test_stand_ins_are_left_out() -> None:
    assert keep_addresses(KEY, ["annotator-9fa52dbd5ee1@annotators.invalid"]) == 0
    assert known_addresses(KEY) == {}


def test_a_broken_file_is_told_without_what_it_holds() -> None:
    keep_addresses(KEY, ["ayu@pos.example"])
    addresses_file(KEY).write_text('["ayu@pos.example"')
    with pytest.raises(DataError, match="not a JSON object") as caught:
        known_addresses(KEY)
    assert "ayu" not in str(caught.value)


def test_what_is_no_address_is_told_by_its_number_and_not_shown() -> None:
    refuse_non_addresses(["ayu@pos.example", "bima+x@desk.pos.example"])
    with pytest.raises(CallError, match="number 2, 3 is no e-mail address") as caught:
        refuse_non_addresses(["ayu@pos.example", "ayu", "ayu@pos.example bima@pos.example"])
    assert "ayu" not in str(caught.value)

"""A pseudonym is the same for the same person and key, and the corpus refuses another key."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from kliping.errors import CallError, DataError
from kliping.project import Corpus, Settings
from kliping.studio.people.pseudonyms import (
    bind_key,
    fingerprint,
    keep_fingerprint,
    pseudonym,
    pseudonym_key,
    stand_in,
    stood_in_for,
)

if TYPE_CHECKING:
    from pathlib import Path

KEY = bytes(range(32))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv("KLIPING_PSEUDONYM_KEY", raising=False)
    return tmp_path


def test_a_pseudonym_is_an_hmac_of_the_address_in_lower_case() -> None:
    assert pseudonym(KEY, "Ayu@Pos.example") == pseudonym(KEY, "ayu@pos.example") == "annotator-9fa52dbd5ee1"
    assert pseudonym(bytes(32), "ayu@pos.example") != pseudonym(KEY, "ayu@pos.example")


def test_a_stand_in_has_the_pseudonym_that_it_stands_in_for() -> None:
    assert stand_in("annotator-9fa52dbd5ee1") == "annotator-9fa52dbd5ee1@annotators.invalid"
    assert pseudonym(KEY, " Annotator-9fa52dbd5ee1@annotators.invalid") == "annotator-9fa52dbd5ee1"
    assert stood_in_for("annotator-9fa52dbd5ee1@pos.example") is None
    assert pseudonym(KEY, "annotator-9fa52dbd5ee1@pos.example") != "annotator-9fa52dbd5ee1"


def test_the_key_is_made_once_and_only_the_user_can_read_it(home: Path) -> None:
    assert pseudonym_key() == pseudonym_key()
    assert stat.S_IMODE((home / "config/kliping/pseudonym.key").stat().st_mode) == 0o600


def test_all_who_make_the_key_at_once_have_the_same(home: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: pseudonym_key(), range(8)))
    assert len(keys) == 1
    assert [path.name for path in (home / "config/kliping").iterdir()] == ["pseudonym.key"]


def test_the_environment_overrides_the_file(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001
    monkeypatch.setenv("KLIPING_PSEUDONYM_KEY", KEY.hex() + "\n")
    assert pseudonym_key() == KEY


def test_a_key_of_another_form_is_refused_without_showing_it(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001
    monkeypatch.setenv("KLIPING_PSEUDONYM_KEY", "correct-horse")
    with pytest.raises(CallError, match="64 hexadecimal digits") as caught:
        pseudonym_key()
    assert "correct-horse" not in str(caught.value)


def test_another_key_than_the_corpuss_is_refused(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path, Settings(name="toy"))
    bind_key(corpus, KEY)
    assert keep_fingerprint(corpus, KEY)
    assert not keep_fingerprint(corpus, KEY)
    bind_key(corpus, KEY)
    assert (tmp_path / "annotations/key.json").read_text() == f'{{"fingerprint":"{fingerprint(KEY)}"}}\n'
    with pytest.raises(DataError, match="another key"):
        bind_key(corpus, bytes(32))

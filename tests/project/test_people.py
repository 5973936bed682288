"""The names of people, known by keyed hashes alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.corpora import toy

from kliping.project import Person, keep_names, read_names, why_unchecked
from kliping.project.keys import keep_fingerprint

if TYPE_CHECKING:
    from pathlib import Path

    from kliping.project import Corpus

KEY = bytes(range(32))
SENA = Person("sena.waluyo@pos.example", user_name="swaluyo", full_name="Sena Waluyo")


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Corpus:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("KLIPING_PSEUDONYM_KEY", KEY.hex())
    return toy(tmp_path / "corpus")


def is_found(corpus: Corpus, text: str) -> bool:
    names = read_names(corpus)
    assert names is not None
    return names.are_in(text)


@pytest.mark.parametrize(
    "text", ["tanya swaluyo", "Tanya SENA WALUYO, dia tahu", "(sena.waluyo)", "menurut Sena  Waluyo.", "swaluyo"]
)
def test_a_whole_name_is_found_wherever_it_stands(corpus: Corpus, text: str) -> None:
    keep_names(corpus, KEY, [SENA])
    assert is_found(corpus, text)


@pytest.mark.parametrize("text", ["", "Sena ragu", "Waluyo Sena", "swaluyono", "tidak yakin", "sena.waluyo2"])
def test_a_part_of_a_name_is_none(corpus: Corpus, text: str) -> None:
    keep_names(corpus, KEY, [SENA])
    assert not is_found(corpus, text)


@pytest.mark.parametrize(
    "person",
    [
        Person("redaksi@pos.example", user_name="admin"),
        Person("sari@pos.example", user_name="budi"),
        Person("annotator-0f3a@annotators.invalid", user_name="annotator-0f3a"),
        Person("20261@pos.example", full_name="Menteri"),
    ],
)
def test_roles_short_words_pseudonyms_numbers_and_lone_first_names_are_none(corpus: Corpus, person: Person) -> None:
    keep_names(corpus, KEY, [person])
    assert not is_found(corpus, "redaksi admin sari budi annotator-0f3a 20261 menteri")


def test_no_name_is_in_any_file(corpus: Corpus) -> None:
    keep_names(corpus, KEY, [SENA])
    kept = (corpus.state / "names.json").read_text().casefold()
    assert "sena" not in kept
    assert "waluyo" not in kept
    assert "pos.example" not in kept


def test_names_of_those_who_left_the_server_stay_known_and_twice_is_once(corpus: Corpus) -> None:
    assert keep_names(corpus, KEY, [SENA])
    assert keep_names(corpus, KEY, [Person("citra.dewi@pos.example")])
    assert not keep_names(corpus, KEY, [Person("citra.dewi@pos.example")])
    assert is_found(corpus, "sena.waluyo")


def test_another_key_begins_anew_and_finds_nothing(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_names(corpus, KEY, [SENA])
    monkeypatch.setenv("KLIPING_PSEUDONYM_KEY", "ff" * 32)
    assert read_names(corpus) is None


def test_it_is_said_why_names_could_not_be_looked_for(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    assert why_unchecked(corpus) is None  # nothing was pulled: nobody is known
    keep_fingerprint(corpus, KEY)
    assert why_unchecked(corpus) == (
        "whether annotations name an annotator could not be checked: the names that the server knows were not pulled "
        "to this machine; run `kliping pull`"
    )
    keep_names(corpus, KEY, [SENA])
    assert why_unchecked(corpus) is None
    monkeypatch.delenv("KLIPING_PSEUDONYM_KEY")
    assert why_unchecked(corpus) == (
        "whether annotations name an annotator could not be checked: the corpus's pseudonym key is not here; give it "
        "as KLIPING_PSEUDONYM_KEY"
    )

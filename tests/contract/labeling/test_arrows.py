"""What an arrow's label shows is what is stored, and it means one stance only."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from kliping.contract import load_contract
from kliping.contract.labeling import arrow_names, side_of
from kliping.contract.scheme import Label, Scheme

SCHEME = load_contract(Path(__file__).parents[3] / "schema").scheme


def scheme(*stances: Label) -> Scheme:
    return dataclasses.replace(SCHEME, stances=stances)


def stance(const: str, title: str, **titles: str) -> Label:
    return Label(const=const, title=title, description="A side.", titles=titles)


def test_arrows_have_the_titles_of_the_annotators_language() -> None:
    assert arrow_names(SCHEME, "id") == {"against": "Menolak", "none": "Tidak memihak", "favor": "Mendukung"}
    assert arrow_names(SCHEME, "en") == {"against": "Against", "none": "Takes no side", "favor": "In favor"}


def test_a_title_that_means_two_stances_gives_way_to_the_constants() -> None:
    odd = scheme(stance("against", "Against", id="Sikap"), stance("favor", "Favor", id="Sikap"))
    assert arrow_names(odd, "id") == {"against": "against", "favor": "favor"}
    assert side_of("Sikap", odd) is None


def test_a_title_that_is_anothers_constant_gives_way_to_the_constant() -> None:
    odd = scheme(stance("against", "favor"), stance("favor", "For"))
    assert arrow_names(odd, "en") == {"against": "against", "favor": "For"}


@pytest.mark.parametrize("language", ["id", "en", "nl", "id-ID", "und"])
def test_every_name_means_its_stance(language: str) -> None:
    for odd in (SCHEME, scheme(stance("a", "b", id="a"), stance("b", "c  c", id="b"), stance("c", "c c"))):
        assert {const: side_of(name, odd) for const, name in arrow_names(odd, language).items()} == {
            label.const: label.const for label in odd.stances
        }


def test_a_name_that_no_stance_has_means_none() -> None:
    assert side_of("Bingung", SCHEME) is None

"""Labels whose colours can hardly be told apart are found, and none of the sample's are such."""

from __future__ import annotations

from pathlib import Path

import pytest

from kliping.contract import load_contract
from kliping.contract.labeling import alike
from kliping.contract.scheme import Label

SCHEME = load_contract(Path(__file__).parents[3] / "schema").scheme


def label(const: str, colour: str | None, *, deprecated: bool = False) -> Label:
    return Label(const=const, title=const, description="A label.", colour=colour, deprecated=deprecated)


def test_the_samples_labels_and_stances_can_be_told_apart() -> None:
    assert list(alike(SCHEME.entity_labels)) == []
    assert list(alike(SCHEME.stances)) == []


@pytest.mark.parametrize(("one", "other"), [("#1f77b4", "#1f77b4"), ("#1f77b4", "#2077b8")])
def test_colours_that_are_nearly_the_same_are_named(one: str, other: str) -> None:
    assert list(alike([label("A", one), label("B", "#ffffff"), label("C", other)])) == [("A", "C")]


def test_labels_without_a_colour_and_retired_ones_do_not_count() -> None:
    assert list(alike([label("A", None), label("B", None), label("C", "#123456", deprecated=True)])) == []

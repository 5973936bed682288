"""The adjudicator's screen is the annotators', with a layer each and a question for what is open."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from tests.corpora import SCHEMA

from kliping.contract import load_contract
from kliping.contract.adjudicating import adjudicating_config, layers_of

if TYPE_CHECKING:
    from kliping.contract import Scheme


@pytest.fixture(scope="module")
def scheme() -> Scheme:
    return load_contract(SCHEMA).scheme


def parsed(config: str) -> ET.Element:
    return ET.fromstring(config)  # noqa: S314 — derived by us


def names(config: str) -> list[str]:
    return [str(one.get("name")) for one in parsed(config).iter() if one.get("name")]


def test_it_has_the_annotators_palette_a_hidden_one_and_a_row_for_each_question(scheme: Scheme) -> None:
    assert names(adjudicating_config(scheme, "id", ["A", "B"])) == [
        "layer", "verdict_[0-9]+", "label", "text", "stance", "holder", "verdict_{{n}}", "why_{{n}}", "comment",
    ]  # fmt: skip


def test_a_layer_says_whose_it_is_and_has_one_colour(scheme: Scheme) -> None:
    root = parsed(adjudicating_config(scheme, "id", ["A", "B"]))
    layers = [
        (one.get("value"), one.get("alias"), one.get("background"))
        for one in root.iterfind(".//Labels[@name='layer']/")
    ]

    assert layers[0] == ("A: Orang", "A:PERSON", "#e6b800")
    assert layers[5] == ("B: Orang", "B:PERSON", "#00a3cc")
    assert layers[-1] == ("✓ Kebijakan", "agreed:POLICY", "#8c8c8c")
    assert len({colour for _, _, colour in layers}) == 3


def test_hidden_labels_take_no_key_that_people_press(scheme: Scheme) -> None:
    root = parsed(adjudicating_config(scheme, "en", ["A"]))

    assert {one.get("hotkey") for one in root.iterfind(".//Labels[@name='layer']/")} == {"f19"}
    assert {one.get("hotkey") for one in root.iterfind(".//Choices[@name='verdict_[0-9]+']/")} == {"f19"}


def test_a_retired_label_stays_in_the_layers_and_leaves_the_palette(scheme: Scheme) -> None:
    first, *others = scheme.entity_labels
    retired = dataclasses.replace(scheme, entity_labels=(dataclasses.replace(first, deprecated=True), *others))
    root = parsed(adjudicating_config(retired, "id", ["A"]))

    assert root.findall(".//Labels[@name='layer']/")[0].get("alias") == "A:PERSON"
    assert "PERSON" not in [one.get("alias") for one in root.iterfind(".//Labels[@name='label']/")]


def test_its_letters_are_read_back(scheme: Scheme) -> None:
    assert layers_of(adjudicating_config(scheme, "id", ["A", "B", "C"])) == ["A", "B", "C"]


def test_five_annotators_and_eight_labels_stay_small(scheme: Scheme) -> None:
    labels = [
        dataclasses.replace(scheme.entity_labels[number % 5], const=f"LABEL_{number}", key=None) for number in range(8)
    ]
    config = adjudicating_config(dataclasses.replace(scheme, entity_labels=tuple(labels)), "id", list("ABCDE"))

    assert len(config.encode()) < 12_000

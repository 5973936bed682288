"""Configurations of screens, and texts on them: no entity unfolds, nothing is fetched, no text is markup."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from tests.corpora import SCHEMA

from kliping.annotation.relabelling import Rename
from kliping.contract import load_contract
from kliping.contract.adjudicating import adjudicating_config, layers_of
from kliping.contract.labeling import labeling_config
from kliping.contract.labeling.instruction import instruction
from kliping.contract.labeling.reading import LARGEST, read_config
from kliping.release.card.markdown import nested, plain
from kliping.studio.renaming import Names

if TYPE_CHECKING:
    from collections.abc import Callable


LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))

HOSTILE = {
    "billion laughs": f'<!DOCTYPE View [<!ENTITY a0 "ha">{LAUGHS}]><View><Choices name="stance">&a9;</Choices></View>',
    "quadratic": f'<!DOCTYPE View [<!ENTITY a "{"x" * 100_000}">]><View>{"&a;" * 10_000}</View>',
    "a file": '<!DOCTYPE View [<!ENTITY a SYSTEM "file:///etc/hostname">]><View value="x">&a;</View>',
    "a type from elsewhere": '<!DOCTYPE View SYSTEM "http://127.0.0.1:1/x.dtd"><View/>',
    "a parameter": '<!DOCTYPE View [<!ENTITY % a SYSTEM "http://127.0.0.1:1/x.dtd"> %a;]><View/>',
    "an encoding": '<?xml version="1.0" encoding="utf-7"?><!DOCTYPE View [<!ENTITY a "b">]><View>&a;</View>',
    "size": "<View>" + " " * LARGEST + "</View>",
    "no XML": "{",
}

MARKUP = "<script>alert(1)</script><img src=x onerror=alert(1)>\"' onmouseover=alert(1) <View>&lt;"


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_configuration_is_none(name: str) -> None:
    with pytest.raises(ET.ParseError):
        read_config(HOSTILE[name])
    assert layers_of(HOSTILE[name]) == []
    rename = Rename("stance", "against", "contra")
    assert Names.of(rename, HOSTILE[name], "Contra", lambda _: False).arrows == {"against"}


def test_a_configuration_nested_deep_is_read() -> None:
    assert read_config("<View>" * 50_000 + "</View>" * 50_000).tag == "View"


def test_our_own_configurations_are_read() -> None:
    scheme = load_contract(SCHEMA).scheme
    for config in (labeling_config(scheme, "id"), adjudicating_config(scheme, "id", "AB")):
        assert read_config(config).tag == "View"


@pytest.mark.parametrize(
    "make", [labeling_config, lambda scheme, language: adjudicating_config(scheme, language, "AB")]
)
def test_what_comes_with_a_task_is_shown_as_text(make: Callable[..., str]) -> None:
    """`HyperText`, and `Text` with its values from an address, would make markup of it, or fetch it."""
    root = read_config(make(load_contract(SCHEMA).scheme, "id"))
    kinds = {one.tag for one in root.iter()}
    assert kinds <= {"View", "Style", "Header", "Labels", "Label", "Text", "Choices", "Choice", "Relations", "Relation",
                     "TextArea", "Repeater"}  # fmt: skip
    assert {one.get("valueType") for one in root.iter("Text")} == {None}
    assert {one.get("value") for one in root.iter("Text")} == {"$text"}


def test_titles_of_a_scheme_are_no_markup_of_the_screen() -> None:
    scheme = load_contract(SCHEMA).scheme
    odd = dataclasses.replace(
        scheme, entity_labels=(dataclasses.replace(scheme.entity_labels[0], title=MARKUP, titles={}),)
    )
    (label,) = read_config(labeling_config(odd, "en")).iter("Label")
    assert label.get("value") == MARKUP


def test_guidelines_are_no_markup_of_the_instruction() -> None:
    shown = instruction(f"## Summary\n\n{MARKUP} [a](javascript:alert(1)) **bold**\n", "en")
    assert shown
    tags = {part.partition(">")[0].strip("/") for part in shown.split("<")[1:]}
    assert tags <= {"p", "b", "i", "em", "strong", "code"}
    assert "javascript" not in shown


def test_words_in_a_card_are_no_markup() -> None:
    words = f"{MARKUP} [a](javascript:alert(1)) ![b](//x.example/y.png) `c` | d\n# e"
    assert not any(mark in plain(words) for mark in ("<", "](", "`", "|", "\n"))
    assert not any(mark in nested(words) for mark in ("<script", "<img", "](javascript", "](//"))

"""Violations name the place and what was expected."""

from __future__ import annotations

import json
from pathlib import Path

from kliping.contract import load_contract, violations
from kliping.records import Entity, Gold

CONTRACT = load_contract(Path(__file__).parents[2] / "schema")


def test_a_good_line_has_no_violation() -> None:
    assert list(violations(CONTRACT, "split_entry", {"id": "a1", "split": "test", "cluster": "a1"})) == []


def test_every_violation_of_a_line_is_told() -> None:
    found = list(violations(CONTRACT, "split_entry", {"id": "../a", "split": "dev"}))
    assert sorted(found) == [
        "id: '../a' does not match '^[a-z0-9][a-z0-9-]{0,63}$'",
        "split: 'dev' is not one of ['train', 'validation', 'test']",
        "the whole: 'cluster' is a required property",
    ]


def test_an_unknown_label_is_told_with_those_there_are() -> None:
    entity = Entity(id="e1", start=0, end=1, text="a", label="DISASTER")
    gold = Gold(article_id="a", text_sha256="0" * 64, scheme="1.0.0", annotators=2, entities=(entity,), stances=())
    assert list(violations(CONTRACT, "gold", gold)) == [
        "entities/0/label: 'DISASTER' is not one of 'PERSON', 'ORGANISATION', 'PLACE', 'EVENT', 'POLICY'"
    ]


def test_what_stands_in_a_pseudonyms_place_is_not_shown() -> None:
    assignment = {"round": 1, "article_id": "a", "annotators": ["tarsa@pos.example"]}
    assert list(violations(CONTRACT, "assignment", assignment)) == [
        "annotators/0: not a pseudonym, as ^annotator-[0-9a-z]{1,32}$ has it"
    ]


def test_a_pattern_holds_to_the_very_end() -> None:
    assert list(violations(CONTRACT, "split_entry", {"id": "a1\n", "split": "test", "cluster": "a1"})) == [
        r"id: 'a1\n' does not match '^[a-z0-9][a-z0-9-]{0,63}$'"
    ]


def test_a_pattern_of_a_whole_document_holds_to_the_very_end() -> None:
    line = (Path(__file__).parents[2] / "corpus/articles/00000.jsonl").read_bytes().splitlines()[0]
    article = {**json.loads(line), "id": "a1\n"}
    assert list(violations(CONTRACT, "article", article)) == [r"id: 'a1\n' does not match '^[a-z0-9][a-z0-9-]{0,63}$'"]

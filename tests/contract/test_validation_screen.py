"""The fast screen before the reference implementation says the same of every record."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kliping.contract import Kind, load_contract, violations
from kliping.contract.validation import _validators

ROOT = Path(__file__).parents[2]
CONTRACT = load_contract(ROOT / "schema")
FILES: dict[Kind, str] = {
    "article": "corpus/articles/00000.jsonl",
    "source_entry": "corpus/sources.jsonl",
    "rejection": "corpus/rejected.jsonl",
    "split_entry": "corpus/splits.jsonl",
    "annotation": "annotations/pulled/00000.jsonl",
    "decision": "annotations/decisions.jsonl",
    "gold": "annotations/gold.jsonl",
}
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 2**70),
    st.floats(allow_nan=False, allow_infinity=False),
    st.just(1.0),
    st.text(alphabet=st.characters(codec="ascii"), max_size=6),
    st.sampled_from(
        ["", "id", "2024-05-01T10:00Z", "2024", "a" * 65, "0" * 64, "/a", "é", "submitted", "PERSON", "id\n"]
    ),
    st.lists(st.integers(0, 3), max_size=2),
    st.dictionaries(st.sampled_from(["start", "end", "kind", "x"]), st.integers(0, 3), max_size=2),
)


def lines(kind: Kind) -> list[Any]:
    place = ROOT / FILES[kind]
    return [json.loads(line) for line in place.read_bytes().splitlines()[:8]]


def spots(value: Any, place: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a JSON value that a mutation can change."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place, *(spot for key, child in inner for spot in spots(child, (*place, key)))]


@st.composite
def mutated(draw: st.DrawFn) -> tuple[Kind, Any]:
    """A valid line in which a few values were changed, taken out or added."""
    kind = draw(st.sampled_from(sorted(FILES)))
    record = json.loads(json.dumps(draw(st.sampled_from(lines(kind)))))
    for _ in range(draw(st.integers(1, 2))):
        *way, last = draw(st.sampled_from([spot for spot in spots(record) if spot]))
        parent = record
        for key in way:
            parent = parent[key]
        change = draw(st.sampled_from(["set", "set", "remove", "add"]))
        if change == "remove":
            del parent[last]
        elif change == "add" and isinstance(parent, dict):
            parent[draw(st.sampled_from(["unknown", "ref", "unsure"]))] = draw(VALUES)
        else:
            parent[last] = draw(VALUES)
    return kind, record


@settings(max_examples=400, deadline=None)
@given(mutated())
def test_the_screen_passes_what_the_reference_passes_and_nothing_else(case: tuple[Kind, Any]) -> None:
    kind, record = case
    reference, screen = _validators(CONTRACT, kind)
    assert screen.is_valid(record) is reference.is_valid(record)


@pytest.mark.parametrize("kind", FILES)
def test_the_screen_passes_the_lines_of_the_sample(kind: Kind) -> None:
    assert [_validators(CONTRACT, kind).screen.is_valid(line) for line in lines(kind)] == [True] * len(lines(kind))


def test_where_the_screen_is_stricter_the_reference_has_the_last_word() -> None:
    entry = {**lines("source_entry")[0], "retrieved": "٢٠٢٤"}
    screen = _validators(CONTRACT, "source_entry").screen
    assert (screen.is_valid(entry), list(violations(CONTRACT, "source_entry", entry))) == (False, [])


def test_what_the_screen_cannot_read_is_asked_of_the_reference() -> None:
    entry = {"id": "a", "split": "\ud800", "cluster": "a"}
    (found,) = violations(CONTRACT, "split_entry", entry)
    assert found.startswith("split: ")

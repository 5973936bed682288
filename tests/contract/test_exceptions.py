"""The schema of exceptions, and the record that code reads them as."""

from __future__ import annotations

import json
import re
from pathlib import Path

import msgspec
from jsonschema import Draft202012Validator

from kliping.check.exceptions.reading import Allowance
from kliping.contract.exceptions import EXCEPTION_SCHEMA, exception_faults, exception_fields

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads(EXCEPTION_SCHEMA.read_text(encoding="utf-8"))


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_the_record_has_the_schema_s_fields_in_its_order() -> None:
    assert tuple(field.name for field in msgspec.structs.fields(Allowance)) == exception_fields()
    assert tuple(SCHEMA["required"]) == exception_fields()
    assert all("description" in node for node in SCHEMA["properties"].values())


def test_a_fault_names_its_place_and_no_address() -> None:
    one = {
        "version": "0.1.0", "code": "E6", "path": None, "reason": "it", "by": "maintainer", "date": "2026-01-31",
        "until": "sena@example.org",
    }  # fmt: skip

    assert sorted(exception_faults(one)) == [
        "code: 'E6' does not match '^E[0-9]{3}$'",
        "until: '(an address)' is not a 'date'",
    ]


def test_the_example_in_the_guide_is_an_exception() -> None:
    page = (ROOT / "docs/how-to/check.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```json\n(.*)\n```", page)

    assert list(exception_faults(json.loads(example))) == []
    assert tuple(json.loads(example)) == exception_fields()
    for field in exception_fields():
        assert f"| `{field}` |" in page, field

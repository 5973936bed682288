"""What a line of `corpus/exceptions.jsonl` must be; its schema ships with the tool, and is no part of the contract."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator

from kliping.contract.addresses import ADDRESS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["EXCEPTION_SCHEMA", "exception_faults", "exception_fields"]

EXCEPTION_SCHEMA = Path(__file__).parent / "exceptions.schema.json"


def exception_faults(value: Mapping[str, Any]) -> Iterator[str]:
    """Each way in which a line is no exception: `place: what is wrong`, without the addresses in it."""
    for error in _validator().iter_errors(value):
        message = ADDRESS.sub("(an address)", error.message)
        yield f"{'/'.join(map(str, error.absolute_path)) or 'the whole'}: {message}"


def exception_fields() -> tuple[str, ...]:
    """The fields of an exception, in order."""
    return tuple(_document()["properties"])


@cache
def _document() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(EXCEPTION_SCHEMA.read_text(encoding="utf-8"))
    return document


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(_document(), format_checker=Draft202012Validator.FORMAT_CHECKER)

"""Validating records against the contract, in words that name the place and what was expected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import msgspec
from jsonschema import Draft202012Validator

from kliping.records import Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonschema import ValidationError

    from kliping.contract.documents import Contract

__all__ = ["Kind", "violations"]

Kind: TypeAlias = Literal[
    "article", "source_entry", "rejection", "split_entry",
    "annotation", "quarantined", "decision", "gold", "key",
    "manifest", "version",
]  # fmt: skip
"""What can be validated: the article, the annotation, or a `$def` of a schema by its name."""

_HOMES: dict[str, str] = {
    **dict.fromkeys(("source_entry", "rejection", "split_entry"), "article"),
    **dict.fromkeys(("quarantined", "decision", "gold", "key"), "annotation"),
    **dict.fromkeys(("manifest", "version"), "release"),
}


def violations(contract: Contract, kind: Kind, instance: object) -> Iterator[str]:
    """Each way in which a record, or a parsed JSON value, breaks the contract: `place: what is wrong`."""
    if isinstance(instance, Record):
        instance = msgspec.json.decode(msgspec.json.encode(instance))
    for error in _validator(contract, kind).iter_errors(instance):
        yield f"{_place(error)}: {_words(error)}"


# A contract is loaded once a run and compared by identity: its fields cannot be hashed.
_VALIDATORS: dict[tuple[int, Kind], tuple[Contract, Draft202012Validator]] = {}


def _validator(contract: Contract, kind: Kind) -> Draft202012Validator:
    known = _VALIDATORS.get((id(contract), kind))
    if known is None or known[0] is not contract:
        home = _HOMES.get(kind)
        reference = contract.identifier(kind) if home is None else f"{contract.identifier(home)}#/$defs/{kind}"
        known = (contract, Draft202012Validator({"$ref": reference}, registry=contract.registry))
        _VALIDATORS[id(contract), kind] = known
    return known[1]


def _place(error: ValidationError) -> str:
    return "/".join(str(part) for part in error.absolute_path) or "the whole"


def _words(error: ValidationError) -> str:
    constants = [choice["const"] for choice in _choices(error) if "const" in choice]
    if constants:
        return f"{error.instance!r} is not one of {', '.join(map(repr, constants))}"
    return error.message


def _choices(error: ValidationError) -> list[dict[str, Any]]:
    if error.validator == "oneOf" and isinstance(error.validator_value, list):
        return error.validator_value
    return []

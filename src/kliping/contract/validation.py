"""Validating records against the contract, in words that name the place and what was expected."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Never, TypeAlias

import jsonschema_rs
import msgspec
from jsonschema import Draft202012Validator
from jsonschema.validators import extend
from referencing import Registry
from referencing.exceptions import Unresolvable
from referencing.jsonschema import DRAFT202012

from kliping.contract.patterns import pattern_faults
from kliping.records import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jsonschema import ValidationError

    from kliping.contract.documents import Contract

__all__ = ["Kind", "fast_screen", "violations"]

Kind: TypeAlias = Literal[
    "article", "source_entry", "rejection", "split_entry",
    "annotation", "carried", "prediction", "assignment", "relabelling", "quarantined", "decision", "gold", "key",
    "manifest", "version", "held",
    "articles", "entities", "stances", "annotations", "soft_labels",
]  # fmt: skip
"""What can be validated: the article, the annotation, or a `$def` of a schema by its name."""

_HOMES: dict[str, str] = {
    **dict.fromkeys(("source_entry", "rejection", "split_entry"), "article"),
    **dict.fromkeys(
        ("carried", "prediction", "assignment", "relabelling", "quarantined", "decision", "gold", "key"), "annotation"
    ),
    **dict.fromkeys(("manifest", "version", "held"), "release"),
    **dict.fromkeys(("articles", "entities", "stances", "annotations", "soft_labels"), "release"),
}


_PSEUDONYM = "^annotator-[0-9a-z]{1,32}$"
"""The pattern of `pseudonym` (annotation.schema.json)."""


def violations(contract: Contract, kind: Kind, instance: object) -> Iterator[str]:
    """Each way in which a record, or a parsed JSON value, breaks the contract: `place: what is wrong`.

    A fast screen (`jsonschema-rs`) passes what is right, which is nearly everything. The reference implementation words
    what is wrong and has the last word: of `pattern`, the screen takes digits for ASCII.
    """
    is_record = isinstance(instance, Record)
    validators = _validators(contract, kind)
    if _passes(validators.screen, msgspec.to_builtins(instance) if is_record else instance):
        return
    if is_record:
        instance = msgspec.json.decode(msgspec.json.encode(instance))
    for error in validators.reference.iter_errors(instance):
        yield f"{_place(error)}: {_words(error)}"


def fast_screen(contract: Contract, kind: Kind) -> Callable[[object], bool] | None:
    """What tells of parsed JSON values that they have no violations, quickly; of what it does not pass it says nothing.

    It may raise ValueError on what it cannot read. None where the contract itself cannot be followed.
    """
    try:
        return _validators(contract, kind).screen.is_valid
    except (Unresolvable, re.error, ValueError):
        return None


class Validators(NamedTuple):
    """Both for one kind of record: the reference implementation, and the screen before it."""

    reference: Draft202012Validator
    screen: jsonschema_rs.Draft202012Validator


# A contract is loaded once a run and compared by identity: its fields cannot be hashed.
_VALIDATORS: dict[tuple[int, Kind], tuple[Contract, Validators]] = {}


def _validators(contract: Contract, kind: Kind) -> Validators:
    known = _VALIDATORS.get((id(contract), kind))
    if known is None or known[0] is not contract:
        home = _HOMES.get(kind)
        reference = contract.identifier(kind) if home is None else f"{contract.identifier(home)}#/$defs/{kind}"
        known = (contract, _made(contract, {"$ref": reference}))
        _VALIDATORS[id(contract), kind] = known
    return known[1]


def _made(contract: Contract, schema: dict[str, Any]) -> Validators:
    documents = {str(one["$id"]): dict(one) for one in contract.documents.values()}
    screened = jsonschema_rs.Registry(list(documents.items()))
    resources = ((name, DRAFT202012.create_resource(_of_one_draft(one))) for name, one in documents.items())
    return Validators(
        _Reference(schema, registry=Registry().with_resources(resources)),
        jsonschema_rs.Draft202012Validator(schema, registry=screened, retriever=_refuse),
    )


_Reference = extend(Draft202012Validator, {"pattern": pattern_faults})  # type: ignore[no-untyped-call]
"""The reference implementation, which waits for no pattern of a corpus's own."""


def _of_one_draft(node: Any) -> Any:  # noqa: ANN401 — JSON values
    """A schema without `$schema`, by which the reference implementation would take up a class of its own for it."""
    if isinstance(node, dict):
        inner = {name: _of_one_draft(value) for name, value in node.items()}
        return {name: value for name, value in inner.items() if name != "$schema" or not isinstance(value, str)}
    return [_of_one_draft(one) for one in node] if isinstance(node, list) else node


def _refuse(uri: str) -> Never:
    """Nothing is fetched: by itself, the screen would ask any server that a schema names, and read any file."""
    raise ValueError(f"{uri} is none of the contract's documents")


def _passes(screen: jsonschema_rs.Draft202012Validator, instance: object) -> bool:
    """Whether the screen finds nothing wrong; what it cannot read (a lone surrogate) it does not pass."""
    try:
        return screen.is_valid(instance)
    except (UnicodeEncodeError, ValueError):
        return False


def _place(error: ValidationError) -> str:
    return "/".join(str(part) for part in error.absolute_path) or "the whole"


def _words(error: ValidationError) -> str:
    constants = [choice["const"] for choice in _choices(error) if "const" in choice]
    if constants:
        return f"{error.instance!r} is not one of {', '.join(map(repr, constants))}"
    if error.validator == "pattern" and error.validator_value == _PSEUDONYM:
        return f"not a pseudonym, as {_PSEUDONYM} has it"  # what stands there may be somebody's name or address
    return error.message


def _choices(error: ValidationError) -> list[dict[str, Any]]:
    if error.validator == "oneOf" and isinstance(error.validator_value, list):
        return error.validator_value
    return []

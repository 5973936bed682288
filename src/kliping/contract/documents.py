"""Loading the four schema files of a corpus, with every fault in them told at once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema_rs
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.exceptions import Unresolvable
from referencing.jsonschema import DRAFT202012

from kliping.contract.core import CORE_FILES
from kliping.contract.patterns import unusable_patterns
from kliping.contract.scheme import Scheme, read_scheme
from kliping.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["Contract", "load_contract"]

OWN_FILE = "corpus.schema.json"
_TOO_DEEP = "nested too deeply; restore the file with git"
META_SCHEMA = Path(__file__).parent / "x-kliping.schema.json"


@dataclass(frozen=True, slots=True)
class Contract:
    """The contract of one corpus: its documents by short name (`article`, `annotation`, `release`, `corpus`)."""

    folder: Path
    documents: Mapping[str, Mapping[str, Any]]
    registry: Registry[Any]
    scheme: Scheme

    def identifier(self, name: str) -> str:
        """The `$id` of a document, versioned for the core ones."""
        return str(self.documents[name]["$id"])


def load_contract(folder: Path) -> Contract:
    """The contract in a `schema/` folder.

    Raises:
        DataError: a file is missing, is not JSON, or is not a schema; all such faults, a line each.
    """
    documents: dict[str, dict[str, Any]] = {}
    faults: list[str] = []
    for file in (*CORE_FILES, OWN_FILE):
        try:
            document = json.loads((folder / file).read_text(encoding="utf-8"))
        except FileNotFoundError:
            faults.append(f"{folder / file}: missing; `kliping init` writes a fresh one to copy")
        except (json.JSONDecodeError, UnicodeDecodeError) as error:
            faults.append(f"{folder / file}: not JSON: {error}; mend the file")
        except RecursionError:
            faults.append(f"{folder / file}: {_TOO_DEEP}")
        else:
            faults += [f"{folder / file}: {fault}" for fault in _schema_faults(file, document)]
            documents[file.removesuffix(".schema.json")] = document
    if faults:
        raise DataError("\n".join(faults))
    registry = Registry().with_resources(
        (document["$id"], Resource.from_contents(document, default_specification=DRAFT202012))
        for document in documents.values()
    )
    dangling = [
        f"{folder / name}.schema.json: the reference {reference!r} leads nowhere; restore the file with git"
        for name, document in documents.items()
        for reference in _dangling(document, registry)
    ]
    if dangling:
        raise DataError("\n".join(dangling))
    return Contract(folder, documents, registry, read_scheme(documents["corpus"]))


def _dangling(document: Mapping[str, Any], registry: Registry[Any]) -> Iterator[str]:
    """The references of a document that lead nowhere."""
    resolver = registry.resolver(str(document["$id"]))
    for reference in sorted(set(_references(document))):
        try:
            resolver.lookup(reference)
        except Unresolvable:
            yield reference


def _references(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        yield from (node[key] for key in ("$ref", "$dynamicRef") if isinstance(node.get(key), str))
        for child in node.values():
            yield from _references(child)
    elif isinstance(node, list):
        for child in node:
            yield from _references(child)


def _schema_faults(file: str, document: object) -> list[str]:
    try:
        return list(_told_faults(file, document))
    except RecursionError:
        return [_TOO_DEEP]


def _told_faults(file: str, document: object) -> Iterator[str]:
    if not isinstance(document, dict) or "$id" not in document:
        yield "not a schema of the contract: no $id; restore it with git"
        return
    if not _is_schema(document):
        meta = Draft202012Validator(Draft202012Validator.META_SCHEMA)
        for error in meta.iter_errors(document):
            yield f"not JSON Schema 2020-12: {'/'.join(map(str, error.absolute_path))}: {error.message}"
    if file == OWN_FILE:
        own = Draft202012Validator(json.loads(META_SCHEMA.read_text(encoding="utf-8")))
        for error in own.iter_errors(document):
            yield f"{'/'.join(map(str, error.absolute_path)) or 'top level'}: {error.message}"
        yield from _repeated(document)
        yield from unusable_patterns(document)


def _is_schema(document: dict[str, Any]) -> bool:
    """Whether it surely is one, by the fast validator; of another dialect that one would ask the network."""
    ours: str = Draft202012Validator.META_SCHEMA["$id"]
    return document.get("$schema") == ours and jsonschema_rs.meta.is_valid(document)


def _repeated(document: Mapping[str, Any]) -> Iterator[str]:
    """Constants and hotkeys that a list uses twice; hotkeys of labels and stances share one screen.

    What is deprecated has left the screen, so its successor may have its hotkey.
    """
    keys: dict[str, str] = {}
    for name, definition in document.get("$defs", {}).items():
        constants: set[str] = set()
        for choice in definition.get("oneOf", ()) if isinstance(definition, dict) else ():
            const = choice.get("const")
            if const in constants:
                yield f"$defs/{name}: {const!r} is listed twice; remove one"
            constants.add(const)
            key = None if choice.get("deprecated") else choice.get("x-kliping", {}).get("key")
            if key is not None and key in keys:
                yield f"$defs/{name}: {const!r} has the hotkey {key!r} of {keys[key]!r}; choose another"
            elif key is not None:
                keys[key] = const

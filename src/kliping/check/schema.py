"""Level 2, schema: the contract is whole and in step, and every record keeps it."""

from __future__ import annotations

import json
import re
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from referencing.exceptions import Unresolvable

from kliping.check.rules import Place, RuleList
from kliping.contract import CORE_FILES, core_schema, load_contract, violations
from kliping.contract.labeling import alike, labeling_config
from kliping.contract.tables import arrow_schema, table_names
from kliping.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kliping.check.lines import Line
    from kliping.check.rules import Fault
    from kliping.contract import Contract, Kind
    from kliping.project import Corpus
    from kliping.records import Record

__all__ = ["CONTRACT_RULES", "RECORD_RULES", "ContractSeen", "Parsed", "open_contract", "unfit"]


class ContractSeen(NamedTuple):
    """The contract of a corpus, or why it cannot be read: a line a fault."""

    corpus: Corpus
    contract: Contract | None
    faults: tuple[str, ...]


class Parsed(NamedTuple):
    """A line with a JSON object that should be a record of a kind, and the record where it is one."""

    line: Line
    kind: Kind
    record: Record | None
    fault: str | None
    contract: Contract | None


CONTRACT_RULES: RuleList[ContractSeen] = RuleList()
RECORD_RULES: RuleList[Parsed] = RuleList()


def open_contract(folder: Path) -> tuple[Contract | None, tuple[str, ...]]:
    """The contract in a folder, or its faults; one from which no table can be derived is none."""
    try:
        contract = load_contract(folder)
    except DataError as error:
        return None, tuple(str(error).splitlines())
    try:
        for table in table_names(contract):
            arrow_schema(contract, table)
    except (LookupError, TypeError, ValueError, AttributeError):
        return None, (f"{folder / 'release.schema.json'}: its tables cannot be derived; restore the file with git",)
    return contract, ()


@CONTRACT_RULES("E201", "the contract can be read")
def contract_loads(seen: ContractSeen) -> Iterator[Fault]:
    """Broken by a `schema/corpus.schema.json` that is cut short."""
    for fault in seen.faults:
        path, _, message = fault.partition(": ")
        yield Place(path.removeprefix(f"{seen.corpus.root}/")), message


@CONTRACT_RULES("E202", "the core schemas are those of this version of kliping")
def core_as_shipped(seen: ContractSeen) -> Iterator[Fault]:
    """Broken by a field added to `schema/article.schema.json`; a corpus's own fields go to `corpus.schema.json`."""
    for name in CORE_FILES:
        path = seen.corpus.schema / name
        if path.is_file() and path.read_bytes() != core_schema(name):
            yield Place(f"schema/{name}"), "differs from kliping's own; restore it with git, own fields go elsewhere"


@CONTRACT_RULES("E204", "the labelling configuration is the one derived from the contract")
def labeling_in_step(seen: ContractSeen) -> Iterator[Fault]:
    """Broken by a label added to `corpus.schema.json` and not pushed; a corpus may have no configuration yet."""
    path = seen.corpus.labeling
    if seen.contract is None or not path.is_file():
        return
    derived = labeling_config(seen.contract.scheme, seen.corpus.settings.language)
    if path.read_bytes() != derived.encode():
        yield Place("annotations/labeling.xml"), "is not what schema/corpus.schema.json gives; run `kliping push`"


@CONTRACT_RULES("E205", "the colours of two labels, or of two stances, can be told apart")
def colours_apart(seen: ContractSeen) -> Iterator[Fault]:
    """Broken by a label added to `corpus.schema.json` with the colour of another."""
    if seen.contract is None:
        return
    scheme = seen.contract.scheme
    for one, other in (*alike(scheme.entity_labels), *alike(scheme.stances)):
        yield Place("schema/corpus.schema.json"), f"{one} and {other} have hardly different colours; change one"


@RECORD_RULES("E203", "every record keeps its schema")
def keeps_schema(parsed: Parsed) -> Iterator[Fault]:
    """Broken by an entity whose label is not in `schema/corpus.schema.json`."""
    faults = [] if parsed.contract is None else unfit(parsed.contract, parsed.kind, parsed.line.value)
    if not faults and parsed.fault is not None:
        faults = [parsed.fault]
    for fault in faults:
        yield parsed.line.place, f"{fault}; mend the line, or restore it with git"


def unfit(contract: Contract, kind: Kind, value: object) -> list[str]:
    """How a value breaks its schema, in words; nothing where the contract itself cannot be followed."""
    try:
        return list(violations(contract, kind, value))
    except RecursionError:
        return ["nested too deeply, or its schema refers to itself without end"]
    except (Unresolvable, re.error, ValueError):
        return []  # a core schema of another version or in another language, or a pattern that is none: E202 tells


@RECORD_RULES("E105", "the keys of a record are in the schema's order, each once")
def keys_in_order(parsed: Parsed) -> Iterator[Fault]:
    """Broken by `{"sha256": …, "path": …}` where the schema has `path` first, and by a key given twice."""
    if parsed.record is None:
        return
    written = msgspec.json.encode(parsed.record)
    if written == parsed.line.data.rstrip(b"\r\n"):
        return
    found = json.loads(parsed.line.data.decode("utf-8-sig"), object_pairs_hook=_Pairs)
    for was, should in zip_longest(_keys(found), _keys(json.loads(written, object_pairs_hook=_Pairs))):
        if was != should:
            what = f"{was!r} where {should!r} belongs" if was and should else f"{was or should!r} twice or missing"
            yield parsed.line.place, f"the key {what}; write the keys in the schema's order, each once"
            return


class _Pairs(list[tuple[str, Any]]):
    """The members of a JSON object as they stand, repeated ones included."""


def _keys(value: object) -> Iterator[str]:
    if isinstance(value, _Pairs):
        for key, inner in value:
            yield key
            yield from _keys(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _keys(inner)

"""Level 2, the contract: the four files of `schema/` are whole, and what is derived of them is in step."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kliping.check.rules import Example, Place, RuleList
from kliping.contract import CORE_FILES, core_schema, load_contract
from kliping.contract.labeling import alike, labeling_config
from kliping.contract.tables import arrow_schema, table_names
from kliping.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kliping.check.rules import Fault
    from kliping.contract import Contract
    from kliping.project import Corpus

__all__ = ["CONTRACT_RULES", "ContractSeen", "numbers", "open_contract"]


class ContractSeen(NamedTuple):
    """The contract of a corpus, or why it cannot be read: a line a fault."""

    corpus: Corpus
    contract: Contract | None
    faults: tuple[str, ...]


OWN = "schema/corpus.schema.json"

CONTRACT_RULES: RuleList[ContractSeen] = RuleList()


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


@CONTRACT_RULES(
    "E201",
    "the contract can be read",
    mend="Mend the file where it breaks, or restore it with git.",
    example=Example(OWN, '"$id": "urn:kliping:schema:corpus",', '"$id": "urn:kliping:schema:corpus"'),
)
def contract_loads(seen: ContractSeen) -> Iterator[Fault]:
    """Everything else is held against the four files in `schema/`: without them nothing is known to be right."""
    for fault in seen.faults:
        path, _, message = fault.partition(": ")
        yield Place(path.removeprefix(f"{seen.corpus.root}/")), message


@CONTRACT_RULES(
    "E202",
    "the core schemas are those of this version of kliping",
    mend="Restore the file with git; fields of your own go to `$defs/metadata` of `schema/corpus.schema.json`.",
    example=Example("schema/article.schema.json", '"title": "Article"', '"title": "Story"'),
)
def core_as_shipped(seen: ContractSeen) -> Iterator[Fault]:
    """The core is alike in every corpus, so that what reads one reads all of them."""
    for name in CORE_FILES:
        path = seen.corpus.schema / name
        if path.is_file() and path.read_bytes() != core_schema(name):
            yield Place(f"schema/{name}"), "differs from kliping's own; restore it with git, own fields go elsewhere"


@CONTRACT_RULES(
    "E204",
    "the labelling configuration is the one derived from the contract",
    mend="Run `kliping push`, which writes it and brings the server's screen up to date.",
    example=Example(OWN, '"title": { "id": "Orang" }', '"title": { "id": "Manusia" }'),
)
def labeling_in_step(seen: ContractSeen) -> Iterator[Fault]:
    """Where they differ, annotators are shown other labels than the corpus knows. A new corpus has none yet."""
    path = seen.corpus.labeling
    if seen.contract is None or not path.is_file():
        return
    derived = labeling_config(seen.contract.scheme, seen.corpus.settings.language)
    if path.read_bytes() != derived.encode():
        yield Place("annotations/labeling.xml"), "is not what schema/corpus.schema.json gives; run `kliping push`"


@CONTRACT_RULES(
    "E205",
    "the colours of two labels, or of two stances, can be told apart",
    mend="Give one of the two another colour, and run `kliping push`.",
    example=Example(OWN, '"colour": "#1f77b4"', '"colour": "#d95f02"'),
)
def colours_apart(seen: ContractSeen) -> Iterator[Fault]:
    """On the screen a label is known by its colour: where two look alike, annotators mark with the wrong one."""
    if seen.contract is None:
        return
    scheme = seen.contract.scheme
    for one, other in (*alike(scheme.entity_labels), *alike(scheme.stances)):
        yield Place(OWN), f"{one} and {other} have hardly different colours; change one"


@CONTRACT_RULES(
    "E208",
    "what the scheme offers came with its version, or with one before",
    mend="Raise `x-kliping.scheme` at the top of the file to the version that the choice is since, or mend `since`.",
    example=Example(
        OWN, '"title": { "id": "Orang" }, "since": "1.0.0"', '"title": { "id": "Orang" }, "since": "1.1.0"'
    ),
)
def nothing_from_the_future(seen: ContractSeen) -> Iterator[Fault]:
    """Annotations carry the scheme's version: where it was not raised with a new label, nobody knows which had it."""
    if seen.contract is None:
        return
    scheme = seen.contract.scheme
    for label in (*scheme.entity_labels, *scheme.stances, *scheme.targets, *scheme.holders):
        if label.since is not None and numbers(label.since) > numbers(scheme.version):
            yield Place(OWN), f"{label.const} is since {label.since}, the scheme is {scheme.version}; raise the scheme"


def numbers(version: str) -> tuple[int, ...]:
    """A version's numbers, to be compared; what is none counts as less."""
    return tuple(int(part) if part.isdecimal() else -1 for part in version.split("."))

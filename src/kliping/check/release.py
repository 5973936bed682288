"""Checking a release: everything wrong with it, in one run, by its own copies of the contract."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kliping.check.release_card import CARD_RULES, CardSeen, open_card
from kliping.check.release_croissant import CROISSANT_RULES, open_croissant
from kliping.check.release_files import RELEASE_RULES, Opened, open_manifest
from kliping.check.release_load import LOAD_RULES, LabelDigest, LoadSeen
from kliping.check.release_rows import JOIN_RULES, PROOF_RULES, ROW_RULES, Joined, Member, ProofSeen, RowSeen, claims
from kliping.check.release_tables import FILE_RULES, PART_RULES, PartSeen, Tables, rows_of, table_files
from kliping.check.schema import open_contract
from kliping.check.shapes import row_shape
from kliping.contract.tables import class_names, table_names

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kliping.check.release_tables import Row, TableFile
    from kliping.check.rules import Place
    from kliping.check.texts import Claimed
    from kliping.contract import Contract
    from kliping.records import Finding

__all__ = ["check_release"]


@dataclass(slots=True)
class Reading:
    """What is kept while the tables pass: counts, ids, spans and digests of labels, no texts."""

    contract: Contract
    tables: Tables = field(default_factory=Tables)
    joined: Joined = field(default_factory=Joined)
    claimed: dict[str, list[Claimed]] = field(default_factory=lambda: defaultdict(list))
    files: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    labels: dict[tuple[str, str, str], LabelDigest] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    is_whole: bool = True


def check_release(folder: Path, *, load: bool = True) -> list[Finding]:
    """Everything wrong with a release folder, by file and row; nothing for a good one.

    Args:
        folder: `releases/NAME-VERSION`, or one that is being built.
        load: also load it with `datasets` in a process of its own, where that is installed.
    """
    folder = folder.resolve()
    contract, faults = open_contract(folder / "schema")
    opened = Opened(folder, open_manifest(folder), contract, faults)
    findings = [*RELEASE_RULES.findings(opened), *CROISSANT_RULES.findings(open_croissant(opened))]
    if contract is not None:
        findings += _check_tables(opened, contract, load=load)
    return sorted(findings, key=lambda one: (one.path, one.line or 0, one.code))


def _check_tables(opened: Opened, contract: Contract, *, load: bool) -> list[Finding]:
    reading = Reading(contract)
    for config in sorted(table_names(contract), key=lambda name: name == "articles"):  # spans first, then their texts
        for file in table_files(opened.folder, contract, config):
            _read_file(reading, file)
    reading.findings += JOIN_RULES.findings(reading.joined)
    head, fault = open_card(opened.folder)
    reading.findings += CARD_RULES.findings(
        CardSeen(head, fault, contract, reading.files, reading.tables.rows, opened.folder)
    )
    if reading.is_whole:
        reading.findings += PART_RULES.findings(PartSeen(opened, reading.tables))
    if load and reading.is_whole:
        reading.findings += LOAD_RULES.findings(LoadSeen(opened.folder, _decoded(reading)))
    return reading.findings


def _read_file(reading: Reading, file: TableFile) -> None:
    reading.files[file.config, file.split].append(file.place.path)
    if file.is_readable:
        classes = class_names(reading.contract, file.config)
        shape = row_shape(reading.contract, file.config)
        for place, row in rows_of(file, reading.tables):
            found = list(ROW_RULES.findings(RowSeen(place, file.config, row, classes, shape)))
            reading.findings += found
            if not any(one.code == "E621" for one in found):
                _keep(reading, file, place, row)
            _take_labels(reading, file, row, classes)
    reading.findings += FILE_RULES.findings(file)
    reading.is_whole &= file.is_readable


def _keep(reading: Reading, file: TableFile, place: Place, row: Row) -> None:
    """Keep what joins the tables; an article's text is proven against the spans of all others, and let go."""
    article = str(row.get("article_id", row["id"]))
    member = Member(place, file.config, file.split, row["id"], article, row.get("annotation_status"))
    reading.joined.members.append(member)
    if file.config == "articles":
        proof = ProofSeen(place, row, reading.claimed.get(article, ()))
        reading.findings += PROOF_RULES.findings(proof)
    else:
        reading.claimed[article] += claims(place, file.config, row)


def _take_labels(reading: Reading, file: TableFile, row: Row, classes: Mapping[str, tuple[str, ...]]) -> None:
    for column, names in classes.items():
        key = (file.config, file.split, column)
        reading.labels.setdefault(key, LabelDigest(names)).add(row[column])


def _decoded(reading: Reading) -> dict[str, dict[str, dict[str, str]]]:
    """What the class columns of every config and split decode to."""
    decoded: dict[str, dict[str, dict[str, str]]] = defaultdict(dict)
    for config, split in reading.files:
        decoded[config][split] = {}
    for (config, split, column), digest in reading.labels.items():
        decoded[config][split][column] = digest.hexdigest()
    return decoded

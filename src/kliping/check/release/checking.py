"""Checking a release: everything wrong with it, in one run, by its own copies of the contract."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kliping.check.bounds import BOUND_RULES, bounds_of_release
from kliping.check.contract import open_contract
from kliping.check.release.card import CARD_RULES, CardSeen
from kliping.check.release.card_body import CARD_BODY_RULES
from kliping.check.release.contents import CONTENTS_RULES
from kliping.check.release.counting import Tally, text_row
from kliping.check.release.croissant import CROISSANT_RULES, open_croissant
from kliping.check.release.described import DESCRIBED_RULES, DescribedSeen
from kliping.check.release.disclosure import DISCLOSURE_RULES, DisclosureSeen
from kliping.check.release.documents import read_documents
from kliping.check.release.files import RELEASE_RULES, Opened, open_manifest
from kliping.check.release.gold import GOLD_RULES
from kliping.check.release.joins import JOIN_RULES
from kliping.check.release.leaks import LEAK_RULES
from kliping.check.release.load import LOAD_RULES, LabelDigest, LoadSeen
from kliping.check.release.merge import Member, merged, put_in_order
from kliping.check.release.rows import ROW_RULES, RowSeen
from kliping.check.release.sentences import SENTENCE_RULES, text_findings
from kliping.check.release.shapes import row_shape
from kliping.check.release.soft_labels import SOFT_LABEL_JOIN_RULES, SOFT_LABEL_RULES
from kliping.check.release.survey import ORDER_RULES, Part, article_column, survey_tables
from kliping.check.release.tables import FILE_RULES, PART_RULES, PartSeen, Tables, rows_of, table_files
from kliping.check.release.tags import TAG_RULES
from kliping.check.release.told import Counted, describe
from kliping.contract.tables import class_names, table_names

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping, Sequence
    from pathlib import Path

    from kliping.check.release.documents import Documents
    from kliping.check.release.merge import ArticleRows
    from kliping.check.release.tables import Row, TableFile
    from kliping.contract import Contract
    from kliping.records import Finding

__all__ = ["check_release"]


@dataclass(slots=True)
class Reading:
    """What is kept while the tables pass: counts, and digests of rows and of labels."""

    contract: Contract
    parts: Mapping[Part, Sequence[TableFile]]
    tally: Tally
    tables: Tables = field(default_factory=Tables)
    labels: dict[tuple[str, str, str], LabelDigest] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    @property
    def files(self) -> dict[tuple[str, str], list[str]]:
        """The paths of the files of each config and split."""
        return {(config, split): [file.place.path for file in files] for (config, split), files in self.parts.items()}

    @property
    def is_whole(self) -> bool:
        """Whether every row could be read."""
        return all(file.is_readable for files in self.parts.values() for file in files)


def check_release(folder: Path, *, load: bool = True) -> list[Finding]:
    """Everything wrong with a release folder, by file and row; nothing for a good one.

    What is held at a time are the rows about one article, and some bytes of each other.

    Args:
        folder: `releases/NAME-VERSION`, or one that is being built.
        load: also load it with `datasets` in a process of its own, where that is installed.
    """
    folder = folder.resolve()
    unread = [*BOUND_RULES.findings(bounds_of_release(folder))]
    if unread:
        return unread
    contract, faults = open_contract(folder / "schema")
    opened = Opened(folder, open_manifest(folder), contract, faults)
    told = read_documents(folder)
    findings = [*RELEASE_RULES.findings(opened), *CROISSANT_RULES.findings(open_croissant(opened, told.croissant))]
    findings += CONTENTS_RULES.findings(opened)
    findings += DISCLOSURE_RULES.findings(DisclosureSeen(folder, told))
    if contract is not None:
        findings += _check_tables(opened, contract, told, load=load)
    return sorted(findings, key=lambda one: (one.path, one.line or 0, one.code))


def _check_tables(opened: Opened, contract: Contract, told: Documents, *, load: bool) -> list[Finding]:
    reading = Reading(contract, _parts(opened.folder, contract), Tally.of(contract))
    _read_tables(reading)
    card = CardSeen(told, contract, reading.files, reading.tables.rows, opened.folder, opened.manifest)
    reading.findings += [*CARD_RULES.findings(card), *CARD_BODY_RULES.findings(card)]
    if reading.is_whole:
        reading.findings += PART_RULES.findings(PartSeen(opened, reading.tables))
        reading.findings += _check_what_is_told(opened, reading, told)
    if load and reading.is_whole:
        reading.findings += LOAD_RULES.findings(LoadSeen(opened.folder, _decoded(reading)))
    return reading.findings


def _check_what_is_told(opened: Opened, reading: Reading, told: Documents) -> list[Finding]:
    """What is wrong with what the release says of itself, where its tables can be counted and its texts be read."""
    if opened.manifest is None or not reading.tally.is_whole or not reading.files:
        return []
    held = Counted(reading.files, reading.tables.rows, reading.tally.statistics)
    filled = describe(opened.folder, reading.contract, opened.manifest, told, held)
    if filled is None:
        return []
    return list(DESCRIBED_RULES.findings(DescribedSeen(opened.folder, opened.manifest, told, filled)))


def _parts(folder: Path, contract: Contract) -> dict[Part, list[TableFile]]:
    """The files of each config and split, those of articles first."""
    parts: dict[Part, list[TableFile]] = defaultdict(list)
    for config in sorted(table_names(contract), key=lambda name: name != "articles"):
        for file in table_files(folder, contract, config):
            parts[Part(config, file.split)].append(file)
    return parts


def _read_tables(reading: Reading) -> None:
    """Let all tables pass side by side: each row by itself, then the rows about one article together."""
    readable = {part: [file for file in files if file.is_readable] for part, files in reading.parts.items()}
    surveyed = survey_tables(readable)
    reading.findings += ORDER_RULES.findings(surveyed)
    articles = [file for part, files in readable.items() if part.config == "articles" for file in files]
    reading.findings += LEAK_RULES.findings(articles)
    streams = []
    for part, files in readable.items():
        stream = _members(reading, part, files)
        streams.append(put_in_order(stream) if part in surveyed.unordered else stream)
    for seen in merged(streams, surveyed):
        _check_article(reading, seen)
    for file in (file for files in reading.parts.values() for file in files):
        reading.findings += FILE_RULES.findings(file)


def _check_article(reading: Reading, seen: ArticleRows) -> None:
    """Let the rows about one article pass, and count them."""
    for rules in (JOIN_RULES, SENTENCE_RULES, GOLD_RULES, SOFT_LABEL_JOIN_RULES):
        reading.findings += rules.findings(seen)
    texts = [text for member in seen.of("articles") if (text := text_row(member)) is not None]
    reading.findings += text_findings(texts)
    reading.tally.add(seen, texts)


def _members(reading: Reading, part: Part, files: Sequence[TableFile]) -> Generator[Member]:
    """The rows of a config and split as they lie, each checked by itself; one with a wrong null ends here."""
    config, split = part
    classes, shape = class_names(reading.contract, config), row_shape(reading.contract, config)
    for file in files:
        for place, row, looked_for in rows_of(file, reading.tables, shape):
            seen = RowSeen(place, config, row, classes, looked_for, reading.contract)
            found = [one for rules in (ROW_RULES, *_OWN_RULES.get(config, ())) for one in rules.findings(seen)]
            reading.findings += found
            _take_labels(reading, part, row, classes)
            if not any(one.code == "E621" for one in found):
                yield Member(place, config, split, row[article_column(config)], row)


_OWN_RULES = {"entities": (TAG_RULES,), "soft_labels": (SOFT_LABEL_RULES,)}
"""Of some configs: the rules about their rows alone."""


def _take_labels(reading: Reading, part: Part, row: Row, classes: Mapping[str, tuple[str, ...]]) -> None:
    for column, names in classes.items():
        reading.labels.setdefault((*part, column), LabelDigest(names)).add(row[column])


def _decoded(reading: Reading) -> dict[str, dict[str, dict[str, str]]]:
    """What the class columns of every config and split decode to."""
    decoded: dict[str, dict[str, dict[str, str]]] = defaultdict(dict)
    for config, split in reading.files:
        decoded[config][split] = {}
    for (config, split, column), digest in reading.labels.items():
        decoded[config][split][column] = digest.hexdigest()
    return decoded

"""Some articles made into rows, columns and counts at once: what a worker does, alone or beside others."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from kliping.contract.tables import arrow_schema, table_names
from kliping.files import encode_lines
from kliping.normaliser.run.processes import uncollected
from kliping.release.card.statistics import Statistics
from kliping.release.tables.annotated import words
from kliping.release.tables.columns import record_batch
from kliping.release.tables.parquet import row_digest
from kliping.release.tables.proof import prove
from kliping.release.tables.rows import BUILDERS
from kliping.release.versions.held import hold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import pyarrow as pa

    from kliping.contract import Contract
    from kliping.project.dossiers import Dossier
    from kliping.records import Finding
    from kliping.release.tables.annotated import Row, Words
    from kliping.release.versions.held import Held

__all__ = ["Built", "Known", "build_batch", "known_of"]


@dataclass(frozen=True, slots=True)
class Known:
    """What a batch is built by: the corpus's folder and what its contract says. It goes to other processes."""

    root: Path
    words: Words
    schemas: Mapping[str, pa.Schema]


class Piece(NamedTuple):
    """Rows of one split of one table, in order, and their digests, one after the other."""

    rows: pa.RecordBatch
    digests: bytes


@dataclass(slots=True)
class Built:
    """What a batch became: by table and split the rows; what is held of each article, as lines; what was counted."""

    pieces: dict[tuple[str, str], Piece]
    held: bytes
    statistics: Statistics
    findings: list[Finding] = field(default_factory=list)


def known_of(contract: Contract, root: Path) -> Known:
    """What batches of a corpus are built by; `root` is its folder."""
    return Known(root, words(contract), {table: arrow_schema(contract, table) for table in table_names(contract)})


@uncollected()
def build_batch(known: Known, dossiers: Sequence[Dossier]) -> Built:
    """Rows of some articles, in the order that they come in; where any is wrong, nothing but the findings."""
    statistics = Statistics()
    rows: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    digests: defaultdict[tuple[str, str], bytearray] = defaultdict(bytearray)
    held: list[Held] = []
    findings: list[Finding] = []
    for dossier in dossiers:
        annotated, found = prove(dossier, known.words, known.root)
        findings += found
        if annotated is None:
            continue
        split = annotated.placed.split
        statistics.add(annotated, split, known.words)
        own: dict[str, list[bytes]] = {table: [] for table in known.schemas}
        for table in known.schemas:
            for row in BUILDERS[table](annotated, known.words):
                statistics.add_row(table, row)
                own[table].append(row_digest(row))
                rows[table, split].append(row)
            digests[table, split] += b"".join(own[table])
        held.append(hold(annotated, own))
    if findings:
        return Built({}, b"", Statistics(), findings)
    pieces = {
        part: Piece(record_batch(some, known.schemas[part[0]]), bytes(digests[part])) for part, some in rows.items()
    }
    return Built(pieces, encode_lines(held), statistics)

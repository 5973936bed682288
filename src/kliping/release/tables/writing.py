"""The tables of a release from a corpus's lines: a batch of articles at a time, by any number of processes."""

from __future__ import annotations

from contextlib import ExitStack, closing
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from kliping.normaliser.run.processes import in_order
from kliping.project.dossiers import dossiers
from kliping.release.building.inputs import article_files
from kliping.release.card.statistics import Statistics
from kliping.release.splitting.split import SPLITS
from kliping.release.tables.batch import build_batch, known_of
from kliping.release.tables.parquet import Part, TableWriter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from kliping.project.dossiers import Dossier
    from kliping.records import Finding
    from kliping.release.building.inputs import Inputs

__all__ = ["Written", "write_tables"]

BATCH_ARTICLES = 200
BATCH_BYTES = 1 << 22
"""Bytes of the lines of a batch; a longer article is a batch of its own."""


class Written(NamedTuple):
    """The parts by config and split, what was counted, and what was found wrong: then the tables are no release."""

    parts: dict[str, dict[str, Part]]
    statistics: Statistics
    findings: list[Finding]


def write_tables(
    folder: Path, held: Path, inputs: Inputs, workers: int, *, batch_articles: int = BATCH_ARTICLES
) -> Written:
    """Every table in every split where it has a row, in the order of the articles' ids.

    Neither the number of workers nor the size of a batch changes a byte. `datasets` cannot load a split without a row,
    so that it has no file, and a table without any row is no config.

    Args:
        folder: the release's.
        held: the file for a line of `Held` an article, in the same order.
        inputs: the corpus; each of its articles has a split.
        workers: processes at most.
        batch_articles: articles that are made into columns at once.
    """
    known = known_of(inputs.contract, inputs.corpus.root)
    articles = (one for one in dossiers(article_files(inputs.corpus)) if "article" in one.lines)
    statistics = Statistics()
    findings: list[Finding] = []
    writers: dict[tuple[str, str], TableWriter] = {}
    with ExitStack() as opened:
        holding = opened.enter_context(held.open("wb"))
        batches = _batches(articles, batch_articles)
        for built in opened.enter_context(closing(in_order(partial(build_batch, known), batches, workers))):
            findings += built.findings
            if findings:
                continue
            statistics.merge(built.statistics)
            holding.write(built.held)
            for (table, split), piece in built.pieces.items():
                if (table, split) not in writers:
                    writers[table, split] = writer = TableWriter(folder, table, split, known.schemas[table])
                    opened.callback(writer.abandon)
                writers[table, split].add(piece.rows, piece.digests)
        for writer in writers.values():  # all of them, before the first is read back to be measured
            writer.finish()
        parts: dict[str, dict[str, Part]] = {
            table: {split: writers[table, split].close() for split in SPLITS if (table, split) in writers}
            for table in known.schemas
        }
    return Written({table: splits for table, splits in parts.items() if splits}, statistics, findings)


def _batches(articles: Iterable[Dossier], most: int) -> Iterator[list[Dossier]]:
    batch: list[Dossier] = []
    size = 0
    for dossier in articles:
        batch.append(dossier)
        size += sum(len(line.data) for lines in dossier.lines.values() for line in lines)
        if len(batch) == most or size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch

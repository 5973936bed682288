"""Checking a corpus: everything wrong with it in one run, a batch of articles at a time, by any number of processes."""

from __future__ import annotations

from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from kliping.check.bounds import BOUND_RULES, bounds_of_corpus
from kliping.check.contract import CONTRACT_RULES, ContractSeen, open_contract
from kliping.check.corpus.annotations import CORPUS_RULES
from kliping.check.corpus.article import Reader
from kliping.check.corpus.batches import BATCH_BYTES, batches
from kliping.check.corpus.leaks import LEAK_RULES
from kliping.check.corpus.screens import article_findings, declared_by
from kliping.check.corpus.survey import survey_corpus
from kliping.check.corpus.versions import version_findings
from kliping.check.exceptions.rules import exception_findings
from kliping.normaliser.run.processes import available_cores, in_order, uncollected

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kliping.check.corpus.batches import Batch
    from kliping.check.corpus.survey import Survey
    from kliping.project import Corpus
    from kliping.records import Finding

__all__ = ["check_corpus"]

BATCHES_A_TASK = 8
ALONE_BYTES = 100_000_000
"""Of a corpus: one that is smaller is checked in this process, which takes no longer than to start others."""


def check_corpus(corpus: Corpus, *, workers: int | None = None, batch_bytes: int = BATCH_BYTES) -> list[Finding]:
    """Everything wrong with a corpus, by file and line; nothing for a good one, a new and empty one included.

    A line that cannot be read is a finding, and the other rules go on with the rest. What is held at a time is what is
    said of the articles of a batch, and some bytes of each other.

    Args:
        corpus: the corpus.
        workers: processes at most; by default one for a small corpus, else as many as there are cores.
        batch_bytes: of the lines that are parsed at once, more or less. Neither changes the findings or their order.
    """
    unread = [*BOUND_RULES.findings(bounds_of_corpus(corpus))]
    if unread:
        return unread
    contract, faults = open_contract(corpus.schema)
    survey, lines = survey_corpus(corpus, contract)
    findings = survey.findings
    findings += CONTRACT_RULES.findings(ContractSeen(corpus, contract, faults))
    findings += [*CORPUS_RULES.findings(survey), *LEAK_RULES.findings(survey)]
    if workers is None:
        workers = available_cores() if sum(each.size for each in lines.values()) >= ALONE_BYTES else 1
    try:
        for found in in_order(_check_batches, _some(batches(lines, batch_bytes)), workers, partial(_begin, survey)):
            findings += found
    finally:
        _end()
    findings += version_findings(corpus, contract)
    findings += exception_findings(corpus)
    return sorted(findings, key=lambda one: (one.path, one.line or 0, one.code))


_reader: Reader | None = None
"""Of the corpus that this process checks."""


def _begin(survey: Survey) -> None:
    """Take the corpus whose batches are to come: a process is given it once, not with each of a thousand."""
    global _reader  # noqa: PLW0603 — as above
    _reader = Reader(survey)


def _end() -> None:
    global _reader  # noqa: PLW0603 — as above
    if _reader is not None:
        _reader.close()
    _reader = None


def _some(every: Iterator[Batch]) -> Iterator[list[Batch]]:
    """Several batches at a time: to send a task to another process takes as long as to check an article or two."""
    while batch := list(islice(every, BATCHES_A_TASK)):
        yield batch


def _check_batches(some: Sequence[Batch]) -> list[Finding]:
    if _reader is None:
        raise RuntimeError
    survey, declared = _reader.survey, declared_by(_reader.survey)
    survey.findings = []
    with uncollected():
        for batch in some:
            for seen in _reader.articles(batch):
                survey.findings += article_findings(seen, declared)
    return survey.findings

"""What `kliping check` tells: of a corpus, perhaps only what changed; of a release, with its corpus's exceptions."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kliping.check.corpus.checking import check_corpus
from kliping.check.exceptions.applying import apply_exceptions
from kliping.check.exceptions.rules import NEED_RULES, ended_findings
from kliping.check.release.checking import check_release
from kliping.check.release.load import can_load
from kliping.check.reporting.report import Report, Since, Subject
from kliping.check.since import introduced
from kliping.project import why_unchecked

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kliping.project import Corpus
    from kliping.records import Finding

__all__ = ["corpus_report", "disallowed", "release_report"]


def corpus_report(corpus: Corpus, today: date, revision: str | None = None, workers: int | None = None) -> Report:
    """What is wrong with a corpus.

    Args:
        corpus: an opened corpus.
        today: exceptions end by it.
        revision: tell only what the corpus at this git revision did not have.
        workers: processes at most; by default one for a small corpus, else as many as there are cores.

    Raises:
        CallError: git, the repository or the revision is not there.
    """

    def check(one: Corpus) -> list[Finding]:
        return [*check_corpus(one, workers=workers), *ended_findings(one, today)]

    findings, since = tuple(check(corpus)), None
    if revision is not None:
        new = introduced(corpus, findings, revision, check)
        findings, since = new.findings, Since(revision, new.commit, new.known)
    unchecked = why_unchecked(corpus)
    subject = Subject("corpus", corpus.settings.name, corpus.root)
    return Report(subject, findings, since=since, notes=() if unchecked is None else (unchecked,))


def release_report(folder: Path, corpora: Iterable[Corpus], today: date, *, load: bool = True) -> Report:
    """What is wrong with a release, and what of it is allowed.

    Args:
        folder: `NAME-VERSION/`, anywhere.
        corpora: which may have recorded it, and allow it something.
        today: exceptions end by it.
        load: also load it with `datasets`, where that is installed.
    """
    applied = apply_exceptions(folder, check_release(folder, load=load), corpora, today)
    unloaded = () if can_load() else ("it was not loaded; `pip install 'kliping[load]'` to try that too",)
    subject = Subject("release", folder.resolve().name, folder.resolve())
    return Report(subject, applied.findings, applied.excepted, notes=(*applied.notes, *unloaded))


def disallowed(folder: Path, *, corpus: Corpus, today: date | None = None) -> list[Finding]:
    """What is wrong with a release and is not allowed by its corpus: what keeps it from being built or published.

    Nothing is allowed to a version that is not on record. That an exception is not needed keeps nothing.

    Args:
        folder: `NAME-VERSION/`, or a draft of one.
        corpus: whose release it is.
        today: exceptions end by it; without it none ends, so that what is on record can be built again on any day.
    """
    applied = apply_exceptions(folder, check_release(folder), [corpus], today or date.min)
    needs = {rule.code for rule in NEED_RULES.rules}
    return [finding for finding in applied.findings if finding.code not in needs]

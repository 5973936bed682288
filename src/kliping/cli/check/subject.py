"""What is to be checked: the corpus, or a release, which may be on record in a corpus around it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from kliping.errors import CallError
from kliping.project import Corpus

if TYPE_CHECKING:
    from pathlib import Path

    from kliping.check.reporting import Report

__all__ = ["check_day", "report_of"]

RELEASE_MARKS = ("manifest.json", "articles", "schema")
"""One of these makes a folder a release, be it a broken one."""


def report_of(folder: Path | None, start: str | None, since: str | None, workers: int | None = None) -> Report:
    """What is wrong with the corpus in a folder, if it is one; else with the release.

    Args:
        folder: what was asked for; None for the corpus.
        start: where the corpus is; None for here, and for a release the folders above it.
        since: tell only what a revision did not have.
        workers: processes at most for a corpus; by default one a core where that pays.

    Raises:
        CallError: the folder is neither, there is no corpus, or `since` cannot be told.
    """
    from kliping.check.gate import corpus_report, release_report
    from kliping.release.vouching import known_corpora

    if folder is None:
        return corpus_report(Corpus.open(start or "."), check_day(), since, workers)
    if not folder.is_dir():
        raise CallError(f"{folder}: no such folder; name a release, or leave it out to check the corpus")
    if (folder / "pyproject.toml").is_file():
        return corpus_report(Corpus.open(folder), check_day(), since, workers)
    part = _part_of(folder)
    if part is not None:
        raise CallError(f"{folder}: a part of the corpus {part.settings.name}; leave it out, and all of it is checked")
    if not any((folder / name).exists() for name in RELEASE_MARKS):
        raise CallError(f"{folder}: no release: no manifest.json; name the folder that `kliping release` made")
    if since is not None:
        raise CallError("--since is for a corpus: a release never changes; leave it out")
    corpora = [Corpus.open(start)] if start is not None else list(known_corpora(folder))
    return release_report(folder, corpora, check_day())


def _part_of(folder: Path) -> Corpus | None:
    """The corpus that a folder without a manifest is a part of."""
    from kliping.release.vouching import known_corpora

    place = folder.resolve()
    for corpus in known_corpora(folder):
        parts = (corpus.corpus, corpus.annotation_folder, corpus.schema)
        if any(place.is_relative_to(part.resolve()) for part in parts) and not (folder / "manifest.json").exists():
            return corpus
    return None


def check_day() -> date:
    """The day in UTC, or the one of SOURCE_DATE_EPOCH: a check in CI can be repeated with it."""
    from kliping.release.card.described import epoch_day

    return epoch_day() or datetime.now(UTC).date()

"""`kliping check`: what is wrong with the corpus, or with a release."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from kliping.cli.plain import plain
from kliping.cli.show import json_option
from kliping.errors import CallError
from kliping.project import Corpus, why_unchecked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kliping.records import Finding

__all__ = ["check"]

RELEASE_MARKS = ("manifest.json", "articles", "schema")
"""One of these makes a folder a release, be it a broken one."""


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("-C", "start", metavar="DIR", default=".", help="The corpus; by default the nearest folder from here up.")
@click.option("--workers", type=click.IntRange(min=1), metavar="N", help="Processes; by default one a core if it pays.")
@json_option
def check(folder: Path | None, start: str, *, workers: int | None, as_json: bool) -> None:
    """Find everything wrong with the corpus, or with the release in FOLDER.

    Prints a line a finding: its place, the rule's code, what is wrong and what to do. Exits with 1 where there is one.
    Needs no server and no secret.

    \b
    Example:
        kliping check
        kliping check releases/my-corpus-0.1.0
    """  # noqa: D301 — \b is click's mark for text that keeps its lines
    findings, what, note = _check_corpus(start, workers) if folder is None else _check_folder(folder, workers)
    if as_json:
        sys.stdout.buffer.write(msgspec.json.encode(findings) + b"\n")
    else:
        for finding in findings:
            click.echo(plain(str(finding)))
        click.echo(f"{_counted(len(findings))} in {what}")
        if note:
            click.echo(note)
    if findings:
        sys.exit(1)


def _check_corpus(start: str | Path, workers: int | None) -> tuple[Sequence[Finding], str, str | None]:
    from kliping.check import check_corpus

    corpus = Corpus.open(start)
    return check_corpus(corpus, workers=workers), f"the corpus {corpus.settings.name}", why_unchecked(corpus)


def _check_folder(folder: Path, workers: int | None) -> tuple[Sequence[Finding], str, str | None]:
    """The corpus in the folder, if it is one; else the release."""
    from kliping.check import check_release
    from kliping.check.release.load import can_load

    if not folder.is_dir():
        raise CallError(f"{folder}: no such folder; name a release, or leave it out to check the corpus")
    if (folder / "pyproject.toml").is_file():
        return _check_corpus(folder, workers)
    if any((folder / name).exists() for name in RELEASE_MARKS):
        loaded = "" if can_load() else " (not loaded: pip install 'kliping[load]' to try that too)"
        return check_release(folder), f"the release {folder.resolve().name}{loaded}", None
    raise CallError(f"{folder}: no release: no manifest.json; name the folder that `kliping release` made")


def _counted(number: int) -> str:
    return {0: "no findings", 1: "1 finding"}.get(number, f"{number} findings")

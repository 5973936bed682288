"""`kliping release`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kliping.cli.show import corpus_option, json_option, show_receipt

if TYPE_CHECKING:
    from kliping.project import Corpus

__all__ = ["release"]


@click.command(epilog="Example: kliping release 0.1.0")
@click.argument("version")
@click.option("--workers", type=click.IntRange(min=1), metavar="N", help="Processes; by default one a core.")
@corpus_option
@json_option
def release(corpus: Corpus, version: str, *, workers: int | None, as_json: bool) -> None:
    """Build releases/NAME-VERSION/: Parquet tables, card, manifest.

    VERSION is MAJOR.MINOR.PATCH. The release is built beside its place, checked, then renamed. What a version held is
    recorded in corpus/versions/, to be committed: the same content again is 0 changes, other content is refused.
    """
    from kliping.check import check_corpus, check_release
    from kliping.contract import load_contract
    from kliping.release import Check, build_release

    check = Check(check_corpus, check_release)
    receipt, folder = build_release(corpus, load_contract(corpus.schema), version, check, workers)
    show_receipt(corpus, receipt, as_json=as_json)
    if not as_json:
        click.echo(f'  load it: datasets.load_dataset("{_shown(folder)}"), or kliping.load, which verifies it first')


def _shown(folder: Path) -> str:
    """The folder from here where it lies below."""
    here = Path.cwd()
    return str(folder.relative_to(here)) if folder.is_relative_to(here) else str(folder)

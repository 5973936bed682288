"""`kliping release`."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kliping.cli.show import corpus_option, show_receipt
from kliping.errors import CallError
from kliping.plain import plain

if TYPE_CHECKING:
    from kliping.cli.difference import Form
    from kliping.project import Corpus
    from kliping.release.versions.succession import Succession

__all__ = ["release"]


@click.command()
@click.argument("version", required=False)
@click.option("--workers", type=click.IntRange(min=1), metavar="N", help="Processes; by default one a core.")
@corpus_option
@click.option("--dry-run", is_flag=True, help="Build and check it, tell what changed and which version it needs.")
@click.option(
    "--verify-reproducible", is_flag=True, help="Build it twice, in processes that differ, and compare every byte."
)
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.option("--markdown", is_flag=True, help="With --dry-run: print a section for corpus/CHANGELOG.md.")
def release(  # noqa: PLR0913 — each is an option
    corpus: Corpus,
    version: str | None,
    *,
    workers: int | None,
    dry_run: bool,
    verify_reproducible: bool,
    as_json: bool,
    markdown: bool,
) -> None:
    """Build releases/NAME-VERSION/: Parquet tables, card, manifest.

    VERSION is MAJOR.MINOR.PATCH, and no less than what changed since the version before asks for. The release is built
    beside its place, checked, then renamed. What a version held is recorded in corpus/versions/, to be committed: the
    same content again is 0 changes, other content is refused. With --dry-run nothing is left, and VERSION may be left
    out.

    \b
    Examples:
        kliping release --dry-run
        kliping release 0.2.0 --dry-run --markdown
        kliping release 0.2.0
        kliping release 0.2.0 --verify-reproducible
    """  # noqa: D301 — \b is click's mark for text that keeps its lines
    from kliping.check import check_corpus
    from kliping.check.gate import disallowed
    from kliping.cli.difference import one_form
    from kliping.contract import load_contract
    from kliping.release import Check, Options, build_release
    from kliping.release import dry_run as tried

    form = one_form(json=as_json, markdown=markdown)
    contract, check = load_contract(corpus.schema), Check(check_corpus, partial(disallowed, corpus=corpus))
    options = Options(workers, verify_reproducible)
    if dry_run:
        with tried(corpus, contract, version, check, options) as succession:
            _show_succession(succession, form)
        return
    if version is None:
        raise CallError("no version: give one, such as 0.1.0; `kliping release --dry-run` tells the least it may be")
    if form == "markdown":
        raise CallError("--markdown is for --dry-run: a release prints a receipt; add --dry-run, or leave it out")
    receipt, folder = build_release(corpus, contract, version, check, options)
    show_receipt(corpus, receipt, as_json=form == "json")
    if form != "json":
        click.echo(f'  load it: datasets.load_dataset("{_shown(folder)}"), or kliping.load, which verifies it first')


def _show_succession(succession: Succession, form: Form | None) -> None:
    """What a release would change, whether it may have its version, and where it would stand."""
    from kliping.cli.difference import show_difference, show_first

    if succession.old is None:
        show_first(succession.new, form)
    else:
        show_difference(succession.old, succession.new, form)
    if form is None:
        for caveat in succession.caveats():
            click.echo(plain(caveat))
    succession.refuse()


def _shown(folder: Path) -> str:
    """The folder from here where it lies below."""
    here = Path.cwd()
    return str(folder.relative_to(here)) if folder.is_relative_to(here) else str(folder)

"""`kliping pull`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kliping.cli.holding import holding
from kliping.cli.progress import told_paced
from kliping.cli.show import corpus_option, json_option, show_receipt

if TYPE_CHECKING:
    from kliping.project import Corpus

__all__ = ["pull"]


@click.command()
@click.option("--full", is_flag=True, help="Read all that the server has, not only what moved since the last pull.")
@click.option(
    "--from",
    "export",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Read a JSON export of any Label Studio instead of the server.",
)
@corpus_option
@json_option
@holding("pull")
def pull(corpus: Corpus, export: Path | None, *, full: bool, as_json: bool) -> None:
    """Fetch what annotators submitted to annotations/pulled/, annotators as pseudonyms.

    What cannot be proven right goes to annotations/quarantine.jsonl with the reason. What came from a file stays when
    the server is pulled.

    \b
    Example:
      kliping pull
      kliping pull --from export.json
    """  # noqa: D301 — \b is click's mark for text that keeps its lines
    from kliping.contract import load_contract
    from kliping.studio.connection import connect
    from kliping.studio.pull import pull as pull_annotations
    from kliping.studio.pull import pull_file

    if export is not None and full:
        raise click.UsageError("--full and --from: a file is always read whole; leave --full out")
    contract = load_contract(corpus.schema)
    if export is not None:
        receipt = pull_file(corpus, contract, export)
    else:
        with connect(corpus) as client:
            receipt = pull_annotations(corpus, contract, client, told_paced(), full=full)
    show_receipt(corpus, receipt, as_json=as_json)

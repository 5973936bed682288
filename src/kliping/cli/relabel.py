"""`kliping relabel`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kliping.cli.holding import holding
from kliping.cli.progress import told_paced
from kliping.cli.show import corpus_option, json_option, show_receipt

if TYPE_CHECKING:
    from kliping.annotation.relabelling import Control
    from kliping.project import Corpus

__all__ = ["relabel"]


@click.command()
@click.argument("rename", metavar="OLD=NEW")
@click.option(
    "--control",
    type=click.Choice(["label", "stance", "target", "holder"]),
    help="What both are constants of; needed only where several lists of the schema have the new one.",
)
@click.option("--offline", is_flag=True, help="There is no server any more: rename what was pulled from it instead.")
@corpus_option
@json_option
@holding("relabel")
def relabel(corpus: Corpus, rename: str, control: Control | None, *, offline: bool, as_json: bool) -> None:
    """Give a constant another name in everything that was annotated, decided or predicted with it.

    In schema/corpus.schema.json the old one is deprecated or gone by now, and the new one is offered. Annotations are
    renamed on the server, and the next `kliping pull` brings them; decisions, predictions and what was carried over are
    renamed here. What was done is written down in annotations/relabelled.jsonl. A run that was stopped is run again.

    \b
    Example:
      kliping relabel ORG=ORGANISATION
    """  # noqa: D301 — \b is click's mark for text that keeps its lines
    from kliping.annotation.relabelling import read_rename
    from kliping.contract import load_contract
    from kliping.studio.connection import connect
    from kliping.studio.relabelling import relabel as relabel_corpus

    contract = load_contract(corpus.schema)
    meant = read_rename(rename, control, contract.scheme)
    if offline:
        receipt = relabel_corpus(corpus, contract, meant, None)
    else:
        with connect(corpus) as client:
            receipt = relabel_corpus(corpus, contract, meant, client, told_paced())
    show_receipt(corpus, receipt, as_json=as_json)

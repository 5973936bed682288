"""`kliping adjudicate`: from annotations and decisions to gold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kliping.cli.holding import holding
from kliping.cli.progress import told_paced
from kliping.cli.show import corpus_option, joined, json_option, show_receipt

if TYPE_CHECKING:
    from kliping.contract import Contract
    from kliping.project import Corpus
    from kliping.records import Receipt

__all__ = ["adjudicate"]


@click.command()
@click.option(
    "--studio",
    "in_studio",
    is_flag=True,
    help="Fetch the decisions of the adjudication project first, and send it what is open after that.",
)
@corpus_option
@json_option
@holding("adjudicate")
def adjudicate(corpus: Corpus, *, in_studio: bool, as_json: bool) -> None:
    """Derive gold from what annotators agree on and what was decided.

    Writes annotations/gold.jsonl: a line for each article where everything is agreed or decided. What is open is named
    with its place. Decide it in Label Studio with --studio, or write a line for it in annotations/decisions.jsonl, and
    run this again.

    \b
    Example:
      kliping adjudicate -C my-corpus
      kliping adjudicate --studio
    """  # noqa: D301 — \b is click's mark for text that keeps its lines
    from kliping.annotation import adjudicate_corpus
    from kliping.contract import load_contract

    contract = load_contract(corpus.schema)
    receipt = _in_studio(corpus, contract) if in_studio else adjudicate_corpus(corpus, contract)
    show_receipt(corpus, receipt, as_json=as_json)


def _in_studio(corpus: Corpus, contract: Contract) -> Receipt:
    from kliping.annotation import adjudicate_corpus
    from kliping.studio.adjudication import fetch_decisions, push_questions
    from kliping.studio.connection import connect

    with connect(corpus) as client:
        fetched = fetch_decisions(corpus, contract, client)
        derived = adjudicate_corpus(corpus, contract)
        pushed = push_questions(corpus, contract, client, told_paced())
    return joined(joined(fetched, derived), pushed)

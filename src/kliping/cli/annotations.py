"""`kliping adjudicate`: from annotations and decisions to gold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kliping.cli.show import corpus_option, json_option, show_receipt

if TYPE_CHECKING:
    from kliping.project import Corpus

__all__ = ["adjudicate"]


@click.command()
@corpus_option
@json_option
def adjudicate(corpus: Corpus, *, as_json: bool) -> None:
    """Derive gold from what annotators agree on and what was decided.

    Writes annotations/gold.jsonl: a line for each article where everything is agreed or decided. What is open is named
    with its place; write a line for it in annotations/decisions.jsonl, and run this again.

    \b
    Example:
      kliping adjudicate -C my-corpus
    """  # noqa: D301 — \b is click's mark for text that keeps its lines
    from kliping.annotation import adjudicate_corpus
    from kliping.contract import load_contract

    show_receipt(corpus, adjudicate_corpus(corpus, load_contract(corpus.schema)), as_json=as_json)

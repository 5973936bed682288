"""`kliping push`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click
import msgspec

from kliping.cli.holding import holding
from kliping.cli.progress import told_paced
from kliping.cli.show import corpus_option, json_option, show_receipt
from kliping.plain import plain

if TYPE_CHECKING:
    from kliping.project import Corpus

__all__ = ["push"]


@click.command()
@click.option("--dry-run", is_flag=True, help="Say what would be done, and change nothing.")
@corpus_option
@json_option
@holding("push")
def push(corpus: Corpus, *, dry_run: bool, as_json: bool) -> None:
    """Bring the articles to Label Studio, each once, with the screen that the contract gives.

    Each is sent for the rounds and to the projects that annotations/rounds.jsonl and the settings say. What anybody
    began to annotate stays for ever; what nobody touched and would be sent otherwise today is replaced.

    The server is that of LABEL_STUDIO_URL and LABEL_STUDIO_API_KEY, else the one that `kliping studio start` made.

    \b
    Example:
      kliping push --dry-run
    """  # noqa: D301 — \b is click's mark for text that keeps its lines
    from kliping.contract import load_contract
    from kliping.studio.connection import connect
    from kliping.studio.push import plan_push, planned, sentences
    from kliping.studio.push import push as push_articles

    contract = load_contract(corpus.schema)
    with connect(corpus) as client:
        if not dry_run:
            show_receipt(corpus, push_articles(corpus, contract, client, told_paced()), as_json=as_json)
            return
        plan = plan_push(corpus, contract, client)
    if as_json:
        sys.stdout.buffer.write(msgspec.json.encode(planned(plan)) + b"\n")
    else:
        for line in ("nothing was changed; a push now would do this:", *sentences(plan)):
            click.echo(plain(line))

"""`kliping agree`: how far annotators agree."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click
import msgspec

from kliping.cli.show import corpus_option, json_option
from kliping.errors import CallError
from kliping.plain import plain

if TYPE_CHECKING:
    from kliping.project import Corpus

__all__ = ["agree"]


@click.command()
@click.option("--round", "round_number", type=click.IntRange(min=1), metavar="N", help="By default each one's latest.")
@click.option(
    "--samples",
    type=click.IntRange(min=100, max=10_000),
    default=1000,
    show_default=True,
    metavar="N",
    help="Bootstrap samples for the intervals.",
)
@corpus_option
@json_option
def agree(corpus: Corpus, *, round_number: int | None, samples: int, as_json: bool) -> None:
    """Say how far annotators agree on entities, stances and holders, with 95 % intervals.

    Compares what was submitted on the current text of each article. Needs no server, and writes nothing. What each
    number means: docs/reference/agreement.md.

    \b
    Example:
      kliping agree
      kliping agree --round 1 --json > round-1.json
    """  # noqa: D301 — \b is click's mark for text that keeps its lines
    try:
        from kliping.annotation.agreement import agree_corpus
    except ImportError:
        raise CallError("measuring agreement needs numpy; install it with: pip install 'kliping[agree]'") from None
    from kliping.cli.agreement import agreement_lines
    from kliping.contract import load_contract

    found = agree_corpus(corpus, load_contract(corpus.schema), round_number=round_number, samples=samples)
    if as_json:
        sys.stdout.buffer.write(msgspec.json.encode(found) + b"\n")
    else:
        for line in agreement_lines(found):
            click.echo(plain(line))

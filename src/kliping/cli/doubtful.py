"""`doubtful`: the articles to look at first."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click
import msgspec

from kliping.cli.show import corpus_option, json_option
from kliping.plain import plain

if TYPE_CHECKING:
    from kliping.project import Corpus

__all__ = ["doubtful"]


@click.command()
@corpus_option
@click.option("--most", type=click.IntRange(min=1), default=100, show_default=True, help="How many are listed.")
@json_option
def doubtful(corpus: Corpus, *, most: int, as_json: bool) -> None:
    """List the pages whose article is the least sure to be right, the worst first.

    A line has the confidence (the share of its text that is expected to be true, from 0 to 1), the raw file, and the
    title. `kliping explain PATH` shows what was taken of one. Text dumps have no confidence: nothing had to be chosen.

    \b
    Example:
        kliping doubtful -C my-corpus --most 20
    """  # noqa: D301 — \b is click's mark for text that keeps its lines
    from kliping.normaliser.run.doubt import least_sure

    found = least_sure(corpus.corpus / "articles", most)
    if as_json:
        sys.stdout.buffer.write(msgspec.json.encode([one._asdict() for one in found]) + b"\n")
        return
    if not found:
        click.echo("no article of a page")
    for one in found:
        click.echo(plain(f"{one.confidence:.2f}  {one.path}  {one.title or '(no title)'}"))

"""`kliping status`: how far annotation is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import msgspec

from kliping.cli.aligned import aligned
from kliping.cli.show import corpus_option, json_option

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kliping.annotation.status import Status, Work
    from kliping.project import Corpus

__all__ = ["status"]

COLUMNS = ("round", "annotator", "assigned", "submitted", "skipped", "left", "quarantined", "median time")


@click.command()
@corpus_option
@json_option
def status(corpus: Corpus, *, as_json: bool) -> None:
    """Say how far annotation is, by round and annotator, as far as it was pulled; no server is asked.

    \b
    Example:
      kliping status
    """  # noqa: D301 — \b is click's mark for text that keeps its lines
    from kliping.annotation.status import status as annotation_status

    found = annotation_status(corpus)
    if as_json:
        click.echo(msgspec.json.encode(found).decode())
        return
    for line in _lines(found):
        click.echo(line)


def _lines(found: Status) -> Iterator[str]:
    if found.work:
        yield from aligned([COLUMNS, *map(_row, found.work)], left=(1,))
    articles = found.articles
    parts = f"{articles.gold} gold + {articles.partial} partial + {articles.none} not annotated"
    yield f"articles: {articles.total} = {parts}; {articles.in_rounds} in a round; {found.decisions} decisions"
    yield from found.notes


def _row(one: Work) -> tuple[str, ...]:
    numbers = (one.assigned, one.submitted, one.skipped, one.left, one.quarantined)
    return str(one.round), one.annotator, *map(str, numbers), "" if one.lead_time is None else f"{one.lead_time:.0f} s"

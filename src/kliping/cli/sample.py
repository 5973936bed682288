"""`kliping sample`: the next round of annotation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import click

from kliping.cli.holding import holding
from kliping.cli.show import corpus_option, json_option, show_receipt

if TYPE_CHECKING:
    from kliping.project import Corpus

__all__ = ["sample"]


@click.command()
@click.option("--size", type=int, required=True, help="How many articles.")
@click.option(
    "--by",
    type=click.Choice(["random", "stratified", "disagreement"]),
    default="random",
    show_default=True,
    help="By chance; in proportion to languages and sources; or where annotators' marks so far disagree the most.",
)
@click.option("--calibration", is_flag=True, help="Everybody labels all of them.")
@click.option("--again", is_flag=True, help="Take articles that everybody labelled before, to calibrate a second time.")
@click.option("--round", "number", type=int, help="Make this round, or do nothing if it is there; default: the next.")
@corpus_option
@json_option
@holding("sample")
def sample(  # noqa: PLR0913 — an option each
    corpus: Corpus,
    size: int,
    by: Literal["random", "stratified", "disagreement"],
    number: int | None,
    *,
    calibration: bool,
    again: bool,
    as_json: bool,
) -> None:
    """Choose the articles of the next round of annotation, and who labels each.

    Adds it to annotations/rounds.jsonl. An article is in one round; rounds that are there are never changed. Each
    article goes to as many annotators as [tool.kliping.annotators] says.

    \b
    Example:
      kliping sample --size 20 --calibration
      kliping sample --size 200 --by stratified
    """  # noqa: D301 — \b is click's mark for text that keeps its lines
    from kliping.annotation.sampling import Wanted
    from kliping.annotation.sampling import sample as sample_round

    wanted = Wanted(size, by, calibration, again, number)
    show_receipt(corpus, sample_round(corpus, wanted), as_json=as_json)

"""`kliping predict`: what a model says, for annotators to begin from."""

from __future__ import annotations

import sys
from contextlib import redirect_stdout
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kliping.cli.holding import holding
from kliping.cli.show import corpus_option, json_option, show_receipt
from kliping.errors import CallError, DataError
from kliping.project import NAME

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kliping.annotation.prediction.writing import Ground
    from kliping.project import Corpus
    from kliping.records import Prediction, Receipt

__all__ = ["predict"]


@click.command()
@click.argument("name", required=False)
@click.option(
    "--from",
    "given",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="JSON lines of any model: an article's id, and entities with start, end and label.",
)
@click.option("--model", metavar="ENTRYPOINT", help="An installed model; by default `gazetteer`, learned from gold.")
@click.option(
    "--share",
    type=click.FloatRange(0, 1, min_open=True),
    default=1.0,
    metavar="SHARE",
    help="Of the articles; the others are kept free of predictions, to compare. By default 1, all.",
)
@corpus_option
@json_option
@holding("predict")
def predict(  # noqa: PLR0913 — an argument an option
    corpus: Corpus, *, name: str | None, given: Path | None, model: str | None, share: float, as_json: bool
) -> None:
    """Predict the articles that have no gold, for annotators to begin from.

    Writes annotations/predictions/NAME.jsonl, proven, whole or not at all. NAME is by default that of the model or of
    FILE. Annotators are shown what `predictions` in [tool.kliping.annotators] names, at the next push.

    \b
    Example:
        kliping predict
        kliping predict ours --from ours.jsonl
        kliping predict --model our-model
    """  # noqa: D301 — \b is click's mark for text that keeps its lines
    from kliping.annotation.prediction.offers import gold_by_article
    from kliping.annotation.prediction.writing import Ground
    from kliping.contract import load_contract
    from kliping.contract.labeling import arrow_names

    if given is not None and model is not None:
        raise CallError("--from and --model: give one of them: a file of predictions, or a model that makes them")
    name = name or (given.stem if given is not None else model or "gazetteer")
    if not NAME.fullmatch(name):
        raise CallError(f"{name}: not a name for predictions: use letters, digits, '-', '_' and '.'; give NAME first")
    contract = load_contract(corpus.schema)
    screen = partial(_screen, arrow_names(contract.scheme, corpus.settings.language))
    ground = Ground(corpus, contract, gold_by_article(corpus), screen, share)
    with redirect_stdout(sys.stderr):  # what a model prints is not the receipt
        receipt = _predicted(ground, name, given, model)
    show_receipt(corpus, receipt, as_json=as_json)


def _predicted(ground: Ground, name: str, given: Path | None, model: str | None) -> Receipt:
    from kliping.annotation.prediction.gazetteer import GAZETTEER
    from kliping.annotation.prediction.given import given_offers
    from kliping.annotation.prediction.plugin import find_plugin, plugin_offers
    from kliping.annotation.prediction.writing import write_predictions

    articles = ground.corpus.articles()
    if given is not None:
        return write_predictions(ground, name, given_offers(given, articles, name))
    if model in {None, GAZETTEER}:
        return _learned(ground, name)
    return write_predictions(ground, name, plugin_offers(find_plugin(str(model)), articles, ground.gold))


def _learned(ground: Ground, name: str) -> Receipt:
    from kliping.annotation.prediction.gazetteer import cross_validated, gazetteer_offers, learn
    from kliping.annotation.prediction.writing import write_predictions

    corpus, gold, labels = ground.corpus, ground.gold, ground.contract.scheme.entity_labels
    made = learn(gold, corpus.articles(), (one.const for one in labels if not one.deprecated))
    if not made.seen:
        place = corpus.annotation_folder / "gold.jsonl"
        raise DataError(
            f"{place}: no gold to learn names from; run `kliping adjudicate`, or give a model's with --from"
        )
    scores = cross_validated(made, corpus.articles(), gold)
    notes = scores.sentences("each article predicted from the gold of the others", labels)
    return write_predictions(ground, name, gazetteer_offers(made, corpus.articles(), gold), notes)


def _screen(arrow_names: Mapping[str, str], prediction: Prediction) -> Iterator[str]:
    """What an annotator's screen could not show of a prediction."""
    from kliping.annotation.prediction.reading import as_annotation
    from kliping.studio.results import write

    try:
        write(as_annotation(prediction), arrow_names)
    except DataError as error:
        yield str(error)

"""Adjudicating a corpus: gold, and the receipt that says what became of what."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeVar

from kliping.annotation.adjudication.article import Adjudicated, adjudicate_article
from kliping.annotation.adjudication.outcome import Outcome
from kliping.annotation.adjudication.receipts import adjudication_receipt
from kliping.contract import violations
from kliping.errors import DataError
from kliping.files import encode_lines, read_lines, write_bytes
from kliping.project import one_at_a_time
from kliping.records import Annotation, Decision, Gold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from kliping.contract import Contract
    from kliping.project import Corpus
    from kliping.project.settings import StrategyName
    from kliping.records import Article, Receipt

__all__ = ["adjudicate", "adjudicate_corpus"]

Line = TypeVar("Line", Annotation, Decision)


def adjudicate(
    articles: Iterable[Article],
    annotations: Iterable[Annotation],
    decisions: Iterable[Decision],
    *,
    single_annotator: bool = False,
    strategy: StrategyName = "unanimous",
) -> Outcome:
    """Adjudicate every article that somebody annotated; articles are read one at a time.

    The order of annotations and decisions makes no difference.

    Raises:
        DataError: everything that keeps articles from being adjudicated, a line each.
    """
    annotated, decided = _by_article(annotations), _by_article(decisions)
    done: list[Adjudicated] = []
    faults: list[str] = []
    for article in articles:
        of_article, on_article = annotated.pop(article.id, []), decided.pop(article.id, [])
        if not of_article and not on_article:
            continue
        try:
            done.append(
                adjudicate_article(
                    article, of_article, on_article, single_annotator=single_annotator, strategy=strategy
                )
            )
        except DataError as error:
            faults.append(str(error))
    if faults:
        raise DataError("\n".join(faults))
    return Outcome(
        tuple(sorted(done, key=lambda one: one.article_id)),
        tuple(sorted({*annotated, *decided})),
        sum(map(len, annotated.values())),
        sum(map(len, decided.values())),
    )


@one_at_a_time("adjudicate")
def adjudicate_corpus(corpus: Corpus, contract: Contract) -> Receipt:
    """Derive `annotations/gold.jsonl` from the annotations and decisions of a corpus.

    Articles where something is open are counted and named in the notes; they are no error.

    Raises:
        DataError: there is no annotation; decisions contradict each other; a span is not the slice it says; gold would
            break the contract. Nothing is written then.
    """
    annotations, decisions = list(corpus.annotations()), list(corpus.decisions())
    if not annotations:
        raise DataError(f"{corpus.annotation_folder / 'pulled'}: nothing to adjudicate; run `kliping pull` first")
    outcome = adjudicate(
        corpus.articles(),
        annotations,
        decisions,
        single_annotator=corpus.settings.single_annotator,
        strategy=corpus.settings.adjudication.strategy,
    )
    faults = [fault for gold in outcome.gold for fault in _invalid(contract, gold)]
    if faults:
        raise DataError("\n".join(faults))
    path = corpus.annotation_folder / "gold.jsonl"
    changes = _changes(path, outcome.gold)
    rewritten = write_bytes(path, encode_lines(outcome.gold))
    return adjudication_receipt(outcome, changes or int(rewritten and bool(outcome.gold)))


def _by_article(lines: Iterable[Line]) -> dict[str, list[Line]]:
    grouped: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        grouped[line.article_id].append(line)
    return grouped


def _invalid(contract: Contract, gold: Gold) -> Iterator[str]:
    for fault in violations(contract, "gold", gold):
        yield f"article {gold.article_id}: gold breaks the contract: {fault}; mend the annotation or the decision"


def _changes(path: Path, gold: Iterable[Gold]) -> int:
    """How many gold lines are new, gone or different; a file that cannot be read counts as empty: it is derived."""
    try:
        before = {line.article_id: line for line in read_lines(path, Gold)}
    except DataError:
        before = {}
    after = {line.article_id: line for line in gold}
    return sum(before.get(article) != after.get(article) for article in before.keys() | after.keys())

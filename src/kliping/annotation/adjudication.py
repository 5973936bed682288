"""Adjudication: gold from what annotators agree on and what an adjudicator decided.

- Only submitted annotations on an article's current text count, each annotator's latest round.
- A mention (start, end, label) or a stance (target and holder by span or name, and the side) is agreed where every
  annotator who submitted the article has it and there are at least two; one suffices only where the corpus's settings
  say `single_annotator`.
- A decision stands above agreement: accept puts in, edit puts in what it was edited to, reject leaves out. Accepting
  what nobody marked adds it. Edits of mentions move the stances on them before stances are compared.
- A stance falls with a rejected mention it rests on, unless another mention stays at the same span.
- One thing open, and the article has no gold line: a missing mention would read as "none". The same where a single
  annotator marked nothing and nothing was decided: nobody agreed that there is nothing.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from kliping.annotation.article import Adjudicated, adjudicate_article
from kliping.annotation.receipts import adjudication_receipt
from kliping.contract import violations
from kliping.errors import DataError
from kliping.files import encode_lines, read_lines, write_bytes
from kliping.records import Annotation, Decision, Gold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from kliping.contract import Contract
    from kliping.project import Corpus
    from kliping.records import Article, Receipt

__all__ = ["Outcome", "adjudicate", "adjudicate_corpus"]

Line = TypeVar("Line", Annotation, Decision)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of every annotated article, by id.

    Attributes:
        strays: ids of articles that annotations or decisions name and the corpus does not hold.
        stray_annotations: how many annotations that is.
        stray_decisions: how many decisions.
    """

    articles: tuple[Adjudicated, ...]
    strays: tuple[str, ...] = ()
    stray_annotations: int = 0
    stray_decisions: int = 0

    @property
    def gold(self) -> tuple[Gold, ...]:
        """The gold lines, by article id."""
        return tuple(one.gold for one in self.articles if one.gold is not None)

    @property
    def annotated(self) -> tuple[Adjudicated, ...]:
        """The articles that at least one annotator submitted."""
        return tuple(one for one in self.articles if one.voters.counted)

    @property
    def open(self) -> tuple[Adjudicated, ...]:
        """The annotated articles that have no gold yet."""
        return tuple(one for one in self.annotated if one.gold is None)


def adjudicate(
    articles: Iterable[Article],
    annotations: Iterable[Annotation],
    decisions: Iterable[Decision],
    *,
    single_annotator: bool = False,
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
            done.append(adjudicate_article(article, of_article, on_article, single_annotator=single_annotator))
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
    outcome = adjudicate(corpus.articles(), annotations, decisions, single_annotator=corpus.settings.single_annotator)
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

"""Agreement in a corpus: which annotations are compared, and all comparisons of them.

- Only submitted annotations on an article's current text count: each annotator's latest round, or one round.
- Everyone is compared with everyone, then each two annotators with each other, then those who saw predictions among
  themselves, and those who saw none.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

from kliping.annotation.adjudication.votes import annotation_faults, count_voters
from kliping.annotation.agreement.comparison import Resampling, Words, compare
from kliping.annotation.agreement.reading import read, word_faults
from kliping.annotation.agreement.report import Agreement, Comparison, Origins, Predictions, SetAside
from kliping.annotation.tokens import TOKENISER
from kliping.errors import CallError, DataError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kliping.annotation.adjudication.votes import Voters
    from kliping.annotation.agreement.reading import Reading
    from kliping.contract import Contract, Label, Scheme
    from kliping.project import Corpus
    from kliping.records import Annotation, Article

__all__ = ["SAMPLES", "agree_corpus"]

SAMPLES = 1000
"""Bootstrap samples, unless told otherwise."""


@dataclass(slots=True)
class _Compared:
    """What was read: the readings of each article, and what was set aside."""

    readings: list[tuple[Reading, ...]] = field(default_factory=list)
    voters: list[Voters] = field(default_factory=list)
    other_rounds: int = 0
    strays: int = 0


def agree_corpus(
    corpus: Corpus, contract: Contract, *, round_number: int | None = None, samples: int = SAMPLES
) -> Agreement:
    """Compare the annotations of a corpus.

    Articles are read one at a time. The order of articles and annotations makes no difference.

    Args:
        corpus: opened.
        contract: its labels and stances.
        round_number: the round to compare; by default each annotator's latest one of each article.
        samples: bootstrap samples for the intervals; their seed is the corpus's.

    Raises:
        CallError: nobody annotated anything in the round.
        DataError: there is no annotation; a span is not the slice it says, a stance rests on nothing, a label or a
            stance is not in the scheme: a line each.
    """
    annotations = list(corpus.annotations())
    if not annotations:
        raise DataError(f"{corpus.annotation_folder / 'pulled'}: nothing to compare; run `kliping pull` first")
    rounds = sorted({one.round for one in annotations})
    if round_number is not None and round_number not in rounds:
        there = ", ".join(map(str, rounds))
        raise CallError(f"round {round_number}: nobody annotated anything in it; choose one of {there}")
    compared = _compared(corpus.articles(), annotations, contract.scheme, round_number)
    words = Words(_names(contract.scheme.entity_labels), _names(contract.scheme.stances))
    resampling = Resampling(samples, corpus.settings.seed)
    return Agreement(
        corpus=corpus.settings.name,
        scheme=contract.scheme.version,
        round=round_number,
        seed=resampling.seed,
        samples=samples,
        tokeniser=TOKENISER,
        annotations=len(annotations),
        alone=sum(len(one) for one in compared.readings if len(one) == 1),
        set_aside=SetAside(
            skipped=sum(one.skipped for one in compared.voters),
            superseded=sum(one.superseded for one in compared.voters),
            earlier=sum(one.earlier for one in compared.voters),
            other_rounds=compared.other_rounds,
            unknown_articles=compared.strays,
        ),
        everyone=compare(compared.readings, words, resampling),
        pairs=_pairs(compared.readings, words, resampling),
        predictions=_predictions(compared.readings, words, resampling),
    )


def _compared(
    articles: Iterable[Article], annotations: Iterable[Annotation], scheme: Scheme, round_number: int | None
) -> _Compared:
    by_article: dict[str, list[Annotation]] = defaultdict(list)
    for annotation in annotations:
        by_article[annotation.article_id].append(annotation)
    found: dict[str, tuple[Reading, ...]] = {}
    faults: set[str] = set()
    compared = _Compared()
    for article in articles:
        said = by_article.pop(article.id, [])
        of_round = [one for one in said if round_number in (None, one.round)]
        compared.other_rounds += len(said) - len(of_round)
        voters = count_voters(article, of_round)
        compared.voters.append(voters)
        wrong = [*annotation_faults(article, of_round), *word_faults(voters.counted, scheme)]
        faults.update(f"article {article.id}: {fault}" for fault in wrong)
        if not wrong and voters.counted:
            found[article.id] = read(article, voters.counted, scheme)
    if faults:
        raise DataError("\n".join(sorted(faults)))
    compared.readings = [found[name] for name in sorted(found)]
    compared.strays = sum(map(len, by_article.values()))
    return compared


def _names(labels: Iterable[Label]) -> tuple[str, ...]:
    return tuple(label.const for label in labels)


def _pairs(articles: Sequence[tuple[Reading, ...]], words: Words, resampling: Resampling) -> tuple[Comparison, ...]:
    """Each two annotators with an article in common, by their names."""
    shared: dict[tuple[str, str], list[tuple[Reading, Reading]]] = defaultdict(list)
    for readings in articles:
        for one, other in combinations(sorted(readings, key=lambda reading: reading.annotator), 2):
            shared[one.annotator, other.annotator].append((one, other))
    return tuple(compare(shared[pair], words, resampling) for pair in sorted(shared))


def _predictions(articles: Sequence[tuple[Reading, ...]], words: Words, resampling: Resampling) -> Predictions | None:
    models = Counter(one.predictions for readings in articles for one in readings if one.predictions is not None)
    if not models:
        return None
    shown = [tuple(one for one in readings if one.predictions is not None) for readings in articles]
    hidden = [tuple(one for one in readings if one.predictions is None) for readings in articles]
    origins = Counter[str]()
    for readings in shown:
        for one in readings:
            origins.update(one.origins)
    return Predictions(
        models=dict(sorted(models.items())),
        origins=Origins(kept=origins["prediction"], changed=origins["prediction-changed"], manual=origins["manual"]),
        shown=compare(shown, words, resampling),
        hidden=compare(hidden, words, resampling),
    )

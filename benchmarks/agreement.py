"""Agreement: how long `agree_corpus` takes with all its measures and intervals, beside one alpha of krippendorff's.

The articles are made up: words in a row, of which each annotator marks most names, some with another span or label, and
takes sides. Both compute nominal alpha on the same tokens; krippendorff computes it once, without an interval.

    python -m benchmarks.agreement [ARTICLES] [ANNOTATORS] [SAMPLES]
"""

from __future__ import annotations

import hashlib
import random
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, TypeVar

import krippendorff
import numpy as np

from kliping.annotation.agreement import agree_corpus
from kliping.annotation.agreement.reading import read
from kliping.contract import load_contract
from kliping.contract.starter import starter_files
from kliping.files import write_bytes, write_shards
from kliping.project import Corpus
from kliping.records import (
    Annotation,
    Article,
    Block,
    Entity,
    Holder,
    Normaliser,
    Source,
    Stance,
    Target,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from kliping.contract import Scheme

__all__ = ["main"]

T = TypeVar("T")

WORDS = 450
NAMES = 25


def main(arguments: Sequence[str] = ()) -> None:
    """Print the table."""
    given = [int(argument) for argument in arguments]
    count, annotators, samples = (*given, *(1000, 5, 1000)[len(given) :])
    with tempfile.TemporaryDirectory() as folder:
        corpus = _corpus(Path(folder), count, annotators)
        contract = load_contract(corpus.schema)
        ours, found = _timed(lambda: agree_corpus(corpus, contract, samples=samples))
        units = _tokens(corpus, contract.scheme)
    theirs, alpha = _timed(lambda: krippendorff.alpha(reliability_data=units, level_of_measurement="nominal"))
    tokens = found.everyone.entities.tokens
    print(f"{count} articles, {annotators} annotators, {tokens.units} tokens, {len(found.pairs)} pairs\n")
    print("| what | seconds | alpha on tokens |\n| --- | --- | --- |")
    print(
        f"| kliping: files read, every measure, pair and label, {samples} samples | {ours:.2f} | {tokens.value:.6f} |"
    )
    print(f"| krippendorff: alpha on tokens, once | {theirs:.3f} | {alpha:.6f} |")
    print(f"\nkliping takes as long as {ours / theirs:.1f} of krippendorff's; {samples} samples would take it "
          f"{theirs * samples / ours:.0f} times as long as kliping.")  # fmt: skip


def _corpus(root: Path, count: int, annotators: int) -> Corpus:
    for name, data in starter_files("bench", "id").items():
        write_bytes(root / name, data)
    scheme = load_contract(root / "schema").scheme
    chance = random.Random(11)  # noqa: S311 — a benchmark's texts are no secret
    articles = [_article(number, chance) for number in range(count)]
    write_shards(root / "corpus/articles", articles)
    said = (
        _annotation(article, f"annotator-{who}", scheme, chance) for article in articles for who in range(annotators)
    )
    write_shards(root / "annotations/pulled", said)
    return Corpus.open(root)


def _article(number: int, chance: random.Random) -> Article:
    text = " ".join("".join(chance.choices("adegiklmnprstu", k=chance.randint(2, 9))) for _ in range(WORDS))
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Article(
        id=f"a{number:06}", text=text, text_sha256=digest, blocks=(Block(type="paragraph", start=0, end=len(text)),),
        title=None, subtitle=None, authors=(), publisher=None, published=None, modified=None, url=None, dateline=None,
        topics=(), figures=(), related=(), removed=(), repairs=(), confidence=None, language="id", language_score=None,
        source=Source(
            path=None, sha256=digest, media_type="text/plain", retrieved=None, licence=None, rights_holder=None
        ),
        normaliser=Normaliser(name="made-up", version="1"), metadata={}, extra=None,
    )  # fmt: skip


def _annotation(article: Article, who: str, scheme: Scheme, chance: random.Random) -> Annotation:
    entities = tuple(_entities(article, scheme, chance))
    stances = tuple(_stances(entities, scheme, chance))
    return Annotation(
        id=f"{article.id}.{who}.1", article_id=article.id, text_sha256=article.text_sha256, annotator=who, round=1,
        scheme=scheme.version, status="submitted", entities=entities, stances=stances, comment=None, created=None,
        updated=None, lead_time=None, predictions_shown="made-up" if chance.random() < 0.5 else None, studio=None,
    )  # fmt: skip


def _entities(article: Article, scheme: Scheme, chance: random.Random) -> Iterator[Entity]:
    """Names at the same places for everybody, but that one in ten is missed, widened, or labelled otherwise."""
    labels = [label.const for label in scheme.entity_labels]
    step, start, words = WORDS // NAMES, 0, article.text.split(" ")
    for number, word in enumerate(words):
        end = start + len(word)
        if number % step == 0 and number + 1 < len(words):
            fate = chance.random()
            end += len(words[number + 1]) + 1 if fate > 0.9 else 0
            label = labels[(number // step + (0.8 < fate < 0.9)) % len(labels)]
            if fate > 0.1:
                yield Entity(id=f"e{number // step}", start=start, end=end, text=article.text[start:end], label=label)
        start += len(word) + 1


def _stances(entities: Sequence[Entity], scheme: Scheme, chance: random.Random) -> Iterator[Stance]:
    """One name in six towards the third after it, where both are marked; one side in five is left to chance."""
    sides, there = [stance.const for stance in scheme.stances], {entity.id for entity in entities}
    for number in range(0, NAMES, 6):
        holder, target = f"e{number}", f"e{number + 3}"
        if {holder, target} <= there:
            side = sides[number // 6 % len(sides)] if chance.random() < 0.8 else chance.choice(sides)
            yield Stance(
                id=f"s{number}", stance=side, target=Target(kind="mention", mention=target),
                holder=Holder(kind="mention", mention=holder),
            )  # fmt: skip


def _tokens(corpus: Corpus, scheme: Scheme) -> NDArray[np.int64]:
    """Annotators × tokens of all articles: what krippendorff takes."""
    said: dict[str, list[Annotation]] = {}
    for annotation in corpus.annotations():
        said.setdefault(annotation.article_id, []).append(annotation)
    columns = []
    for article in corpus.articles():
        columns.append(np.stack([reading.tags for reading in read(article, said[article.id], scheme)]))
    return np.concatenate(columns, axis=1)


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    began = perf_counter()
    made = work()
    return perf_counter() - began, made


if __name__ == "__main__":
    main(sys.argv[1:])

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

from tests.corpora import annotation, article, entity, gold, mention, placed, stance

from kliping.records import Holder
from kliping.release.card.statistics import Origin, Statistics
from kliping.release.tables.annotated import Annotated, words

if TYPE_CHECKING:
    from kliping.contract import Contract

MARKET = article("market", "Pasar Lama", "Sena Waluyo menolak. Surel: a@b.example.")
SENA = entity(MARKET, 1, "Sena Waluyo", "PERSON")
PASAR = entity(MARKET, 2, "Pasar Lama", "PLACE")


def test_what_is_counted_is_what_was_added(contract: Contract) -> None:
    statistics = Statistics()
    made = (annotation(MARKET, "annotator-aa", [SENA]), annotation(MARKET, "annotator-bb", status="skipped"))
    statistics.add(Annotated(MARKET, placed(MARKET), gold(MARKET, [SENA]), made), "test", words(contract))
    statistics.add_row("entities", {"bio_lost": 2, "bio_widened": 1})
    statistics.add_row("articles", {})
    assert statistics.articles == {"test": 1}
    assert statistics.statuses == {("gold", "test"): 1}
    assert statistics.labels == {("PERSON", "test"): 1}
    assert statistics.annotators == {"annotator-aa": 1}
    assert statistics.origins == {Origin("", "CC0-1.0", ""): 1}
    assert (statistics.normalisers, statistics.years, statistics.single) == ({"by-hand 1": 1}, {"2024": 1}, 0)
    assert (statistics.skipped, statistics.with_address) == (1, 1)
    assert (statistics.bio_lost, statistics.bio_widened) == (2, 1)


def test_counts_of_batches_merge_to_the_counts_of_all_and_travel_between_processes(contract: Contract) -> None:
    both = (annotation(MARKET, "annotator-aa", [SENA, PASAR]), annotation(MARKET, "annotator-bb", [SENA]))
    sided = gold(MARKET, [SENA], [stance(1, "against", mention("e1"), Holder(kind="author"))])
    first = Annotated(MARKET, placed(MARKET), sided, both)
    second = Annotated(MARKET, placed(MARKET), None, (annotation(MARKET, "annotator-cc", status="skipped"), *both))
    whole, left, right = Statistics(), Statistics(), Statistics()
    for statistics, annotated in ((whole, first), (left, first), (whole, second), (right, second)):
        statistics.add(annotated, "train", words(contract))
        statistics.add_row("entities", {"bio_lost": 2, "bio_widened": 1})
    merged = Statistics()
    merged.merge(pickle.loads(pickle.dumps(right)))  # noqa: S301 — our own, a line above
    merged.merge(pickle.loads(pickle.dumps(left)))  # noqa: S301
    assert merged == whole
    assert (merged.articles, merged.bio_lost, merged.voters) == ({"train": 2}, 4, {2: 2})

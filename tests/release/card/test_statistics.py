from __future__ import annotations

import pickle

from tests.corpora import annotation, article, entity, gold, mention, placed, stance

from kliping.records import Holder
from kliping.release.card.statistics import Agreement, Statistics, mention_agreement
from kliping.release.tables.annotated import Annotated

MARKET = article("market", "Pasar Lama", "Sena Waluyo menolak. Surel: a@b.example.")
SENA = entity(MARKET, 1, "Sena Waluyo", "PERSON")
PASAR = entity(MARKET, 2, "Pasar Lama", "PLACE")


def test_agreement_counts_mentions_marked_alike_by_two() -> None:
    both = [annotation(MARKET, "annotator-aa", [SENA, PASAR]), annotation(MARKET, "annotator-bb", [SENA])]
    assert mention_agreement(both) == (1, 3)
    assert Agreement(shared=1, marked=3).f1 == 2 / 3


def test_agreement_of_one_annotator_is_not_measured() -> None:
    assert mention_agreement([annotation(MARKET, "annotator-aa", [SENA])]) == (0, 0)
    assert Agreement().f1 is None


def test_what_is_counted_is_what_was_added() -> None:
    statistics = Statistics()
    made = (annotation(MARKET, "annotator-aa", [SENA]), annotation(MARKET, "annotator-bb", status="skipped"))
    statistics.add(Annotated(MARKET, placed(MARKET), gold(MARKET, [SENA]), made), "test")
    statistics.add_row("entities", {"bio_lost": 2, "bio_widened": 1})
    statistics.add_row("articles", {})
    assert statistics.articles == {"test": 1}
    assert statistics.statuses == {("gold", "test"): 1}
    assert statistics.labels == {("PERSON", "test"): 1}
    assert statistics.annotators == {"annotator-aa": 1}
    assert (statistics.skipped, statistics.with_address) == (1, 1)
    assert (statistics.bio_lost, statistics.bio_widened) == (2, 1)


def test_counts_of_batches_merge_to_the_counts_of_all_and_travel_between_processes() -> None:
    both = (annotation(MARKET, "annotator-aa", [SENA, PASAR]), annotation(MARKET, "annotator-bb", [SENA]))
    sided = gold(MARKET, [SENA], [stance(1, "against", mention("e1"), Holder(kind="author"))])
    first = Annotated(MARKET, placed(MARKET), sided, both)
    second = Annotated(MARKET, placed(MARKET), None, (annotation(MARKET, "annotator-cc", status="skipped"), *both))
    whole, left, right = Statistics(), Statistics(), Statistics()
    for statistics, annotated in ((whole, first), (left, first), (whole, second), (right, second)):
        statistics.add(annotated, "train")
        statistics.add_row("entities", {"bio_lost": 2, "bio_widened": 1})
    merged = Statistics()
    merged.merge(pickle.loads(pickle.dumps(right)))  # noqa: S301 — our own, a line above
    merged.merge(pickle.loads(pickle.dumps(left)))  # noqa: S301
    assert merged == whole
    assert (merged.articles, merged.bio_lost, merged.agreement) == ({"train": 2}, 4, Agreement(2, 6, 2))

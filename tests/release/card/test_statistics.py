from __future__ import annotations

from tests.corpora import annotation, article, entity, gold, placed

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


def test_counts_of_two_halves_are_those_of_the_whole() -> None:
    fish = article("fish", "Fish prices", "Prices rose.", language="en")
    halves = (
        Annotated(
            MARKET,
            placed(MARKET),
            gold(MARKET, [SENA]),
            (
                annotation(MARKET, "annotator-aa", [SENA]),
                annotation(MARKET, "annotator-bb", [SENA, PASAR], predictions_shown="gazetteer-1"),
            ),
        ),
        Annotated(fish, placed(fish), None, (annotation(fish, "annotator-aa", status="skipped"),)),
    )
    whole, merged = Statistics(), Statistics()
    for number, half in enumerate(halves):
        whole.add(half, "train")
        whole.add_row("entities", {"bio_lost": number, "bio_widened": 1})
        part = Statistics()
        part.add(half, "train")
        part.add_row("entities", {"bio_lost": number, "bio_widened": 1})
        merged.merge(part)
    assert merged == whole
    assert (merged.skipped, merged.predictions_shown, merged.bio_widened) == (1, 1, 2)
    assert merged.agreement == Agreement(shared=1, marked=3, articles=1)
    assert merged.languages == {"id": 1, "en": 1}

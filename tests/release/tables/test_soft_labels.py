from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.corpora import annotation, article, entity, gold, mention, placed, stance

from kliping.records import Entity, Holder, Target
from kliping.release.tables.annotated import Annotated, Words
from kliping.release.tables.soft_labels import soft_label_rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kliping.records import Annotation, Gold

WORDS = Words(
    bio={"O": 0, "B-PERSON": 1, "I-PERSON": 2, "B-PLACE": 3, "I-PLACE": 4},
    labels=("PERSON", "PLACE"),
    targets=frozenset({"MARKET_MOVE"}),
    stances={"against": 0, "favor": 1, "none": 2},
)
MARKET = article("market", "Pasar Lama", "Sena Waluyo menolak pemindahan.")
PASAR = entity(MARKET, 1, "Pasar Lama", "PLACE")
SENA = entity(MARKET, 2, "Sena Waluyo", "PERSON")
BY_SENA = Holder(kind="mention", mention="e2")


def rows(made: Iterable[Annotation], decided: Gold | None = None) -> list[dict[str, Any]]:
    return list(soft_label_rows(Annotated(MARKET, placed(MARKET), decided, tuple(made)), WORDS))


def chosen(row: dict[str, Any]) -> dict[str, int]:
    return {one["label"]: one["annotators"] for one in row["choices"]}


def test_two_who_disagree_are_counted_apart_at_each_span_in_the_order_of_the_places() -> None:
    as_place = entity(MARKET, 1, "Sena Waluyo", "PLACE")
    first, second = rows(
        [annotation(MARKET, "annotator-aa", [SENA, PASAR]), annotation(MARKET, "annotator-bb", [as_place])]
    )
    assert first == {
        "id": "market:m1",
        "article_id": "market",
        "kind": "mention",
        "start": 0,
        "end": 10,
        "text": "Pasar Lama",
        **dict.fromkeys(
            f"{side}_{part}" for side in ("target", "holder") for part in ("kind", "name", "start", "end", "text")
        ),
        "choices": [{"label": "PERSON", "annotators": 0}, {"label": "PLACE", "annotators": 1}],
        "unmarked": 1,
        "annotators": 2,
        "predictions_shown": 0,
        "language": "id",
        "gold": None,
    }
    assert (second["text"], chosen(second), second["unmarked"]) == ("Sena Waluyo", {"PERSON": 1, "PLACE": 1}, 0)


def test_of_two_rounds_of_one_annotator_the_latest_counts() -> None:
    early = annotation(MARKET, "annotator-aa", [SENA], id="first", round=1)
    late = annotation(MARKET, "annotator-aa", [PASAR], id="second", round=2)
    (row,) = rows([early, late])
    assert (row["text"], row["annotators"], row["unmarked"]) == ("Pasar Lama", 1, 0)


def test_two_labels_of_one_annotator_on_one_span_both_count_and_the_annotator_once() -> None:
    both = [PASAR, entity(MARKET, 2, "Pasar Lama", "PERSON")]
    (row,) = rows([annotation(MARKET, "annotator-aa", both), annotation(MARKET, "annotator-bb")])
    assert (chosen(row), row["unmarked"], row["annotators"]) == ({"PERSON": 1, "PLACE": 1}, 1, 2)


def test_a_span_marked_twice_alike_counts_once() -> None:
    twice = [PASAR, entity(MARKET, 2, "Pasar Lama", "PLACE")]
    (row,) = rows([annotation(MARKET, "annotator-aa", twice)])
    assert chosen(row) == {"PERSON": 0, "PLACE": 1}


def test_a_stance_is_known_by_its_places_whatever_the_ids_are() -> None:
    ours = annotation(MARKET, "annotator-aa", [PASAR, SENA], [stance(1, "against", mention("e1"), BY_SENA)])
    turned = [entity(MARKET, 1, "Sena Waluyo", "PERSON"), entity(MARKET, 2, "Pasar Lama", "PLACE")]
    theirs = annotation(
        MARKET, "annotator-bb", turned, [stance(1, "favor", mention("e2"), Holder(kind="mention", mention="e1"))]
    )
    *_, row = rows([ours, theirs])
    assert (row["id"], row["kind"], row["start"], row["text"]) == ("market:s1", "stance", None, None)
    assert (row["target_kind"], row["target_start"], row["target_end"], row["target_text"]) == (
        "mention",
        0,
        10,
        "Pasar Lama",
    )
    assert (row["holder_kind"], row["holder_text"], row["holder_name"]) == ("mention", "Sena Waluyo", None)
    assert (chosen(row), row["unmarked"]) == ({"against": 1, "favor": 1, "none": 0}, 0)


def test_a_stance_towards_a_declared_target_has_names_and_no_places() -> None:
    declared = stance(1, "none", Target(kind="declared", name="MARKET_MOVE"), Holder(kind="author"))
    (row,) = rows([annotation(MARKET, "annotator-aa", [], [declared]), annotation(MARKET, "annotator-bb")])
    assert (row["target_kind"], row["target_name"], row["target_start"]) == ("declared", "MARKET_MOVE", None)
    assert (row["holder_kind"], row["holder_name"]) == ("author", None)
    assert (chosen(row)["none"], row["unmarked"]) == (1, 1)


def test_gold_is_told_beside_the_votes_and_only_where_somebody_voted() -> None:
    decided = gold(MARKET, [PASAR, entity(MARKET, 2, "Sena Waluyo", "PLACE")])
    (row,) = rows([annotation(MARKET, "annotator-aa", [SENA])], decided)
    assert (chosen(row), row["gold"]) == ({"PERSON": 1, "PLACE": 0}, "PLACE")
    (row,) = rows([annotation(MARKET, "annotator-aa", [SENA])], gold(MARKET, [PASAR]))
    assert row["gold"] is None


def test_gold_of_a_stance_is_its_side() -> None:
    said = [stance(1, "favor", mention("e1"), BY_SENA)]
    *_, row = rows([annotation(MARKET, "annotator-aa", [PASAR, SENA], said)], gold(MARKET, [PASAR, SENA], said))
    assert row["gold"] == "favor"


def test_who_skipped_is_no_annotator_and_who_saw_predictions_is_counted() -> None:
    made = [
        annotation(MARKET, "annotator-aa", [PASAR], predictions_shown="gazetteer-1"),
        annotation(MARKET, "annotator-bb", [PASAR]),
        annotation(MARKET, "annotator-cc", status="skipped"),
    ]
    (row,) = rows(made)
    assert (row["annotators"], row["predictions_shown"], row["unmarked"]) == (2, 1, 0)


def test_predictions_seen_in_an_earlier_round_are_counted_as_in_entities() -> None:
    made = [
        annotation(MARKET, "annotator-aa", [PASAR], predictions_shown="gazetteer-1"),
        annotation(MARKET, "annotator-aa", [PASAR], round=2, id="again"),
    ]
    (row,) = rows(made)
    told = Annotated(MARKET, placed(MARKET), None, tuple(made))
    assert row["predictions_shown"] == told.predictions_shown == 1


def test_without_annotations_there_is_no_row_even_where_there_is_gold() -> None:
    assert rows([], gold(MARKET, [PASAR])) == []


MENTIONS = st.lists(st.tuples(st.integers(0, 20), st.integers(1, 10), st.sampled_from(WORDS.labels)), max_size=6)


def marked(spans: list[tuple[int, int, str]]) -> list[Entity]:
    return [
        Entity(id=f"e{number}", start=start, end=start + length, text=MARKET.text[start : start + length], label=label)
        for number, (start, length, label) in enumerate(spans)
    ]


@given(st.lists(MENTIONS, min_size=1, max_size=5))
def test_counts_add_up(said: list[list[tuple[int, int, str]]]) -> None:
    made = [annotation(MARKET, f"annotator-{number}", marked(spans)) for number, spans in enumerate(said)]
    found = rows(made)
    spans = [{(start, start + length) for start, length, _ in one} for one in said]
    assert [(row["start"], row["end"]) for row in found] == sorted(set().union(*spans))
    for row in found:
        who = sum((row["start"], row["end"]) in one for one in spans)
        assert who + row["unmarked"] == row["annotators"] == len(said)
        assert who <= sum(chosen(row).values()) <= who * len(WORDS.labels)
        assert row["text"] == MARKET.text[row["start"] : row["end"]]


@pytest.mark.parametrize("order", [1, -1])
def test_the_order_of_the_annotations_changes_nothing(order: int) -> None:
    made = [annotation(MARKET, "annotator-aa", [SENA, PASAR]), annotation(MARKET, "annotator-bb", [PASAR])]
    assert [(row["id"], row["text"], row["unmarked"]) for row in rows(made[::order])] == [
        ("market:m1", "Pasar Lama", 0),
        ("market:m2", "Sena Waluyo", 1),
    ]

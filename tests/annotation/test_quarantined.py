"""A whole submission and a single item are told apart."""

from __future__ import annotations

import msgspec
from tests.corpora import annotation, article

from kliping.annotation.quarantined import SetAsideWhole, annotation_in, is_whole, item_of, whole
from kliping.records import Quarantined, Studio


def quarantined(pulled: str) -> Quarantined:
    place = Studio(project=1, task=2, annotation=3)
    return Quarantined(article_id="market", annotator="annotator-a", studio=place, reason="no-stance: x", pulled=pulled)


def test_a_submission_has_a_result() -> None:
    item = {"from_name": "label", "id": "r1"}
    record = quarantined('{"skipped":true,"created":"c","updated":"u","result":[{"from_name":"label","id":"r1"}]}')
    assert whole(record) == SetAsideWhole((item,), skipped=True, created="c", updated="u")
    assert item_of(record) is None


def test_an_annotation_that_was_read_is_whole_too() -> None:
    made = annotation(article("market", "Pasar Lama", "Pasar Lama tetap buka."), "annotator-a")
    record = quarantined(msgspec.json.encode(made).decode())
    assert (annotation_in(record), whole(record), item_of(record)) == (made, None, None)
    assert is_whole(record)


def test_anything_else_is_an_item() -> None:
    record = quarantined('{"type":"relation","from_id":"a","to_id":"b"}')
    assert whole(record) is None
    assert item_of(record) == {"type": "relation", "from_id": "a", "to_id": "b"}


def test_what_nobody_can_read_is_neither() -> None:
    for pulled in ("", "[1]", "{"):
        assert whole(quarantined(pulled)) is None
        assert item_of(quarantined(pulled)) is None

"""An article's task holds its text, its key, and the holders in the annotators' language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
from tests.corpora import article

from kliping.records import Entity
from kliping.studio import tasks

if TYPE_CHECKING:
    from kliping.contract import Contract

ARTICLE = article("market", "Pasar Lama", "Tetap buka.")


def test_a_task_is_the_article_and_its_key(contract: Contract) -> None:
    made = tasks.task(ARTICLE, contract.scheme, "id")
    assert made["data"]["text"] == "Pasar Lama\n\nTetap buka."
    assert made["data"]["holders"] == [
        {"value": "Suara artikel", "alias": "author", "hotkey": "4"},
        {"value": "Warga", "alias": "RESIDENTS", "hotkey": "5"},
    ]
    assert tasks.mark_in(made["meta"]) == tasks.Mark(tasks.Key("market", ARTICLE.text_sha256))


def test_the_screen_says_where_an_article_is_from(contract: Contract) -> None:
    known = msgspec.structs.replace(ARTICLE, publisher="Pesisir Pos", published="2024-08-05T09:00:00+07:00")
    nothing = msgspec.structs.replace(ARTICLE, publisher=None, published=None)
    assert tasks.task(known, contract.scheme, "id")["data"]["about"] == "Pesisir Pos · 2024-08-05 · market"
    assert tasks.task(nothing, contract.scheme, "id")["data"]["about"] == "market"


def test_predicted_mentions_are_holders_each_surface_once_by_its_first_place(contract: Contract) -> None:
    text = "Sena 👩‍🌾 Rimbia, Sena."
    places = [(9, 15), (17, 21), (0, 4)]
    predicted = [
        Entity(id=f"p{start}", start=start, end=end, text=text[start:end], label="PERSON") for start, end in places
    ]
    made = tasks.task(article("market", text), contract.scheme, "id", predicted)
    assert made["data"]["holders"][2:] == [
        {"value": "Sena", "alias": "mention:0-4"},
        {"value": "Rimbia", "alias": "mention:9-15"},
    ]


def test_holders_fall_back_to_english(contract: Contract) -> None:
    assert tasks.holders(contract.scheme, "nl")[0]["value"] == "The article's voice"


@pytest.mark.parametrize(
    "meta", [None, [], {}, {"kliping": 1}, {"kliping": {"id": "a"}}, {"kliping": {"id": 1, "text_sha256": "b"}}]
)
def test_a_foreign_task_has_no_key(meta: object) -> None:
    assert tasks.mark_in(meta) is None


def test_batches_are_bounded_by_count_and_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    small = [{"data": {"text": "x"}}] * 5
    monkeypatch.setattr(tasks, "BATCH_TASKS", 2)
    assert [len(batch) for batch in tasks.batches(small)] == [2, 2, 1]
    monkeypatch.setattr(tasks, "BATCH_BYTES", 10)
    assert [len(batch) for batch in tasks.batches(small)] == [1, 1, 1, 1, 1]
    assert list(tasks.batches([])) == []

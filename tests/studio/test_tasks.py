"""An article's task holds its text, its key, and the holders in the annotators' language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
from tests.corpora import article, entity

from kliping.records import Entity, Prediction
from kliping.studio import tasks

if TYPE_CHECKING:
    from kliping.contract import Contract

ARTICLE = article("market", "Pasar Lama", "Tetap buka.")
PREDICTION = Prediction(
    article_id="market",
    text_sha256=ARTICLE.text_sha256,
    model_version="marker 1",
    score=0.5,
    entities=(entity(ARTICLE, 1, "Pasar Lama", "PLACE"),),
    stances=(),
)


def test_a_task_is_the_article_and_its_key(contract: Contract) -> None:
    made = tasks.task(ARTICLE, contract.scheme, "id")
    assert made["data"]["text"] == "Pasar Lama\n\nTetap buka."
    assert made["data"]["holders"] == [
        {"value": "Suara artikel", "alias": "author", "hotkey": "4"},
        {"value": "Warga", "alias": "RESIDENTS", "hotkey": "5"},
    ]
    assert tasks.mark_in(made["meta"]) == tasks.Mark(tasks.Key("market", ARTICLE.text_sha256), None, tasks.sent(made))
    assert "predictions" not in made


def test_what_is_sent_is_known_by_its_digest_whatever_the_round(contract: Contract) -> None:
    first, second = (tasks.task(ARTICLE, contract.scheme, "id", number) for number in (1, 2))
    assert tasks.sent(first) == tasks.sent(second)
    others = (msgspec.structs.replace(ARTICLE, title="Pasar Baru"), ARTICLE, ARTICLE)
    languages = ("id", "en", "id")
    offers = (None, None, PREDICTION)
    made = [
        tasks.task(one, contract.scheme, language, 1, offered)
        for one, language, offered in zip(others, languages, offers, strict=True)
    ]
    assert len({tasks.sent(one) for one in (first, *made)}) == 4
    again = tasks.task(ARTICLE, contract.scheme, "id", 1, msgspec.structs.replace(PREDICTION, model_version="marker 2"))
    assert tasks.sent(again) != tasks.sent(made[2])


def test_what_is_offered_goes_with_the_task_and_the_mark_says_whose_it_is(contract: Contract) -> None:
    made = tasks.task(ARTICLE, contract.scheme, "id", 2, PREDICTION)
    (prediction,) = made["predictions"]
    assert (prediction["model_version"], prediction["score"]) == (tasks.SHOWN, 0.5)
    assert [item["value"]["labels"] for item in prediction["result"]] == [["PLACE"]]
    mark = tasks.mark_in(made["meta"])
    assert mark is not None
    assert (mark.key.round, mark.shown) == (2, "marker 1")


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
    assert tasks.holders(contract.scheme, "id", predicted)[2:] == [
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
    small: list[tasks.Task] = [{"data": {"text": "x"}}] * 5
    monkeypatch.setattr(tasks, "BATCH_TASKS", 2)
    assert [batch.tasks for batch in tasks.batches(small)] == [2, 2, 1]
    assert [msgspec.json.decode(batch.body) for batch in tasks.batches(small)] == [small[:2], small[:2], small[:1]]
    monkeypatch.setattr(tasks, "BATCH_BYTES", 10)
    assert [batch.tasks for batch in tasks.batches(small)] == [1, 1, 1, 1, 1]
    assert list(tasks.batches([])) == []

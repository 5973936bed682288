from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from tests.corpora import article, entity, mention, stance, write_corpus

from kliping.annotation.prediction.reading import as_annotation, faults, predictions_by_article
from kliping.contract import load_contract, violations
from kliping.errors import CallError, DataError
from kliping.files import encode_lines, write_bytes
from kliping.records import Article, Carried, Entity, Holder, Prediction, Target
from kliping.studio.results import write

if TYPE_CHECKING:
    from kliping.records import Stance

CONTRACT = load_contract(Path(__file__).parents[3] / "schema")
MARKET = article(
    "market",
    "Pasar Lama Tetap Buka",
    "Sena 👩‍🌾 Waluyo menolak pemindahan Pasar Lama. Am̃u Tarel, Zoé setuju. 🚢 Rimbia.",
)
MAYOR, PLAN = entity(MARKET, 1, "Waluyo", "PERSON"), entity(MARKET, 2, "pemindahan Pasar Lama", "POLICY")
SIDE = stance(1, "against", mention("e2"), Holder(kind="mention", mention="e1"))


def prediction(about: Article = MARKET, **fields: Any) -> Prediction:
    said: dict[str, Any] = {"model_version": "toy-1", "score": 0.5, "entities": (MAYOR, PLAN), "stances": (SIDE,)}
    return Prediction(article_id=about.id, text_sha256=about.text_sha256, **(said | fields))


def found(**fields: Any) -> list[str]:
    return list(faults(prediction(**fields), MARKET, CONTRACT.scheme))


def test_a_good_prediction_has_no_fault_and_keeps_the_contract() -> None:
    assert found() == []
    assert list(violations(CONTRACT, "prediction", prediction())) == []


def span(start: int, end: int, text: str, label: str = "PERSON") -> tuple[Entity]:
    return (Entity(id="e1", start=start, end=end, text=text, label=label),)


def side(**fields: Any) -> tuple[Stance, ...]:
    return (msgspec.structs.replace(SIDE, **fields),)


ZOE = MARKET.text.index("Zoé")
AFTER = MARKET.text.index("Rimbia")
FAULTS: dict[str, tuple[dict[str, Any], str]] = {
    "a score above 1": ({"score": 1.5}, "the score 1.5 is not from 0 to 1"),
    "a score that is no number": ({"score": float("nan")}, "the score nan is not from 0 to 1"),
    "an address for a version": ({"model_version": "desk@pos.example"}, "model_version is empty or holds an e-mail"),
    "an unknown label": (
        {"entities": span(0, 10, "Pasar Lama", "SHIP"), "stances": ()},
        "the label 'SHIP' is not in the scheme; use one of PERSON, ORGANISATION, PLACE, EVENT, POLICY",
    ),
    "offsets past the end": ({"entities": span(0, 999, "x"), "stances": ()}, f"which ends at {len(MARKET.text)}"),
    "offsets before the start": ({"entities": span(-6, -1, "Rimbia"), "stances": ()}, "outside the text"),
    "a shifted span": ({"entities": span(1, 11, "Pasar Lama"), "stances": ()}, "the text there is 'asar Lama '"),
    "words that are not composed": (
        {"entities": span(ZOE, ZOE + 3, "Zoe\u0301"), "stances": ()},
        "the same words in another form of Unicode: give them in NFC",
    ),
    "offsets in UTF-16": (
        {"entities": span(AFTER + 3, AFTER + 9, "Rimbia", "PLACE"), "stances": ()},
        "it is where it says if offsets count UTF-16 units: count Unicode code points",
    ),
    "offsets in bytes": (
        {
            "entities": span(len(MARKET.text[:AFTER].encode()), len(MARKET.text[:AFTER].encode()) + 6, "Rimbia"),
            "stances": (),
        },
        "if offsets count UTF-8 bytes",
    ),
    "white space only": ({"entities": span(5, 6, " "), "stances": ()}, "white space only"),
    "a space at its end": ({"entities": span(0, 6, "Pasar "), "stances": ()}, "white space at its edges"),
    "a mark cut off its letter": (
        {"entities": span(MARKET.text.index("Am̃u"), MARKET.text.index("Am̃u") + 2, "Am"), "stances": ()},
        "inside a character that people see as one",
    ),
    "a family torn apart": (
        {"entities": span(MARKET.text.index("👩"), MARKET.text.index("👩") + 1, "👩"), "stances": ()},
        "inside a character that people see as one",
    ),
    "an id twice": ({"entities": (MAYOR, PLAN, MAYOR)}, "the mention e1 is there 2 times"),
    "the same mention twice": (
        {"entities": (MAYOR, PLAN, msgspec.structs.replace(MAYOR, id="e3"))},
        "the same as e1; keep one",
    ),
    "an unknown stance": ({"stances": side(stance="maybe")}, "the stance 'maybe' is not in the scheme"),
    "a dangling target": ({"stances": side(target=mention("e9"))}, "its target: the mention e9 is not there"),
    "a dangling holder": (
        {"stances": side(holder=Holder(kind="mention", mention="e9"))},
        "its holder: the mention e9 is not there",
    ),
    "a holder without its mention": (
        {"stances": side(holder=Holder(kind="mention"))},
        "its holder: the kind 'mention' needs its mention and no more",
    ),
    "a holder nobody declared": (
        {"stances": side(holder=Holder(kind="named", name="TRADERS"))},
        "the holder 'TRADERS' is not in the scheme; use one of RESIDENTS",
    ),
    "a target nobody declared": (
        {"stances": side(target=Target(kind="declared", name="FERRY"), holder=Holder(kind="author"))},
        "the target 'FERRY' is not in the scheme",
    ),
}  # fmt: skip


@pytest.mark.parametrize("wrong", FAULTS)
def test_what_is_wrong_is_told_once_with_what_to_do(wrong: str) -> None:
    fields, told = FAULTS[wrong]
    sentences = found(**fields)
    assert len(sentences) == 1
    assert told in sentences[0]
    assert ";" in sentences[0]


def test_a_deprecated_label_is_not_offered() -> None:
    person, *others = CONTRACT.scheme.entity_labels
    scheme = replace(CONTRACT.scheme, entity_labels=(replace(person, deprecated=True), *others))
    (sentence,) = faults(prediction(), MARKET, scheme)
    assert sentence.startswith("the mention e1 ('Waluyo', 32-38): the label 'PERSON' is deprecated")


def test_of_another_text_nothing_but_that_is_told() -> None:
    changed = article("market", "Pasar Lama Tutup", "Tidak ada lagi.")
    assert list(faults(prediction(), changed, CONTRACT.scheme)) == [
        "made on another text of the article than today's; run the model again on corpus/articles"
    ]


def test_one_mention_may_be_marked_twice_where_each_bears_a_stance() -> None:
    again = msgspec.structs.replace(PLAN, id="e3")
    other = stance(2, "favor", mention("e3"), Holder(kind="author"))
    assert found(entities=(MAYOR, PLAN, again), stances=(SIDE, other)) == []


def test_predictions_are_read_by_article(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path, [MARKET])
    others = [msgspec.structs.replace(prediction(), article_id=f"a{number}") for number in range(3)]
    place = tmp_path / "annotations/predictions/toy.jsonl"
    write_bytes(place, encode_lines([*others, prediction()]))
    by_article = predictions_by_article(corpus, "toy")
    assert list(by_article) == ["a0", "a1", "a2", "market"]
    assert (by_article["market"], by_article["a1"], by_article.get("a9")) == (prediction(), others[1], None)


def test_a_file_that_is_missing_or_broken_is_told_with_its_place(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path, [MARKET])
    with pytest.raises(CallError, match=r"toy\.jsonl: missing; run `kliping predict toy`"):
        predictions_by_article(corpus, "toy")
    place = tmp_path / "annotations/predictions/toy.jsonl"
    write_bytes(place, encode_lines([prediction(), prediction()]))
    with pytest.raises(DataError, match=r"toy\.jsonl:2: market has a prediction above; keep one"):
        predictions_by_article(corpus, "toy")
    write_bytes(place, b'{"article_id":"market"}\n')
    with pytest.raises(DataError, match=r"toy\.jsonl:1: .*text_sha256.*; run `kliping predict` again"):
        predictions_by_article(corpus, "toy")["market"]


CARRIED = Carried(
    article_id="market", text_sha256=MARKET.text_sha256, annotation="a-1", annotated_text_sha256="0" * 64,
    annotator="annotator-aa", scheme="1.0.0", entities=(MAYOR, PLAN), stances=(SIDE,), lost=(),
)  # fmt: skip


@pytest.mark.parametrize("offered", [prediction(), CARRIED], ids=["predicted", "carried"])
def test_what_is_offered_is_written_for_the_screen_as_an_annotation_is(offered: Prediction | Carried) -> None:
    items = write(as_annotation(offered))
    marked = [(one["value"]["text"], one["origin"]) for one in items if one.get("from_name") == "label"]
    assert marked == [("Waluyo", "prediction"), ("pemindahan Pasar Lama", "prediction")]
    assert [(one["from_id"], one["to_id"]) for one in items if one["type"] == "relation"] == [("e1", "e2")]

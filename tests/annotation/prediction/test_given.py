from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.annotation.prediction.folder import DIKE, LAMPS, MARKET, ground, predicted_corpus

from kliping.annotation.prediction.given import given_offers
from kliping.annotation.prediction.reading import faults, predictions_by_article, predictions_place
from kliping.annotation.prediction.writing import write_predictions
from kliping.contract import violations
from kliping.errors import CallError, DataError
from kliping.records import Entity, Holder, Stance, Target

if TYPE_CHECKING:
    from pathlib import Path

    from kliping.project import Corpus
    from kliping.records import Receipt

RIMBIA = DIKE.text.index("Rimbia")
SENA = DIKE.text.index("Sena Waluyo")
PLAN = DIKE.text.index("Pemindahan Pasar Lama")


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return predicted_corpus(tmp_path / "toy")


def span(start: int, surface: str, label: str, **fields: Any) -> dict[str, Any]:
    return {"start": start, "end": start + len(surface), "label": label} | fields


def about(*entities: dict[str, Any], name: str = "dike") -> dict[str, Any]:
    return {"id": name, "entities": entities}


def taken(corpus: Corpus, *lines: dict[str, Any] | bytes) -> Receipt:
    path = corpus.root.parent / "ours.jsonl"
    path.write_bytes(b"".join(one if isinstance(one, bytes) else json.dumps(one).encode() + b"\n" for one in lines))
    return write_predictions(ground(corpus), "ours", given_offers(path, corpus.articles(), "ours"))


def refused(corpus: Corpus, *lines: dict[str, Any] | bytes) -> list[str]:
    with pytest.raises(DataError) as caught:
        taken(corpus, *lines)
    assert not predictions_place(corpus, "ours").exists()
    return [line.replace(f"{corpus.root.parent}/", "") for line in str(caught.value).splitlines()]


SIMPLE = {
    "id": "dike",
    "entities": [
        span(RIMBIA, "Rimbia", "PLACE"),
        span(SENA, "Sena Waluyo", "PERSON"),
        span(PLAN, "Pemindahan Pasar Lama", "POLICY"),
    ],
    "stances": [
        {
            "stance": "against",
            "target": {"kind": "mention", "mention": "e3"},
            "holder": {"kind": "mention", "mention": "e2"},
        },
        {
            "stance": "none",
            "target": {"kind": "declared", "name": "MARKET_MOVE"},
            "holder": {"kind": "author"},
        },
    ],
    "model_version": "toy-2",
    "score": 0.75,
}


def test_a_simple_form_becomes_the_record(corpus: Corpus) -> None:
    receipt = taken(corpus, SIMPLE)
    made = predictions_by_article(corpus, "ours")["dike"]
    assert (made.text_sha256, made.model_version, made.score) == (DIKE.text_sha256, "toy-2", 0.75)
    assert made.entities[0] == Entity(
        id="e1", start=RIMBIA, end=RIMBIA + 6, text="Rimbia", label="PLACE", origin="prediction"
    )
    assert made.stances == (
        Stance(
            id="s1",
            stance="against",
            target=Target(kind="mention", mention="e3"),
            holder=Holder(kind="mention", mention="e2"),
        ),
        Stance(
            id="s2",
            stance="none",
            target=Target(kind="declared", name="MARKET_MOVE"),
            holder=Holder(kind="author"),
        ),
    )
    assert list(violations(ground(corpus).contract, "prediction", made)) == []
    assert [(one.what, one.taken, one.kept, one.set_aside) for one in receipt.counts] == [
        ("articles", 4, 1, 3), ("mentions", 3, 3, 0), ("stances", 2, 2, 0),
    ]  # fmt: skip


def test_our_own_record_is_taken_as_it_is_and_the_second_time_changes_nothing(corpus: Corpus) -> None:
    taken(corpus, SIMPLE)
    place = predictions_place(corpus, "ours")
    written = place.read_bytes()
    assert (taken(corpus, written).changes, place.read_bytes()) == (0, written)
    assert taken(corpus, SIMPLE, {"article_id": "lamps", "entities": []}).changes == 1


def test_lines_are_in_the_order_of_the_articles_whatever_that_of_the_file(corpus: Corpus) -> None:
    taken(corpus, {"id": "lamps", "entities": []}, b"\n", {"id": "dike", "entities": []})
    assert list(predictions_by_article(corpus, "ours")) == ["dike", "lamps"]


def test_without_a_version_it_is_the_name_and_the_hash_of_the_file(corpus: Corpus) -> None:
    receipt = taken(corpus, b'\xef\xbb\xbf{"id":"lamps","entities":[]}\r\n')
    assert predictions_by_article(corpus, "ours")["lamps"].model_version == "ours+471a9b84"
    assert "annotations/predictions/ours.jsonl: by ours+471a9b84" in receipt.notes


def test_a_holder_is_never_defaulted_to_anybody(corpus: Corpus) -> None:
    stance = {"stance": "favor", "target": {"kind": "mention", "mention": "e1"}}
    taken(corpus, {"id": "dike", "entities": [span(RIMBIA, "Rimbia", "PLACE")], "stances": [stance]})
    (made,) = predictions_by_article(corpus, "ours")["dike"].stances
    assert made.holder == Holder(kind="unspecified")


def test_white_space_at_edges_goes_and_is_counted(corpus: Corpus) -> None:
    receipt = taken(corpus, {"id": "dike", "entities": [span(RIMBIA - 1, " Rimbia", "PLACE", text=" Rimbia")]})
    (made,) = predictions_by_article(corpus, "ours")["dike"].entities
    assert (made.start, made.end, made.text) == (RIMBIA, RIMBIA + 6, "Rimbia")
    assert "1 mentions lost white space at their edges" in receipt.notes


def test_offsets_that_nothing_proves_are_counted(corpus: Corpus) -> None:
    entities = [span(RIMBIA + 1, "imbia,", "PLACE"), span(SENA, "Sena Waluyo", "PERSON", text="Sena Waluyo", score=0.9)]
    notes = taken(corpus, {"id": "dike", "entities": entities}).notes
    look = "1 of them begin or end inside a word: look at those, or give each its `text`"
    assert [note for note in notes if "nothing proves" in note or "single mentions" in note] == [
        "1 scores of single mentions are not kept: a prediction has one, of the whole",
        f"1 mentions came without their words, so nothing proves their offsets; {look}",
    ]


def test_an_article_with_gold_is_set_aside_and_compared_with_it(corpus: Corpus) -> None:
    start = MARKET.text.index("Sena Waluyo")
    receipt = taken(corpus, SIMPLE, {"id": "market", "entities": [span(start, "Sena Waluyo", "PERSON")]})
    assert list(predictions_by_article(corpus, "ours")) == ["dike"]
    assert [(one.what, one.taken, one.kept, one.set_aside) for one in receipt.counts][1] == ("mentions", 4, 3, 1)
    assert receipt.adds_up
    told = "precision 1.00, recall 0.20, F1 0.33 (1 of 1 predicted, 5 in gold)"
    assert f"against gold, 1 articles with gold, exact span and label: {told}" in receipt.notes


def test_every_fault_is_told_at_once_with_file_and_line_and_nothing_is_written(corpus: Corpus) -> None:
    utf16 = {"start": RIMBIA + 1, "end": RIMBIA + 7, "label": "PLACE", "text": "Rimbia"}
    count = "offsets count Unicode code points from 0, and `end` is one past the last"
    labels = "use one of PERSON, ORGANISATION, PLACE, EVENT, POLICY"
    sentences = refused(
        corpus,
        {"id": "harbour", "entities": []},
        b"[1, 2\n",
        about(utf16, span(SENA, "Sena Waluyo", "BOAT"), span(0, "x" * 999, "PLACE")),
        {"id": "lamps", "entities": [], "score": 2},
        {"id": "lamps", "entities": []},
        {"entities": []},
        about(span(0, "Pasar Lama", "PLACE", text="Pasar Baru"), name="market"),
    )
    utf16_told = "it is where it says if offsets count UTF-16 units: count Unicode code points, as Python does"
    assert [sentence.removeprefix("ours.jsonl:") for sentence in sentences] == [
        "1: 'harbour': the corpus holds no such article; give an id of corpus/articles",
        "2: no prediction: Expected `object`, got `array`; see docs/how-to/pre-annotation.md for the fields",
        f"3: the mention e1 ('Rimbia', {RIMBIA + 1}-{RIMBIA + 7}): the text there is 'imbia,'; {utf16_told}",
        f"3: the mention e2 ('Sena Waluyo', {SENA}-{SENA + 11}): the label 'BOAT' is not in the scheme; {labels}",
        f"3: the mention e3 ('', 0-999): outside the text, which ends at {len(DIKE.text)}; {count}",
        "4: the score 2.0 is not from 0 to 1; give the model's confidence as a probability, or null",
        "5: lamps: predicted at ours.jsonl:4 already; keep one",
        "6: names no article; give its id as article_id",
        f"7: the mention e1 ('Pasar Baru', 0-10): the text there is 'Pasar Lama'; {count}",
    ]


FARMER = MARKET.text.index("👩")
BAD: dict[str, tuple[dict[str, Any] | bytes, str]] = {
    "another text, by its hash": (SIMPLE | {"text_sha256": "0" * 64}, "made on another text of the article"),
    "another text, by its words": (
        SIMPLE | {"text": DIKE.text[:-1] + "!"},
        f"dike: its text is another from {len(DIKE.text) - 1} on",
    ),
    "a text cut short": (
        SIMPLE | {"text": DIKE.text[:-1]},
        f"dike: its text is another as long as {len(DIKE.text) - 1}",
    ),
    "two ids": ({"id": "dike", "article_id": "lamps", "entities": []}, "names two articles, lamps and dike"),
    "an unknown field": (SIMPLE | {"mood": "good"}, "no prediction: Object contains unknown field `mood`"),
    "no entities": ({"id": "dike"}, "no prediction: Object missing required field `entities`"),
    "an offset that is text": (about({"start": "0", "end": 1, "label": "PLACE"}), "Expected `int`, got `str`"),
    "an offset beyond counting": (about({"start": 0, "end": 10**20, "label": "PLACE"}), ": "),
    "an offset that is a huge float": (about({"start": 0, "end": 1e99, "label": "PLACE"}), "no prediction"),
    "an array": (b"[]\n", "no prediction: Expected `object`, got `array`"),
    "a score that is no number": (b'{"id":"dike","entities":[],"score":NaN}\n', "not JSON"),
    "a score beyond floats": (b'{"id":"dike","entities":[],"score":1e999}\n', ": "),
    "Latin-1": (b'{"id":"d\xefke","entities":[]}\n', "not JSON"),
    "half of a pair": (b'{"id":"\\ud800","entities":[]}\n', ": "),
    "a line without end": (b'{"id":' + b"[" * 100_000 + b"\n", ": "),
    "a NUL": (b"\x00\n", "not JSON"),
    "an empty id": (about(span(RIMBIA, "Rimbia", "PLACE", id="")), "entities/0/id"),
    "an address": (SIMPLE | {"model_version": "desk@pos.example"}, "model_version is empty or holds an e-mail address"),
    "white space only": (about(span(RIMBIA - 1, " ", "PLACE")), "white space only; leave it out"),
    "a person torn from her hat": (about(span(FARMER, "👩", "PERSON"), name="market"), "people see as one"),
    "a dangling stance": (SIMPLE | {"entities": []}, "the stance s1: its target: the mention e3 is not there"),
}


@pytest.mark.parametrize("bad", BAD)
def test_what_is_wrong_gets_a_sentence(corpus: Corpus, bad: str) -> None:
    line, told = BAD[bad]
    sentences = refused(corpus, line)
    assert told in sentences[0]
    assert all(sentence.startswith("ours.jsonl:1: ") and ";" in sentence for sentence in sentences)
    assert "@" not in "".join(sentences)


LABELS = st.sampled_from(["PLACE", "PERSON", "BOAT"])
SPANS = st.tuples(st.integers(-2, len(DIKE.text) + 2), st.integers(0, 30), st.booleans(), LABELS)


@given(st.lists(SPANS, max_size=4))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
def test_what_is_written_is_proven(corpus: Corpus, spans: list[tuple[int, int, bool, str]]) -> None:
    entities = [
        {"start": start, "end": start + length, "label": label}
        | ({"text": DIKE.text[start : start + length]} if told else {})
        for start, length, told, label in spans
    ]
    place = predictions_place(corpus, "ours")
    place.unlink(missing_ok=True)
    try:
        taken(corpus, about(*entities))
    except DataError:
        assert not place.exists()
        return
    (made,) = predictions_by_article(corpus, "ours").values()
    assert list(faults(made, DIKE, ground(corpus).contract.scheme)) == []
    assert all(DIKE.text[one.start : one.end] == one.text == one.text.strip() != "" for one in made.entities)
    assert len(made.entities) == len(spans)


def test_many_faults_are_counted_after_the_first_hundred(corpus: Corpus) -> None:
    sentences = refused(corpus, *({"id": f"a{number}", "entities": []} for number in range(250)))
    assert (len(sentences), sentences[-1]) == (101, "and 150 more; mend these first")


def test_a_file_that_is_not_there_is_a_wrong_call(corpus: Corpus) -> None:
    with pytest.raises(
        CallError, match=r"none\.jsonl: No such file or directory; name a file of JSON lines with --from"
    ):
        list(given_offers(corpus.root / "none.jsonl", corpus.articles(), "none"))


def test_no_lines_are_no_predictions(corpus: Corpus) -> None:
    receipt = taken(corpus)
    assert predictions_place(corpus, "ours").read_bytes() == b""
    assert "annotations/predictions/ours.jsonl: by nobody: no article without gold is predicted" in receipt.notes
    assert LAMPS.id not in predictions_by_article(corpus, "ours")

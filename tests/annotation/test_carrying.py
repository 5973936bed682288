from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec
import pytest
from tests.corpora import annotation, article, entity, mention, stance, write_corpus

from kliping.annotation.carrying import carry, carry_corpus
from kliping.check import check_corpus
from kliping.contract import load_contract
from kliping.records import Holder, Target

if TYPE_CHECKING:
    from kliping.project import Corpus
    from kliping.records import Annotation

CONTRACT = load_contract(Path(__file__).parents[2] / "schema")
BODY = "Wali Kota Rimbia, Sena Waluyo, menolak pemindahan Pasar Lama pada hari Senin."
OLD = article("market", "Pasar Lama Tetap Buka", "Baca juga: Feri malam kembali", BODY)
NEW = article("market", "Pasar Lama Tetap Buka", BODY)
ENTITIES = (
    entity(OLD, 1, "Feri malam", "POLICY"),
    entity(OLD, 2, "Sena Waluyo", "PERSON"),
    entity(OLD, 3, "pemindahan Pasar Lama", "POLICY"),
)
STANCES = (
    stance(1, "against", mention("e3"), Holder(kind="mention", mention="e2")),
    stance(2, "favor", mention("e1"), Holder(kind="author")),
    stance(3, "none", Target(kind="declared", name="MARKET_MOVE"), Holder(kind="author")),
)
SAID = annotation(OLD, "annotator-aa", ENTITIES, STANCES)


def corpus(root: Path, *said: Annotation) -> Corpus:
    return write_corpus(root, [NEW], splits={"market": "train"}, annotations=said, revisions=[OLD])


def test_what_can_be_proven_moves_and_the_rest_is_listed_with_the_reason() -> None:
    carried = carry(SAID, OLD, NEW)
    assert [(one.id, NEW.text[one.start : one.end], one.origin) for one in carried.entities] == [
        ("e2", "Sena Waluyo", "prediction"),
        ("e3", "pemindahan Pasar Lama", "prediction"),
    ]
    assert [one.id for one in carried.stances] == ["s1", "s3"]
    assert [(one.kind, one.id, one.words, one.reason) for one in carried.lost] == [
        ("entity", "e1", "Feri malam", "its words changed or went"),
        ("stance", "s2", "favor", "it rests on e1, which is lost"),
    ]


def test_annotations_of_a_superseded_text_are_offered_as_predictions(tmp_path: Path) -> None:
    made = corpus(tmp_path, SAID)
    receipt = carry_corpus(made, CONTRACT)
    assert [(one.taken, one.kept, one.set_aside) for one in receipt.counts] == [(3, 2, 1), (3, 2, 1)]
    assert (receipt.adds_up, receipt.changes, list(made.carried())) == (True, 1, [carry(SAID, OLD, NEW)])
    assert [note for note in receipt.notes if "'Feri malam': its words changed or went" in note]
    assert carry_corpus(made, CONTRACT).changes == 0
    assert list(made.annotations()) == [SAID]


def test_the_check_finds_nothing_wrong_with_predictions_and_proves_their_spans(tmp_path: Path) -> None:
    made = corpus(tmp_path, SAID)
    carry_corpus(made, CONTRACT)
    assert "annotations/carried.jsonl" not in {one.path for one in check_corpus(made)}
    place = made.annotation_folder / "carried.jsonl"
    place.write_bytes(place.read_bytes().replace(b"Sena Waluyo", b"Sena Waluya"))
    found = [(one.code, one.path) for one in check_corpus(made)]
    assert ("E401", "annotations/carried.jsonl") in found


@pytest.mark.parametrize("status", ["submitted", "skipped"])
def test_who_annotated_the_text_of_today_is_offered_nothing(
    tmp_path: Path, status: Literal["submitted", "skipped"]
) -> None:
    again = msgspec.structs.replace(annotation(NEW, "annotator-aa"), id="again", round=2, status=status)
    made = corpus(tmp_path, SAID, again)
    assert (carry_corpus(made, CONTRACT).counts, list(made.carried())) == ((), [])


def test_of_several_rounds_the_last_is_offered(tmp_path: Path) -> None:
    later = msgspec.structs.replace(SAID, id="later", round=2, entities=ENTITIES[:2], stances=())
    made = corpus(tmp_path, SAID, later)
    carry_corpus(made, CONTRACT)
    assert [one.annotation for one in made.carried()] == ["later"]


@pytest.mark.parametrize(
    "said", [(), (annotation(NEW, "annotator-aa"),), (annotation(OLD, "annotator-aa", status="skipped"),)]
)
def test_where_nothing_is_superseded_there_is_no_file(tmp_path: Path, said: tuple[Annotation, ...]) -> None:
    made = corpus(tmp_path, SAID)
    carry_corpus(made, CONTRACT)
    made = corpus(tmp_path, *said)
    assert carry_corpus(made, CONTRACT).changes == 1
    assert not (made.annotation_folder / "carried.jsonl").exists()

"""The demo's comparison tells what was lost, what was added, and what changed hands."""

from __future__ import annotations

from demo.returned import differences
from msgspec.structs import replace
from tests.corpora import annotation, article, entity, mention, stance

from kliping.records import Holder

MARKET = article("market", "Pasar Lama", "Sena Waluyo menolak relokasi Pasar Lama.")
FERRY = article("ferry", "Feri malam", "Feri malam kembali.")
SENA = entity(MARKET, 1, "Sena Waluyo", "PERSON")
PLAN = entity(MARKET, 2, "relokasi Pasar Lama", "POLICY")
SIDE = stance(1, "against", mention("e2"), Holder(kind="mention", mention="e1"))
SENT = [
    annotation(MARKET, "annotator-aa", [SENA, PLAN], [SIDE]),
    annotation(FERRY, "annotator-aa"),
    annotation(MARKET, "annotator-bb", [SENA]),
]


def test_other_ids_and_pseudonyms_are_no_difference() -> None:
    renamed = [replace(SENA, id="x"), replace(PLAN, id="y")]
    side = replace(SIDE, id="z", target=mention("y"), holder=Holder(kind="mention", mention="x"))
    came = [
        annotation(MARKET, "annotator-11", renamed, [side]),
        annotation(FERRY, "annotator-11"),
        annotation(MARKET, "annotator-22", [SENA]),
    ]
    assert differences(SENT, came) == []


def test_a_flipped_stance_is_told() -> None:
    flipped = replace(SENT[0], stances=(replace(SIDE, stance="favor"),))
    assert differences(SENT, [flipped, *SENT[1:]]) == [
        "article market: an annotation did not come back as it was",
        "article market: an annotation was never submitted as it was",
    ]


def test_work_that_changed_hands_is_told() -> None:
    swapped = [SENT[0], replace(SENT[1], annotator="annotator-bb"), SENT[2]]
    assert differences(SENT, swapped) == [
        "the annotators were mixed up: annotations of one person came back as another's"
    ]

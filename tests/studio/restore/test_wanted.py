"""What was pulled, as it was submitted: on its text, with what was set aside of it, the oldest first."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from tests.corpora import annotation, article, entity, mention, stance, write_corpus

from kliping.files import encode_lines, write_bytes
from kliping.records import Holder, Quarantined, Studio
from kliping.studio.restore.wanted import Refused, Submission, Wanted, digest, wanted
from kliping.studio.results import write
from kliping.studio.tasks import Key

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kliping.project import Corpus
    from kliping.records import Annotation

A, B = "annotator-a", "annotator-b"
MARKET = article("market", "Pasar Lama", "Rimbia membuka Pasar Lama.")
OLD = article("market", "Pasar Lama", "Rimbia menutup Pasar Lama.")
FERRY = article("ferry", "Feri", "Feri Rimbia berangkat.")
ARROWS = {"favor": "Mendukung", "against": "Menolak"}
ITEM = {"type": "relation", "from_id": "x", "to_id": "y"}


def place(number: int, task: int = 5) -> Studio:
    return Studio(project=1, task=task, annotation=number)


def aside(article_id: str | None, annotator: str, studio: Studio | None, pulled: object, reason: str) -> Quarantined:
    words = msgspec.json.encode(pulled).decode()
    return Quarantined(article_id=article_id, annotator=annotator, studio=studio, reason=reason, pulled=words)


def submitted(updated: str, **more: object) -> dict[str, object]:
    return {"skipped": False, "created": updated, "updated": updated, "result": [ITEM], **more}


def everything(
    root: Path, annotations: Iterable[Annotation], quarantine: Iterable[Quarantined] = ()
) -> list[Wanted | Refused]:
    corpus: Corpus = write_corpus(root, [MARKET, FERRY], annotations=list(annotations), revisions=[OLD])
    write_bytes(corpus.annotation_folder / "quarantine.jsonl", encode_lines(quarantine))
    return list(wanted(corpus, {one.id: one.text_sha256 for one in (MARKET, FERRY)}, ARROWS))


def result(one: Submission) -> list[dict[str, Any]]:
    return msgspec.json.decode(one.result, type=list[dict[str, Any]])


def test_an_annotation_is_submitted_as_its_annotator_made_it(tmp_path: Path) -> None:
    marked = (entity(OLD, 1, "Rimbia", "PLACE"), entity(OLD, 2, "Pasar Lama", "PLACE", after="menutup "))
    side = stance(1, "against", mention("e2"), Holder(kind="mention", mention="e1"))
    said = annotation(OLD, A, marked, (side,), studio=place(9), round=3, status="skipped", lead_time=7.5)
    (found,) = everything(tmp_path, [said])
    assert isinstance(found, Wanted)
    assert (found.key, found.annotator) == (Key("market", OLD.text_sha256, 3), A)
    (one,) = found.submissions
    assert result(one) == write(said)
    assert (one.skipped, one.lead_time, one.annotations, one.lines) == (True, 7.5, 1, 0)
    assert one.known_by == (digest(write(said), skipped=True), 5, 9)


def test_holders_who_differ_on_one_target_are_restored_with_the_names_of_their_arrows(tmp_path: Path) -> None:
    marked = (entity(MARKET, 1, "Rimbia", "PLACE"), entity(MARKET, 2, "Pasar Lama", "PLACE", after="membuka "))
    sides = (
        stance(1, "against", mention("e2"), Holder(kind="author")),
        stance(2, "favor", mention("e2"), Holder(kind="mention", mention="e1")),
    )
    (found,) = everything(tmp_path, [annotation(MARKET, A, marked, sides, studio=place(9))])
    assert isinstance(found, Wanted)
    (arrow,) = (item for item in result(found.submissions[0]) if item["type"] == "relation")
    assert (arrow["from_id"], arrow["to_id"], arrow["labels"]) == ("e1", "e2", ["Mendukung"])


def test_what_came_from_no_server_stays_in_the_files(tmp_path: Path) -> None:
    assert everything(tmp_path, [annotation(MARKET, A)], [aside("market", A, None, ITEM, "no-region: x")]) == []


def test_an_item_that_was_set_aside_goes_with_its_annotation(tmp_path: Path) -> None:
    said = annotation(MARKET, A, (entity(MARKET, 1, "Rimbia", "PLACE"),), studio=place(9))
    (found,) = everything(tmp_path, [said], [aside("market", A, place(9), ITEM, "no-region: x")])
    assert isinstance(found, Wanted)
    (one,) = found.submissions
    assert result(one) == [*write(said), ITEM]
    assert (one.annotations, one.lines) == (1, 1)


@pytest.mark.parametrize("restored", ["2026-01-02T00:00:00Z", "2026-01-09T00:00:00Z"])
def test_an_earlier_submission_comes_before_the_one_that_took_its_place(tmp_path: Path, restored: str) -> None:
    """Also where the server was restored before, so that what lies in quarantine has a later time."""
    said = annotation(MARKET, A, studio=place(9, task=5), updated="2026-01-03T00:00:00Z")
    older = aside("market", A, place(8, task=4), submitted(restored, lead_time=3), "superseded: x")
    (found,) = everything(tmp_path, [said], [older])
    assert isinstance(found, Wanted)
    assert [(one.annotations, one.lines, one.lead_time) for one in found.submissions] == [(0, 1, 3.0), (1, 0, 12.5)]


def test_a_submission_in_quarantine_is_on_the_text_of_the_task_that_it_was_on(tmp_path: Path) -> None:
    said = [annotation(MARKET, A, studio=place(9, task=5)), annotation(OLD, B, studio=place(3, task=2), round=2)]
    found = everything(tmp_path, said, [aside("market", A, place(4, task=2), submitted("u"), "label-unknown: x")])
    assert found[-1].submissions[0].lines == 1  # type: ignore[union-attr]
    assert found[-1][:2] == (Key("market", OLD.text_sha256, 2), A)


def test_a_submission_in_quarantine_is_on_the_text_and_in_the_round_that_it_tells(tmp_path: Path) -> None:
    said = [annotation(MARKET, A, studio=place(9, task=5))]
    told = submitted("u", text_sha256=OLD.text_sha256, round=2)
    found = everything(tmp_path, said, [aside("market", A, place(4, task=5), told, "label-unknown: x")])
    assert [one[:2] for one in found] == [
        (Key("market", MARKET.text_sha256, 1), A),
        (Key("market", OLD.text_sha256, 2), A),
    ]


def test_an_annotation_that_a_file_took_the_place_of_is_restored_as_it_was_made(tmp_path: Path) -> None:
    said = annotation(OLD, A, (entity(OLD, 1, "Rimbia", "PLACE"),), studio=place(4), round=2)
    read = json.loads(msgspec.json.encode(said))
    (found,) = everything(tmp_path, [], [aside("market", A, place(4), read, "superseded: x")])
    assert isinstance(found, Wanted)
    assert found[:2] == (Key("market", OLD.text_sha256, 2), A)
    assert result(found.submissions[0]) == write(said)


def test_without_any_such_task_it_is_on_the_text_of_today(tmp_path: Path) -> None:
    (found,) = everything(tmp_path, [], [aside("ferry", A, place(4), submitted("u"), "label-unknown: x")])
    assert found[:2] == (Key("ferry", FERRY.text_sha256, 1), A)


def test_what_cannot_be_restored_is_named(tmp_path: Path) -> None:
    two_by_name = (
        stance(1, "against", mention("e1"), Holder(kind="author")),
        stance(2, "favor", mention("e1"), Holder(kind="named", name="RESIDENTS")),
    )
    impossible = annotation(MARKET, A, (entity(MARKET, 1, "Rimbia", "PLACE"),), two_by_name, studio=place(9))
    found = everything(
        tmp_path,
        [impossible],
        [
            aside(None, A, place(1), submitted("u"), "foreign-task: x"),
            aside("ferry", B, place(2), submitted("u"), "unknown-text: x"),
            aside("market", A, place(9), ITEM, "no-region: x"),
            aside("market", A, place(3), ITEM, "no-region: x"),
        ],
    )
    assert all(isinstance(one, Refused) for one in found)
    assert [(one.name, one.annotations, one.lines) for one in found if isinstance(one, Refused)] == [
        ("no article.annotator-a, foreign-task", 0, 1),
        ("ferry.annotator-b, unknown-text", 0, 1),
        (impossible.id, 1, 1),
        ("annotation 3 of the lost server", 0, 1),
    ]

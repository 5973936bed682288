"""Status counts what was pulled against what was assigned, by round and annotator."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import msgspec
from tests.corpora import annotation, article, gold, write_corpus

from kliping.annotation.status import Articles, Status, status
from kliping.files import encode_lines, write_bytes
from kliping.project import AnnotatorsTable, PersonTable
from kliping.records import Assignment, Quarantined, Studio

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kliping.project import Corpus

A, B, C = "annotator-a", "annotator-b", "annotator-c"
NEWS = [article(f"news-{number}", "Berita", f"Isi {number}.") for number in range(5)]
OLD = article("news-0", "Berita", "Isi lama.")


def make(root: Path, *, people: Iterable[str] = (), rounds: Iterable[Assignment] = ()) -> Corpus:
    place = Studio(project=1, task=20, annotation=9)
    said = [
        annotation(NEWS[0], A, lead_time=10.0),
        annotation(NEWS[1], A, lead_time=40.0, studio=place),
        annotation(NEWS[2], A, status="skipped", lead_time=1.0),
        annotation(OLD, B, lead_time=500.0),
        annotation(NEWS[1], C, round=2, lead_time=None),
    ]
    corpus = write_corpus(root, NEWS, annotations=said, gold=[gold(NEWS[1], ())])
    aside = [
        Quarantined(article_id="news-1", annotator=B, studio=place, reason="label-unknown: x", pulled='{"result":[]}'),
        Quarantined(article_id="news-1", annotator=A, studio=place, reason="no-stance: x", pulled='{"id":"r1"}'),
    ]
    write_bytes(corpus.annotation_folder / "quarantine.jsonl", encode_lines(aside))
    if rounds:
        write_bytes(corpus.annotation_folder / "rounds.jsonl", encode_lines(rounds))
    table = AnnotatorsTable(people=dict.fromkeys(people, PersonTable()))
    return dataclasses.replace(corpus, settings=msgspec.structs.replace(corpus.settings, annotators=table))


def numbers(found: Status) -> dict[tuple[int, str], tuple[int, int, int, int, int]]:
    """Assigned, submitted, skipped, left, quarantined."""
    return {
        (one.round, one.annotator): (one.assigned, one.submitted, one.skipped, one.left, one.quarantined)
        for one in found.work
    }


def test_without_rounds_every_article_is_everybodys(tmp_path: Path) -> None:
    found = status(make(tmp_path))
    assert numbers(found) == {
        (1, A): (5, 2, 1, 2, 0),
        (1, B): (5, 0, 0, 5, 1),
        (1, C): (5, 0, 0, 5, 0),
        (2, C): (0, 1, 0, 0, 0),
    }
    assert found.articles == Articles(total=5, gold=1, partial=1, none=3, in_rounds=5)
    assert [one.lead_time for one in found.work] == [25.0, None, None, None]


def test_work_is_counted_against_the_rounds(tmp_path: Path) -> None:
    rounds = [
        Assignment(round=1, article_id="news-0", annotators=(A, B)),
        Assignment(round=1, article_id="news-3", annotators=(A,)),
        Assignment(round=2, article_id="news-1", annotators=()),
    ]
    found = status(make(tmp_path, people=[A, C], rounds=rounds))
    assert numbers(found) == {
        (1, A): (2, 2, 1, 1, 0),
        (1, B): (1, 0, 0, 1, 1),
        (2, A): (1, 0, 0, 1, 0),
        (2, C): (1, 1, 0, 0, 0),
    }
    assert found.articles.in_rounds == 3
    assert found.notes == (
        f"{A}, round 1: 2 done that were not theirs by the rounds",
        f"{B}, round 1: 1 on a text that is no longer the article's",
        f"{B}: the settings do not name them ([tool.kliping.annotators])",
    )


def test_who_is_named_and_has_done_nothing_is_there(tmp_path: Path) -> None:
    found = status(make(tmp_path, people=["annotator-z"]))
    assert numbers(found)[1, "annotator-z"] == (5, 0, 0, 5, 0)
    assert [one.annotator for one in found.work if one.named] == ["annotator-z"]


def test_a_corpus_without_annotations_has_its_articles(tmp_path: Path) -> None:
    found = status(write_corpus(tmp_path, NEWS))
    assert found.work == ()
    assert found.articles == Articles(total=5, gold=0, partial=0, none=5, in_rounds=5)

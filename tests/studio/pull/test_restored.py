"""A server that was lost and made anew is known again by the work on it; any other is refused."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from tests.corpora import entity

from kliping.errors import DataError
from kliping.studio.projects import find_project
from kliping.studio.pull import pull
from kliping.studio.push import push
from kliping.studio.results import write
from kliping.studio.server.data import place_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kliping.contract import Contract
    from kliping.project import Corpus
    from kliping.records import Annotation
    from kliping.studio.client import Client

pytestmark = pytest.mark.studio


def tasks_of(corpus: Corpus, client: Client) -> dict[str, int]:
    project = find_project(client, corpus.settings)
    assert project is not None
    return {listed.key.article_id: listed.task for listed in client.tasks.inventory(project.id) if listed.key}


def lose_and_push_again(corpus: Corpus, contract: Contract, client: Client) -> dict[str, int]:
    """A second project stands for a second server: its tasks and annotations have other numbers, and are made later."""
    project = find_project(client, corpus.settings)
    assert project is not None
    client._session.sdk.projects.delete(project.id)
    push(corpus, contract, client)
    return tasks_of(corpus, client)


@pytest.fixture
def annotated(three: Corpus, contract: Contract, client: Client, ayu: Client, bima: Client) -> Corpus:
    """Two people's work, pulled: mentions, a skip, and a submission that cannot be read."""
    push(three, contract, client)
    tasks = tasks_of(three, client)
    for number, article in enumerate(three.articles()):
        word = entity(article, 1, "Berita", "EVENT")
        value = {"start": word.start, "end": word.end, "text": word.text, "labels": [word.label]}
        items = [{"id": "r1", "from_name": "label", "to_name": "text", "type": "labels", "value": value}]
        ayu.annotations.submit(tasks[article.id], items, lead_time=5.5 + number)
    bima.annotations.submit(tasks["article-0"], [], skipped=True)
    wrong = {"id": "r1", "from_name": "label", "to_name": "text", "type": "labels", "value": {"labels": ["HERO"]}}
    bima.annotations.submit(tasks["article-1"], [wrong])
    pull(three, contract, client)
    return three


def apart_from_numbers(annotation: Annotation) -> tuple[object, ...]:
    return tuple(getattr(annotation, name) for name in annotation.__struct_fields__ if name != "studio")


def test_the_same_work_on_a_new_server_loses_nothing(
    annotated: Corpus, contract: Contract, client: Client, ayu: Client, bima: Client
) -> None:
    before, aside = list(annotated.annotations()), list(annotated.quarantine())
    tasks = lose_and_push_again(annotated, contract, client)
    with pytest.raises(DataError, match="the tasks of 4 annotations"):
        pull(annotated, contract, client)
    skipper = next(one.annotator for one in before if one.status == "skipped")
    for one in before:
        who = bima if one.annotator == skipper else ayu
        who.annotations.submit(tasks[one.article_id], write(one), skipped=one.status == "skipped")
    receipt = pull(annotated, contract, client)
    now = list(annotated.annotations())
    assert list(map(apart_from_numbers, now)) == list(map(apart_from_numbers, before))
    assert all(one.studio != other.studio for one, other in zip(before, now, strict=True))
    assert receipt.changes == 5  # four other numbers, and one that has none any more
    assert "4 are there again under other numbers" in "\n".join(receipt.notes)
    assert not any(note.startswith("removed") for note in receipt.notes)
    (kept,) = annotated.quarantine()
    assert (kept.studio, kept.reason, kept.pulled) == (None, aside[0].reason, aside[0].pulled)
    assert pull(annotated, contract, client).changes == 0
    (annotated.state / "studio.sqlite").unlink()
    assert pull(annotated, contract, client).changes == 0


def test_work_on_the_new_server_goes_on(
    annotated: Corpus, contract: Contract, client: Client, ayu: Client, bima: Client
) -> None:
    before = list(annotated.annotations())
    tasks = lose_and_push_again(annotated, contract, client)
    skipper = next(one.annotator for one in before if one.status == "skipped")
    made = {
        (one.article_id, one.status): (bima if one.annotator == skipper else ayu).annotations.submit(
            tasks[one.article_id], write(one), skipped=one.status == "skipped"
        )
        for one in before
    }
    pull(annotated, contract, client)
    client.annotations.delete(made["article-2", "submitted"])
    client._session.sdk.annotations.update(made["article-1", "submitted"], result=[])
    receipt = pull(annotated, contract, client)
    assert sum("was deleted on the server" in note for note in receipt.notes) == 1
    changed = next(one for one in annotated.annotations() if one.article_id == "article-1")
    old = next(one for one in before if one.article_id == "article-1")
    assert (changed.entities, changed.created == old.created) == ((), False)


@pytest.fixture
def data(studio_corpus: Corpus, request: pytest.FixtureRequest) -> Iterator[sqlite3.Connection]:
    """The server's own database, in which a backup was put back."""
    if request.config.getoption("--postgresql"):
        pytest.skip("of the data that Label Studio keeps in a file")
    with closing(sqlite3.connect(place_of(studio_corpus).sqlite, timeout=30)) as data:
        yield data


def test_a_server_that_was_set_back_and_worked_on_since_is_read_anew(
    annotated: Corpus, contract: Contract, client: Client, ayu: Client, bima: Client, data: sqlite3.Connection
) -> None:
    """Its backup knows nothing of the newest work, and what people did since is newer than all that was pulled."""
    tasks = tasks_of(annotated, client)
    lost = bima.annotations.submit(tasks["article-2"], [])
    pull(annotated, contract, client)
    assert len(list(annotated.annotations())) == 5
    with data:
        data.execute("PRAGMA foreign_keys = OFF")
        data.execute("DELETE FROM task_completion WHERE id = ?", (lost,))
        data.execute("UPDATE task SET updated_at = '2020-01-01 00:00:00.5' WHERE id = ?", (tasks["article-2"],))
    ayu.annotations.submit(tasks["article-0"], [])
    receipt = pull(annotated, contract, client)
    assert sum("was deleted on the server" in note for note in receipt.notes) == 1
    assert [one.article_id for one in annotated.annotations()].count("article-2") == 1
    assert pull(annotated, contract, client, full=True).changes == 0


def test_what_is_made_after_the_clock_was_set_back_is_read(
    annotated: Corpus, contract: Contract, client: Client, ayu: Client, data: sqlite3.Connection
) -> None:
    tasks = tasks_of(annotated, client)
    with data:  # somebody annotated while the server's clock was far ahead
        data.execute("UPDATE task SET updated_at = '2999-01-01 00:00:00.5' WHERE id = ?", (tasks["article-0"],))
    pull(annotated, contract, client)
    ayu.annotations.submit(tasks["article-2"], [], skipped=True)
    pull(annotated, contract, client)
    assert [one.status for one in annotated.annotations() if one.article_id == "article-2"] == ["skipped"]
    assert pull(annotated, contract, client, full=True).changes == 0


def test_a_part_of_the_work_is_refused(annotated: Corpus, contract: Contract, client: Client, ayu: Client) -> None:
    before = list(annotated.annotations())
    tasks = lose_and_push_again(annotated, contract, client)
    one = next(one for one in before if one.status == "submitted")
    ayu.annotations.submit(tasks[one.article_id], write(one))
    with pytest.raises(DataError, match="the tasks of 3 annotations"):
        pull(annotated, contract, client)
    assert list(annotated.annotations()) == before

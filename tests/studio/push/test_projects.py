"""Who gets which tasks: one project for all, or one for each annotator, by rounds."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import msgspec
import pytest
from tests.corpora import annotation
from tests.studio.push.on_server import assign, listed_of, project_of, tasks_of, with_annotators

from kliping.errors import CallError, DataError
from kliping.files import write_shards
from kliping.project import Settings
from kliping.project.annotators import AnnotatorsTable, PersonTable
from kliping.records import Assignment, Studio
from kliping.studio.client import Setup
from kliping.studio.projects import SHARED, annotator_role, description, find_project, roles, title
from kliping.studio.push import push

if TYPE_CHECKING:
    from kliping.contract import Contract
    from kliping.project import Corpus
    from kliping.studio.client import Client

AYU, BIMA = "annotator-aaaaaaaaaaaa", "annotator-bbbbbbbbbbbb"
PEOPLE = {AYU: PersonTable(), BIMA: PersonTable()}


def test_blind_work_of_nobody_is_refused() -> None:
    with pytest.raises(CallError, match="nobody is named"):
        roles(Settings(name="toy", annotators=AnnotatorsTable(blind=True)))


@pytest.mark.studio
def test_a_shared_project_has_every_round_of_everybody(three: Corpus, contract: Contract, client: Client) -> None:
    corpus = with_annotators(three, people=PEOPLE)
    assign(
        corpus,
        Assignment(round=1, article_id="article-0", annotators=()),
        Assignment(round=2, article_id="article-1", annotators=(AYU,)),
        Assignment(round=2, article_id="article-0", annotators=(BIMA,)),
    )
    receipt = push(corpus, contract, client)
    keys = [(one.key.article_id, one.key.round) for one in listed_of(corpus, client) if one.key]
    assert keys == [("article-0", 1), ("article-0", 2), ("article-1", 2)]
    assert any("1 articles are in no round yet" in note for note in receipt.notes)
    assert any("`blind = true`" in note for note in receipt.notes)
    assert push(corpus, contract, client).changes == 0


@pytest.mark.studio
def test_each_annotator_has_a_project_of_their_own_tasks(three: Corpus, contract: Contract, client: Client) -> None:
    corpus = with_annotators(three, people=PEOPLE, blind=True)
    assign(
        corpus,
        Assignment(round=1, article_id="article-0", annotators=()),
        Assignment(round=1, article_id="article-1", annotators=(AYU,)),
        Assignment(round=1, article_id="article-2", annotators=(BIMA,)),
    )
    receipt = push(corpus, contract, client)
    assert [(count.taken, count.kept) for count in receipt.counts] == [(4, 4)]
    assert tasks_of(corpus, client, annotator_role(AYU)) == ["article-0", "article-1"]
    assert tasks_of(corpus, client, annotator_role(BIMA)) == ["article-0", "article-2"]
    assert find_project(client, corpus.settings) is None
    assert push(corpus, contract, client).changes == 0


@pytest.mark.studio
def test_all_annotators_get_every_task_of_a_shared_project(
    three: Corpus, contract: Contract, client: Client, ayu: Client, bima: Client
) -> None:
    """With Label Studio's own default, what one has done is offered to no other."""
    push(three, contract, client)
    project = project_of(three, client)
    for person in (ayu, bima):
        met = set()
        for _ in range(3):
            task = int(person._session.get_json(f"api/projects/{project}/next", {}, dict)["id"])
            person.annotations.submit(task, [])
            met.add(task)
        assert len(met) == 3


@pytest.mark.studio
def test_what_was_labelled_in_the_shared_project_is_not_asked_again(
    three: Corpus, contract: Contract, client: Client
) -> None:
    push(three, contract, client)
    shared = project_of(three, client)
    first, second, _ = three.articles()
    before = [(one.task, one.mark) for one in listed_of(three, client)]
    there = Studio(project=shared, task=before[0][0], annotation=1)
    elsewhere = Studio(project=shared + 1000, task=1, annotation=2)
    said = [annotation(first, AYU, studio=there), annotation(second, AYU, studio=elsewhere)]
    write_shards(three.annotation_folder / "pulled", said)
    corpus = with_annotators(three, people=PEOPLE, blind=True)
    receipt = push(corpus, contract, client)
    assert [(count.taken, count.kept, count.set_aside) for count in receipt.counts] == [(6, 5, 1)]
    assert tasks_of(corpus, client, annotator_role(AYU)) == ["article-1", "article-2"]
    assert tasks_of(corpus, client, annotator_role(BIMA)) == ["article-0", "article-1", "article-2"]
    assert any(f"project {title(three.settings)!r} is left as it is" in note for note in receipt.notes)
    assert [(one.task, one.mark) for one in listed_of(three, client)] == before
    assert push(corpus, contract, client).changes == 0


@pytest.mark.studio
def test_a_renamed_project_is_known_again(three: Corpus, contract: Contract, client: Client) -> None:
    push(three, contract, client)
    project = project_of(three, client)
    client._session.patch_json(f"api/projects/{project}/", {"title": f"Lain {uuid.uuid4().hex[:8]}"}, dict)
    assert push(three, contract, client).changes == 0
    assert project_of(three, client) == project


@pytest.mark.studio
def test_a_description_that_was_emptied_is_put_back(three: Corpus, contract: Contract, client: Client) -> None:
    push(three, contract, client)
    project = project_of(three, client)
    client.projects.describe(project, "")
    receipt = push(three, contract, client)
    assert receipt.changes == 1
    (known,) = [one for one in client.projects.list() if one.id == project]
    assert known.description == description(three.settings)
    assert push(three, contract, client).changes == 0


@pytest.mark.studio
def test_two_projects_of_one_title_are_refused(three: Corpus, contract: Contract, client: Client) -> None:
    for _ in range(2):
        client.projects.create(title(three.settings), "", Setup("<View/>"))
    with pytest.raises(DataError, match="2 projects are this corpus"):
        push(three, contract, client)
    assert not three.labeling.exists()


@pytest.mark.studio
def test_tasks_that_are_not_ours_are_left_alone(three: Corpus, contract: Contract, client: Client) -> None:
    push(three, contract, client)
    client.tasks.import_(project_of(three, client), [{"data": {"text": "Berita lain", "title": "", "holders": []}}])
    receipt = push(three, contract, client)
    assert receipt.changes == 0
    assert any("1 tasks are not ours, and are left alone" in note for note in receipt.notes)
    assert len(listed_of(three, client)) == 4


def test_a_role_is_titled_by_its_annotator() -> None:
    settings = Settings(name="toy", title="T" * 50)
    assert len(title(settings, annotator_role(AYU))) == 50
    assert title(settings, annotator_role(AYU)).endswith(f" · {AYU}")
    assert title(msgspec.structs.replace(settings, title="Toy"), SHARED) == "Toy"

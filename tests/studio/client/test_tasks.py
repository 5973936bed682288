"""What a real Label Studio tells of the tasks of a project, and which it deletes."""

from __future__ import annotations

import pytest
from tests.studio.push.on_server import begin, region

from kliping.studio.client import Client, Setup

pytestmark = pytest.mark.studio

SCREEN = """<View><Labels name="label" toName="text"><Label value="EVENT"/></Labels>
<Text name="text" value="$text"/></View>"""


@pytest.fixture
def project(client: Client) -> int:
    """Five tasks: untouched, submitted, skipped, begun, and one whose annotation was deleted again."""
    project = client.projects.create("Five tasks", "", Setup(SCREEN))
    assert client.tasks.import_(project, [{"data": {"text": "Berita"}} for _ in range(5)]) == 5
    return project


def numbers(client: Client, project: int) -> list[int]:
    return [one.task for one in client.tasks.inventory(project)]


def touch(client: Client, ayu: Client, project: int) -> None:
    _, submitted, skipped, begun, emptied = numbers(client, project)
    ayu.annotations.submit(submitted, [region("EVENT")])
    ayu.annotations.submit(skipped, [], skipped=True)
    begin(ayu, begun, [region("EVENT")])
    ayu.annotations.delete(ayu.annotations.submit(emptied, []))


def test_anybodys_draft_counts_as_touched(client: Client, ayu: Client, project: int) -> None:
    """A list and a single task tell one's own drafts only."""
    touch(client, ayu, project)
    assert [one.touched for one in client.tasks.inventory(project)] == [False, True, True, True, False]
    begun = numbers(client, project)[3]
    assert list(client.tasks.begun(project)) == [begun]
    assert [item["value"]["labels"] for one in client.tasks.drafts(begun) for item in one.result] == [["EVENT"]]


def test_the_server_deletes_what_is_untouched_as_it_deletes(client: Client, ayu: Client, project: int) -> None:
    touch(client, ayu, project)
    untouched, submitted, skipped, begun, emptied = numbers(client, project)
    assert client.tasks.delete_untouched(project, [untouched, submitted, skipped, begun]) == 1
    assert numbers(client, project) == [submitted, skipped, begun, emptied]
    assert client.tasks.delete_untouched(project, [untouched, submitted, skipped, begun]) == 0
    assert client.tasks.delete_untouched(project, []) == 0
    assert numbers(client, project) == [submitted, skipped, begun, emptied]


def test_many_are_deleted_in_several_requests(client: Client, project: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kliping.studio.client.tasks.DELETED_AT_ONCE", 2)
    assert client.tasks.delete_untouched(project, numbers(client, project)) == 5
    assert numbers(client, project) == []


def test_an_annotation_rewritten_stays_its_annotators(client: Client, ayu: Client, project: int) -> None:
    task = numbers(client, project)[0]
    number = ayu.annotations.submit(task, [region("EVENT")], skipped=True, lead_time=2.5)
    (before,) = next(iter(client.tasks.marked(project))).submitted
    client.annotations.rewrite(number, [])
    (after,) = next(iter(client.tasks.marked(project))).submitted
    assert after.result == ()
    kept = (before.id, before.person, before.skipped, before.created, before.lead_time)
    assert (after.id, after.person, after.skipped, after.created, after.lead_time) == kept


def test_the_first_import_with_predictions_chooses_which_are_shown(client: Client, project: int) -> None:
    """The server takes no version that it has no predictions of: what is shown is set after an import."""
    predicted = {"model_version": "m", "result": [region("EVENT")]}
    client.tasks.import_(project, [{"data": {"text": "Berita"}, "predictions": [predicted]}])
    assert client.projects.setup(project).model_version == "m"
    client.projects.set_up(project, Setup(SCREEN))
    assert client.projects.setup(project).model_version == ""
    client.projects.set_up(project, Setup(SCREEN, model_version="m"))
    assert client.projects.setup(project).model_version == "m"

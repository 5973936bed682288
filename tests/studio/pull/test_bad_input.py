"""What people and networks do wrong: a sentence each, nothing lost, and the files stay as they were."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from demo.annotators import sign_up
from tests.studio.gateway import CLOSED, CUT, CUT_UNSEEN, WEB_PAGE, Fault, gateway, on, refused

from kliping.errors import ServerError
from kliping.studio.client import Client, Setup
from kliping.studio.projects import find_project
from kliping.studio.pull import pull
from kliping.studio.push import push

if TYPE_CHECKING:
    from kliping.contract import Contract
    from kliping.project import Corpus
    from kliping.records import Receipt
    from kliping.studio.results import Item

pytestmark = pytest.mark.studio


def tasks_of(corpus: Corpus, client: Client) -> list[int]:
    project = find_project(client, corpus.settings)
    assert project is not None
    return [listed.task for listed in client.tasks.inventory(project.id)]


def region(label: str = "EVENT", control: str = "label", identity: str = "r") -> Item:
    value = {"start": 0, "end": 6, "text": "Berita", "labels": [label]}
    return {"id": identity, "from_name": control, "to_name": "text", "type": "labels", "value": value}


def codes(corpus: Corpus) -> list[str]:
    return [one.reason.partition(":")[0] for one in corpus.quarantine()]


def count(receipt: Receipt, what: str) -> tuple[int, int, int]:
    return next((one.taken, one.kept, one.set_aside) for one in receipt.counts if one.what == what)


def files(corpus: Corpus) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in corpus.annotation_folder.rglob("*") if path.is_file()}


@pytest.fixture
def token(studio: tuple[str, str]) -> str:
    return studio[1]


@pytest.mark.parametrize(
    "fault",
    [
        refused(401),
        refused(404, "Not found."),
        refused(500, "Internal error"),
        WEB_PAGE,
        CUT,
        CUT_UNSEEN,
        CLOSED,
        Fault(status=200, body=b"{}"),
        Fault(status=200, body=b'{"tasks": [{"id": "x"}]}'),
    ],
    ids=["401", "404", "500", "page", "cut", "cut-unseen", "closed", "empty", "other"],
)
def test_a_list_that_fails_leaves_files_and_mirror_as_they_were(
    three: Corpus, contract: Contract, client: Client, ayu: Client, fault: Fault, token: str
) -> None:
    push(three, contract, client)
    first, second, _ = tasks_of(three, client)
    ayu.annotations.submit(first, [region()])
    pull(three, contract, client)
    ayu.annotations.submit(second, [region()])
    before = files(three)
    with gateway(client.url, on("GET", "/api/tasks/", fault, after=1)) as url, Client(url, token) as shaky:
        with pytest.raises(ServerError) as failed:
            pull(three, contract, shaky)
        assert token not in str(failed.value)
        assert "pos.example" not in str(failed.value)
    assert files(three) == before
    assert pull(three, contract, client).changes == 1
    assert len(list(three.annotations())) == 2


def test_each_quarantined_one_is_named_with_where_to_look(
    three: Corpus, contract: Contract, client: Client, ayu: Client
) -> None:
    push(three, contract, client)
    first, second, _ = tasks_of(three, client)
    ayu.annotations.submit(first, [region("HERO")])
    ayu.annotations.submit(
        second, [{**region(), "value": {"start": 900, "end": 903, "text": "x", "labels": ["EVENT"]}}]
    )
    receipt = pull(three, contract, client)
    project = find_project(client, three.settings)
    assert project is not None
    for task, code in ((first, "label-unknown"), (second, "offset-unproven")):
        (told,) = (
            note for note in receipt.notes if note.endswith(f"{client.url}/projects/{project.id}/data?task={task}")
        )
        assert code in told
    assert "1 set aside as label-unknown; see annotations/quarantine.jsonl" in receipt.notes
    assert client.url.encode() not in b"".join(files(three).values())


def test_many_quarantined_ones_are_named_up_to_twenty(
    three: Corpus, contract: Contract, client: Client, ayu: Client
) -> None:
    push(three, contract, client)
    first, *_ = tasks_of(three, client)
    for _ in range(23):
        ayu.annotations.submit(first, [region("HERO")])
    receipt = pull(three, contract, client)
    assert sum(note.startswith("set aside: ") for note in receipt.notes) == 20
    assert "22 set aside as superseded; see annotations/quarantine.jsonl" in receipt.notes
    assert (receipt.adds_up, count(receipt, "annotations")) == (True, (23, 0, 23))
    assert count(receipt, "annotators") == (1, 0, 1)


def test_a_control_that_was_renamed_by_hand_hides_no_mention(
    three: Corpus, contract: Contract, client: Client, ayu: Client
) -> None:
    """An annotation without the mentions of an unknown control would say that there are none."""
    push(three, contract, client)
    project = find_project(client, three.settings)
    assert project is not None
    first, second, _ = tasks_of(three, client)
    config = client.projects.setup(project.id).config
    client.projects.set_up(project.id, Setup(config.replace('name="label"', 'name="ner"').replace('"label"', '"ner"')))
    ayu.annotations.submit(first, [region(control="ner")])
    ayu.annotations.submit(second, [region()])
    receipt = pull(three, contract, client)
    assert [one.article_id for one in three.annotations()] == ["article-1"]
    assert codes(three) == ["control-unknown"]
    assert receipt.adds_up


def test_an_empty_submission_says_that_there_is_nothing(
    three: Corpus, contract: Contract, client: Client, ayu: Client
) -> None:
    push(three, contract, client)
    first, *_ = tasks_of(three, client)
    ayu.annotations.submit(first, [])
    receipt = pull(three, contract, client)
    (only,) = three.annotations()
    assert (only.status, only.entities, codes(three)) == ("submitted", (), [])
    assert count(receipt, "annotations") == (1, 1, 0)


def test_whoever_was_deleted_on_the_server_stays_who_they_were(
    three: Corpus, contract: Contract, client: Client, studio: tuple[str, str]
) -> None:
    push(three, contract, client)
    first, second, _ = tasks_of(three, client)
    with Client(studio[0], sign_up(*studio, "citra@pos.example")) as citra:
        citra.annotations.submit(first, [region()])
        pull(three, contract, client)
        before = list(three.annotations())
        citra.annotations.submit(second, [region()])
    numbers = {address: number for number, address in client.people.addresses().items()}
    client._session.sdk.users.delete(numbers["citra@pos.example"])
    receipt = pull(three, contract, client)
    assert list(three.annotations()) == before
    assert codes(three) == ["nobody"]  # was never pulled while the server knew who it was
    assert receipt.adds_up
    assert pull(three, contract, client).changes == 0
    (three.state / "studio.sqlite").unlink()
    assert pull(three, contract, client, full=True).changes == 0


def test_remarks_are_counted_and_named(three: Corpus, contract: Contract, client: Client, ayu: Client) -> None:
    """A choice and an arrow that disagree are both kept, and are worth a look."""
    push(three, contract, client)
    first, *_ = tasks_of(three, client)
    side, other = (label.const for label in contract.scheme.stances[:2])
    value = {"start": 7, "end": 8, "text": "0", "labels": ["EVENT"]}
    target = {**region(identity="t"), "value": value}
    choice = {**target, "from_name": "stance", "type": "choices", "value": {**value, "choices": [side]}}
    arrow = {"type": "relation", "from_id": "r", "to_id": "t", "direction": "right", "labels": [other]}
    ayu.annotations.submit(first, [region(), target, choice, arrow])
    receipt = pull(three, contract, client)
    (only,) = three.annotations()
    assert receipt.adds_up
    assert len(only.stances) == 2
    assert any("remarked as" in note and note.endswith(only.id) for note in receipt.notes)
    assert pull(three, contract, client).notes == receipt.notes

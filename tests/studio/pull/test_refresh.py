"""Reading only what moved gives what reading everything gives, whatever people do in between."""

from __future__ import annotations

import dataclasses
import random
import shutil
from typing import TYPE_CHECKING

import pytest
from tests.corpora import article

from kliping.studio.projects import annotator_role, description, find_project, title
from kliping.studio.pull import pull
from kliping.studio.push import push
from kliping.studio.tasks import task

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kliping.contract import Contract
    from kliping.project import Corpus
    from kliping.records import Receipt
    from kliping.studio.client import Client
    from kliping.studio.results import Item

pytestmark = pytest.mark.studio

STEPS = 12
ACTIONS = 4


def region(label: str, length: int = 6) -> Item:
    value = {"start": 0, "end": length, "text": "Berita"[:length], "labels": [label]}
    return {"id": "r", "from_name": "label", "to_name": "text", "type": "labels", "value": value}


def files(corpus: Corpus) -> dict[str, bytes]:
    folder = corpus.annotation_folder
    paths = [*sorted((folder / "pulled").glob("*")), folder / "quarantine.jsonl"]
    return {path.name: path.read_bytes() for path in paths if path.exists()}


def told(receipt: Receipt) -> tuple[object, ...]:
    return receipt.counts, receipt.adds_up


class People:
    """A maintainer and two annotators, who do one random thing after the other."""

    def __init__(self, project: int, corpus: Corpus, contract: Contract, clients: list[Client], seed: int) -> None:
        self.project = project
        self.corpus = corpus
        self.contract = contract
        self.maintainer, *self.annotators = clients
        self.chance = random.Random(seed)  # noqa: S311 — no secret
        self.emptied: set[int] = set()
        """Tasks whose annotation was deleted and not pulled yet: without them, its deletion would look like a loss."""

    def act(self) -> None:
        """Do one of the things that people do, where it can be done."""
        doings = (self.submit, self.submit, self.skip, self.change, self.delete, self.unreadable, self.more, self.fewer)
        self.chance.choice(doings)()

    def _task(self) -> int:
        return self.chance.choice([one.task for one in self.maintainer.tasks.inventory(self.project)])

    def _made(self) -> list[tuple[int, int]]:
        """Each annotation with its task."""
        pages = self.maintainer.changes.walk(self.project)
        return [(made.id, one.id) for page in pages for one in page for made in one.annotations or ()]

    def submit(self) -> None:
        label = self.chance.choice(["EVENT", "POLICY", "PERSON"])
        self.chance.choice(self.annotators).annotations.submit(self._task(), [region(label)], lead_time=2.5)

    def skip(self) -> None:
        self.chance.choice(self.annotators).annotations.submit(self._task(), [], skipped=True)

    def unreadable(self) -> None:
        self.chance.choice(self.annotators).annotations.submit(self._task(), [region("HERO")])

    def change(self) -> None:
        if made := self._made():
            label = self.chance.choice(["EVENT", "PLACE"])
            sdk = self.maintainer._session.sdk
            sdk.annotations.update(self.chance.choice(made)[0], result=[region(label)])

    def delete(self) -> None:
        if made := self._made():
            annotation, emptied = self.chance.choice(made)
            self.maintainer.annotations.delete(annotation)
            self.emptied.add(emptied)

    def more(self) -> None:
        """A task of ours a second time, or one that is not ours."""
        own = task(self.chance.choice(list(self.corpus.articles())), self.contract.scheme, "id")
        foreign = {"data": {"text": "Berita lain", "title": "", "holders": []}}
        self.maintainer.tasks.import_(self.project, [self.chance.choice([own, foreign])])

    def fewer(self) -> None:
        listed = self.maintainer.tasks.inventory(self.project)
        tasks = [one.task for one in listed if not one.annotations and one.task not in self.emptied]
        if len(tasks) > 1:
            self.maintainer.tasks.delete_untouched(self.project, [self.chance.choice(tasks)])


@pytest.fixture
def people(client: Client, ayu: Client, bima: Client) -> list[Client]:
    return [client, ayu, bima]


def test_a_random_walk_is_read_alike_in_parts_and_as_a_whole(
    make_corpus: Callable[..., Corpus], contract: Contract, people: list[Client], tmp_path: Path
) -> None:
    client = people[0]
    seed = random.randrange(1_000_000)  # noqa: S311 — no secret
    print(f"seed {seed}")  # noqa: T201 — so that a failure can be had again
    corpus = make_corpus(*(article(f"a-{number}", f"Berita {number}", "Pasar tetap buka.") for number in range(8)))
    push(corpus, contract, client)
    project = find_project(client, corpus.settings)
    assert project is not None
    whole = dataclasses.replace(corpus, root=tmp_path / "whole")
    shutil.copytree(corpus.root, whole.root)
    walk = People(project.id, corpus, contract, people, seed)
    for _ in range(STEPS):
        for _ in range(ACTIONS):
            walk.act()
        part = pull(corpus, contract, client)
        walk.emptied.clear()
        (whole.state / "studio.sqlite").unlink(missing_ok=True)
        assert told(part) == told(pull(whole, contract, client)), f"seed {seed}"
        assert files(corpus) == files(whole), f"seed {seed}"
        assert pull(corpus, contract, client).changes == 0, f"seed {seed}"
        assert pull(corpus, contract, client, full=True).changes == 0, f"seed {seed}"


def test_work_in_projects_of_ones_own_is_read_with_that_of_the_shared_one(
    three: Corpus, contract: Contract, client: Client, ayu: Client, bima: Client
) -> None:
    push(three, contract, client)
    shared = find_project(client, three.settings)
    assert shared is not None
    role = annotator_role("annotator-a1")
    setup = client.projects.setup(shared.id)
    own = client.projects.create(title(three.settings, role), description(three.settings, role), setup)
    client.tasks.import_(own, [task(one, contract.scheme, "id") for one in three.articles()])
    in_shared = [one.task for one in client.tasks.inventory(shared.id)]
    in_own = [one.task for one in client.tasks.inventory(own)]
    ayu.annotations.submit(in_shared[0], [region("EVENT")])
    ayu.annotations.submit(in_own[0], [region("POLICY")])  # newer, of the same article by the same person
    bima.annotations.submit(in_own[1], [])
    receipt = pull(three, contract, client)
    assert receipt.adds_up
    assert [(one.article_id, [mark.label for mark in one.entities]) for one in three.annotations()] == [
        ("article-0", ["POLICY"]),
        ("article-1", []),
    ]
    assert [one.reason.partition(":")[0] for one in three.quarantine()] == ["superseded"]
    assert pull(three, contract, client).changes == 0


def test_a_deleted_task_that_nobody_touched_is_named(three: Corpus, contract: Contract, client: Client) -> None:
    push(three, contract, client)
    pull(three, contract, client)
    project = find_project(client, three.settings)
    assert project is not None
    first = next(client.tasks.inventory(project.id)).task
    client.tasks.delete(first)
    receipt = pull(three, contract, client)
    assert (
        f"deleted: task {first} of article-0 is no longer on the server; `kliping push` makes it again" in receipt.notes
    )
    assert not any("deleted" in note for note in pull(three, contract, client).notes)


def test_a_round_of_its_own_is_an_annotation_of_its_own(
    three: Corpus, contract: Contract, client: Client, ayu: Client
) -> None:
    push(three, contract, client)
    project = find_project(client, three.settings)
    assert project is not None
    again = task(next(three.articles()), contract.scheme, "id")
    again["meta"]["kliping"] |= {"round": 2, "shown": "gazetteer-1"}
    client.tasks.import_(project.id, [again])
    tasks = {listed.key: listed.task for listed in client.tasks.inventory(project.id) if listed.key}
    for key, number in tasks.items():
        if key.article_id == "article-0":
            ayu.annotations.submit(number, [])
    pull(three, contract, client)
    assert [(one.round, one.predictions_shown) for one in three.annotations()] == [(1, None), (2, "gazetteer-1")]
    assert [one.id.rpartition(".")[2] for one in three.annotations()] == ["1", "2"]

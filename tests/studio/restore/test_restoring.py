"""A lost server is rebuilt from the files: the same work by the same people, once, however often it is begun."""

from __future__ import annotations

import dataclasses
import json
import shutil
import stat
import uuid
from typing import TYPE_CHECKING

import msgspec
import pytest
from tests.corpora import annotation, article, entity, mention, stance
from tests.studio.gateway import failing

from kliping.contract import violations
from kliping.errors import ServerError
from kliping.files import encode_lines, write_bytes, write_shards
from kliping.project import AnnotatorsTable, PersonTable
from kliping.records import Holder, Quarantined, Studio
from kliping.studio.client import Client
from kliping.studio.people.addresses import keep_addresses
from kliping.studio.people.pseudonyms import keep_fingerprint, pseudonym, pseudonym_key, stand_in
from kliping.studio.projects import known_projects
from kliping.studio.pull import pull
from kliping.studio.push import push
from kliping.studio.restore import restore
from kliping.studio.restore.accounts import passwords_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from kliping.contract import Contract
    from kliping.project import Corpus
    from kliping.records import Annotation

pytestmark = pytest.mark.studio

MARKET = article("market", "Pasar Lama", "Rimbia membuka Pasar Lama 👩‍🌾 hari ini.")
FERRY = article("ferry", "Feri", "Feri Rimbia berangkat.")
OLD = article("ferry", "Feri", "Feri Rimbia tiba.")


class Lost:
    """A corpus with the work of two people that no server has: one whose address is known, and one who is not."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.key = pseudonym_key()
        self.address = f"{uuid.uuid4().hex[:8]}@pos.example"
        self.known = pseudonym(self.key, self.address)
        self.unknown = f"annotator-{uuid.uuid4().hex[:12]}"
        keep_addresses(self.key, [self.address])
        keep_fingerprint(corpus, self.key)
        write_shards(corpus.corpus / "revisions", [OLD])
        write_shards(corpus.annotation_folder / "pulled", self.annotations())
        write_bytes(corpus.annotation_folder / "quarantine.jsonl", encode_lines(self.quarantine()))

    def annotations(self) -> list[Annotation]:
        marked = (entity(MARKET, 1, "Rimbia", "PLACE"), entity(MARKET, 2, "Pasar Lama", "PLACE", after="membuka "))
        side = stance(1, "against", mention("e2"), Holder(kind="mention", mention="e1"))
        side = msgspec.structs.replace(side, id="e2:mention:e1")
        made = [
            annotation(FERRY, self.known, comment="tidak yakin", studio=_place(1, 1)),
            annotation(FERRY, self.unknown, status="skipped", lead_time=2.0, studio=_place(1, 2)),
            annotation(OLD, self.unknown, (entity(OLD, 1, "Rimbia", "PLACE"),), round=2, studio=_place(2, 3)),
            annotation(MARKET, self.unknown, marked, (side,), studio=_place(3, 4), updated="2026-02-01T00:00:00Z"),
        ]
        named = [msgspec.structs.replace(one, id=f"{one.article_id}.{one.annotator}.{one.round}") for one in made]
        return sorted(named, key=lambda one: (one.article_id, one.annotator, one.round))

    def quarantine(self) -> list[Quarantined]:
        dangling = {"type": "relation", "from_id": "e1", "to_id": "gone", "direction": "right"}
        unknown = {"id": "r", "from_name": "label", "to_name": "text", "type": "labels",
                   "value": {"start": 0, "end": 5, "text": "Pasar", "labels": ["UNHEARD"]}}  # fmt: skip
        earlier = {"skipped": False, "created": "", "updated": "2026-01-01T00:00:00Z", "result": []}
        return [
            _aside("market", self.known, _place(3, 5), "label-unknown: x", {**earlier, "result": [unknown]}),
            _aside("market", self.unknown, _place(3, 4), "no-region: x", dangling),
            _aside("market", self.unknown, _place(3, 3), "superseded: x", earlier),
        ]

    def without_numbers(self) -> list[Annotation]:
        return [_without_numbers(one) for one in self.annotations()]

    def reasons(self) -> list[tuple[str | None, str, str]]:
        return sorted((one.article_id, one.annotator, one.reason.partition(":")[0]) for one in self.quarantine())


def _place(task: int, number: int) -> Studio:
    return Studio(project=1, task=task, annotation=number)


def _aside(name: str, annotator: str, place: Studio, reason: str, pulled: object) -> Quarantined:
    words = msgspec.json.encode(pulled).decode()
    return Quarantined(article_id=name, annotator=annotator, studio=place, reason=reason, pulled=words)


def _lines(corpus: Corpus) -> list[dict[str, object]]:
    """Annotations without the server's own numbers and times."""
    made = [json.loads(msgspec.json.encode(one)) for one in corpus.annotations()]
    return [{k: v for k, v in one.items() if k not in ("studio", "created", "updated")} for one in made]


def _without_numbers(one: Annotation) -> Annotation:
    return msgspec.structs.replace(one, studio=None)


def _reasons(corpus: Corpus) -> list[tuple[str | None, str, str]]:
    return sorted((one.article_id, one.annotator, one.reason.partition(":")[0]) for one in corpus.quarantine())


def pulled_anew(corpus: Corpus, contract: Contract, client: Client, folder: Path) -> Corpus:
    """What the server has, pulled to a copy of the corpus that has no annotations yet."""
    shutil.copytree(corpus.root, folder)
    copy = dataclasses.replace(corpus, root=folder)
    shutil.rmtree(copy.annotation_folder / "pulled")
    (copy.annotation_folder / "quarantine.jsonl").unlink()
    shutil.rmtree(copy.state, ignore_errors=True)
    pull(copy, contract, client)
    return copy


def blind(corpus: Corpus, people: Iterable[str]) -> Corpus:
    table = AnnotatorsTable(people=dict.fromkeys(people, PersonTable()), blind=True)
    return dataclasses.replace(corpus, settings=msgspec.structs.replace(corpus.settings, annotators=table))


@pytest.fixture
def lost(
    make_corpus: Callable[..., Corpus], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, contract: Contract
) -> Lost:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    made = Lost(make_corpus(FERRY, MARKET))
    assert [fault for one in made.corpus.annotations() for fault in violations(contract, "annotation", one)] == []
    return made


def test_what_is_pulled_from_the_rebuilt_server_is_what_was_pulled_from_the_lost_one(
    lost: Lost, contract: Contract, client: Client, tmp_path: Path
) -> None:
    receipt = restore(lost.corpus, contract, client)
    assert receipt.adds_up
    assert [(one.what, one.taken, one.kept) for one in receipt.counts[-3:]] == [
        ("annotations", 4, 4),
        ("lines in quarantine", 3, 3),
        ("annotators", 2, 2),
    ]
    copy = pulled_anew(lost.corpus, contract, client, tmp_path / "copy")
    assert _lines(copy) == _lines(lost.corpus)
    assert _reasons(copy) == _reasons(lost.corpus)


def test_pulled_annotations_keep_their_times(lost: Lost, contract: Contract, client: Client) -> None:
    restore(lost.corpus, contract, client)
    pull(lost.corpus, contract, client)
    assert [_without_numbers(one) for one in lost.corpus.annotations()] == lost.without_numbers()
    assert _reasons(lost.corpus) == lost.reasons()
    assert restore(lost.corpus, contract, client).changes == 0
    assert pull(lost.corpus, contract, client).changes == 0


def test_a_second_run_changes_nothing_and_neither_does_a_push(lost: Lost, contract: Contract, client: Client) -> None:
    assert restore(lost.corpus, contract, client).changes > 0
    assert restore(lost.corpus, contract, client).changes == 0
    assert push(lost.corpus, contract, client).changes == 0


def test_accounts_are_their_own_where_known_and_else_stand_in(lost: Lost, contract: Contract, client: Client) -> None:
    notes = restore(lost.corpus, contract, client).notes
    addresses = set(client.people.addresses().values())
    assert {lost.address, stand_in(lost.unknown)} < addresses
    kept = passwords_file(lost.corpus, client.url)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert json.loads(kept.read_bytes()).keys() == {lost.address, stand_in(lost.unknown)}
    assert f"2 accounts made; their passwords are in {kept}: hand them out" in notes
    assert any(note.startswith(f"{lost.unknown}: an account that stands in") for note in notes)
    held = b"".join(path.read_bytes() for path in lost.corpus.root.rglob("*") if path.is_file()).decode()
    assert "@pos.example" not in " ".join(notes) + held.replace("https://pos.example", "")


@pytest.mark.parametrize(
    ("part", "pushed"),
    [("/user/signup/", False), ("/api/projects/?", False), ("/import", False), ("/annotations/", True)],
)
def test_a_run_that_broke_off_is_finished_by_the_next(
    lost: Lost, contract: Contract, client: Client, studio: tuple[str, str], part: str, *, pushed: bool
) -> None:
    """The server does what a call asks, and the answer is lost; `pushed` has submissions go one by one."""
    if pushed:
        push(lost.corpus, contract, client)
    broken = []

    def breaks(method: str, path: str) -> bool:
        met = method == "POST" and part in (f"{path}?" if part.endswith("?") else path)
        broken.extend([path] if met else [])
        return met and len(broken) == 1

    with failing(studio[0], breaks) as url, Client(url, studio[1]) as through, pytest.raises(ServerError):
        restore(lost.corpus, contract, through)
    assert broken != []
    assert restore(lost.corpus, contract, client).adds_up
    pull(lost.corpus, contract, client)
    assert [_without_numbers(one) for one in lost.corpus.annotations()] == lost.without_numbers()
    assert _reasons(lost.corpus) == lost.reasons()
    (project,) = known_projects(client, lost.corpus.settings).values()
    assert len(list(client.tasks.inventory(project.id))) == 3
    assert restore(lost.corpus, contract, client).changes == 0


def test_what_somebody_submitted_since_is_what_they_say_today(
    lost: Lost, contract: Contract, client: Client, tmp_path: Path
) -> None:
    restore(lost.corpus, contract, client)
    person = {address: number for number, address in client.people.addresses().items()}[lost.address]
    (project,) = known_projects(client, lost.corpus.settings).values()
    for marked in list(client.tasks.marked(project.id)):
        for made in marked.submitted:
            if made.person == person and marked.key is not None and marked.key.article_id == "ferry":
                client.annotations.delete(made.id)
                client.annotations.submit(marked.task, [], person=person)
    receipt = restore(lost.corpus, contract, client)
    assert (receipt.changes, receipt.adds_up) == (0, True)
    assert f"not restored: ferry.{lost.known}.1: they have submitted it anew" in receipt.notes
    copy = pulled_anew(lost.corpus, contract, client, tmp_path / "copy")
    assert [one.comment for one in copy.annotations() if one.annotator == lost.known] == [None]


def test_the_work_of_a_user_whom_the_server_deleted_is_not_submitted_again(
    lost: Lost, contract: Contract, client: Client
) -> None:
    restore(lost.corpus, contract, client)
    pull(lost.corpus, contract, client)
    numbers = {address: number for number, address in client.people.addresses().items()}
    client._session.sdk.users.delete(numbers[lost.address])
    receipt = restore(lost.corpus, contract, client)
    assert (receipt.changes, receipt.adds_up) == (0, True)
    (project,) = known_projects(client, lost.corpus.settings).values()
    assert sum(len(marked.submitted) for marked in client.tasks.marked(project.id)) == 6


def test_blind_work_goes_to_each_annotators_own_project(lost: Lost, contract: Contract, client: Client) -> None:
    corpus = blind(lost.corpus, [lost.known])
    receipt = restore(corpus, contract, client)
    assert receipt.adds_up
    projects = known_projects(client, corpus.settings)
    assert sorted(str(role) for role in projects) == sorted([lost.known, lost.unknown])
    tasks = {
        str(role): sorted(one.key.article_id for one in client.tasks.inventory(project.id) if one.key)
        for role, project in projects.items()
    }
    assert tasks == {lost.known: ["ferry", "market"], lost.unknown: ["ferry", "ferry", "market"]}
    assert restore(corpus, contract, client).changes == 0


def test_a_corpus_without_annotations_is_only_pushed(three: Corpus, contract: Contract, client: Client) -> None:
    receipt = restore(three, contract, client)
    assert [one.taken for one in receipt.counts[-3:]] == [0, 0, 0]
    assert receipt.changes > 0
    assert push(three, contract, client).changes == 0

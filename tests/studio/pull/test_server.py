"""What people submitted comes back as they submitted it, or lies in quarantine with the reason."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING

import pytest
from demo.annotators import submit
from demo.returned import differences
from tests.corpora import annotation, article, entity, mention
from tests.studio.gateway import failing

from kliping.errors import CallError, DataError, ServerError
from kliping.files import write_shards
from kliping.records import Entity, Holder, Receipt, Stance, Target
from kliping.studio.client import Client
from kliping.studio.projects import find_project
from kliping.studio.pull import pull
from kliping.studio.push import push

if TYPE_CHECKING:
    from collections.abc import Callable

    from kliping.contract import Contract
    from kliping.project import Corpus
    from kliping.records import Annotation, Article
    from kliping.studio.results import Item
    from kliping.studio.tasks import Key

pytestmark = pytest.mark.studio

AUTHOR = Holder(kind="author")
# Emoji with joiners, a flag, a combining mark that NFC keeps apart; the raw text had CRLF and double spaces.
MARKET = article(
    "market",
    "Pasar Lama 👩‍🌾 tetap buka",
    "Wali Kota 🇮🇩 Sena Waluyo menolak relokasi Pasar Lama; x̱Kafe Arum dan Warga Tepi mendukung. 🎉 Pasar Lama ramai.",
    "quote|“Kami tidak pindah,” kata Sena Waluyo.",
)


def by_ayu(about: Article) -> Annotation:
    """Arrows from two mentions, a named holder, the article's voice, an unsure mention, a comment."""
    entities = (
        entity(about, 1, "Sena Waluyo", "PERSON"),
        entity(about, 2, "relokasi Pasar Lama", "POLICY"),
        dataclass_unsure(entity(about, 3, "x̱Kafe Arum", "ORGANISATION")),
        entity(about, 4, "Warga Tepi", "ORGANISATION"),
        entity(about, 5, "Pasar Lama", "PLACE", after="🎉 "),
    )
    stances = (
        Stance(id="s1", stance="favor", target=mention("e2"), holder=Holder(kind="mention", mention="e3")),
        Stance(id="s2", stance="favor", target=mention("e2"), holder=Holder(kind="mention", mention="e4")),
        Stance(id="s3", stance="favor", target=mention("e2"), holder=Holder(kind="named", name="RESIDENTS")),
        Stance(id="s4", stance="none", target=mention("e5"), holder=AUTHOR),
        Stance(id="s5", stance="against", target=mention("e1"), holder=Holder(kind="unspecified")),
        Stance(id="s6", stance="none", target=Target(kind="declared", name="MARKET_MOVE"), holder=AUTHOR),
    )
    return annotation(about, "annotator-1", entities, stances, comment="Siapa Warga Tepi? 🤔")


def dataclass_unsure(one: Entity) -> Entity:
    """The same mention, unsure."""
    return Entity(id=one.id, start=one.start, end=one.end, text=one.text, label=one.label, unsure=True)


def tasks_of(corpus: Corpus, client: Client) -> dict[Key, int]:
    found = find_project(client, corpus.settings)
    assert found is not None
    project = found.id
    return {listed.key: listed.task for listed in client.tasks.inventory(project) if listed.key is not None}


def task_of(corpus: Corpus, client: Client, article_id: str) -> int:
    return next(task for key, task in tasks_of(corpus, client).items() if key[0] == article_id)


def region(start: int, end: int, text: str, label: str = "PERSON") -> Item:
    value = {"start": start, "end": end, "text": text, "labels": [label]}
    return {"id": "r", "from_name": "label", "to_name": "text", "type": "labels", "value": value}


def count(receipt: Receipt, what: str) -> tuple[int, int, int]:
    return next((one.taken, one.kept, one.set_aside) for one in receipt.counts if one.what == what)


def reasons(corpus: Corpus) -> list[str]:
    return [one.reason.partition(":")[0] for one in corpus.quarantine()]


def test_two_peoples_work_comes_back_as_it_was(
    make_corpus: Callable[..., Corpus], contract: Contract, client: Client, ayu: Client, bima: Client
) -> None:
    other = article("levy", "Pungutan", "Pungutan kantong plastik naik.")
    corpus = make_corpus(other, MARKET)
    push(corpus, contract, client)
    person = entity(MARKET, 1, "Sena Waluyo", "PERSON")
    first = [by_ayu(MARKET), annotation(other, "annotator-1", status="skipped")]
    second = [annotation(MARKET, "annotator-2", [person]), annotation(other, "annotator-2")]
    submit(ayu, tasks_of(corpus, client), first)
    submit(bima, tasks_of(corpus, client), second)
    receipt = pull(corpus, contract, client)
    assert differences([*first, *second], corpus.annotations()) == []
    assert receipt.adds_up
    assert count(receipt, "annotations") == (4, 4, 0)
    assert count(receipt, "regions") == (6, 6, 0)
    assert count(receipt, "relations") == (4, 4, 0)
    assert count(receipt, "choices") == (5, 5, 0)
    assert count(receipt, "comments") == (1, 1, 0)
    assert receipt.notes == ("2 annotators, 1 skipped",)
    for one in corpus.annotations():
        text = MARKET.text if one.article_id == "market" else other.text
        assert all(text[mark.start : mark.end] == mark.text for mark in one.entities)
        assert (one.lead_time, one.predictions_shown, one.round, one.scheme) == (12.5, None, 1, "1.0.0")
        assert one.id == f"{one.article_id}.{one.annotator}.1"
    keys = [(one.article_id, one.annotator) for one in corpus.annotations()]
    assert keys == sorted(keys)
    again = pull(corpus, contract, client)
    assert (again.changes, again.counts) == (0, receipt.counts)
    folder = corpus.annotation_folder
    assert "pos.example" not in "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.json*"))


def test_offsets_counted_in_utf16_come_back_in_code_points(
    make_corpus: Callable[..., Corpus], contract: Contract, client: Client, ayu: Client
) -> None:
    corpus = make_corpus(MARKET)
    push(corpus, contract, client)
    start = MARKET.text.index("Warga Tepi")
    shifted = len(MARKET.text[:start].encode("utf-16-le")) // 2
    assert shifted > start
    ayu.annotations.submit(
        task_of(corpus, client, "market"), [region(shifted, shifted + 10, "Warga Tepi", "ORGANISATION")]
    )
    pull(corpus, contract, client)
    (only,) = corpus.annotations()
    assert [(one.start, one.text) for one in only.entities] == [(start, "Warga Tepi")]


def test_what_cannot_be_proven_is_quarantined_with_its_reason(
    three: Corpus, contract: Contract, client: Client, ayu: Client, bima: Client
) -> None:
    push(three, contract, client)
    arrow = {"type": "relation", "from_id": "r", "to_id": "gone", "direction": "right"}
    ayu.annotations.submit(task_of(three, client, "article-0"), [region(0, 3, "Senja")])
    ayu.annotations.submit(task_of(three, client, "article-1"), [region(0, 6, "Berita", "HERO")])
    ayu.annotations.submit(task_of(three, client, "article-2"), [region(0, 6, "Berita"), arrow])
    bima.annotations.submit(task_of(three, client, "article-2"), [region(0, 6, "Berita")])
    receipt = pull(three, contract, client)
    assert receipt.adds_up
    assert reasons(three) == ["offset-unproven", "label-unknown", "no-region"]
    assert count(receipt, "annotations") == (4, 2, 2)
    assert count(receipt, "regions") == (4, 2, 2)
    assert count(receipt, "relations") == (1, 0, 1)
    assert json.loads(next(three.quarantine()).pulled)["result"][0]["value"]["text"] == "Senja"
    assert pull(three, contract, client).changes == 0


def test_of_two_submissions_by_one_person_the_newest_counts(
    three: Corpus, contract: Contract, client: Client, ayu: Client
) -> None:
    push(three, contract, client)
    task = task_of(three, client, "article-0")
    ayu.annotations.submit(task, [region(0, 6, "Berita", "EVENT")])
    newest = ayu.annotations.submit(task, [region(0, 6, "Berita", "POLICY")])
    receipt = pull(three, contract, client)
    (only,) = three.annotations()
    assert only.studio is not None
    assert (only.studio.annotation, only.entities[0].label) == (newest, "POLICY")
    assert reasons(three) == ["superseded"]
    assert count(receipt, "annotations") == (2, 1, 1)


def test_a_task_that_kliping_did_not_make_is_set_aside(
    three: Corpus, contract: Contract, client: Client, ayu: Client
) -> None:
    push(three, contract, client)
    found = find_project(client, three.settings)
    assert found is not None
    project = found.id
    client.tasks.import_(project, [{"data": {"text": "Berita lain", "title": "", "holders": []}}])
    (foreign,) = [listed.task for listed in client.tasks.inventory(project) if listed.key is None]
    ayu.annotations.submit(foreign, [])
    pull(three, contract, client)
    assert reasons(three) == ["foreign-task"]
    assert list(three.annotations()) == []


def test_a_text_that_the_corpus_no_longer_has_is_set_aside(
    make_corpus: Callable[..., Corpus], contract: Contract, client: Client, ayu: Client
) -> None:
    old = make_corpus(article("market", "Pasar", "Pasar Lama tetap buka."))
    push(old, contract, client)
    ayu.annotations.submit(task_of(old, client, "market"), [region(0, 5, "Pasar", "PLACE")])
    new = dataclasses.replace(make_corpus(article("market", "Pasar", "Pasar Lama ditutup.")), settings=old.settings)
    pull(new, contract, client)
    assert reasons(new) == ["unknown-text"]


def test_a_deleted_annotation_is_removed_and_named(
    three: Corpus, contract: Contract, client: Client, ayu: Client
) -> None:
    push(three, contract, client)
    made = ayu.annotations.submit(task_of(three, client, "article-0"), [])
    ayu.annotations.submit(task_of(three, client, "article-1"), [])
    pull(three, contract, client)
    before = {one.article_id: one.id for one in three.annotations()}
    client.annotations.delete(made)
    receipt = pull(three, contract, client)
    assert f"removed: {before['article-0']} was deleted on the server" in receipt.notes
    assert receipt.changes == 1
    assert [one.article_id for one in three.annotations()] == ["article-1"]


def test_an_emptied_server_is_refused_and_nothing_is_lost(
    three: Corpus, contract: Contract, client: Client, ayu: Client
) -> None:
    push(three, contract, client)
    task = task_of(three, client, "article-0")
    ayu.annotations.submit(task, [])
    pull(three, contract, client)
    kept = list(three.annotations())
    client.tasks.delete(task)
    push(three, contract, client)
    with pytest.raises(DataError, match="nothing was written"):
        pull(three, contract, client)
    assert list(three.annotations()) == kept


def test_a_new_server_that_counts_from_one_again_is_refused(
    three: Corpus, contract: Contract, client: Client, ayu: Client
) -> None:
    """Its task has the old one's number and article, but was made after the annotation, and has other work on it."""
    push(three, contract, client)
    ayu.annotations.submit(task_of(three, client, "article-0"), [])
    pull(three, contract, client)
    path = three.annotation_folder / "pulled" / "00000.jsonl"
    before_the_task = (
        path.read_text().replace('"created":"20', '"created":"19').replace('"comment":null', '"comment":"A"')
    )
    path.write_text(before_the_task)
    (three.state / "studio.sqlite").unlink()
    with pytest.raises(DataError, match="another server"):
        pull(three, contract, client)
    assert path.read_text() == before_the_task


def test_an_annotation_that_came_from_no_server_stays(three: Corpus, contract: Contract, client: Client) -> None:
    push(three, contract, client)
    own = annotation(next(three.articles()), "annotator-hand")
    write_shards(three.annotation_folder / "pulled", [own])
    pull(three, contract, client)
    assert list(three.annotations()) == [own]


def test_an_unchanged_annotation_keeps_the_scheme_it_was_made_with(
    three: Corpus, contract: Contract, client: Client, ayu: Client
) -> None:
    push(three, contract, client)
    ayu.annotations.submit(task_of(three, client, "article-0"), [])
    pull(three, contract, client)
    newer = dataclasses.replace(contract, scheme=dataclasses.replace(contract.scheme, version="1.1.0"))
    assert pull(three, newer, client).changes == 0
    assert [one.scheme for one in three.annotations()] == ["1.0.0"]


def test_another_pseudonym_key_is_refused_before_anything_is_written(
    three: Corpus, contract: Contract, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    push(three, contract, client)
    pull(three, contract, client)
    monkeypatch.setenv("KLIPING_PSEUDONYM_KEY", "ab" * 32)
    with pytest.raises(DataError, match="another key"):
        pull(three, contract, client)


def test_a_server_that_fails_half_way_leaves_the_files_alone(
    three: Corpus, contract: Contract, client: Client, ayu: Client, studio: tuple[str, str]
) -> None:
    push(three, contract, client)
    ayu.annotations.submit(task_of(three, client, "article-0"), [])

    def fails(method: str, path: str) -> bool:
        return method == "GET" and "annotations" in path

    with failing(studio[0], fails) as url, Client(url, studio[1]) as shaky, pytest.raises(ServerError, match="502"):
        pull(three, contract, shaky)
    assert not (three.annotation_folder / "key.json").exists()
    assert list(three.annotations()) == []


def test_a_project_that_is_not_there_says_to_push_first(three: Corpus, contract: Contract, client: Client) -> None:
    with pytest.raises(CallError, match="kliping push"):
        pull(three, contract, client)

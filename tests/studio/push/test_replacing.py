"""What nobody touched is replaced by what would be sent today; what somebody began to annotate stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
from tests.corpora import article, entity
from tests.studio.push.on_server import begin, listed_of, predict, project_of, rewrite, task_on, tasks_of

from kliping.files import encode_lines, write_bytes
from kliping.records import Carried, Prediction
from kliping.studio.push import push
from kliping.studio.tasks import SHOWN, task

if TYPE_CHECKING:
    from collections.abc import Callable

    from kliping.contract import Contract
    from kliping.project import Corpus
    from kliping.records import Article
    from kliping.studio.client import Client

pytestmark = pytest.mark.studio

OLD = article("market", "Pasar", "Pasar Lama tetap buka.")
NEW = article("market", "Pasar", "Pasar Lama ditutup.")
RENAMED = msgspec.structs.replace(OLD, title="Pasar Lama")


@pytest.fixture
def market(make_corpus: Callable[..., Corpus], contract: Contract, client: Client) -> Corpus:
    """One article, on the server."""
    corpus = make_corpus(OLD)
    push(corpus, contract, client)
    return corpus


def test_a_changed_text_replaces_a_task_that_nobody_touched(market: Corpus, contract: Contract, client: Client) -> None:
    rewrite(market, NEW)
    assert push(market, contract, client).notes == (
        "1 imported",
        "1 deleted that are of earlier texts; nothing was on them",
    )
    (left,) = listed_of(market, client)
    assert left.key is not None
    assert left.key.text_sha256 == NEW.text_sha256
    assert push(market, contract, client).changes == 0


@pytest.mark.parametrize("touch", ["submitted", "skipped", "begun"])
def test_a_changed_text_never_replaces_what_somebody_touched(
    market: Corpus, contract: Contract, client: Client, ayu: Client, touch: str
) -> None:
    old = task_on(market, client, "market")
    if touch == "begun":
        begin(ayu, old)
    else:
        ayu.annotations.submit(old, [], skipped=touch == "skipped")
    rewrite(market, NEW)
    receipt = push(market, contract, client)
    assert receipt.changes == 1
    assert any("1 tasks of earlier texts stay" in note for note in receipt.notes)
    assert old in {one.task for one in listed_of(market, client)}
    assert tasks_of(market, client) == ["market", "market"]
    assert push(market, contract, client).changes == 0


def test_another_title_replaces_a_task_that_nobody_touched(market: Corpus, contract: Contract, client: Client) -> None:
    old = task_on(market, client, "market")
    rewrite(market, RENAMED)
    assert push(market, contract, client).notes == (
        "1 imported",
        "1 deleted for these, as another title, holder or prediction is sent today; nothing was on them",
    )
    assert task_on(market, client, "market") != old
    assert push(market, contract, client).changes == 0


def test_another_title_leaves_a_touched_task_alone_and_says_so(
    market: Corpus, contract: Contract, client: Client, ayu: Client
) -> None:
    old = task_on(market, client, "market")
    ayu.annotations.submit(old, [])
    rewrite(market, RENAMED)
    receipt = push(market, contract, client)
    assert receipt.changes == 0
    assert any("1 tasks would be sent otherwise today, and stay" in note for note in receipt.notes)
    assert task_on(market, client, "market") == old


def test_a_push_killed_between_the_new_task_and_the_old_ones_deletion_is_finished(
    market: Corpus, contract: Contract, client: Client
) -> None:
    old = task_on(market, client, "market")
    client.tasks.import_(project_of(market, client), [task(RENAMED, contract.scheme, "id")])
    rewrite(market, RENAMED)
    assert push(market, contract, client).changes == 1
    assert task_on(market, client, "market") != old


def test_what_somebody_began_after_the_plan_is_not_deleted(market: Corpus, client: Client, ayu: Client) -> None:
    project, old = project_of(market, client), task_on(market, client, "market")
    begin(ayu, old)
    assert client.tasks.delete_untouched(project, [old]) == 0
    assert tasks_of(market, client) == ["market"]


def test_a_withdrawn_articles_task_stays_and_is_named(market: Corpus, contract: Contract, client: Client) -> None:
    rewrite(market, article("ferry", "Feri", "Feri malam kembali."))
    receipt = push(market, contract, client)
    assert any("1 articles are withdrawn, and their tasks stay: market" in note for note in receipt.notes)
    assert tasks_of(market, client) == ["ferry", "market"]
    assert push(market, contract, client).changes == 0


def predicted(about: Article, version: str = "marker 1") -> Prediction:
    return Prediction(
        article_id=about.id, text_sha256=about.text_sha256, model_version=version, score=0.5,
        entities=(entity(about, 1, "Pasar Lama", "PLACE"),), stances=(),
    )  # fmt: skip


def test_predictions_go_with_the_tasks_and_are_shown(market: Corpus, contract: Contract, client: Client) -> None:
    corpus = predict(market, predicted(OLD))
    push(corpus, contract, client)
    project = project_of(corpus, client)
    assert client.projects.setup(project).model_version == SHOWN
    (prediction,) = client.tasks.predicted(project)
    assert [item["value"]["labels"] for item in prediction.result] == [["PLACE"]]
    (listed,) = listed_of(corpus, client)
    assert listed.mark is not None
    assert listed.mark.shown == "marker 1"
    assert push(corpus, contract, client).changes == 0
    push(predict(corpus, predicted(OLD, "marker 2")), contract, client)
    (listed,) = listed_of(corpus, client)
    assert listed.mark is not None
    assert listed.mark.shown == "marker 2"


def test_predictions_taken_back_are_gone_from_untouched_tasks(
    market: Corpus, contract: Contract, client: Client
) -> None:
    push(predict(market, predicted(OLD)), contract, client)
    push(market, contract, client)
    assert list(client.tasks.predicted(project_of(market, client))) == []
    assert push(market, contract, client).changes == 0
    assert client.projects.setup(project_of(market, client)).model_version == ""


def test_a_prediction_of_another_version_beside_a_carried_annotation_is_shown_too(
    make_corpus: Callable[..., Corpus], contract: Contract, client: Client, ayu: Client
) -> None:
    """The server shows one model version a project: both have it, and the mark says which it is."""
    ferry = article("ferry", "Feri", "Pasar Lama menunggu feri.")
    corpus = make_corpus(NEW, ferry)
    said = Carried(
        article_id="market", text_sha256=NEW.text_sha256, annotation="market.annotator-aaaaaaaaaaaa.1",
        annotated_text_sha256=OLD.text_sha256, annotator="annotator-aaaaaaaaaaaa", scheme="1.0.0",
        entities=(entity(NEW, 1, "Pasar Lama", "PLACE"),), stances=(), lost=(),
    )  # fmt: skip
    write_bytes(corpus.annotation_folder / "carried.jsonl", encode_lines([said]))
    corpus = predict(corpus, predicted(NEW), predicted(ferry))
    push(corpus, contract, client)
    marks = {one.key.article_id: one.mark.shown for one in listed_of(corpus, client) if one.key and one.mark}
    assert marks == {"market": "carried", "ferry": "marker 1"}
    shown = [ayu._session.get_json(f"api/projects/{project_of(corpus, client)}/next", {}, dict)]
    assert [len(one["predictions"]) for one in shown] == [1]
    ayu.annotations.submit(shown[0]["id"], [])
    shown.append(ayu._session.get_json(f"api/projects/{project_of(corpus, client)}/next", {}, dict))
    assert [len(one["predictions"]) for one in shown] == [1, 1]
    assert shown[0]["id"] != shown[1]["id"]

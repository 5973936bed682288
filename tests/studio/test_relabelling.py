"""A constant is renamed on a real server and in the corpus, however often the run is killed."""

from __future__ import annotations

import dataclasses
import json
import shutil
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import msgspec
import pytest
from tests.corpora import SCHEMA, annotation, article, entity
from tests.studio.gateway import CLOSED, gateway, on
from tests.studio.push.on_server import begin, listed_of, predict, project_of, region

from kliping.annotation.relabelling import Rename
from kliping.contract import Label, load_contract
from kliping.errors import DataError, ServerError
from kliping.files import write_shards
from kliping.records import Prediction, Studio
from kliping.studio.client import Client
from kliping.studio.pull import pull, pull_file
from kliping.studio.push import push
from kliping.studio.relabelling import relabel

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kliping.contract import Contract
    from kliping.project import Corpus
    from kliping.studio.client import Submitted
    from kliping.studio.results import Item

RENAME = Rename("label", "EVENT", "HAPPENING")


@pytest.fixture
def renamed(tmp_path: Path) -> Contract:
    """The contract with HAPPENING beside EVENT, which is deprecated."""
    folder = tmp_path / "renamed"
    shutil.copytree(SCHEMA, folder)
    own = json.loads((folder / "corpus.schema.json").read_text(encoding="utf-8"))
    (old,) = [one for one in own["$defs"]["entity_label"]["oneOf"] if one["const"] == "EVENT"]
    new = {**old, "const": "HAPPENING", "title": "Happening", "x-kliping": {"since": "1.1.0"}}
    own["$defs"]["entity_label"]["oneOf"].append(new)
    old["deprecated"] = True
    (folder / "corpus.schema.json").write_text(json.dumps(own), encoding="utf-8")
    return load_contract(folder)


@pytest.fixture
def used(three: Corpus, contract: Contract, client: Client, ayu: Client, bima: Client) -> Corpus:
    """Three articles: EVENT in three annotations by two people, and in a draft."""
    push(three, contract, client)
    first, second, third = (one.task for one in listed_of(three, client))
    ayu.annotations.submit(first, [region("EVENT")], lead_time=7.5)
    bima.annotations.submit(first, [region("PLACE")])
    bima.annotations.submit(second, [region("EVENT")], skipped=True)
    ayu.annotations.submit(third, [region("EVENT")])
    begin(bima, third, [region("EVENT")])
    return three


def labels_on(corpus: Corpus, client: Client) -> list[str]:
    """The labels of the annotations on the server, by annotation."""
    made = submitted(client, project_of(corpus, client))
    return [item["value"]["labels"][0] for one in made for item in one.result]


def submitted(client: Client, project: int) -> list[Submitted]:
    """The annotations of a project, by number: PostgreSQL tells those of a task in any order."""
    return sorted((one for task in client.tasks.marked(project) for one in task.submitted), key=lambda one: one.id)


def lines(corpus: Corpus) -> list[tuple[str, str, str, int, int]]:
    return [(one.control, one.old, one.new, one.annotations, one.decisions) for one in corpus.relabelled()]


@pytest.mark.studio
def test_a_label_is_renamed_everywhere_and_a_second_run_changes_nothing(
    used: Corpus, renamed: Contract, client: Client
) -> None:
    project = project_of(used, client)
    before = submitted(client, project)
    with pytest.raises(DataError, match="label=EVENT is used in 3 annotations and 1 draft"):
        push(used, renamed, client)
    receipt = relabel(used, renamed, RENAME, client)
    assert (receipt.counts[0].taken, receipt.counts[0].kept, receipt.changes) == (3, 3, 5)
    assert labels_on(used, client) == ["HAPPENING", "PLACE", "HAPPENING", "HAPPENING"]
    after = submitted(client, project)
    kept = [(one.id, one.person, one.skipped, one.created, one.lead_time) for one in before]
    assert [(one.id, one.person, one.skipped, one.created, one.lead_time) for one in after] == kept
    third = listed_of(used, client)[2].task
    assert [item["value"]["labels"] for one in client.tasks.drafts(third) for item in one.result] == [["HAPPENING"]]
    assert lines(used) == [("label", "EVENT", "HAPPENING", 3, 0)]
    assert relabel(used, renamed, RENAME, client).changes == 0
    assert lines(used) == [("label", "EVENT", "HAPPENING", 3, 0)]
    assert push(used, renamed, client).changes == 2  # the screen and labeling.xml


@pytest.mark.studio
@pytest.mark.parametrize("patched", [0, 1, 2])
def test_a_run_that_was_killed_is_finished_by_the_next_and_written_down_once(
    used: Corpus, renamed: Contract, client: Client, studio: tuple[str, str], patched: int
) -> None:
    with (
        gateway(studio[0], on("PATCH", "/api/annotations/", CLOSED, after=patched)) as url,
        Client(url, studio[1]) as shaky,
        pytest.raises(ServerError, match="the connection broke"),
    ):
        relabel(used, renamed, RENAME, shaky)
    assert labels_on(used, client).count("EVENT") == 3 - patched
    assert lines(used) == []
    receipt = relabel(used, renamed, RENAME, client)
    assert receipt.counts[0].kept == 3 - patched
    assert "EVENT" not in labels_on(used, client)
    assert lines(used) == [("label", "EVENT", "HAPPENING", 3, 0)]
    assert relabel(used, renamed, RENAME, client).changes == 0


@pytest.mark.studio
def test_the_next_pull_brings_the_new_name(used: Corpus, contract: Contract, renamed: Contract, client: Client) -> None:
    pull(used, contract, client)
    before = {one.id: one for one in used.annotations()}
    receipt = relabel(used, renamed, RENAME, client)
    assert {one.id: one for one in used.annotations()} == before
    assert any("until you run `kliping pull`" in note for note in receipt.notes)
    pull(used, renamed, client)
    after = {one.id: one for one in used.annotations()}
    assert after.keys() == before.keys()
    labels = {entity.label for one in after.values() for entity in one.entities}
    assert labels == {"HAPPENING", "PLACE"}


@pytest.mark.studio
@pytest.mark.parametrize("patched", [1, 2, 3, None])
def test_of_two_submissions_by_one_person_the_same_one_counts_afterwards(
    three: Corpus, contract: Contract, renamed: Contract, client: Client, ayu: Client, studio: tuple[str, str],
    patched: int | None,
) -> None:  # fmt: skip
    """Whatever the run was killed after."""
    push(three, contract, client)
    first, second, _ = (one.task for one in listed_of(three, client))
    for task, label in ((first, "EVENT"), (first, "PLACE"), (second, "EVENT"), (second, "EVENT")):
        ayu.annotations.submit(task, [region(label)])
    pull(three, contract, client)
    before = {one.studio for one in three.annotations()}
    if patched is not None:
        with (
            gateway(studio[0], on("PATCH", "/api/annotations/", CLOSED, after=patched)) as url,
            Client(url, studio[1]) as shaky,
            pytest.raises(ServerError, match="the connection broke"),
        ):
            relabel(three, renamed, RENAME, shaky)
    relabel(three, renamed, RENAME, client)
    pull(three, renamed, client)
    assert {one.studio for one in three.annotations()} == before
    assert [one.entities[0].label for one in three.annotations()] == ["PLACE", "HAPPENING"]
    assert relabel(three, renamed, RENAME, client).changes == 0


@pytest.mark.studio
def test_what_came_newer_from_a_file_counts_afterwards_too(
    three: Corpus, contract: Contract, renamed: Contract, client: Client, ayu: Client, tmp_path: Path
) -> None:
    push(three, contract, client)
    ayu.annotations.submit(listed_of(three, client)[0].task, [region("EVENT")])
    pull(three, contract, client)
    (on_server,) = three.annotations()
    first = next(three.articles())
    newer = {
        "id": 1,
        "completed_by": {"id": 1, "email": "ayu@pos.example"},
        "result": [region("PLACE")],
        "updated_at": (datetime.fromisoformat(str(on_server.updated)) + timedelta(microseconds=1)).isoformat(),
    }
    export = tmp_path / "export.json"
    export.write_text(json.dumps([{"id": 1, "data": {"text": first.text}, "annotations": [newer]}]))
    pull_file(three, contract, export)
    before = list(three.annotations())
    assert [one.entities[0].label for one in before] == ["PLACE"]
    relabel(three, renamed, RENAME, client)
    pull(three, renamed, client)
    assert list(three.annotations()) == before
    assert [json.loads(one.pulled)["updated"] for one in three.quarantine()] == [on_server.updated]
    assert pull(three, renamed, client, full=True).changes == 0


@pytest.mark.studio
def test_what_is_saved_while_others_are_renamed_is_not_undone(used: Corpus, renamed: Contract, client: Client) -> None:
    *_, last = submitted(client, project_of(used, client))
    more = {"id": "c", "from_name": "comment", "to_name": "text", "type": "textarea", "value": {"text": ["Siapa?"]}}

    def save(_: str) -> None:
        if len(next(one for one in submitted(client, project_of(used, client)) if one.id == last.id).result) == 1:
            client.annotations.rewrite(last.id, [*last.result, more])

    relabel(used, renamed, RENAME, client, save)
    assert [item["value"] for item in client.annotations.result(last.id)] == [
        {"start": 0, "end": 6, "text": "Berita", "labels": ["HAPPENING"]},
        {"text": ["Siapa?"]},
    ]


@pytest.mark.studio
def test_predictions_on_the_server_are_renamed_too(
    make_corpus: Callable[..., Corpus], contract: Contract, renamed: Contract, client: Client, ayu: Client
) -> None:
    market = article("market", "Pasar", "Festival dibuka.")
    said = Prediction(
        article_id="market", text_sha256=market.text_sha256, model_version="m", score=None,
        entities=(entity(market, 1, "Festival", "EVENT"),), stances=(),
    )  # fmt: skip
    corpus = predict(make_corpus(market), said)
    push(corpus, contract, client)
    ayu.annotations.submit(listed_of(corpus, client)[0].task, [])
    receipt = relabel(corpus, renamed, RENAME, client)
    assert [(count.what, count.kept) for count in receipt.counts if count.kept] == [("predictions", 1)]
    (prediction,) = client.tasks.predicted(project_of(corpus, client))
    assert prediction.result[0]["value"]["labels"] == ["HAPPENING"]
    assert push(corpus, renamed, client).changes == 2  # the screen and labeling.xml


@pytest.mark.studio
def test_a_renamed_holder_is_offered_on_the_task_that_has_it(
    three: Corpus, contract: Contract, client: Client, ayu: Client
) -> None:
    push(three, contract, client)
    task = listed_of(three, client)[0].task
    value = {"start": 0, "end": 6, "text": "Berita", "choices": ["RESIDENTS"]}
    item: Item = {"id": "r", "from_name": "holder", "to_name": "text", "type": "choices", "value": value}
    ayu.annotations.submit(task, [region("EVENT"), item])
    people = (Label("PEOPLE", "People", "All who live there."),)
    scheme = dataclasses.replace(contract.scheme, holders=people)
    relabel(three, dataclasses.replace(contract, scheme=scheme), Rename("holder", "RESIDENTS", "PEOPLE"), client)
    assert [one.get("alias") for one in client.tasks.data(task)["holders"]] == ["author", "PEOPLE"]
    (made,) = next(iter(client.tasks.marked(project_of(three, client)))).submitted
    assert made.result[1]["value"]["choices"] == ["PEOPLE"]


@pytest.mark.studio
def test_an_annotation_that_answers_for_both_targets_is_left_and_named(
    three: Corpus, contract: Contract, client: Client, ayu: Client
) -> None:
    push(three, contract, client)
    task = listed_of(three, client)[0].task
    ayu.annotations.submit(task, [voice("MARKET_MOVE", "favor"), voice("SHIFT", "against")])
    rename = Rename("target", "MARKET_MOVE", "SHIFT")
    receipt = relabel(three, contract, rename, client)
    assert (receipt.counts[0].taken, receipt.counts[0].set_aside, receipt.changes) == (1, 1, 0)
    assert any(f"data?task={task}" in note for note in receipt.notes)
    assert lines(three) == []


def voice(target: str, side: str) -> Item:
    name = f"article_stance_{target}"
    return {"id": name, "from_name": name, "to_name": "text", "type": "choices", "value": {"choices": [side]}}


def test_without_a_server_what_was_pulled_from_it_is_renamed(three: Corpus, renamed: Contract) -> None:
    first = next(three.articles())
    said = annotation(
        first, "annotator-aa", (entity(first, 1, "Berita", "EVENT"),), studio=Studio(project=1, task=2, annotation=3)
    )
    write_shards(three.annotation_folder / "pulled", [said])
    receipt = relabel(three, renamed, RENAME, None)
    assert [one.entities[0].label for one in three.annotations()] == ["HAPPENING"]
    assert receipt.changes == 2  # an annotation and the line
    assert lines(three) == [("label", "EVENT", "HAPPENING", 1, 0)]
    assert relabel(three, renamed, RENAME, None).changes == 0


def test_a_run_killed_after_its_line_writes_no_second_one(three: Corpus, renamed: Contract) -> None:
    first = next(three.articles())
    write_shards(
        three.annotation_folder / "pulled", [annotation(first, "annotator-aa", (entity(first, 1, "Berita", "EVENT"),))]
    )
    kept: list[bytes] = []
    place = three.state / "relabelling.json"

    class Watched(type(three)):  # type: ignore[misc]
        def relabelled(self) -> object:
            kept.append(place.read_bytes())
            return super().relabelled()

    relabel(Watched(three.root, three.settings), renamed, RENAME, None)
    place.write_bytes(kept[0])
    assert relabel(three, renamed, RENAME, None).changes == 0
    assert len(lines(three)) == 1
    assert not place.exists()


def test_times_are_of_the_first_run(three: Corpus, renamed: Contract) -> None:
    write_shards(
        three.annotation_folder / "pulled",
        [annotation(one, "annotator-aa", (entity(one, 1, "Berita", "EVENT"),)) for one in three.articles()],
    )
    journal = {"control": "label", "old": "EVENT", "new": "HAPPENING", "when": "2026-01-02T03:04:05Z"}
    three.state.mkdir()
    (three.state / "relabelling.json").write_bytes(msgspec.json.encode(journal))
    relabel(three, renamed, RENAME, None)
    assert [(one.when, one.annotations) for one in three.relabelled()] == [("2026-01-02T03:04:05Z", 3)]

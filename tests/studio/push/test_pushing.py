"""Each article is on the server once, however a push went."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import msgspec
import pytest
from tests.corpora import article
from tests.studio.gateway import CLOSED, CLOSED_AFTER, CUT, LOST, WEB_PAGE, gateway, on, refused
from tests.studio.push.on_server import listed_of, project_of, rewrite, tasks_of

from kliping.contract.labeling import labeling_config
from kliping.errors import CallError, DataError, ServerError
from kliping.project import Settings
from kliping.studio import tasks
from kliping.studio.client import Client, Setup
from kliping.studio.projects import description, find_project, title
from kliping.studio.push import plan_push, planned, push, sentences
from kliping.studio.tasks import task

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.studio.gateway import FaultOf

    from kliping.contract import Contract
    from kliping.project import Corpus


def test_the_title_is_the_name_where_label_studio_does_not_take_it() -> None:
    assert title(Settings(name="toy", title="Toy corpus")) == "Toy corpus"
    assert title(Settings(name="toy", title="T" * 51)) == "toy"
    assert title(Settings(name="toy", title="")) == "toy"
    with pytest.raises(CallError, match="3 to 50 characters"):
        title(Settings(name="ab"))


@pytest.mark.studio
def test_a_second_push_changes_nothing(three: Corpus, contract: Contract, client: Client) -> None:
    first = push(three, contract, client)
    assert [(count.taken, count.kept) for count in first.counts] == [(3, 3)]
    assert first.changes == 5  # the project, labeling.xml and three tasks
    assert push(three, contract, client).changes == 0
    assert tasks_of(three, client) == ["article-0", "article-1", "article-2"]


@pytest.mark.studio
def test_label_studio_takes_titles_of_up_to_fifty_characters(client: Client) -> None:
    client.projects.create("T" * 50, "", Setup("<View/>"))
    with pytest.raises(ServerError, match="title"):
        client.projects.create("T" * 51, "", Setup("<View/>"))


@pytest.mark.studio
def test_label_studio_takes_the_screen_of_a_scheme_with_one_of_each(contract: Contract, client: Client) -> None:
    """Its own check of a configuration refuses some controls of a single choice (its issue 1259)."""
    scheme = contract.scheme
    one = dataclasses.replace(
        scheme, entity_labels=scheme.entity_labels[:1], stances=scheme.stances[:1], targets=scheme.targets[:1]
    )
    for sparse in (one, dataclasses.replace(one, targets=(), holders=())):
        config = labeling_config(sparse, "id")
        assert (
            client.projects.setup(client.projects.create("One of each", "", Setup(config))).config.strip()
            == config.strip()
        )


@pytest.mark.studio
def test_a_half_done_import_is_finished(three: Corpus, contract: Contract, client: Client) -> None:
    project = client.projects.create(title(three.settings), description(three.settings), Setup("<View/>"))
    client.tasks.import_(project, [task(next(three.articles()), contract.scheme, "id")])
    assert push(three, contract, client).changes == 4  # the screen, labeling.xml and two tasks
    assert tasks_of(three, client) == ["article-0", "article-1", "article-2"]


@pytest.mark.studio
def test_a_dry_run_changes_nothing(three: Corpus, contract: Contract, client: Client) -> None:
    plan = plan_push(three, contract, client)
    assert [(one.project, one.screen, one.imported) for one in planned(plan)] == [(None, True, 3)]
    assert list(sentences(plan)) == [f"project {title(three.settings)!r}: would be made", "  3 tasks to import"]
    assert find_project(client, three.settings) is None
    assert not three.labeling.exists()
    push(three, contract, client)
    before = listed_of(three, client)
    rewrite(three, article("article-0", "Berita lain", "Rimbia bersiap."))
    (told,) = planned(plan_push(three, contract, client))
    assert (told.imported, told.superseded, told.kept, told.withdrawn) == (1, 1, 0, ("article-1", "article-2"))
    assert listed_of(three, client) == before


FAULTS = {
    "an import that was stored, and 502 is answered": on("POST", "/import", LOST, 1),
    "a project that was made, and 502 is answered": on("POST", "/api/projects/", LOST, 1),
    "a connection that broke before the import": on("POST", "/import", CLOSED, 1),
    "a connection that broke after the import": on("POST", "/import", CLOSED_AFTER, 1),
    "half an answer to the import": on("POST", "/import", CUT, 1),
    "too many requests": on("POST", "/import", refused(429), 1),
    "a web page instead of an answer": on("POST", "/import", WEB_PAGE, 1),
    "a list of projects that fails": on("GET", "/api/projects/", refused(404), 1),
}


@pytest.mark.studio
@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_failure_leaves_no_twin_and_nothing_out(
    three: Corpus, contract: Contract, client: Client, studio: tuple[str, str], fault: FaultOf
) -> None:
    lines: list[str] = []
    with gateway(studio[0], fault) as url, Client(url, studio[1]) as shaky:
        receipt = push(three, contract, shaky, lines.append)
    assert any("going on with what is missing" in line for line in lines)
    assert receipt.adds_up
    assert receipt.changes == 5  # the project, labeling.xml and three tasks
    assert tasks_of(three, client) == ["article-0", "article-1", "article-2"]
    assert push(three, contract, client).changes == 0


@pytest.mark.studio
def test_a_push_in_small_batches_that_is_given_up_half_way_is_finished_by_the_next(
    three: Corpus, contract: Contract, client: Client, studio: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "BATCH_TASKS", 1)
    with (
        gateway(studio[0], on("POST", "/import", CLOSED, after=2)) as url,
        Client(url, studio[1]) as shaky,
        pytest.raises(ServerError, match="the connection broke"),
    ):
        push(three, contract, shaky)
    assert tasks_of(three, client) == ["article-0", "article-1"]
    assert push(three, contract, client).changes == 1
    assert tasks_of(three, client) == ["article-0", "article-1", "article-2"]


@pytest.mark.studio
def test_a_server_that_stops_is_told_and_the_next_push_goes_on(
    three: Corpus, contract: Contract, client: Client, studio: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "BATCH_TASKS", 1)
    with (
        gateway(studio[0], on("*", "/", CLOSED, after=4)) as url,
        Client(url, studio[1]) as shaky,
        pytest.raises(ServerError),
    ):
        push(three, contract, shaky)
    push(three, contract, client)
    assert tasks_of(three, client) == ["article-0", "article-1", "article-2"]
    assert push(three, contract, client).changes == 0


@pytest.mark.studio
def test_a_deletion_that_was_done_and_not_confirmed_is_counted_once(
    three: Corpus, contract: Contract, client: Client, studio: tuple[str, str]
) -> None:
    push(three, contract, client)
    client.tasks.import_(project_of(three, client), [task(one, contract.scheme, "id") for one in three.articles()])
    with gateway(studio[0], on("POST", "/api/dm/actions", LOST, 1)) as url, Client(url, studio[1]) as shaky:
        receipt = push(three, contract, shaky)
    assert receipt.changes == 3
    assert "3 deleted that an earlier push had sent twice; nothing was on them" in receipt.notes
    assert tasks_of(three, client) == ["article-0", "article-1", "article-2"]


@pytest.mark.studio
def test_untouched_twins_are_deleted_and_annotated_ones_stay(
    three: Corpus, contract: Contract, client: Client, ayu: Client
) -> None:
    push(three, contract, client)
    project = project_of(three, client)
    client.tasks.import_(project, [task(one, contract.scheme, "id") for one in three.articles()] * 2)
    twins = [listed.task for listed in client.tasks.inventory(project) if listed.key and listed.key[0] == "article-1"]
    ayu.annotations.submit(twins[1], [])
    ayu.annotations.submit(twins[2], [], skipped=True)
    receipt = push(three, contract, client)
    assert receipt.changes == 5
    assert tasks_of(three, client) == ["article-0", "article-1", "article-1", "article-2"]
    assert push(three, contract, client).changes == 0


@pytest.mark.studio
def test_a_corpus_without_articles_makes_no_project(
    make_corpus: Callable[..., Corpus], contract: Contract, client: Client
) -> None:
    empty = make_corpus()
    with pytest.raises(DataError, match="kliping normalise"):
        push(empty, contract, client)
    assert find_project(client, empty.settings) is None


@pytest.mark.studio
def test_labelling_titles_follow_the_corpuss_language(three: Corpus, contract: Contract, client: Client) -> None:
    english = dataclasses.replace(three, settings=msgspec.structs.replace(three.settings, language="en"))
    push(english, contract, client)
    assert 'value="Person"' in english.labeling.read_text(encoding="utf-8")

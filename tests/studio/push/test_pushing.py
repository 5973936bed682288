"""Each article is on the server once, however a push went."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import msgspec
import pytest
from tests.corpora import article
from tests.studio.gateway import failing

from kliping.contract.labeling import labeling_config
from kliping.errors import CallError, DataError, ServerError
from kliping.project import Settings
from kliping.studio.client import Client, Setup
from kliping.studio.projects import find_project, title
from kliping.studio.push import push
from kliping.studio.screen import lacking
from kliping.studio.tasks import task

if TYPE_CHECKING:
    from collections.abc import Callable

    from kliping.contract import Contract
    from kliping.project import Corpus
    from kliping.studio.results import Item


def tasks_of(corpus: Corpus, client: Client) -> list[str]:
    """The ids of the articles on the server, a task each."""
    found = find_project(client, corpus.settings)
    assert found is not None
    project = found.id
    return sorted(listed.key[0] for listed in client.tasks.inventory(project) if listed.key is not None)


def test_the_title_is_the_name_where_label_studio_does_not_take_it() -> None:
    assert title(Settings(name="toy", title="Toy corpus")) == "Toy corpus"
    assert title(Settings(name="toy", title="T" * 51)) == "toy"
    assert title(Settings(name="toy", title="")) == "toy"
    with pytest.raises(CallError, match="3 to 50 characters"):
        title(Settings(name="ab"))


def test_a_screen_lacks_what_items_use_and_it_does_not_offer() -> None:
    config = """<View><Labels name="label" toName="text"><Label value="Orang" alias="PERSON"/></Labels>
    <Choices name="holder" toName="text" value="$holders"/></View>"""
    items: list[Item] = [
        {"from_name": "label", "type": "labels", "value": {"labels": ["PERSON"]}},
        {"from_name": "label", "type": "labels", "value": {"labels": ["PLACE"]}},
        {"from_name": "holder", "type": "choices", "value": {"choices": ["anyone"]}},
        {"from_name": "mood", "type": "choices", "value": {"choices": ["happy"]}},
        {"type": "relation", "from_id": "a", "to_id": "b"},
    ]
    assert lacking(config, items) == ["label=PLACE", "mood"]


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
    project = client.projects.create(title(three.settings), "", Setup("<View/>"))
    client.tasks.import_(project, [task(next(three.articles()), contract.scheme, "id")])
    assert push(three, contract, client).changes == 4  # the screen, labeling.xml and two tasks
    assert tasks_of(three, client) == ["article-0", "article-1", "article-2"]


@pytest.mark.studio
def test_an_import_that_failed_after_all_was_stored_is_not_repeated(
    three: Corpus, contract: Contract, client: Client, studio: tuple[str, str]
) -> None:
    failures = iter([True])

    def fails(method: str, path: str) -> bool:
        return method == "POST" and "/import" in path and next(failures, False)

    lines: list[str] = []
    with failing(studio[0], fails) as url, Client(url, studio[1]) as shaky:
        receipt = push(three, contract, shaky, lines.append)
    assert any("status 502" in line for line in lines)
    assert receipt.adds_up
    assert tasks_of(three, client) == ["article-0", "article-1", "article-2"]


@pytest.mark.studio
def test_a_server_that_keeps_failing_is_given_up(three: Corpus, contract: Contract, studio: tuple[str, str]) -> None:
    posts: list[str] = []

    def fails(method: str, path: str) -> bool:
        posts.append(path)
        return method == "GET" and "page_size" in path and len(posts) > 6

    with failing(studio[0], fails) as url, Client(url, studio[1]) as shaky, pytest.raises(ServerError, match="502"):
        push(three, contract, shaky)


@pytest.mark.studio
def test_untouched_twins_are_deleted_and_annotated_ones_stay(
    three: Corpus, contract: Contract, client: Client, ayu: Client
) -> None:
    push(three, contract, client)
    found = find_project(client, three.settings)
    assert found is not None
    project = found.id
    client.tasks.import_(project, [task(one, contract.scheme, "id") for one in three.articles()] * 2)
    twins = [listed.task for listed in client.tasks.inventory(project) if listed.key and listed.key[0] == "article-1"]
    ayu.annotations.submit(twins[1], [])
    ayu.annotations.submit(twins[2], [], skipped=True)
    receipt = push(three, contract, client)
    assert receipt.changes == 5
    assert tasks_of(three, client) == ["article-0", "article-1", "article-1", "article-2"]
    assert push(three, contract, client).changes == 0


@pytest.mark.studio
def test_two_projects_of_one_title_are_refused(three: Corpus, contract: Contract, client: Client) -> None:
    for _ in range(2):
        client.projects.create(title(three.settings), "", Setup("<View/>"))
    with pytest.raises(DataError, match="2 projects are this corpus"):
        push(three, contract, client)


@pytest.mark.studio
def test_a_changed_text_becomes_another_task(
    make_corpus: Callable[..., Corpus], contract: Contract, client: Client
) -> None:
    old = make_corpus(article("market", "Pasar", "Pasar Lama tetap buka."))
    push(old, contract, client)
    new = dataclasses.replace(make_corpus(article("market", "Pasar", "Pasar Lama ditutup.")), settings=old.settings)
    receipt = push(new, contract, client)
    assert receipt.notes == (
        "1 imported",
        "1 tasks of earlier texts, or of articles that are no longer here, are kept on the server",
    )
    assert tasks_of(new, client) == ["market", "market"]


@pytest.mark.studio
def test_a_screen_that_would_lose_a_used_label_is_refused(
    three: Corpus, contract: Contract, client: Client, ayu: Client
) -> None:
    push(three, contract, client)
    found = find_project(client, three.settings)
    assert found is not None
    project = found.id
    first = next(client.tasks.inventory(project)).task
    region = {"start": 0, "end": 6, "text": "Berita", "labels": ["EVENT"]}
    ayu.annotations.submit(
        first, [{"id": "r", "from_name": "label", "to_name": "text", "type": "labels", "value": region}]
    )
    labels = tuple(label for label in contract.scheme.entity_labels if label.const != "EVENT")
    poorer = dataclasses.replace(contract, scheme=dataclasses.replace(contract.scheme, entity_labels=labels))
    before = client.projects.setup(project).config
    with pytest.raises(DataError, match="label=EVENT"):
        push(three, poorer, client)
    assert client.projects.setup(project).config == before


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

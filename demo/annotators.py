"""Scripted annotators: users of a Label Studio who submit annotations through the server's own interface.

Each is invited, signs up, and submits with a token of their own, as a person would; what they submit is data.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kliping.studio.client import Client
from kliping.studio.connection import connect
from kliping.studio.people import accounts
from kliping.studio.projects import find_project
from kliping.studio.results import write
from kliping.studio.server import kept_server, read_token
from kliping.studio.tasks import Key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kliping.project import Corpus
    from kliping.records import Annotation

__all__ = ["sign_up", "submit", "submit_sample"]

PASSWORD = "marks-words-all-day"


def submit_sample(corpus: Corpus, annotations: Iterable[Annotation]) -> Iterator[str]:
    """Submit annotations to the corpus's own server, one user for each annotator; a sentence for each."""
    by_person: dict[str, list[Annotation]] = defaultdict(list)
    for annotation in annotations:
        by_person[annotation.annotator].append(annotation)
    server = kept_server(corpus)
    assert server is not None, "start the server first"  # noqa: S101
    with connect(corpus) as maintainer:
        found = find_project(maintainer, corpus.settings)
        assert found is not None, "push first"  # noqa: S101
        project = found.id
        tasks = {listed.key: listed.task for listed in maintainer.tasks.inventory(project) if listed.key is not None}
    for number, person in enumerate(sorted(by_person), 1):
        token = sign_up(server.url, read_token(server), f"annotator{number}@kliping.example")
        with Client(server.url, token) as client:
            mentions, stances = submit(client, tasks, by_person[person])
        yield f"user {number}: {len(by_person[person])} articles, {mentions} mentions, {stances} stances"


def submit(client: Client, tasks: dict[Key, int], annotations: Iterable[Annotation]) -> tuple[int, int]:
    """Submit annotations as the client's user, each on the task of its text.

    Returns:
        How many mentions and stances they hold.
    """
    mentions = stances = 0
    for annotation in annotations:
        task = tasks[Key(annotation.article_id, annotation.text_sha256, annotation.round)]
        client.annotations.submit(
            task, write(annotation), skipped=annotation.status == "skipped", lead_time=annotation.lead_time
        )
        mentions += len(annotation.entities)
        stances += len(annotation.stances)
    return mentions, stances


def sign_up(url: str, maintainer_token: str, address: str) -> str:
    """Invite somebody, let them sign up as a person does unless they did earlier, and return their own token."""
    with Client(url, maintainer_token) as maintainer:
        if address not in maintainer.people.addresses().values():
            accounts.sign_up(url, maintainer.people.invitation(), address, PASSWORD)
    return accounts.own_token(url, address, PASSWORD)

"""Looking at what a push made, and doing there what people do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from kliping.files import encode_lines, write_bytes, write_shards
from kliping.project import Corpus
from kliping.studio.projects import SHARED, find_project

if TYPE_CHECKING:
    from kliping.records import Article, Assignment, Prediction
    from kliping.studio.client import Client, Listed
    from kliping.studio.projects import Role
    from kliping.studio.results import Item


def project_of(corpus: Corpus, client: Client, role: Role = SHARED) -> int:
    """The number of the corpus's project."""
    found = find_project(client, corpus.settings, role)
    assert found is not None
    return found.id


def listed_of(corpus: Corpus, client: Client, role: Role = SHARED) -> list[Listed]:
    """The corpus's tasks, by number."""
    return list(client.tasks.inventory(project_of(corpus, client, role)))


def tasks_of(corpus: Corpus, client: Client, role: Role = SHARED) -> list[str]:
    """The ids of the articles on the server, a task each."""
    return sorted(listed.key[0] for listed in listed_of(corpus, client, role) if listed.key is not None)


def task_on(corpus: Corpus, client: Client, article_id: str, role: Role = SHARED) -> int:
    """The number of the one task of an article."""
    (found,) = [one.task for one in listed_of(corpus, client, role) if one.key and one.key.article_id == article_id]
    return found


def begin(client: Client, task: int, result: list[Item] | None = None) -> None:
    """Save a draft, as the screen does while somebody works."""
    client._session.post_json(f"api/tasks/{task}/drafts", {"result": result or [], "lead_time": 1.0}, dict[str, Any])


def region(label: str) -> Item:
    """A marked mention of the first six characters of the three articles."""
    value = {"start": 0, "end": 6, "text": "Berita", "labels": [label]}
    return {"id": "r", "from_name": "label", "to_name": "text", "type": "labels", "value": value}


def rewrite(corpus: Corpus, *articles: Article) -> None:
    """Give a corpus other articles."""
    write_shards(corpus.corpus / "articles", articles)


def assign(corpus: Corpus, *assignments: Assignment) -> None:
    """Write down rounds."""
    write_bytes(corpus.annotation_folder / "rounds.jsonl", encode_lines(assignments))


def with_annotators(corpus: Corpus, **fields: Any) -> Corpus:
    """The corpus with other `[tool.kliping.annotators]`."""
    table = msgspec.structs.replace(corpus.settings.annotators, **fields)
    return Corpus(corpus.root, msgspec.structs.replace(corpus.settings, annotators=table))


def predict(corpus: Corpus, *predictions: Prediction) -> Corpus:
    """The corpus with predictions that annotators are shown."""
    write_bytes(corpus.annotation_folder / "predictions" / "marker.jsonl", encode_lines(predictions))
    return with_annotators(corpus, predictions="marker")

"""A pull that is killed: the next one leaves the files as an undisturbed one does, byte for byte."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.corpora import annotation, article, entity, write_corpus
from tests.faults.killing import Trial, files_of, finished, kills, state_of

from kliping.contract import load_contract
from kliping.project import Corpus
from kliping.studio.projects import find_project
from kliping.studio.pull import pull
from kliping.studio.push import push

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.faults.killing import Files, Kill

    from kliping.studio.client import Client
    from kliping.studio.results import Item

ARTICLES = 40
MARK = ".kliping/pull.unfinished"

OWN = 6000
"""Annotations that came from no server: seven files to write, and what a careless pull would lose."""


def killed_pulls(
    place: Path, name: str, clients: list[Client], count: int, seed: int, own: int = OWN
) -> Iterator[Kill]:
    """Kill pulls of a server that has moved on since the last one.

    Args:
        place: a folder of its own.
        name: of the corpus, which no other has.
        clients: the maintainer's, then the annotators'.
        count: how many instants.
        seed: of the instants.
        own: how many annotations came from no server.

    Raises:
        AssertionError: a pull did not end in the undisturbed state.
    """
    before = place / "before"
    moved_on(before, name, clients, own)

    def again(corpus: Path) -> int:
        return pull(Corpus.open(corpus), load_contract(corpus / "schema"), clients[0]).changes

    yield from kills(Trial("pull", ("pull",), before, files, again, inspect=marked), place, count, seed)


def files(corpus: Path) -> Files:
    """What a pull writes."""
    found = files_of(corpus, "annotations", MARK)
    return {name: data for name, data in found.items() if ".json" in name or name == MARK}


def marked(before: Files, there: Files, expected: Files) -> None:
    """While some files are of before, and some of after, a mark keeps a release from them."""
    assert state_of(before, there, expected)[0] != "part" or MARK in there


def moved_on(root: Path, name: str, clients: list[Client], count: int) -> None:
    """A corpus that was pulled once, whose server has moved on since: new, changed and deleted annotations."""
    maintainer, *annotators = clients
    articles = [article(f"m-{number:04}", f"Berita {number}", "Sena Waluyo menolak.") for number in range(ARTICLES)]
    own = [
        annotation(articles[number % ARTICLES], f"annotator-f{number:05}", [entity(articles[0], 1, "Sena", "PERSON")])
        for number in range(count)
    ]
    corpus = write_corpus(root, articles, annotations=sorted(own, key=lambda one: (one.article_id, one.annotator)))
    settings = (root / "pyproject.toml").read_text().replace('"toy"', f'"{name}"').replace("Toy corpus", name)
    (root / "pyproject.toml").write_text(settings)
    corpus = Corpus.open(root)
    push(corpus, load_contract(corpus.schema), maintainer)
    project = find_project(maintainer, corpus.settings)
    assert project is not None
    tasks = [listed.task for listed in maintainer.tasks.inventory(project.id)]
    made = [annotators[0].annotations.submit(task, [region(3)]) for task in tasks[:20]]
    finished(root, "pull")
    for number in made[:3]:
        maintainer.annotations.delete(number)
    for task in tasks[10:]:
        annotators[-1].annotations.submit(task, [region(len("Berita 1"))], skipped=task == tasks[-1])
    annotators[0].annotations.submit(tasks[5], [{**region(3), "value": {"start": 0, "end": 3, "text": "Senja"}}])


def region(length: int) -> Item:
    span = {"start": 0, "end": length, "text": "Berita 1"[:length], "labels": ["EVENT"]}
    return {"id": "r", "from_name": "label", "to_name": "text", "type": "labels", "value": span}

"""A pull that is killed: the next one leaves the files as an undisturbed one does, byte for byte."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from tests.corpora import annotation, article, entity, write_corpus
from tests.faults.killing import finished, instants, run

from kliping.contract import load_contract
from kliping.project import Corpus
from kliping.studio.projects import find_project
from kliping.studio.pull import pull
from kliping.studio.push import push

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kliping.studio.client import Client
    from kliping.studio.results import Item

ARTICLES = 40
OWN = 6000
"""Annotations that came from no server: seven files to write, and what a careless pull would lose."""


def killed_pulls(place: Path, name: str, clients: list[Client], count: int, seed: int, own: int = OWN) -> Iterator[str]:
    """A row of the table for each instant: when, what had been done, and how it ended.

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
    _prepare(before, name, clients, own)
    undisturbed = place / "undisturbed"
    shutil.copytree(before, undisturbed)
    seconds = finished(undisturbed, "pull").seconds
    expected = files(undisturbed)
    assert expected != files(before)
    for instant in instants(count, seconds, seed):
        corpus = place / "killed"
        shutil.copytree(before, corpus)
        killed = run(corpus, "pull", kill_after=instant)
        done = _done(files(before), files(corpus), expected)
        _pull(corpus, clients[0])
        assert files(corpus) == expected, f"killed after {instant:.3f} s (seed {seed}): another state"
        assert _pull(corpus, clients[0]) == 0
        shutil.rmtree(corpus)
        how = "ended before" if killed.code is not None else "killed"
        yield f"| pull | {instant:.3f} s | {how} | {done} | as undisturbed, then 0 changes |"


def _pull(corpus: Path, client: Client) -> int:
    return pull(Corpus.open(corpus), load_contract(corpus / "schema"), client).changes


def files(corpus: Path) -> dict[str, bytes]:
    """What a pull writes."""
    folder = corpus / "annotations"
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.json*"))}


def _done(before: dict[str, bytes], now: dict[str, bytes], expected: dict[str, bytes]) -> str:
    changed = [name for name in expected if before.get(name) != expected[name]]
    written = sum(now.get(name) == expected[name] for name in changed)
    return f"{written} of {len(changed)} files"


def _prepare(root: Path, name: str, clients: list[Client], count: int) -> None:
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
    made = [annotators[0].annotations.submit(task, [_region(3)]) for task in tasks[:20]]
    finished(root, "pull")
    for number in made[:3]:
        maintainer.annotations.delete(number)
    for task in tasks[10:]:
        annotators[-1].annotations.submit(task, [_region(len("Berita 1"))], skipped=task == tasks[-1])
    annotators[0].annotations.submit(tasks[5], [{**_region(3), "value": {"start": 0, "end": 3, "text": "Senja"}}])


def _region(length: int) -> Item:
    span = {"start": 0, "end": length, "text": "Berita 1"[:length], "labels": ["EVENT"]}
    return {"id": "r", "from_name": "label", "to_name": "text", "type": "labels", "value": span}

"""An `adjudicate --studio` that is killed: the next one leaves the same gold, and each open article there once."""

from __future__ import annotations

import shutil
from collections import Counter
from typing import TYPE_CHECKING

from tests.corpora import write_corpus
from tests.faults.killed_adjudicate import files, made_up, said
from tests.faults.killing import Kill, drafts, finished, run, shares

from kliping.annotation import adjudicate_corpus
from kliping.contract import load_contract
from kliping.files import write_shards
from kliping.project import Corpus
from kliping.studio.adjudication import fetch_decisions, push_questions
from kliping.studio.projects import ADJUDICATION, find_project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.faults.killing import How, State

    from kliping.studio.client import Client
    from kliping.studio.tasks import Key

OPEN = 400
"""Articles with a question for the adjudicator; one more for each that is agreed on."""


def killed_questions(
    place: Path, name: str, clients: list[Client], count: int, seed: int, articles: int = OPEN
) -> Iterator[Kill]:
    """Kill adjudications that send open questions, each to a project of its own.

    Raises:
        AssertionError: an adjudication did not end in the undisturbed state.
    """
    undisturbed = _prepare(place / "undisturbed", f"{name}-u", articles)
    seconds = finished(undisturbed.root, "adjudicate", "--studio").seconds
    expected, expected_files = _asked(undisturbed, clients[0]), files(undisturbed.root)
    assert len(expected) == articles
    for number, share in enumerate(shares(count, seed)):
        corpus, instant = _prepare(place / "killed", f"{name}-{number}", articles), share * seconds
        ended = run(corpus.root, "adjudicate", "--studio", kill_after=instant)
        if ended.code is not None:
            seconds = min(seconds, ended.seconds)
        there = _asked(corpus, clients[0])
        _again(corpus, clients[0])
        now = _asked(corpus, clients[0])
        assert now == expected, f"killed after {instant:.3f} s (seed {seed}): other tasks"
        assert files(corpus.root) == expected_files
        assert _again(corpus, clients[0]) == 0
        assert not drafts(corpus.root)
        shutil.rmtree(corpus.root)
        how: How = "ended before" if ended.code is not None else "killed"
        state: State = "all" if there == expected else "part" if there else "nothing"
        twice = now.total() - len(now)
        yield Kill("adjudicate --studio", instant, how, state, f"{there.total()} of {articles} tasks", twice)


def _prepare(root: Path, name: str, count: int) -> Corpus:
    articles = [made_up(number) for number in range(2 * count)]
    write_corpus(root, articles)
    settings = (root / "pyproject.toml").read_text().replace('"toy"', f'"{name}"').replace("Toy corpus", name)
    (root / "pyproject.toml").write_text(settings)
    corpus = Corpus.open(root)
    made = [one for number, about in enumerate(articles) for one in said(about, agree=number % 2 == 0)]
    write_shards(corpus.annotation_folder / "pulled", made)
    return corpus


def _again(corpus: Corpus, client: Client) -> int:
    contract = load_contract(corpus.schema)
    steps = (
        fetch_decisions(corpus, contract, client),
        adjudicate_corpus(corpus, contract),
        push_questions(corpus, contract, client),
    )
    return sum(one.changes for one in steps)


def _asked(corpus: Corpus, client: Client) -> Counter[Key | None]:
    """How often each key is in the adjudication project."""
    project = find_project(client, corpus.settings, ADJUDICATION)
    listed = client.tasks.inventory(project.id) if project else ()
    return Counter(one.key for one in listed)

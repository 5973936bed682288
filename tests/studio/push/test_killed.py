"""A push that is killed is finished by the next one: each task once, and nothing that was touched is gone."""

from __future__ import annotations

import random
import uuid
from typing import TYPE_CHECKING

import msgspec
import pytest
from tests.corpora import article, write_corpus
from tests.studio.killing import PUSH, killed_after
from tests.studio.push.on_server import listed_of, rewrite

from kliping.project import Corpus
from kliping.studio.push import push

if TYPE_CHECKING:
    from pathlib import Path

    from kliping.contract import Contract
    from kliping.studio.client import Client

ARTICLES = 24
KILLS = 4
LONGEST = 1.5
"""Seconds of a push that are open to a kill; a whole one takes about as long."""


@pytest.fixture
def corpus(tmp_path: Path, studio: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> Corpus:
    """A corpus whose project no other test has, and whose server a process of its own finds."""
    corpus = write_corpus(tmp_path / "corpus", [article(f"a{number:02}", "Berita") for number in range(ARTICLES)])
    settings = f'[tool.kliping]\nname = "toy-{uuid.uuid4().hex[:12]}"\nlanguage = "id"\n'
    (corpus.root / "pyproject.toml").write_text(settings)
    monkeypatch.setenv("LABEL_STUDIO_URL", studio[0])
    monkeypatch.setenv("LABEL_STUDIO_API_KEY", studio[1])
    return Corpus.open(corpus.root)


@pytest.mark.studio
def test_a_killed_push_is_finished_by_the_next(corpus: Corpus, contract: Contract, client: Client, ayu: Client) -> None:
    """Titles change between the kills, so that tasks are replaced; two tasks are touched on the way."""
    chosen = random.Random(20261125)  # noqa: S311 — the same instants in every run
    touched: list[int] = []
    killed = 0
    for number in range(KILLS):
        renamed = set(chosen.sample(range(ARTICLES), 12))
        rewrite(
            corpus,
            *(
                msgspec.structs.replace(one, title=f"Berita {number}") if at in renamed else one
                for at, one in enumerate(corpus.articles())
            ),
        )
        killed += killed_after(chosen.uniform(0, LONGEST), PUSH, [str(corpus.root)])
        if number in (1, 2):
            push(corpus, contract, client)
            touched.append(chosen.choice([one.task for one in listed_of(corpus, client) if not one.touched]))
            ayu.annotations.submit(touched[-1], [])
    for _ in range(2):  # what was under way when a push was killed may be stored after all
        push(corpus, contract, client)
    tasks = listed_of(corpus, client)
    assert len(tasks) == len({one.key for one in tasks}) == ARTICLES
    assert {one.task for one in tasks} >= set(touched)
    assert push(corpus, contract, client).changes == 0
    assert killed, "no push ran long enough to be killed"

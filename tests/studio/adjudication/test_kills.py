"""`kliping adjudicate --studio` may be killed at any request: the next run ends where an undisturbed one does."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from demo.annotators import sign_up
from tests.corpora import annotation
from tests.studio.adjudication.disagreement import AYU, BIMA, MARKET, MOVE, SENA, chose
from tests.studio.gateway import failing

from kliping.annotation import adjudicate_corpus
from kliping.files import write_shards
from kliping.studio.adjudication import fetch_decisions, push_questions
from kliping.studio.client import Client
from kliping.studio.projects import ADJUDICATION, find_project

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kliping.contract import Contract
    from kliping.project import Corpus

pytestmark = pytest.mark.studio

MORE = annotation(MARKET, "annotator-bb", [SENA, MOVE, BIMA.entities[-1]])
LATER = annotation(MARKET, "annotator-bb", [SENA, MOVE])
"""What leaves one question beside the answered one, where there were more."""


class Killed:
    """The command, killed when the server has carried out its n-th request; 0 lets it live."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._running: subprocess.Popen[bytes] | None = None
        self.seen: list[str] = []
        self._at = 0

    def carried_out(self, method: str, _path: str) -> bool:
        self.seen.append(method)
        if len(self.seen) == self._at and self._running is not None:
            self._running.kill()
        return False

    def instants(self) -> list[int]:
        """The first request of the last run, each that changes something on the server, and the one before it."""
        changes = [number for number, method in enumerate(self.seen, 1) if method != "GET"]
        return sorted({1, *changes, *(number - 1 for number in changes)})

    def run(self, at: int = 0) -> int:
        """Run the command; what it exits with."""
        self.seen, self._at = [], at
        command = [sys.executable, "-m", "kliping", "adjudicate", "--studio", "-C", str(self._root)]
        self._running = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        return self._running.wait()


def test_a_run_that_is_killed_at_any_request_is_finished_by_the_next(
    make_corpus: Callable[..., Corpus],
    contract: Contract,
    client: Client,
    studio: tuple[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LABEL_STUDIO_API_KEY", studio[1])
    corpus = make_corpus(MARKET)
    name, title = corpus.settings.name, corpus.settings.title
    (corpus.root / "pyproject.toml").write_text(
        f'[tool.kliping]\nname = "{name}"\ntitle = "{title}"\nlanguage = "id"\n'
    )
    killed = Killed(corpus.root)
    with (
        failing(studio[0], killed.carried_out) as url,
        Client(studio[0], sign_up(*studio, "citra@pos.example")) as citra,
    ):
        monkeypatch.setenv("LABEL_STUDIO_URL", url)
        begin(corpus, contract, client, citra)
        assert killed.run() == 0
        instants, undisturbed = killed.instants(), state(corpus, client)
        assert undisturbed == ([1, 0], ["accept"], [])
        assert len(instants) > 3

        for at in instants:
            begin(corpus, contract, client, citra)
            assert killed.run(at) == -9
            adjudicate(corpus, contract, client)
            assert state(corpus, client) == undisturbed, f"killed at request {at}"


def adjudicate(corpus: Corpus, contract: Contract, client: Client) -> None:
    """What the command does, in this process."""
    fetch_decisions(corpus, contract, client)
    adjudicate_corpus(corpus, contract)
    push_questions(corpus, contract, client)


def begin(corpus: Corpus, contract: Contract, client: Client, citra: Client) -> None:
    """A project with a task that is out of date, and one that the adjudicator answered in part."""
    found = find_project(client, corpus.settings, ADJUDICATION)
    for listed in client.tasks.inventory(found.id) if found else ():
        client.tasks.delete(listed.task)
    (corpus.annotation_folder / "decisions.jsonl").unlink(missing_ok=True)
    write_shards(corpus.annotation_folder / "pulled", [AYU, BIMA])
    adjudicate(corpus, contract, client)
    found = find_project(client, corpus.settings, ADJUDICATION)
    assert found is not None
    (task,) = client.tasks.inventory(found.id)
    citra.annotations.submit(task.task, [chose(2, "accept")])
    write_shards(corpus.annotation_folder / "pulled", [AYU, MORE])
    push_questions(corpus, contract, client)
    write_shards(corpus.annotation_folder / "pulled", [AYU, LATER])


def state(corpus: Corpus, client: Client) -> tuple[list[int], list[str], list[str]]:
    """The annotations of each task, the ledger's verdicts, and the gold."""
    found = find_project(client, corpus.settings, ADJUDICATION)
    assert found is not None
    tasks = [listed.annotations for listed in client.tasks.inventory(found.id)]
    return tasks, [one.verdict for one in corpus.decisions()], [one.article_id for one in corpus.gold()]

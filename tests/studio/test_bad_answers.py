"""Whatever a network does to push and pull: a sentence, and the next run ends as if nothing had been.

The faults are a gateway's, before the real server.
"""

from __future__ import annotations

import shutil
import sys
import uuid
from typing import TYPE_CHECKING, TypeAlias

import pytest
from demo.annotators import submit
from demo.returned import differences
from tests.corpora import annotation, article, entity, write_corpus
from tests.studio.gateway import (
    CLOSED,
    CLOSED_AFTER,
    CUT,
    CUT_UNSEEN,
    LOST,
    SLOW,
    SLOW_AFTER,
    STOPPED,
    WEB_PAGE,
    Fault,
    gateway,
    on,
    refused,
)

from kliping.cli import main
from kliping.project import Corpus
from kliping.studio.projects import find_project
from kliping.studio.pull import pull
from kliping.studio.push import push

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.studio.gateway import FaultOf

    from kliping.contract import Contract
    from kliping.studio.client import Client

pytestmark = pytest.mark.studio

ADDRESS = "maintainer@kliping.example"

ARTICLES = [
    article(f"article-{number}", f"Berita {number}", piece)
    for number, piece in enumerate(
        ("Sena Waluyo menolak pungutan.", "Pasar Lama 🎉 tetap buka.", "Feri malam kembali.")
    )
]
SUBMITTED = [
    annotation(ARTICLES[0], "annotator-1", [entity(ARTICLES[0], 1, "Sena Waluyo", "PERSON")]),
    annotation(ARTICLES[1], "annotator-1", [entity(ARTICLES[1], 1, "Pasar Lama", "PLACE")], comment="ramai"),
    annotation(ARTICLES[2], "annotator-1", status="skipped"),
]

TALKATIVE = refused(500, f"{ADDRESS} asked with feedfacefeedfacefeedfacefeedfacefeedface")

REFUSED = [
    pytest.param(refused(401, "Invalid token."), "the server does not accept the token", id="401"),
    pytest.param(refused(404, "No such thing."), "status 404: No such thing.; check the server's address", id="404"),
    pytest.param(refused(429, "Slow down.", (("Retry-After", "1"),)), "status 429: Slow down.; the server", id="429"),
    pytest.param(TALKATIVE, "status 500: (address) asked with (token); see the server's log", id="500"),
    pytest.param(WEB_PAGE, "status 200, but no JSON: this is not Label Studio's interface", id="page"),
    pytest.param(SLOW, "the server took longer than 1 s to answer", id="slow"),
    pytest.param(STOPPED, "no server answers there", id="stopped"),
]
"""The server does not get the call."""

LOST_ANSWERS = [
    pytest.param(LOST, "status 502: without a reason; what stands before", id="502"),
    pytest.param(CUT, "the connection broke", id="cut"),
    pytest.param(CUT_UNSEEN, "the answer is cut short", id="cut-unseen"),
]
"""The server does the work; what it answers does not arrive whole."""

NO_ANSWER = [
    pytest.param(CLOSED_AFTER, "the connection broke", id="closed-after"),
    pytest.param(SLOW_AFTER, "the server took longer than 1 s to answer", id="slow-after"),
]
"""The server does the work; nothing arrives."""


def new_corpus(root: Path) -> Corpus:
    """A corpus of three articles, of a name that no other has."""
    write_corpus(root, ARTICLES)
    settings = root / "pyproject.toml"
    name = f"toy-{uuid.uuid4().hex[:12]}"
    settings.write_text(
        settings.read_text().replace('"toy"', f'"{name}"').replace("Toy corpus: news from Rimbia", name)
    )
    return Corpus.open(root)


@pytest.fixture
def unpushed(tmp_path: Path) -> Corpus:
    return new_corpus(tmp_path / "corpus")


@pytest.fixture(scope="module")
def annotated(tmp_path_factory: pytest.TempPathFactory, contract: Contract, client: Client, ayu: Client) -> Corpus:
    """A corpus that was pushed and annotated, and not pulled yet."""
    corpus = new_corpus(tmp_path_factory.mktemp("annotated") / "corpus")
    push(corpus, contract, client)
    project = find_project(client, corpus.settings)
    assert project is not None
    submit(ayu, {one.key: one.task for one in client.tasks.inventory(project.id) if one.key}, SUBMITTED)
    return corpus


def ids_on_server(corpus: Corpus, client: Client) -> list[str]:
    project = find_project(client, corpus.settings)
    assert project is not None
    return sorted(one.key.article_id if one.key else "?" for one in client.tasks.inventory(project.id))


Said: TypeAlias = "Callable[[str, Corpus, tuple[str, str], FaultOf, int], list[str]]"


@pytest.fixture
def lines_said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Said:
    """What a command says on standard error where a fault is between it and the server; never a secret or a trace."""

    def run(command: str, corpus: Corpus, studio: tuple[str, str], fault: FaultOf, code: int) -> list[str]:
        with gateway(studio[0], fault) as url, monkeypatch.context() as patch:
            patch.setenv("LABEL_STUDIO_URL", url)
            patch.setenv("LABEL_STUDIO_API_KEY", studio[1])
            patch.setenv("KLIPING_TIMEOUT", "1")
            patch.setattr(sys, "argv", ["kliping", command, "-C", str(corpus.root)])
            exited = 0
            try:
                main()
            except SystemExit as end:
                exited = int(end.code or 0)
        told = capsys.readouterr()
        assert exited == code, told.err
        for secret in (studio[1], "@", "Traceback", "feedface"):
            assert secret not in told.out + told.err
        lines = told.err.splitlines()
        assert all(line.startswith("kliping: ") for line in lines)
        return lines

    return run


@pytest.mark.parametrize(("fault", "said"), [*REFUSED, pytest.param(CLOSED, "the connection broke", id="closed")])
def test_a_push_that_the_server_refuses_says_why_and_the_next_one_finishes(
    unpushed: Corpus,
    contract: Contract,
    client: Client,
    studio: tuple[str, str],
    lines_said: Said,
    fault: Fault,
    said: str,
) -> None:
    lines = lines_said("push", unpushed, studio, on("POST", "/import", fault), 3)
    assert said in lines[-1]
    assert ids_on_server(unpushed, client) == []
    push(unpushed, contract, client)
    assert ids_on_server(unpushed, client) == ["article-0", "article-1", "article-2"]
    assert push(unpushed, contract, client).changes == 0


@pytest.mark.parametrize(("fault", "said"), [*LOST_ANSWERS, *NO_ANSWER])
def test_a_push_whose_answers_are_lost_sends_nothing_twice(
    unpushed: Corpus,
    contract: Contract,
    client: Client,
    studio: tuple[str, str],
    lines_said: Said,
    fault: Fault,
    said: str,
) -> None:
    lines = lines_said("push", unpushed, studio, on("POST", "/import", fault), 0)
    assert any(said in line for line in lines)
    assert ids_on_server(unpushed, client) == ["article-0", "article-1", "article-2"]
    assert push(unpushed, contract, client).changes == 0


def test_a_project_whose_making_was_not_confirmed_is_not_made_twice(
    unpushed: Corpus, contract: Contract, client: Client, studio: tuple[str, str], lines_said: Said
) -> None:
    lines = lines_said("push", unpushed, studio, on("POST", "/api/projects", LOST), 0)
    assert "status 502" in lines[0]
    push(unpushed, contract, client)
    name = unpushed.settings.name
    assert [one.title for one in client.projects.list() if name in one.description] == [name]
    assert ids_on_server(unpushed, client) == ["article-0", "article-1", "article-2"]


@pytest.mark.parametrize(("fault", "said"), [*REFUSED, *LOST_ANSWERS])
def test_a_pull_that_fails_writes_nothing_and_the_next_one_has_all(
    annotated: Corpus,
    tmp_path: Path,
    contract: Contract,
    client: Client,
    studio: tuple[str, str],
    lines_said: Said,
    fault: Fault,
    said: str,
) -> None:
    corpus = Corpus.open(shutil.copytree(annotated.root, tmp_path / "corpus"))
    before = files(corpus)
    lines = lines_said("pull", corpus, studio, on("GET", "/api/tasks", fault), 3)
    assert said in lines[-1]
    assert files(corpus) == before
    pull(corpus, contract, client)
    assert differences(SUBMITTED, corpus.annotations()) == []
    assert pull(corpus, contract, client).changes == 0


def files(corpus: Corpus) -> dict[str, bytes]:
    """What the corpus says of annotations."""
    return {
        str(path.relative_to(corpus.root)): path.read_bytes()
        for path in sorted(corpus.annotation_folder.rglob("*"))
        if path.is_file()
    }


def test_a_server_that_asks_to_wait_is_waited_for(
    unpushed: Corpus, client: Client, studio: tuple[str, str], lines_said: Said
) -> None:
    busy = refused(429, "Slow down.", (("Retry-After", "1"),))
    lines_said("push", unpushed, studio, on("GET", "/api/tasks", busy, times=1), 0)
    assert ids_on_server(unpushed, client) == ["article-0", "article-1", "article-2"]


def test_the_token_is_refused_before_anything_is_sent(
    unpushed: Corpus, studio: tuple[str, str], lines_said: Said
) -> None:
    calls: list[str] = []

    def note(_method: str, path: str) -> None:
        calls.append(path)

    broken = f"{studio[1][:20]}\n{studio[1][20:]}"
    (line,) = lines_said("push", unpushed, (studio[0], broken), note, 2)
    assert "LABEL_STUDIO_API_KEY is empty or holds white space" in line
    assert studio[1][:20] not in line
    assert calls == []
    lines_said("push", unpushed, (studio[0], f" {studio[1]}\n"), note, 0)
    assert calls

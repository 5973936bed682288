"""A publication that ends at any request, by SIGKILL or by a hub that fails, is finished by the next run."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest
from tests.release.publishing.hub import Refused

if TYPE_CHECKING:
    from tests.release.publishing.hub import Dataset, Hub, Request
    from tests.release.publishing.publisher import Publisher

    from kliping.project import Corpus

TO = "rimbia/toy"
KILLED = -9


def states(dataset: Dataset) -> list[set[str]]:
    """The files of each commit."""
    return [files.keys() - {".gitattributes"} for files in dataset.commits.values()]


def assert_finished(hub: Hub, corpus: Corpus) -> None:
    """One dataset; a commit that was empty, and one that is the release and has the tag."""
    folder = corpus.releases / "toy-0.1.0"
    expected = {one.relative_to(folder).as_posix(): one.read_bytes() for one in folder.rglob("*") if one.is_file()}
    dataset = hub.datasets[TO]
    assert states(dataset) == [set(), expected.keys()]
    assert dataset.tags == {"v0.1.0": dataset.main}
    held = {name: file.data for name, file in dataset.commits[dataset.main].items() if name != ".gitattributes"}
    assert held == expected


def requests_of_an_undisturbed_run(hub: Hub, publish: Publisher) -> int:
    """How many requests there are, on a dataset that then is forgotten."""
    assert publish("0.1.0", TO).code == 0
    count = len(hub.requests)
    forget(hub)
    return count


def forget(hub: Hub) -> None:
    hub.datasets.clear()
    hub.requests.clear()
    hub.before = hub.after = lambda _request: None


@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_at_each_request_the_next_run_finishes(hub: Hub, corpus: Corpus, publish: Publisher, when: str) -> None:
    """`after`: the hub did what it was asked, and nobody was there to hear so."""
    count = requests_of_an_undisturbed_run(hub, publish)
    assert count >= 12
    for number in range(count):
        pids: list[int] = []

        def kill(request: Request, number: int = number, pids: list[int] = pids) -> None:
            if request.number == number:
                os.kill(pids[0], signal.SIGKILL)
                raise ConnectionAbortedError

        setattr(hub, when, kill)
        assert publish("0.1.0", TO, began=pids.append).code == KILLED
        for dataset in hub.datasets.values():
            assert all(one in (set(), states(dataset)[-1]) for one in states(dataset)), "half a release"
            assert len(states(dataset)) <= 2
        setattr(hub, when, lambda _request: None)
        again = publish("0.1.0", TO)
        assert (again.code, again.error) == (0, "")
        assert_finished(hub, corpus)
        assert publish("0.1.0", TO).changes == 0
        forget(hub)


@pytest.mark.parametrize("when", ["before", "after"])
def test_refused_at_each_request_it_is_a_sentence_and_the_next_run_finishes(
    hub: Hub, corpus: Corpus, publish: Publisher, when: str
) -> None:
    """With 403: on a 5xx the client itself tries again, with waits in between."""
    count = requests_of_an_undisturbed_run(hub, publish)
    refused = 0
    for number in range(count):

        def refuse(request: Request, number: int = number) -> None:
            if request.number == number:
                raise Refused(403, "the stand-in does not want to")

        setattr(hub, when, refuse)
        ended = publish("0.1.0", TO)
        if ended.code:
            refused += 1
            assert ended.code == 3
            assert ended.error.startswith(f"{hub.url}: {TO}: status 403 at /")
            assert "the stand-in does not want to" in ended.error
            assert "\n" not in ended.error
        setattr(hub, when, lambda _request: None)
        assert publish("0.1.0", TO).code == 0
        assert_finished(hub, corpus)
        forget(hub)
    assert refused >= count - 3  # the client needs no answer of a few: whether a dataset that is there can be made

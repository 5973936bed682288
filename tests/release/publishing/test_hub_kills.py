"""A publication that ends at any request, by SIGKILL or by a hub that fails, is finished by the next run."""

from __future__ import annotations

import os
import re
import signal
from typing import TYPE_CHECKING

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


def undisturbed(hub: Hub, publish: Publisher) -> list[Request]:
    """The requests of a run on a dataset that then is forgotten."""
    assert publish("0.1.0", TO).code == 0
    seen = list(hub.requests)
    forget(hub)
    return seen


def one_of_each_kind(requests: list[Request]) -> list[int]:
    """The number of the first request of each kind: files are many, and sent alike.

    What the client asks of the hub about itself (`agent-harnesses`) it can do without.
    """
    asked = [one for one in reversed(requests) if one.path != "/api/agent-harnesses"]
    kinds = {re.sub(r"[0-9a-f]{40,}", "HASH", f"{one.method} {one.path}"): one.number for one in asked}
    return sorted(kinds.values())


def forget(hub: Hub) -> None:
    hub.datasets.clear()
    hub.requests.clear()
    hub.before = hub.after = lambda _request: None


def kill_at(hub: Hub, publish: Publisher, when: str, number: int) -> None:
    pids: list[int] = []

    def kill(request: Request) -> None:
        if request.number == number:
            os.kill(pids[0], signal.SIGKILL)
            raise ConnectionAbortedError

    setattr(hub, when, kill)
    assert publish("0.1.0", TO, began=pids.append).code == KILLED, number
    setattr(hub, when, lambda _request: None)


def assert_no_half_release(hub: Hub, corpus: Corpus) -> None:
    folder = corpus.releases / "toy-0.1.0"
    whole = {one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_file()}
    for dataset in hub.datasets.values():
        assert states(dataset) in ([set()], [set(), whole])
        assert dataset.tags in ({}, {"v0.1.0": dataset.main})


def test_killed_at_each_request_the_next_run_finishes(hub: Hub, corpus: Corpus, publish: Publisher) -> None:
    requests = undisturbed(hub, publish)
    assert len(requests) >= 20
    for request in requests:
        kill_at(hub, publish, "before", request.number)
        assert_no_half_release(hub, corpus)
        again = publish("0.1.0", TO)
        assert (again.code, again.error) == (0, ""), request
        assert_finished(hub, corpus)
        forget(hub)


def test_killed_before_it_hears_of_what_was_done_the_next_run_finishes(
    hub: Hub, corpus: Corpus, publish: Publisher
) -> None:
    """The hub did what it was asked, and nobody was there to hear so."""
    for number in one_of_each_kind(undisturbed(hub, publish)):
        kill_at(hub, publish, "after", number)
        assert_no_half_release(hub, corpus)
        again = publish("0.1.0", TO)
        assert (again.code, again.error) == (0, ""), number
        assert_finished(hub, corpus)
        assert publish("0.1.0", TO).changes == 0
        forget(hub)


def test_refused_at_each_kind_of_request_it_is_a_sentence_and_the_next_run_finishes(
    hub: Hub, corpus: Corpus, publish: Publisher
) -> None:
    """With 403: on a 5xx the client itself tries again, with waits in between."""
    for number in one_of_each_kind(undisturbed(hub, publish)):

        def refuse(request: Request, number: int = number) -> None:
            if request.number == number:
                raise Refused(403, "the stand-in does not want to")

        hub.before = refuse
        ended = publish("0.1.0", TO)
        assert_no_half_release(hub, corpus)
        assert ended.code == 3
        assert ended.error.startswith(f"{hub.url}: {TO}: status 403 at /")
        assert "the stand-in does not want to" in ended.error
        assert "\n" not in ended.error
        hub.before = lambda _request: None
        assert publish("0.1.0", TO).code == 0
        assert_finished(hub, corpus)
        forget(hub)

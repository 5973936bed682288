"""The gateway of the tests fails as it says: otherwise the tests that use it prove nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest
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
    answering,
    gateway,
    on,
    refused,
)

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def calls() -> list[str]:
    """What reached the server."""
    return []


@pytest.fixture
def behind(calls: list[str]) -> Iterator[str]:
    """A server that keeps note of what reaches it, and answers `{"made": 1}`."""

    def note(method: str, path: str) -> Fault:
        calls.append(f"{method} {path}")
        return Fault(status=201, body=b'{"made": 1}')

    with answering(200, b"", "text/plain") as nowhere, gateway(nowhere, note) as url:
        yield url


def test_without_a_fault_a_call_goes_through(behind: str, calls: list[str]) -> None:
    with gateway(behind, lambda _method, _path: None) as url:
        answer = httpx.post(f"{url}/api/things?page=1", json={})
    assert (answer.status_code, answer.json()) == (201, {"made": 1})
    assert calls == ["POST /api/things?page=1"]


@pytest.mark.parametrize(
    ("fault", "status", "reached"),
    [(LOST, 502, 1), (WEB_PAGE, 200, 0), (refused(429, "Slow down."), 429, 0), (CUT_UNSEEN, 201, 1)],
)
def test_a_fault_with_an_answer(behind: str, calls: list[str], fault: Fault, status: int, reached: int) -> None:
    with gateway(behind, on("POST", "/api", fault)) as url:
        assert httpx.post(f"{url}/api/things").status_code == status
    assert len(calls) == reached


@pytest.mark.parametrize(
    ("fault", "error", "reached"),
    [
        (CUT, httpx.RemoteProtocolError, 1),
        (CLOSED, httpx.RemoteProtocolError, 0),
        (CLOSED_AFTER, httpx.RemoteProtocolError, 1),
        (SLOW, httpx.ReadTimeout, 0),
        (SLOW_AFTER, httpx.ReadTimeout, 1),
    ],
)
def test_a_fault_without_an_answer(
    behind: str, calls: list[str], fault: Fault, error: type[Exception], reached: int
) -> None:
    with gateway(behind, on("*", "", fault)) as url, pytest.raises(error):
        httpx.post(f"{url}/api/things", timeout=0.5)
    assert len(calls) == reached


def test_an_answer_cut_unseen_is_half_of_it(behind: str) -> None:
    with gateway(behind, on("*", "", CUT_UNSEEN)) as url:
        assert httpx.get(url).text == '{"mad'


def test_only_the_chosen_calls_fail(behind: str) -> None:
    with gateway(behind, on("GET", "/tasks", LOST, times=2, after=1)) as url:
        called = [httpx.get(f"{url}/tasks").status_code for _ in range(4)]
        others = [httpx.get(f"{url}/projects").status_code, httpx.post(f"{url}/tasks").status_code]
    assert called == [201, 502, 502, 201]
    assert others == [201, 201]


def test_below_a_prefix_there_is_the_server_and_beside_it_nothing(behind: str, calls: list[str]) -> None:
    with gateway(behind, lambda _method, _path: None, prefix="/label") as url:
        assert httpx.get(f"{url}/api/things").status_code == 201
        assert httpx.get(f"{url.removesuffix('/label')}/api/things").status_code == 404
    assert calls == ["GET /api/things"]


def test_a_gateway_that_stopped_takes_no_further_call(behind: str, calls: list[str]) -> None:
    with gateway(behind, on("POST", "", STOPPED)) as url:
        with pytest.raises(httpx.RemoteProtocolError):
            httpx.post(url)
        with pytest.raises(httpx.ConnectError):
            httpx.get(url)
    assert calls == []

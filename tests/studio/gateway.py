"""Stand-ins for what cannot be had otherwise: a gateway that fails on purpose, a web page where a server was meant."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PASSED_ON = ("authorization", "content-type", "cookie", "referer")
PASSED_BACK = ("set-cookie", "location")

BAD_GATEWAY = b"<html><body><h1>502 Bad Gateway</h1></body></html>"


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong with one call.

    Attributes:
        passed_on: whether the server gets the call and does the work; what it answers is lost but for `share`.
        status: of the answer; None for the server's own answer (`share` of it), 0 for none: the connection is closed.
        body: of the answer, where there is a status.
        kind: its Content-Type.
        headers: further ones.
        share: how much of the body arrives before the connection is closed, from 0 to 1.
        stated: whether the answer states its length, so that a client can see that it was cut.
        hangs: whether there is no answer until the gateway ends: for clients that do not wait so long.
        ends: whether nothing listens any more from now on; this call gets no answer.
    """

    passed_on: bool = False
    status: int | None = None
    body: bytes = b""
    kind: str = "application/json"
    headers: tuple[tuple[str, str], ...] = ()
    share: float = 1
    stated: bool = True
    hangs: bool = False
    ends: bool = False


LOST = Fault(passed_on=True, status=502, body=BAD_GATEWAY, kind="text/html")
"""The server did the work, and the gateway answers 502."""

WEB_PAGE = Fault(status=200, body=b"<html>Please log in</html>", kind="text/html")
"""Something before the server answers with a page of its own."""

CUT = Fault(passed_on=True, share=0.5)
"""Half of the server's answer arrives, then the connection is closed."""

CUT_UNSEEN = Fault(passed_on=True, share=0.5, stated=False)
"""The same, of an answer that does not state its length."""

CLOSED = Fault(status=0)
"""The connection is closed before the server gets the call."""

CLOSED_AFTER = Fault(passed_on=True, status=0)
"""The connection is closed when the server has done the work."""

SLOW = Fault(hangs=True)
"""No answer ever comes; the server does not get the call."""

SLOW_AFTER = Fault(passed_on=True, hangs=True)
"""No answer ever comes; the server has done the work."""

STOPPED = Fault(ends=True)
"""The server stops in the middle, and does not come back."""

FaultOf: TypeAlias = "Callable[[str, str], Fault | None]"
"""Of a method and a path with its query: what goes wrong, or None."""


def refused(status: int, detail: str = "", headers: tuple[tuple[str, str], ...] = ()) -> Fault:
    """The server's refusal, which it never gave: the call does not reach it."""
    return Fault(status=status, body=b'{"detail": "%s"}' % detail.encode() if detail else b"{}", headers=headers)


def on(method: str, part: str, fault: Fault, times: int | None = None, *, after: int = 0) -> FaultOf:
    """A fault of the calls by a method ("*": any) whose path has a part.

    Args:
        method: of HTTP.
        part: of the path with its query.
        fault: what goes wrong.
        times: with how many calls, by default with all.
        after: how many such calls go well first.
    """
    lock, met = threading.Lock(), iter(range(1_000_000))

    def choose(called: str, path: str) -> Fault | None:
        if method not in ("*", called) or part not in path:
            return None
        with lock:
            number = next(met) - after
        return fault if number >= 0 and (times is None or number < times) else None

    return choose


@contextmanager
def answering(status: int, body: bytes, kind: str) -> Iterator[str]:
    """A server that gives one answer to everything; its address."""
    with gateway("", lambda _method, _path: Fault(status=status, body=body, kind=kind)) as url:
        yield url


@contextmanager
def failing(url: str, fails: Callable[[str, str], bool]) -> Iterator[str]:
    """A gateway before a real server. Where `fails(method, path)`, the server does the work and the answer is 502."""
    with gateway(url, lambda method, path: LOST if fails(method, path) else None) as address:
        yield address


@contextmanager
def gateway(url: str, fault: FaultOf, prefix: str = "") -> Iterator[str]:
    """A gateway before a real server, its address; what goes wrong with each call is told when it comes in.

    Args:
        url: of the server.
        fault: of each call, chosen before the server gets it.
        prefix: a path below which the server stands, `/label-studio`; what is not below it is not found.
    """
    server = _Server(url, fault, prefix)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{prefix}"
    finally:
        server.ended.set()
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    body: bytes
    kind: str
    headers: tuple[tuple[str, str], ...] = ()


class _Server(ThreadingHTTPServer):
    def __init__(self, url: str, fault: FaultOf, prefix: str) -> None:
        self.url = url
        self.fault = fault
        self.prefix = prefix
        self.ended = threading.Event()
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, *_: object) -> None:
        """Clients that went away are what is tested."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def _serve(self) -> None:
        path = self.path.removeprefix(self.server.prefix)
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        fault = self.server.fault(self.command, path) or Fault(passed_on=True)
        if not self.path.startswith(self.server.prefix):
            fault = Fault(status=404, body=b"<html>Not found</html>", kind="text/html")
        answer = self._ask(path, body) if fault.passed_on else _Answer(502, BAD_GATEWAY, "text/html")
        if fault.ends:
            self.server.shutdown()
            self.server.socket.close()
        elif fault.hangs:
            self.server.ended.wait()
        elif fault.status is None:
            self._answer(answer, fault)
        elif fault.status:
            self._answer(_Answer(fault.status, fault.body, fault.kind), fault)
        self.close_connection = True

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _serve  # noqa: N815 — the names that http.server calls

    def _ask(self, path: str, body: bytes) -> _Answer:
        """What the server answers; 502 where it cannot be reached, as a gateway says."""
        headers = {key: value for key, value in self.headers.items() if key.lower() in PASSED_ON}
        connection = HTTPConnection(str(urlsplit(self.server.url).netloc), timeout=60)
        try:
            connection.request(self.command, path, body, headers)
            answer = connection.getresponse()
            back = tuple((name, value) for name, value in answer.getheaders() if name.lower() in PASSED_BACK)
            return _Answer(answer.status, answer.read(), answer.headers.get("Content-Type", ""), back)
        except OSError:
            return _Answer(502, BAD_GATEWAY, "text/html")
        finally:
            connection.close()

    def _answer(self, answer: _Answer, fault: Fault) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.kind)
        for name, value in (*answer.headers, *fault.headers):
            self.send_header(name, value)
        if fault.stated:
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body[: int(len(answer.body) * fault.share)])

    def log_message(self, *_: object) -> None:
        pass

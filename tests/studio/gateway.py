"""Stand-ins for what cannot be had otherwise: a gateway that fails on purpose, a web page where a server was meant."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PASSED_ON = ("authorization", "content-type")


@contextmanager
def answering(status: int, body: bytes, kind: str) -> Iterator[str]:
    """A server that gives one answer to everything; its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            _answer(self, status, body, kind)

        def log_message(self, *_: object) -> None:
            pass

    with _running(Handler) as url:
        yield url


@contextmanager
def failing(url: str, fails: Callable[[str, str], bool]) -> Iterator[str]:
    """A gateway before a real server. Where `fails(method, path)`, the server does the work and the answer is 502."""

    class Handler(BaseHTTPRequestHandler):
        def _pass_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            headers = {key: value for key, value in self.headers.items() if key.lower() in PASSED_ON}
            connection = HTTPConnection(str(urlsplit(url).netloc), timeout=60)
            try:
                connection.request(self.command, self.path, body, headers)
                answer = connection.getresponse()
                content, kind = answer.read(), answer.headers.get("Content-Type", "")
            finally:
                connection.close()
            if fails(self.command, self.path):
                _answer(self, 502, b"<html>bad gateway</html>", "text/html")
            else:
                _answer(self, answer.status, content, kind)

        do_GET = do_POST = do_PATCH = do_DELETE = _pass_on  # noqa: N815 — the names that http.server calls

        def log_message(self, *_: object) -> None:
            pass

    with _running(Handler) as address:
        yield address


def _answer(handler: BaseHTTPRequestHandler, status: int, body: bytes, kind: str) -> None:
    handler.send_response(status)
    handler.send_header("Content-Type", kind)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


@contextmanager
def _running(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

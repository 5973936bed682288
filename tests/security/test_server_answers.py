"""What a server answers, or what stands before it: it can neither take the token elsewhere nor fill the memory."""

from __future__ import annotations

import base64
import gzip
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest
from tests.studio.gateway import Fault, answering, gateway

from kliping.errors import CallError, ServerError
from kliping.studio.client import Client, bounded
from kliping.studio.people.accounts import sign_up

if TYPE_CHECKING:
    from collections.abc import Iterator

TOKEN = "feedfacefeedfacefeedfacefeedfacefeedface"
"""A legacy one."""

ODD = "a-token-of-no-known-form"

_CLAIMS = base64.urlsafe_b64encode(b'{"token_type": "refresh", "exp": 4102444800}').decode().rstrip("=")
PERSONAL = f"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.{_CLAIMS}.c2lnbmVk"
"""A personal one, which is exchanged: it is in the body of a request."""


@contextmanager
def listening() -> Iterator[tuple[str, list[bytes]]]:
    """Another server, its address, and all that it is sent."""
    got: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def _serve(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            got.append(f"{self.requestline}\n{self.headers}".encode() + body)
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(b"{}")

        do_GET = do_POST = do_PATCH = _serve  # noqa: N815 — the names that http.server calls

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", got
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def redirecting(status: int, to: str) -> Iterator[str]:
    """A server that sends everybody to another place."""
    with gateway("", lambda _method, _path: Fault(status=status, headers=(("Location", to),))) as url:
        yield url


def failing(url: str, token: str) -> str:
    """What is said when a server is asked who we are, and then for a project."""
    with pytest.raises(ServerError) as caught, Client(url, token, 5) as client:
        client.people.whoami()
    return str(caught.value)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("token", [TOKEN, PERSONAL])
def test_a_redirect_to_another_host_takes_neither_token_nor_request_along(status: int, token: str) -> None:
    with listening() as (other, got), redirecting(status, f"{other}/api/token/refresh/") as url:
        said = failing(url, token)
    assert got == []
    assert said.startswith(f"{url}: it redirects to another server")
    assert token not in said


def test_a_redirect_without_end_is_a_sentence() -> None:
    with redirecting(302, "/again") as url:
        assert "without end" in failing(url, TOKEN)


def test_a_redirect_on_the_same_server_is_followed() -> None:
    def moved(_method: str, path: str) -> Fault:
        if path.startswith("/moved"):
            return Fault(status=200, body=b'{"email": "ayu@pos.example", "id": 1}')
        return Fault(status=302, headers=(("Location", "/moved"),))

    with gateway("", moved) as url, Client(url, TOKEN, 5) as client:
        assert client.people.whoami() == "ayu@pos.example"


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_an_answer_without_an_end_is_not_read_to_it(monkeypatch: pytest.MonkeyPatch, encoding: str) -> None:
    monkeypatch.setattr(bounded, "LARGEST", 2**20)
    large = b'{"email": "' + b"x" * 2**22 + b'"}'
    body = gzip.compress(large) if encoding == "gzip" else large
    answer = Fault(status=200, body=body, headers=(("Content-Encoding", encoding),))
    with gateway("", lambda _method, _path: answer) as url:
        assert "an answer of more than" in failing(url, TOKEN)


@pytest.mark.parametrize(
    "body",
    [b"[" * 100_000, b'{"email": ' + b"[" * 100_000, b"<html>Log in</html>", b'{"email": 7}', b"7", b"null", b""],
)
@pytest.mark.parametrize("status", [200, 400])
def test_an_answer_of_another_kind_is_a_sentence(body: bytes, status: int) -> None:
    with answering(status, body, "application/json") as url:
        assert failing(url, TOKEN).startswith(f"{url}: ")


@pytest.mark.parametrize("token", [TOKEN, ODD])
@pytest.mark.parametrize("status", [400, 401, 403, 404, 418])
def test_a_token_that_the_server_repeats_is_not_passed_on(token: str, status: int) -> None:
    body = f'{{"detail": "no: {token} of ayu@pos.example at https://ana:opensesame@lab.example/"}}'.encode()
    with answering(status, body, "application/json") as url:
        said = failing(url, token)
    assert not any(secret in said for secret in (token, "ayu@", "opensesame", "ana"))


def test_an_address_with_a_password_is_refused_and_not_shown() -> None:
    with pytest.raises(CallError, match="leave them out") as caught:
        Client("http://ana:opensesame@127.0.0.1:1", TOKEN)
    assert "opensesame" not in str(caught.value)


def test_an_invitation_to_another_host_is_not_gone_to() -> None:
    with listening() as (other, got):
        with pytest.raises(ServerError, match="another server") as caught:
            sign_up("http://127.0.0.1:1", f"{other}/user/signup/?token=feedface", "ayu@pos.example", "opensesame")
        assert got == []
    assert not any(secret in str(caught.value) for secret in ("feedface", "ayu", "opensesame"))


def test_an_invitation_to_a_file_opens_none() -> None:
    with pytest.raises(ServerError, match="another server"):
        sign_up("http://127.0.0.1:1", "file:///etc/hostname", "ayu@pos.example", "opensesame")


def test_a_form_that_redirects_to_another_host_is_not_followed() -> None:
    with listening() as (other, got), redirecting(302, f"{other}/user/signup/") as url:
        with pytest.raises(ServerError, match="another server"):
            sign_up(url, f"{url}/user/signup/?token=feedface", "ayu@pos.example", "opensesame")
        assert got == []

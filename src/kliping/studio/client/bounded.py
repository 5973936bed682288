"""The connection under the SDK's client: it stays on one server, and reads no more than an answer may be.

A server, or what stands before it, can answer anything. `httpx` would follow a redirect to any host with the body of
the request, which may hold the token or articles, and would read and unpack an answer without an end.
"""

from __future__ import annotations

import httpx

__all__ = ["LARGEST", "BoundedClient", "Elsewhere", "TooLarge"]

LARGEST = 512 * 2**20
"""Bytes of an answer, unpacked; a page of a thousand tasks with their annotations has some megabytes."""

MOST_REDIRECTS = 10

_PORTS = {"http": 80, "https": 443}


class Elsewhere(httpx.TransportError):
    """A redirect to another server; what was to be sent there was not."""


class TooLarge(httpx.TransportError):
    """An answer that is larger than any of Label Studio's; the rest of it was not read."""


class BoundedClient(httpx.Client):
    """A client that follows a redirect on the same server alone, or from its http to its https."""

    def send(
        self,
        request: httpx.Request,
        *,
        stream: bool = False,
        auth: httpx.Auth | object | None = httpx.USE_CLIENT_DEFAULT,
        follow_redirects: bool | object = httpx.USE_CLIENT_DEFAULT,  # noqa: ARG002 — they are followed here
    ) -> httpx.Response:
        """Send a request.

        Raises:
            Elsewhere: the server redirects to another.
            TooLarge: the answer, unpacked, has more than `LARGEST` bytes.
        """
        for _ in range(MOST_REDIRECTS):
            answer = super().send(request, stream=True, auth=auth, follow_redirects=False)  # type: ignore[arg-type]
            following = answer.next_request
            if following is None:
                return answer if stream else _whole(answer)
            answer.close()
            if not _same_server(request.url, following.url):
                raise Elsewhere("redirected to another server", request=request)
            request = following
        raise httpx.TooManyRedirects("redirected without end", request=request)


def _same_server(one: httpx.URL, other: httpx.URL) -> bool:
    if one.host != other.host:
        return False
    is_same = (one.scheme, _port(one)) == (other.scheme, _port(other))
    return is_same or (one.scheme == "http" and other.scheme == "https" and (_port(one), _port(other)) == (80, 443))


def _port(url: httpx.URL) -> int | None:
    return url.port or _PORTS.get(url.scheme)


def _whole(answer: httpx.Response) -> httpx.Response:
    """The answer with its body, unpacked while it is counted."""
    body = bytearray()
    try:
        for piece in answer.iter_bytes(2**16):
            body += piece
            if len(body) > LARGEST:
                raise TooLarge("an answer without an end", request=answer.request)
    finally:
        answer.close()
    packed = ("content-encoding", "content-length", "transfer-encoding")
    headers = [(name, value) for name, value in answer.headers.multi_items() if name.lower() not in packed]
    return httpx.Response(answer.status_code, headers=headers, content=bytes(body), request=answer.request)

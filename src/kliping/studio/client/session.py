"""A connection to one server: the one place that imports Label Studio's SDK, and where its errors become sentences.

A message names the server's status and its `detail`, never a header or the token, also where the server repeats it.
"""

from __future__ import annotations

from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

import msgspec

from kliping.errors import CallError, ServerError
from kliping.studio.client.refusal import not_ours, refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import httpx

__all__ = ["ONCE", "Session"]

ONCE = {"max_retries": 0}
"""For what must not be sent twice: the SDK repeats requests, and the server never recognises a second import."""

T = TypeVar("T")

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Session:
    """The SDK's own client, and what turns its errors into sentences.

    Attributes:
        url: the server's address, without a slash at its end.
        sdk: the SDK's client.
        clock: when the last bare answer was sent, by the server, in ISO 8601 with seconds; None where it did not say.
    """

    def __init__(self, url: str, token: str, timeout: float = 60) -> None:
        """Nothing is sent yet, unless a personal token must be exchanged first.

        Args:
            url: the server's address.
            token: white space around it is dropped.
            timeout: seconds for one answer.

        Raises:
            CallError: the address is none, or the token cannot be one; it is never shown. Or the SDK is missing.
        """
        self.url = url.strip().rstrip("/")
        self.clock: str | None = None
        self._timeout = timeout
        host = _host(self.url)
        self._token = stripped = token.strip()
        if not stripped or not all("!" <= char <= "~" for char in stripped):
            raise CallError(
                "the token of LABEL_STUDIO_API_KEY is empty or holds white space or other signs inside; copy it again "
                "from Label Studio's page Account & Settings"
            )
        try:
            from label_studio_sdk.client import LabelStudio

            from kliping.studio.client.bounded import BoundedClient
        except ImportError:
            raise CallError("Label Studio's SDK is not installed; run: pip install 'kliping[studio]'") from None
        # A proxy of the environment must not get requests, and the token, that are meant for this machine.
        self._http: httpx.Client = BoundedClient(timeout=timeout, trust_env=host not in _LOOPBACK)
        with self.told():
            sdk: Any = LabelStudio  # its own types promise what an older server does not send
            # With a slash at the end, the SDK keeps a path in the address for the exchange of a personal token too.
            self.sdk = sdk(base_url=f"{self.url}/", api_key=stripped, httpx_client=self._http, timeout=timeout)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def get_json(self, path: str, params: Mapping[str, str | int], kind: type[T]) -> T:
        """What the server answers to a GET, by the SDK's connection, without its making an object of every field.

        The SDK repeats it twice where the server fails, each time after a minute at most.

        Args:
            path: below the server's address, with the slash at its end where Label Studio has one.
            params: of the query.
            kind: what the answer is, checked by msgspec: a `Struct` of what is needed, or `dict[str, Any]`.

        Raises:
            ServerError: the server cannot be reached, refuses, or answers with something else.
        """
        with self.told():
            return self._read(self._send(path, method="GET", params=dict(params)), kind)

    def post_json(self, path: str, body: object, kind: type[T], params: Mapping[str, str | int] | None = None) -> T:
        """What the server answers to a POST of JSON, which is sent once: after an error it may have been carried out.

        Args:
            path: below the server's address, with the slash at its end where Label Studio has one.
            body: encoded by msgspec: plain values, structs, or `Raw` for what is JSON already.
            kind: what the answer is, checked by msgspec.
            params: of the query.

        Raises:
            ServerError: the server cannot be reached, refuses, or answers with something else.
        """
        content = msgspec.json.encode(body)
        headers = {"Content-Type": "application/json"}
        with self.told():
            answer = self._send(
                path, method="POST", params=dict(params or {}), content=content, headers=headers, request_options=ONCE
            )
            return self._read(answer, kind)

    def patch_json(self, path: str, body: object, kind: type[T]) -> T:
        """What the server answers to a PATCH of JSON; it says what a thing is to be, so the SDK may send it again.

        Raises:
            ServerError: the server cannot be reached, refuses, or answers with something else.
        """
        content, headers = msgspec.json.encode(body), {"Content-Type": "application/json"}
        with self.told():
            return self._read(self._send(path, method="PATCH", content=content, headers=headers), kind)

    def _send(self, path: str, **request: Any) -> httpx.Response:  # noqa: ANN401 — the SDK's own arguments
        """By the SDK's connection: it authorises, exchanges personal tokens and repeats what may be repeated."""
        answer: httpx.Response = self.sdk._client_wrapper.httpx_client.request(path, **request)
        self.clock = _clock(answer.headers.get("Date"))
        return answer

    def _read(self, answer: httpx.Response, kind: type[T]) -> T:
        if answer.is_success:
            if "json" not in answer.headers.get("content-type", ""):
                raise ServerError(f"{self.url}: {not_ours(answer.status_code)}")
            return msgspec.json.decode(answer.content, type=kind)
        try:
            body = msgspec.json.decode(answer.content)
        except (msgspec.DecodeError, RecursionError):
            body = answer.text
        raise ServerError(f"{self.url}: {self._refusal(answer.status_code, body)}")

    def _refusal(self, status: int | None, body: object) -> str:
        """A server may repeat the token that it was sent, whatever form it has."""
        return refusal(status, body, hidden=(self._token,))

    @contextmanager
    def told(self) -> Iterator[None]:
        """Turn what the SDK and its connection raise into a sentence; the cause, with its headers, is left behind."""
        import httpx
        from label_studio_sdk.core.api_error import ApiError
        from label_studio_sdk.core.parse_error import ParsingError

        from kliping.studio.client.bounded import LARGEST, Elsewhere, TooLarge

        try:
            yield
        except ApiError as error:
            raise ServerError(f"{self.url}: {self._refusal(error.status_code, error.body)}") from None
        except httpx.ConnectError as error:
            if "CERTIFICATE" in str(error):
                raise ServerError(
                    f"{self.url}: its certificate is not one that this machine trusts; give the file of its authority "
                    "in SSL_CERT_FILE"
                ) from None
            raise ServerError(
                f"{self.url}: no server answers there; start one with `kliping studio start`, or mend LABEL_STUDIO_URL"
            ) from None
        except httpx.TimeoutException:
            raise ServerError(
                f"{self.url}: the server took longer than {self._timeout:g} s to answer; run the command again, and "
                "for a slow server with more seconds in KLIPING_TIMEOUT"
            ) from None
        except (Elsewhere, httpx.TooManyRedirects):
            raise ServerError(
                f"{self.url}: it redirects to another server, or without end; nothing was sent there. Give the address "
                "that it has in a browser, if that is Label Studio's"
            ) from None
        except TooLarge:
            raise ServerError(
                f"{self.url}: an answer of more than {LARGEST // 2**20} MiB, which Label Studio does not give; see "
                "what stands before the server"
            ) from None
        except httpx.HTTPError:
            raise ServerError(
                f"{self.url}: the connection broke before the answer was there; run the command again: what the server "
                "has already is not sent twice"
            ) from None
        except (ParsingError, msgspec.MsgspecError, ValueError, TypeError, AttributeError, RecursionError):
            raise ServerError(
                f"{self.url}: the answer is cut short, or is not what Label Studio sends; run the command again, and "
                "see what stands before the server"
            ) from None


def _clock(header: str | None) -> str | None:
    try:
        return parsedate_to_datetime(header or "").isoformat()
    except ValueError:
        return None


def _host(url: str) -> str:
    try:
        address = urlsplit(url)
        _ = address.port  # raises where it is no number
    except ValueError:
        address = urlsplit("")
    if "@" in url:
        raise CallError("the server's address holds a name or a password; leave them out in LABEL_STUDIO_URL")
    if address.scheme not in ("http", "https") or not address.hostname:
        raise CallError(f"{url!r} is no server's address; give it as http://HOST:PORT in LABEL_STUDIO_URL")
    return address.hostname

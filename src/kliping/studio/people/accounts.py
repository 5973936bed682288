"""Accounts on a server, made through the form of the invitation as people make them: its API sets no password."""

from __future__ import annotations

import json
import re
from contextlib import contextmanager
from http.client import HTTPException
from http.cookiejar import CookieJar
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, ProxyHandler, Request, build_opener

from kliping.errors import ServerError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from http.client import HTTPMessage
    from typing import IO
    from urllib.request import OpenerDirector

__all__ = ["own_token", "sign_up"]

_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_TIMEOUT = 60  # seconds for one answer
_MOST = 2**24  # bytes of one answer that are read
_NOT_THERE = "nobody's address and password were sent there; give the address that its pages have as LABEL_STUDIO_URL"


def sign_up(url: str, invitation: str, address: str, password: str) -> None:
    """Make an account through the invitation's form.

    Args:
        url: the server's address.
        invitation: the address of the form (`Client.people.invitation`).
        address: the new user's; it is sent to the server and never shown.
        password: one that Label Studio takes: 8 signs and more.

    Raises:
        ServerError: the server cannot be reached, or did not make the account.
    """
    with _told(url):
        browser = _browser(url)
        _send_form(browser, url, invitation, {"email": address, "password": password})
        _expect(browser, url, address)


def own_token(url: str, address: str, password: str) -> str:
    """The legacy token of an account, as its user finds it on the page Account & Settings.

    Raises:
        ServerError: the server cannot be reached, does not let the user in, or gives no such tokens.
    """
    with _told(url):
        browser = _browser(url)
        _send_form(browser, url, f"{url}/user/login/", {"email": address, "password": password})
        _expect(browser, url, address)
        return _get(browser, f"{url}/api/current-user/token")["token"]


def _browser(url: str) -> OpenerDirector:
    """What keeps cookies as a browser does; a proxy must not get what is meant for this machine."""
    own = [ProxyHandler({})] if urlsplit(url).hostname in _LOOPBACK else []
    return build_opener(HTTPCookieProcessor(CookieJar()), _OnOneServer(), *own)


class _OnOneServer(HTTPRedirectHandler):
    """A form holds an address and a password: nothing is followed to another server."""

    def redirect_request(  # noqa: PLR0913, PLR0917 — urllib's own signature
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        if not _is_on(newurl, req.full_url):
            raise ServerError(f"{_place(req.full_url)}: it redirects to another server; {_NOT_THERE}")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _is_on(page: str, url: str) -> bool:
    """Whether an address is on the same server as another: scheme, host and port."""
    one, other = urlsplit(page), urlsplit(url)
    return (one.scheme, one.netloc) == (other.scheme, other.netloc)


def _send_form(browser: OpenerDirector, url: str, page: str, fields: dict[str, str]) -> None:
    if not _is_on(page, url):
        raise ServerError(f"{url}: the form that it names is on another server; {_NOT_THERE}")
    with browser.open(page, timeout=_TIMEOUT) as answer:
        form = answer.read(_MOST).decode(errors="replace")
    csrf = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
    if csrf is None:
        raise ServerError(f"{_place(page)}: this page has no form of Label Studio's; check the address")
    sent = urlencode({"csrfmiddlewaretoken": csrf[1], **fields}).encode()
    browser.open(Request(page, sent, {"Referer": page}), timeout=_TIMEOUT).close()  # noqa: S310 — the server's own address


def _expect(browser: OpenerDirector, url: str, address: str) -> None:
    """Whether the server knows the browser as this user: a form that it refused is an ordinary page."""
    try:
        known = _get(browser, f"{url}/api/current-user/whoami").get("email", "")
    except HTTPError as error:
        error.close()
        known = ""
    if known.lower() != address.strip().lower():
        raise ServerError(
            f"{url}: the server did not let a user in: an account with that address may be there with another "
            "password, or the server takes no new users; see its log"
        )


def _get(browser: OpenerDirector, url: str) -> dict[str, str]:
    with browser.open(url, timeout=_TIMEOUT) as answer:
        found = json.loads(answer.read(_MOST))
    return found if isinstance(found, dict) else {}


@contextmanager
def _told(url: str) -> Iterator[None]:
    try:
        yield
    except HTTPError as error:
        error.close()
        raise ServerError(f"{_place(error.url or url)}: status {error.code}; see the server's log") from None
    except (OSError, HTTPException, ValueError, KeyError, RecursionError) as error:
        raise ServerError(f"{url}: no answer as Label Studio's ({type(error).__name__}); check the address") from None


def _place(url: str) -> str:
    """An address without its query, which may hold an invitation's token."""
    return url.partition("?")[0]

"""Which server a corpus works with, and with whose token."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from kliping.errors import CallError, ServerError
from kliping.studio.client import Client
from kliping.studio.server import read_token, status

if TYPE_CHECKING:
    from kliping.project import Corpus

__all__ = ["connect"]

TIMEOUT = 60
"""Seconds for one answer."""


def connect(corpus: Corpus) -> Client:
    """A client for the corpus's server, whose token is known to be accepted.

    LABEL_STUDIO_URL and LABEL_STUDIO_API_KEY say which; else the server that `kliping studio start` made, if it runs;
    else the `server` setting. A token that was made for one server is never sent to another.

    Raises:
        CallError: a server is named without its token, or by what is no address of one; or KLIPING_TIMEOUT is no number
            of seconds.
        ServerError: there is no server, it cannot be reached, or it refuses the token.
    """
    own = status(corpus)
    named = os.environ.get("LABEL_STUDIO_URL", "").strip().rstrip("/")
    url = named or (own.url if own else corpus.settings.server)
    _check(url, "LABEL_STUDIO_URL" if named else "the setting `server`")
    token = os.environ.get("LABEL_STUDIO_API_KEY", "").strip()
    if not token:
        if own is None and not named:
            raise ServerError(
                "no server of this corpus is running; start one with `kliping studio start`, or give "
                f"LABEL_STUDIO_API_KEY for {url} (another one: LABEL_STUDIO_URL)"
            )
        if own is None or own.url != url:
            raise CallError(
                f"{url}: no token: start this corpus's own server with `kliping studio start`, or give "
                "LABEL_STUDIO_URL, and LABEL_STUDIO_API_KEY from its page Account & Settings"
            )
        token = read_token(own)
    client = Client(url, token, _timeout())
    try:
        client.people.whoami()
    except BaseException:
        client.close()
        raise
    return client


def _check(url: str, where: str) -> None:
    """Refuse what is no address, and one with a name and a password in it: addresses are printed."""
    try:
        parts = urlsplit(url)
        named = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        named = False
    if not named or "@" in url:
        raise CallError(
            f"{where}: not a server's address, which begins with http:// or https:// and holds no name or password; "
            "give one such as https://lab.example/label-studio"
        )


def _timeout() -> float:
    said = os.environ.get("KLIPING_TIMEOUT", "").strip()
    try:
        seconds = float(said or TIMEOUT)
    except ValueError:
        seconds = 0
    if not 0 < seconds < float("inf"):
        raise CallError("KLIPING_TIMEOUT is no number of seconds; give one above 0, or unset it")
    return seconds

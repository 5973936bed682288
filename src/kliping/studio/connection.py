"""Which server a corpus works with, and with whose token."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from kliping.errors import CallError
from kliping.studio.client import Client
from kliping.studio.server import kept_server, read_token

if TYPE_CHECKING:
    from kliping.project import Corpus

__all__ = ["connect"]


def connect(corpus: Corpus) -> Client:
    """A client for the corpus's server, whose token is known to be accepted.

    LABEL_STUDIO_URL and LABEL_STUDIO_API_KEY say which; else the server that `kliping studio start` made; else the
    `server` setting. A token that was made for one server is never sent to another.

    Raises:
        CallError: no token is given where one is needed.
        ServerError: the server cannot be reached, or refuses the token.
    """
    kept = kept_server(corpus)
    url = os.environ.get("LABEL_STUDIO_URL", "").strip().rstrip("/") or (kept.url if kept else corpus.settings.server)
    token = os.environ.get("LABEL_STUDIO_API_KEY", "").strip()
    if not token:
        if kept is None or kept.url != url:
            raise CallError(
                f"{url}: no token: start this corpus's own server with `kliping studio start`, or give "
                "LABEL_STUDIO_URL, and LABEL_STUDIO_API_KEY from its page Account & Settings"
            )
        token = read_token(kept)
    client = Client(url, token)
    try:
        client.whoami()
    except BaseException:
        client.close()
        raise
    return client

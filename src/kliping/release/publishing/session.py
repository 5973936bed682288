"""A session with the hub: its own client, its own login, and failures told in sentences without the token."""

from __future__ import annotations

import logging
import sys
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from kliping.errors import CallError, ServerError, without_secrets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from huggingface_hub import HfApi

__all__ = ["Session", "open_session"]

_LONGEST = 300
"""Characters of the hub's own words that are shown."""


class Session:
    """The hub's client, with the token of its own login.

    Attributes:
        api: the client.
        url: the hub's address, of HF_ENDPOINT where that is set.
    """

    __slots__ = ("_token", "api", "url")

    def __init__(self, api: HfApi, token: str) -> None:
        self.api = api
        self.url = api.endpoint
        self._token = token

    @contextmanager
    def told(self, repository: str) -> Iterator[None]:
        """Tell every failure of the hub, of the network and of the client in a sentence.

        Raises:
            ServerError: one of them failed.
            CallError: HF_HUB_OFFLINE is set.
        """
        from huggingface_hub import errors

        try:
            yield
        except errors.OfflineModeIsEnabled:
            raise CallError("HF_HUB_OFFLINE is set, so the hub is not asked; unset it to publish") from None
        except (errors.HTTPError, OSError, ValueError, RuntimeError) as error:  # type: ignore[attr-defined]
            raise ServerError(self._hidden(_sentence(self.url, repository, error))) from None

    def _hidden(self, sentence: str) -> str:
        return " ".join(without_secrets(sentence.replace(self._token, "…")).split())


@contextmanager
def open_session() -> Iterator[Session]:
    """A session with the hub that HF_ENDPOINT names, else huggingface.co; the client keeps its own words to itself.

    Raises:
        CallError: huggingface_hub is not installed, or there is no login.
    """
    try:
        import huggingface_hub
    except ImportError:
        raise CallError("huggingface_hub is not installed; run: pip install 'kliping[publish]'") from None
    token = huggingface_hub.get_token()
    if not token:
        raise CallError("no login of the hub; run `hf auth login`, or give a token that may write as HF_TOKEN")
    with _quiet():
        yield Session(huggingface_hub.HfApi(token=token, library_name="kliping"), token)


@contextmanager
def _quiet() -> Iterator[None]:
    """The client logs addresses that are signed, and warns in places of its code: neither is for people."""
    from huggingface_hub.utils import logging as client
    from huggingface_hub.utils.tqdm import are_progress_bars_disabled, disable_progress_bars, enable_progress_bars

    level, shown = client.get_verbosity(), not are_progress_bars_disabled()
    client.set_verbosity(logging.CRITICAL)
    if not sys.stderr.isatty():
        disable_progress_bars()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        client.set_verbosity(level)
        if shown:
            enable_progress_bars()


def _sentence(url: str, repository: str, error: BaseException) -> str:
    """What failed and what to do; a wrapped error is told by its cause."""
    while getattr(error, "response", None) is None and error.__cause__ is not None:
        error = error.__cause__
    response = getattr(error, "response", None)
    if response is None:
        name = type(error).__name__
        words = f": {error}" if isinstance(error, ValueError) else ""
        return (
            f"{url}: {repository}: the hub gave no good answer ({name}{_shown(words)}); run the command again to go on"
        )
    status, said = response.status_code, _shown(getattr(error, "server_message", None) or "")
    what = f"{url}: {repository}: status {status} at {urlsplit(str(response.request.url)).path}"
    if said:
        what = f"{what} ({said})"
    return f"{what}; {_remedy(status)}"


def _shown(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"


def _remedy(status: int) -> str:
    if status in (401, 403):
        return "log in with a token that may write there (`hf auth login`, or HF_TOKEN), or ask its owner for the right"
    if status == 404:
        return "check OWNER/NAME, and that the token's account may see it"
    if status in (409, 412):
        return "somebody else changed it at the same time: run the command again to look anew"
    if status == 429:
        return "the hub asks to go slower: run the command again later to go on"
    if status in (400, 413, 422):
        return "the hub does not take it as it is: see what it says, and report it if that does not help"
    return "the hub failed: run the command again to go on"

"""What can go wrong, named for what the reader can do about it."""

from __future__ import annotations

import os
import re

__all__ = ["CallError", "DataError", "KlipingError", "Rejected", "ServerError", "without_secrets"]

SECRETS = ("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN", "KLIPING_PSEUDONYM_KEY", "LABEL_STUDIO_API_KEY", "PGPASSWORD")
"""Environment variables whose values nobody is to read."""

_SHORTEST = 6
"""Characters of a secret that is looked for; a shorter one would take common words away."""

_LOGIN = re.compile(r"(?<=://)[^\s/@]+@")


class KlipingError(Exception):
    """An error told in sentences: what is wrong, and what to do.

    Attributes:
        exit_code: what the command line exits with.
    """

    exit_code = 1


class DataError(KlipingError):
    """The corpus or a release is wrong; the message has one line a finding, each with its place."""

    exit_code = 1


class CallError(KlipingError):
    """The call is wrong: an argument, a setting, a missing extra."""

    exit_code = 2


class ServerError(KlipingError):
    """The server or the network failed, or refused us."""

    exit_code = 3


class Rejected(KlipingError):  # noqa: N818 — the name people catch, as the design gives it
    """A source that becomes no article.

    Attributes:
        reason: a code of `article.schema.json#/$defs/rejection`: `empty`, `binary`, `undecodable`,
            `unknown-type`, `no-article`, `too-short`, `index-page`, `not-found`, `wall`, `wrong-language`,
            `too-large`, `broken` or `unsafe-path`.
        detail: the reason in a sentence.
    """

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


def without_secrets(text: str) -> str:
    """What others said, fit to be passed on: without the secrets of the environment, and without logins in addresses.

    Our own sentences hold none; an installer or a server may repeat what it was given.
    """
    for value in sorted((os.environ.get(name, "").strip() for name in SECRETS), key=len, reverse=True):
        if len(value) >= _SHORTEST:
            text = text.replace(value, "…")
    return _LOGIN.sub("…@", text)

"""What a server's refusal says, as a sentence: its status and its words, never a header, a token or an address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["not_ours", "refusal"]

LONGEST = 400
"""Characters of a server's own words; what stands before it may send a page."""

_SECRETS = re.compile(
    r"(?P<login>(?<=//)[^\s/@]+@)"
    r"|(?P<address>[^\s@\"'<>(),;:]+@[^\s@\"'<>(),;:]+)"
    r"|(?P<token>\b[0-9a-fA-F]{40}\b|\beyJ[\w-]*(?:\.[\w-]*){1,2})"
)

_AGAIN = "run the command again: what the server has already is not sent twice"

_TODO = {
    404: "check the server's address; a path that its pages begin with belongs to it",
    429: f"the server wants fewer requests: wait a while, then {_AGAIN}",
    502: f"what stands before Label Studio got no answer from it: see whether it runs, then {_AGAIN}",
    503: f"the server is not ready: wait a while, then {_AGAIN}",
    504: f"what stands before Label Studio waited too long for it: {_AGAIN}",
}


def refusal(status: int | None, body: object, hidden: Iterable[str] = ()) -> str:
    """Why a server refused, and what to do.

    Args:
        status: of HTTP.
        body: of the answer: the parsed JSON, else its text.
        hidden: what must not be shown, such as the token that was sent.
    """
    if status == 401:
        return (
            "the server does not accept the token; copy it again from Label Studio's page Account & Settings to "
            "LABEL_STUDIO_API_KEY, or unset that for the server that `kliping studio start` made"
        )
    detail = _detail(body, hidden)
    if not detail and status is not None and status < 400:
        return not_ours(status)
    todo = _TODO.get(status or 0, f"see the server's log, then {_AGAIN}")
    return f"status {status}: {detail or 'without a reason'}; {todo}"


def not_ours(status: int) -> str:
    """What to say of an answer that is a page, or anything else that no JSON is."""
    return f"status {status}, but no JSON: this is not Label Studio's interface; check the address"


def _detail(body: object, hidden: Iterable[str]) -> str:
    """What was wrong with each field, where the server says so; else its `detail`. One line, and nobody's secrets."""
    if not isinstance(body, dict):
        return ""
    fields = body.get("validation_errors")
    if isinstance(fields, dict) and fields:
        said = "; ".join(f"{name}: {_words(words)}" for name, words in fields.items())
    else:
        said = _words(fields or body.get("detail") or "")
    line = " ".join(said.split())
    for secret in hidden:
        line = line.replace(secret, "(token)")
    line = _SECRETS.sub(lambda found: f"({found.lastgroup})", line)
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"


def _words(said: object) -> str:
    return " ".join(map(str, said)) if isinstance(said, list) else str(said)

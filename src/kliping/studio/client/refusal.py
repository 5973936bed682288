"""What a server's refusal says, as a sentence: its status and its words, never a header."""

from __future__ import annotations

__all__ = ["refusal"]


def refusal(status: int | None, body: object) -> str:
    """Why a server refused, and what to do.

    Args:
        status: of HTTP.
        body: of the answer: the parsed JSON, else its text.
    """
    if status == 401:
        return (
            "the server does not accept the token; copy it again from Label Studio's page Account & Settings to "
            "LABEL_STUDIO_API_KEY, or unset that for the server that `kliping studio start` made"
        )
    detail = _detail(body)
    if not detail and status is not None and status < 400:
        return f"status {status}, but no JSON: this is not Label Studio's interface; check the address"
    return f"status {status}: {detail or 'without a reason'}; see the server's log, then run the command again"


def _detail(body: object) -> str:
    """What was wrong with each field, where the server says so; else its `detail`."""
    if not isinstance(body, dict):
        return ""
    fields = body.get("validation_errors")
    if isinstance(fields, dict) and fields:
        return "; ".join(f"{name}: {_words(said)}" for name, said in fields.items())
    return _words(fields or body.get("detail") or "")


def _words(said: object) -> str:
    return " ".join(map(str, said)) if isinstance(said, list) else str(said)

"""Dates as pages state them, in the contract's spelling: ISO 8601, as exact as stated, with the stated offset."""

from __future__ import annotations

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime

__all__ = ["moment"]

_ISO = re.compile(
    r"(?P<date>\d{4}(?:-\d{2}(?:-\d{2})?)?)"
    r"(?:(?:T|\s+)(?P<time>\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s*(?P<offset>Z|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?",
    re.IGNORECASE,
)


def moment(text: str | None) -> str | None:
    """A stated date, or date and time, as ISO 8601; None where it is no such thing or no such day exists.

    `2024-06-20 15:00 +0700` becomes `2024-06-20T15:00+07:00`; `Thu, 20 Jun 2024 15:00:00 GMT` (RFC 5322) becomes
    `2024-06-20T15:00:00+00:00`. Nothing is added: a time without an offset stays without.
    """
    text = (text or "").strip()
    found = _ISO.fullmatch(text)
    if found is None:
        return _rfc_5322(text)
    spelled = found["date"]
    if found["time"]:
        spelled += f"T{found['time']}{_offset(found['offset'])}"
    return spelled if _exists(found["date"], spelled) else None


def _offset(offset: str | None) -> str:
    if not offset or offset.upper() == "Z":
        return (offset or "").upper()
    digits = offset.replace(":", "")
    return f"{digits[:3]}:{digits[3:] or '00'}"


def _exists(day: str, spelled: str) -> bool:
    try:
        date.fromisoformat((day + "-01-01")[:10])
        if "T" in spelled:
            datetime.fromisoformat(spelled)
    except ValueError:
        return False
    return "T" not in spelled or len(day) == len("2024-06-20")


def _rfc_5322(text: str) -> str | None:
    try:
        return parsedate_to_datetime(text).isoformat()
    except (ValueError, IndexError, TypeError):
        return None

"""What lies in quarantine: a whole submission that could not be read, or a single item of one that could."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from kliping.records import Quarantined

__all__ = ["SetAsideWhole", "item_of", "whole"]


class SetAsideWhole(msgspec.Struct, frozen=True):
    """A submission as it was pulled; times in ISO 8601, `lead_time` in seconds."""

    result: tuple[dict[str, Any], ...]
    skipped: bool = False
    created: str | None = None
    updated: str | None = None
    lead_time: float | None = None


def whole(record: Quarantined) -> SetAsideWhole | None:
    """The submission that a record holds; None where it holds a single item, or what nobody can read."""
    try:
        return msgspec.json.decode(record.pulled, type=SetAsideWhole)
    except msgspec.MsgspecError:
        return None


def item_of(record: Quarantined) -> dict[str, Any] | None:
    """The single item that a record holds; None where it holds a whole submission, or what nobody can read."""
    if whole(record) is not None:
        return None
    try:
        found = msgspec.json.decode(record.pulled)
    except msgspec.MsgspecError:
        return None
    return found if isinstance(found, dict) else None

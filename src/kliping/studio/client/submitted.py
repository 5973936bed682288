"""An annotation as the server tells it, made a record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from kliping.studio.results import Item

__all__ = ["Submitted", "Told", "exact", "read_submitted", "when"]


@dataclass(frozen=True, slots=True)
class Submitted:
    """An annotation as the server has it; `lead_time` in seconds, times in ISO 8601."""

    id: int
    person: int | None
    result: tuple[Item, ...]
    skipped: bool
    created: str
    updated: str
    lead_time: float | None
    parent_prediction: int | None


class _Person(msgspec.Struct, frozen=True):
    """Who submitted, where the server tells more than a number; the address is passed over unread."""

    id: int | None = None


class Told(msgspec.Struct, frozen=True):
    """An annotation as a list of tasks tells it, its result left as JSON text; `lead_time` in seconds."""

    id: int
    completed_by: int | _Person | None = None
    was_cancelled: bool | None = None
    created_at: str = ""
    updated_at: str = ""
    lead_time: float | None = None
    parent_prediction: int | None = None
    result: msgspec.Raw = msgspec.Raw(b"[]")

    @property
    def person(self) -> int | None:
        """The number of who submitted; None where the server does not say."""
        return self.completed_by.id if isinstance(self.completed_by, _Person) else self.completed_by

    def items(self) -> list[Item]:
        """The result, parsed."""
        found = msgspec.json.decode(self.result)
        return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def read_submitted(told: Told) -> Submitted:
    """A record of an annotation, its result parsed.

    Raises:
        msgspec.DecodeError: the result is no JSON.
    """
    return Submitted(
        id=told.id,
        person=told.person,
        result=tuple(told.items()),
        skipped=bool(told.was_cancelled),
        created=told.created_at,
        updated=told.updated_at,
        lead_time=told.lead_time,
        parent_prediction=told.parent_prediction,
    )


def when(moment: Any) -> str:  # noqa: ANN401 — the SDK parses some times and leaves others
    """A time as the server writes it, `2026-01-31T12:00:00.123456Z`."""
    if hasattr(moment, "strftime"):
        return str(moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ"))
    return str(moment)


def exact(moment: str) -> str:
    """A time as `2026-01-31T12:00:00.123456Z`, the one form that a filter takes.

    A server leaves a fraction of zero out, and may count from another meridian. What is no time is left as it is.
    """
    if len(moment) == len("2026-01-31T12:00:00.123456Z") and moment.endswith("Z"):
        return moment
    try:
        read = datetime.fromisoformat(moment)
    except ValueError:
        return moment
    return when(read.replace(tzinfo=read.tzinfo or UTC).astimezone(UTC))

"""An annotation as the server tells it, made a record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kliping.studio.results import Item

__all__ = ["Submitted", "read_submitted", "when"]


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


def read_submitted(one: Any) -> Submitted:  # noqa: ANN401 — the server's JSON, made a record here
    """A record of the JSON of one annotation, as it stands in a list of tasks, a single task, or an export."""
    person = one.get("completed_by")
    return Submitted(
        id=int(one["id"]),
        person=person.get("id") if isinstance(person, dict) else person,
        result=tuple(item for item in one.get("result") or () if isinstance(item, dict)),
        skipped=bool(one.get("was_cancelled")),
        created=when(one.get("created_at")),
        updated=when(one.get("updated_at")),
        lead_time=one.get("lead_time"),
        parent_prediction=one.get("parent_prediction"),
    )


def when(moment: Any) -> str:  # noqa: ANN401 — the SDK parses some times and leaves others
    """A time as the server writes it, `2026-01-31T12:00:00.123456Z`."""
    if hasattr(moment, "strftime"):
        return str(moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ"))
    return str(moment)

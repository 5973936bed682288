"""What lies in quarantine: a whole submission, as the server told it or as it was read, or a single item of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from kliping.records import Annotation

if TYPE_CHECKING:
    from kliping.records import Quarantined

__all__ = ["SetAsideWhole", "annotation_in", "is_whole", "item_of", "whole"]


T = TypeVar("T")


class SetAsideWhole(msgspec.Struct, frozen=True):
    """A submission as it was pulled; times in ISO 8601, `lead_time` in seconds.

    `text_sha256` and `round` are its task's; None where the task is not ours, or came in a file.
    """

    result: tuple[dict[str, Any], ...]
    skipped: bool = False
    created: str | None = None
    updated: str | None = None
    lead_time: float | None = None
    text_sha256: str | None = None
    round: int | None = None


def is_whole(record: Quarantined) -> bool:
    """Whether a record holds a whole submission, in either form."""
    return whole(record) is not None or annotation_in(record) is not None


def whole(record: Quarantined) -> SetAsideWhole | None:
    """The submission that a record holds as the server told it; None where it holds something else."""
    return _decoded(record, SetAsideWhole)


def annotation_in(record: Quarantined) -> Annotation | None:
    """The annotation that a record holds, whose place a newer one from elsewhere took; None for anything else."""
    return _decoded(record, Annotation)


def item_of(record: Quarantined) -> dict[str, Any] | None:
    """The single item that a record holds; None where it holds a whole submission, or what nobody can read."""
    return None if is_whole(record) else _decoded(record, dict[str, Any])


def _decoded(record: Quarantined, kind: type[T]) -> T | None:
    try:
        return msgspec.json.decode(record.pulled, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None

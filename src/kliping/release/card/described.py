"""What a release is described from: its card, its Croissant file and its citation say the same of it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from kliping.errors import CallError
from kliping.release.splitting.names import SPLITS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from kliping.contract import Contract
    from kliping.project import Settings
    from kliping.release.card.changelog import Change
    from kliping.release.card.statistics import Statistics
    from kliping.release.splitting.leakage import Leakage
    from kliping.release.tables.parquet import Part

__all__ = ["Described", "epoch_day", "release_date"]


@dataclass(frozen=True, slots=True)
class Described:
    """What is known of a release once its tables are written."""

    settings: Settings
    contract: Contract
    version: str
    date: str | None
    """When it was released, ISO 8601; nothing here looks at the clock."""
    changes: tuple[Change, ...]
    """What changed, this version first, then those before it."""
    parts: Mapping[str, Mapping[str, Part]]
    """What was written, by config and split."""
    statistics: Statistics
    leakage: Leakage
    """Near-duplicates in different splits: none, or there were no release."""
    guidelines: bool = False
    """Whether `guidelines.md` is in the release."""

    @property
    def folder(self) -> str:
        """The release's name."""
        return f"{self.settings.name}-{self.version}"

    @property
    def title(self) -> str:
        """The corpus's title, or else its name."""
        return self.settings.title or self.settings.name

    @property
    def splits(self) -> tuple[str, ...]:
        """The splits that hold an article, in order."""
        return tuple(split for split in SPLITS if split in next(iter(self.parts.values())))


def release_date(changes: tuple[Change, ...], version: str) -> str | None:
    """The date of a release: what the changelog says beside its version, else the day of SOURCE_DATE_EPOCH in UTC.

    Raises:
        CallError: SOURCE_DATE_EPOCH is no number of seconds.
    """
    stated = next((one.date for one in changes if one.version == version), None)
    if stated is not None:
        return stated
    day = epoch_day()
    return None if day is None else day.isoformat()


def epoch_day() -> date | None:
    """The day of SOURCE_DATE_EPOCH in UTC, where it is set.

    It is a number of seconds since 1970 (reproducible-builds.org/specs/source-date-epoch).

    Raises:
        CallError: it is no such number.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return None
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError):
        raise CallError(
            f"SOURCE_DATE_EPOCH={epoch}: not a number of seconds since 1970; unset it, or set one"
        ) from None

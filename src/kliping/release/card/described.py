"""What a release is described from: its card, its Croissant file and its citation say the same of it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from kliping.errors import CallError
from kliping.release.splitting.split import SPLITS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kliping.contract import Contract
    from kliping.project import Settings
    from kliping.release.card.changelog import Change
    from kliping.release.card.statistics import Statistics
    from kliping.release.tables.parquet import Part

__all__ = ["Described", "release_date"]


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

    SOURCE_DATE_EPOCH is a number of seconds since 1970 (reproducible-builds.org/specs/source-date-epoch).

    Raises:
        CallError: it is no such number.
    """
    stated = next((one.date for one in changes if one.version == version), None)
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if stated is not None or not epoch:
        return stated
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        raise CallError(
            f"SOURCE_DATE_EPOCH={epoch}: not a number of seconds since 1970; unset it, or set one"
        ) from None
